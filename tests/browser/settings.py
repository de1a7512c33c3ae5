"""The settings of the site that the browser visits: those of production, almost."""

from territoires.settings import *  # noqa: F403

ROOT_URLCONF = "tests.browser.urls"
# Sessions are opened once, and the tests last.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 86_400  # seconds
