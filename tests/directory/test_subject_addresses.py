"""Addresses of countries, sectors and goals: one page each, and no dead end."""

from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from directory.models import Country, Sector
from tests.pages import Page

PREFIXES = ("/pays/", "/secteurs/", "/odd/")


@pytest.mark.parametrize(
    ("asked", "right"),
    [
        ("/pays/ML/", "/pays/mali/"),
        ("/pays/ml/", "/pays/mali/"),
        ("/pays/MALI/", "/pays/mali/"),
        ("/pays/Myanmar/", "/pays/birmanie/"),
        ("/pays/burma/", "/pays/birmanie/"),
        ("/pays/rdc/", "/pays/republique-democratique-du-congo/"),
        ("/pays/Côte d'Ivoire/", "/pays/cote-d-ivoire/"),
        ("/pays/Arménie/", "/pays/armenie/"),
        ("/pays/ML/fiche/", "/pays/mali/fiche/"),
        ("/pays/ML/flux.atom", "/pays/mali/flux.atom"),
        ("/pays/Côte d'Ivoire/flux.atom", "/pays/cote-d-ivoire/flux.atom"),
        ("/secteurs/Education/", "/secteurs/education/"),
        ("/secteurs/École/", "/secteurs/education/"),
        ("/secteurs/eau-potable/", "/secteurs/eau-assainissement/"),
        ("/odd/06/", "/odd/6/"),
        ("/odd/odd-6/", "/odd/6/"),
        ("/odd/vie-aquatique/", "/odd/14/"),
    ],
)
def test_other_names_lead_to_the_page_for_good(client, db, asked, right):
    response = client.get(quote(asked))

    assert response.status_code == 301
    assert response["Location"] == right
    assert client.get(right).status_code == 200


def test_what_follows_the_address_is_kept(client, db):
    assert client.get("/pays/ML/?de=ici")["Location"] == "/pays/mali/?de=ici"


def test_every_country_has_a_page_at_its_code(client, db):
    for country in Country.objects.all():
        response = client.get(f"/pays/{country.code.lower()}/")
        assert response["Location"] == country.get_absolute_url()


def test_a_code_with_capitals_is_an_address_too(client, db):
    Sector.objects.filter(code="sport").update(code="Sport_2")

    assert client.get("/secteurs/Sport_2/").status_code == 200
    assert client.get("/secteurs/sport-2/")["Location"] == "/secteurs/Sport_2/"


@pytest.mark.parametrize("asked", ["/pays/atlantide/", "/pays/x/fiche/"])
def test_an_unknown_country_gives_the_list_of_countries(client, db, asked):
    response = client.get(asked)
    page = Page(response)

    assert response.status_code == 404
    for country in Country.objects.all():
        assert page.href(country.label) == country.get_absolute_url()


def test_a_name_of_two_countries_chooses_neither_and_shows_both(client, db):
    response = client.get("/pays/congo/")

    shown = response.context["near"]
    assert response.status_code == 404
    assert {country.code for country in shown} >= {"CG", "CD"}
    assert "Cherchiez-vous" in Page(response).text


def test_a_slip_of_the_finger_is_understood(client, db):
    assert client.get("/pays/sengal/").context["near"][0].code == "SN"


def test_an_unknown_sector_gives_the_list_of_sectors(client, db):
    response = client.get("/secteurs/rien/")

    assert response.status_code == 404
    assert Page(response).href("Éducation") == "/secteurs/education/"


@pytest.mark.parametrize("number", ["0", "18", "-1", "6.1", "9" * 30, "eau"])
def test_an_unknown_goal_gives_the_seventeen(client, db, number):
    response = client.get(f"/odd/{number}/")
    goals = [link["href"] for link in Page(response).links.values()]

    assert response.status_code == 404
    assert set(goals) >= {f"/odd/{n}/" for n in range(1, 18)}


def test_engines_do_not_keep_an_address_that_means_nothing(client, db):
    assert '<meta name="robots" content="noindex">' in client.get("/odd/18/").text


@hypothesis_settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(text=st.text(min_size=1, max_size=80), prefix=st.sampled_from(PREFIXES))
def test_no_text_in_the_path_breaks_the_page(client, db, text, prefix):
    address = f"{prefix}{quote(text.encode('utf-8', 'replace'), safe='')}/"

    for end in ("", "fiche/", "flux.atom"):
        assert client.get(f"{address}{end}").status_code in {200, 301, 404}
