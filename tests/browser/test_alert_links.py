"""The pages behind the links of alerts, for everyone, without JavaScript too."""

import pytest

from members.alerts import subscribing
from members.models import SavedSearch, Subscriber
from tests.browser import axe
from tests.browser.conftest import NARROW
from tests.factories import SavedSearchFactory

pytestmark = pytest.mark.browser
READER = "lectrice@essai.example"


@pytest.fixture
def search(site):
    Subscriber.objects.filter(email=READER).delete()
    return SavedSearchFactory(query="pays=ML&pays=ZZ", subscriber__email=READER)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("what", ["confirm", "end"])
def test_the_page_is_for_everyone(site, search, open_page, scheme, what):
    page = open_page(color_scheme=scheme, viewport=NARROW)
    paths = {
        "confirm": subscribing.confirm_path(search),
        "end": subscribing.end_path(search.subscriber),
    }
    page.goto(f"{site}{paths[what]}")
    axe.prepare(page)

    assert not axe.examine(page).violations
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= NARROW["width"]


def test_an_alert_is_confirmed_then_ended_by_keyboard(site, search, open_page):
    page = open_page(java_script_enabled=False)

    page.goto(f"{site}{subscribing.confirm_path(search)}")
    page.get_by_role("button", name="Confirmer l’alerte").press("Enter")
    page.get_by_role("heading", name="L’alerte est confirmée").wait_for()
    on = SavedSearch.objects.on().filter(pk=search.pk).exists()
    page.goto(f"{site}{subscribing.end_path(search.subscriber)}")
    page.get_by_role("button", name="Arrêter toutes mes alertes").press("Enter")
    page.get_by_role("heading", name="C’est fait").wait_for()

    assert on
    assert not SavedSearch.objects.filter(pk=search.pk).exists()
