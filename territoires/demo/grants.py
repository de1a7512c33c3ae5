"""The real grants of the « réserve parlementaire », through the import of projects."""

from __future__ import annotations

from directory.imports import projects
from directory.models import Project
from directory.reference import DATA

SOURCE = "reserve-parlementaire-2013-2016"
FILE = DATA / "real" / "projets_solidarite_reserve_parlementaire_2013-2016.csv"
MAPPING = DATA / "mappings" / "reserve_parlementaire.json"


def load() -> str:
    """Import the file once; tell what it brought.

    Once, because comparing 850 rows at each start would be slow. Importing again by the
    command is safe: it keeps what people changed.
    """
    if Project.objects.from_source(SOURCE).exists():
        return "Subventions\u00a0: déjà importées"
    report = projects.run(FILE, source=SOURCE, mapping=MAPPING, keep_good=True)
    return f"Subventions\u00a0: {report.summary}"
