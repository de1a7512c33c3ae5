"""The staff’s pages of the closed lists."""

import pytest
from django.urls import reverse

from directory.models import Commune, Country, Funder, Sector, StructureType
from tests.admin_forms import act, add, address, errors, listed, page_of, save
from tests.factories import SectorFactory, StructureFactory, StructureTypeFactory


def labels(client, model, **query):
    return [str(row) for row in listed(client, model, **query)]


def offered(client, field, term, model="structure"):
    query = {"app_label": "directory", "model_name": model, "field_name": field}
    response = client.get(reverse("admin:autocomplete"), {**query, "term": term})
    return [result["text"] for result in response.json()["results"]]


@pytest.mark.parametrize(
    ("field", "term", "expected"),
    [
        ("countries", "myanmar", "Birmanie"),
        ("countries", "armenie", "Arménie"),
        ("countries", "ml", "Mali"),
        ("sectors", "education", "Éducation"),
        ("goals", "6", "ODD 6 – Eau propre et assainissement"),
        ("goals", "faim", "ODD 2 – "),
        ("commune", "aix en provence", "Aix-en-Provence (13)"),
        ("commune", "13090", "Aix-en-Provence (13)"),
        ("department", "bouches rhone", "Bouches-du-Rhône (13)"),
    ],
)
def test_a_term_is_offered_from_what_people_type(field, term, expected, staff_client):
    found = offered(staff_client, field, term)

    assert any(text.startswith(expected) for text in found)


def test_a_retired_term_is_no_longer_offered_but_kept_and_listed(staff_client):
    sector = SectorFactory(label="Secteur ancien", is_active=False)
    structure = StructureFactory(sectors=[sector])

    assert offered(staff_client, "sectors", "ancien") == []
    assert labels(staff_client, Sector, q="ancien") == ["Secteur ancien"]
    assert "Secteur ancien" in staff_client.get(page_of(structure)).text


def test_synonyms_are_typed_one_per_line(staff_client):
    sector = SectorFactory()

    save(staff_client, sector, {"synonyms": "Lecture, écriture\nAlphabétisation"})

    sector.refresh_from_db()
    assert sector.synonyms == ["Lecture, écriture", "Alphabétisation"]


def test_a_synonym_too_long_is_named_by_its_line(staff_client):
    response = save(staff_client, SectorFactory(), {"synonyms": "court\n" + "x" * 101})

    assert errors(response)[0].startswith("Ligne 2\u00a0:")


def test_the_code_of_a_term_is_typed_once(staff_client):
    sector = Sector.objects.get(code="education")

    save(staff_client, sector, {"code": "autre", "label": "Éducation pour tous"})

    sector.refresh_from_db()
    assert (sector.code, sector.label) == ("education", "Éducation pour tous")


def test_the_code_of_a_place_is_typed_once(staff_client):
    before = Commune.objects.count()

    save(staff_client, Commune.objects.get(code="13001"), {"code": "13999"})

    assert Commune.objects.count() == before


def test_a_term_is_added_with_its_code(staff_client):
    changes = {
        "label": "Terme neuf",
        "code": "terme-neuf",
        "position": "30",
        "is_active": "on",
    }

    response = add(staff_client, Sector, changes)

    assert response.status_code == 302
    assert Sector.objects.get(code="terme-neuf").is_active


def test_types_of_structure_are_listed_as_a_tree(staff_client):
    rows = labels(staff_client, StructureType)

    children = StructureType.objects.filter(parent__code="association")
    position = rows.index("Association")
    assert set(rows[position + 1 : position + 1 + len(children)]) == {
        str(child) for child in children
    }


def test_a_third_level_of_types_is_refused(staff_client):
    child = StructureType.objects.get(code="commune")
    parent = StructureType.objects.get(code="association")
    new = StructureTypeFactory()

    below_a_child = save(staff_client, new, {"parent": child.pk})
    with_children = save(staff_client, parent, {"parent": new.pk})
    itself = save(staff_client, new, {"parent": new.pk})

    assert below_a_child.status_code == with_children.status_code == 200
    assert "il reste au premier niveau" in errors(with_children)[0]
    assert errors(itself) == ["Un type ne peut pas se contenir lui-même."]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"code": "x1", "alpha3": "XAB"}, "Un code ISO a deux lettres capitales."),
        ({"code": "XB", "alpha3": "xab"}, "Ce code ISO a trois lettres capitales."),
        (
            {"code": "XB", "alpha3": "XAB", "ldc_until": "2030-01-01"},
            "Seul un pays inscrit sur la liste des PMA peut en sortir.",
        ),
    ],
)
def test_a_country_that_cannot_be_is_refused_in_french(changes, message, staff_client):
    data = {"label": "Essai", "slug": "essai", "preposition": "en", **changes}

    response = add(staff_client, Country, data)

    assert errors(response) == [message]


def test_a_country_is_retired_never_deleted(staff_client):
    mali = Country.objects.get(code="ML")
    url = address(Country, "delete", mali.pk)

    assert staff_client.post(url, {"post": "yes"}).status_code == 403
    assert Country.objects.filter(code="ML").exists()


def test_a_commune_that_seats_a_structure_is_not_deleted(staff_client):
    structure = StructureFactory(name="La structure assise", commune_id="13001")
    url = address(Commune, "delete", "13001")

    text = staff_client.get(url).text
    staff_client.post(url, {"post": "yes"})

    assert structure.name in text
    assert Commune.objects.filter(code="13001").exists()


def test_the_website_of_a_funder_is_an_address_of_the_web(staff_client):
    good = {"label": "Fonds", "code": "fonds", "website": "fonds.example"}
    bad = {"label": "Autre", "code": "autre-fonds", "website": "javascript:x"}

    add(staff_client, Funder, good)
    refused = add(staff_client, Funder, bad)

    assert Funder.objects.get(code="fonds").website == "https://fonds.example"
    assert "URL" in errors(refused)[0]


@pytest.mark.parametrize("how", ["page", "list"])
def test_a_sector_in_use_is_not_deleted_and_the_page_says_what_to_do(how, staff_client):
    sector = Sector.objects.get(code="education")
    StructureFactory(sectors=["education"])

    if how == "page":
        response = staff_client.post(
            address(Sector, "delete", sector.pk), {"post": "1"}
        )
    else:
        response = act(staff_client, "delete_selected", sector, post="yes")

    assert Sector.objects.filter(pk=sector.pk).exists()
    assert "structures (1)" in response.text
    assert "Décochez «\u00a0proposé\u00a0»" in response.text


def test_a_sector_that_nothing_uses_is_deleted(staff_client):
    sector = SectorFactory()

    staff_client.post(address(Sector, "delete", sector.pk), {"post": "yes"})

    assert not Sector.objects.filter(pk=sector.pk).exists()
