"""The places of a country where projects happen, named on its page."""

from directory.models import Country
from tests.directory.test_country_page import URL
from tests.factories import (
    LocalityFactory,
    ProjectFactory,
)
from tests.pages import Page


def test_localities_lead_to_their_projects(client, db):
    mali = Country.objects.get(code="ML")
    for title, place in [("Un puits", "Gao"), ("Une école", "Gao"), ("Forêt", "Ségou")]:
        project = ProjectFactory(published=True, title=title, countries=["ML"])
        LocalityFactory(project=project, name=place, country=mali)
    LocalityFactory(project=project, name="Dakar")

    page = Page(client.get(URL))

    assert "Gao Un puits Une école Ségou Forêt" in page.text
    assert "Dakar" not in page.text


def test_localities_are_numbered_on_the_map_of_the_country(client, db):
    LocalityFactory(
        project=ProjectFactory(published=True, title="Un puits", countries=["ML"]),
        name="Gao",
        country=Country.objects.get(code="ML"),
        latitude=16.27,
        longitude=-0.05,
    )

    page = Page(client.get(URL))

    assert "Carte : Mali." in page.text
    assert "1 Gao Un puits" in page.text
    assert page.href("Un puits") == "/projets/un-puits/"
