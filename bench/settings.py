"""The settings of the site that is measured: those of production, and three changes.

The database is that of a size; the plain listing has an address and templates.
"""

from territoires import env
from territoires.settings import *  # noqa: F403
from territoires.settings import BASE_DIR, DATABASE, TEMPLATES

BENCH_SIZE = env.integer("BENCH_SIZE", 0)
ROOT_URLCONF = "bench.urls"
DATABASE["NAME"] = f"{DATABASE['NAME']}_bench_{BENCH_SIZE}"
TEMPLATES = [
    {**TEMPLATES[0], "DIRS": [BASE_DIR / "templates", BASE_DIR / "bench/templates"]}
]
