"""What is made to be printed fits the paper."""

import re

import pytest

from directory.models import Country
from tests.factories import (
    ContactFactory,
    LocalityFactory,
    ProjectFactory,
    StructureFactory,
)

pytestmark = pytest.mark.browser
PAGE = re.compile(rb"/Type\s*/Page\b")


def crowd(country):
    """Sixty actors and sixty projects, whose every text is as long as it may be."""
    place = Country.objects.get(code=country)
    for n in range(60):
        actor = StructureFactory(
            published=True,
            member=n % 2 == 0,
            name=f"{n:03} " + "Association internationale des amis du fleuve " * 4,
            slug=f"foule-{n}",
            acronym="AIADFDESECOLES",
            city="Saint-Remy-en-Bouzemont-Saint-Genest-et-Isson",
            email=f"une.adresse.{n}@{'association-du-fleuve.' * 10}example",
            phone="+33 4 42 00 00 00",
            website=f"https://site-{n}.{'association-du-fleuve.' * 7}example/",
            countries=[country],
        )
        ContactFactory(
            structure=actor,
            consenting=True,
            last_name="de La Rochefoucauld-Montmorency",
            role="Chargée de mission coopération décentralisée et réseaux " * 2,
        )
        project = ProjectFactory(
            published=True,
            title=f"{n:03} " + "Accès à l’eau potable et assainissement durable " * 5,
            slug=f"foule-{n}",
            status="en-cours" if n % 2 else "en-preparation",
            lead=actor,
            countries=[country],
        )
        for name in ("Ouagadougou", "Bobo-Dioulasso", "Tombouctou", "Koulikoro"):
            LocalityFactory(project=project, name=name, country=place)


def sheets(page):
    """How many sheets of A4 the page takes."""
    return len(PAGE.findall(page.pdf(format="A4")))


def test_the_sheet_of_a_crowded_country_takes_another_page_than_leave_a_name_out(
    site, open_page
):
    crowd("ML")
    page = open_page()

    page.goto(f"{site}/pays/mali/fiche/")

    assert page.locator(".sheet__table tbody tr").count() == 32
    assert page.locator(".sheet__names li").count() >= 40
    assert sheets(page) == 3
    page.locator(".sheet__others, .sheet__names").evaluate_all(
        "found => found.forEach((one) => one.remove())"
    )
    assert sheets(page) == 2


def test_two_pages_hold_as_many_actors_as_a_country_has(site, open_page):
    for n in range(50):
        StructureFactory(
            published=True,
            name=f"Comité de jumelage et de coopération {n:02}",
            city="Saint-Maximin",
            email=f"bonjour@comite-de-jumelage-{n}.example",
            phone="04 42 00 00 00",
            website=f"https://comite-de-jumelage-{n}.example/",
            countries=["TG"],
        )
        ProjectFactory(
            published=True,
            title=f"Accès à l’eau potable et assainissement durable {n:02}",
            status="en-cours",
            countries=["TG"],
        )
    page = open_page()

    page.goto(f"{site}/pays/togo/fiche/")

    assert page.locator(".sheet__names li").count() >= 30
    assert sheets(page) == 2


def test_the_sheet_of_a_quiet_country_takes_one(site, open_page):
    page = open_page()

    page.goto(f"{site}/pays/togo/fiche/")

    assert sheets(page) == 1


def test_the_button_prints_and_is_not_there_without_scripts(site, open_page):
    page, bare = open_page(), open_page(java_script_enabled=False)
    page.add_init_script("window.print = () => { document.title = 'imprimée' }")
    for one in (page, bare):
        one.goto(f"{site}/pays/mali/fiche/")

    page.get_by_role("button", name="Imprimer").click()

    assert page.title() == "imprimée"
    assert not bare.get_by_role("button", name="Imprimer").is_visible()
