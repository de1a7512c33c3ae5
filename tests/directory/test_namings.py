"""The rows of a long list, by their names: found, told apart, suggested."""

import html
import re

import pytest
from django.urls import reverse

from directory.models import Commune, Funder, Network, Region, Structure
from directory.namings import COMMUNES, MOST, STRUCTURES
from tests.factories import StructureFactory


def suggest(client, kind, text):
    """The values that are suggested, and the whole answer."""
    url = reverse("directory:name-suggestions", args=[kind])
    response = client.get(url, {"q": text})
    assert response.status_code == 200
    return [html.unescape(one) for one in values_in(response.text)], response.text


def values_in(text):
    return re.findall(r'data-value="([^"]*)"', text)


def named(text, naming=COMMUNES):
    return [row.pk for row in naming.named(text, naming.rows())]


# Communes


@pytest.mark.parametrize(
    "text", ["aix-en-p", "AIX EN PROV", "provence aix", "Aix\u2011en", "13001"]
)
def test_a_commune_is_suggested_by_its_name_or_its_code(client, db, text):
    names, _page = suggest(client, "communes", text)

    assert names[0] == "Aix-en-Provence (13)"


def test_an_accent_is_forgiven_both_ways(client, db):
    for text in ("méounes", "meounes", "MEOUNÈS"):
        assert suggest(client, "communes", text)[0] == ["Méounes-lès-Montrieux (83)"]


def test_a_commune_is_suggested_by_its_postcode_which_is_said(client, db):
    names, page = suggest(client, "communes", "13100")

    assert "Aix-en-Provence (13)" in names
    assert "13100" in page


def test_an_old_name_leads_to_the_commune_and_is_said(client, db):
    Commune.objects.filter(pk="13001").update(synonyms=["Aquae Sextiae"])

    names, page = suggest(client, "communes", "aquae")

    assert names == ["Aix-en-Provence (13)"]
    assert "Aquae Sextiae" in page


def test_two_communes_of_one_name_are_told_apart_by_their_department(client, db):
    names, _page = suggest(client, "communes", "aiglun")

    assert names == ["Aiglun (04)", "Aiglun (06)"]
    assert named("Aiglun") == ["04001", "06001"]
    assert named("aiglun (06)") == ["06001"]


def test_the_communes_of_the_network_come_before_their_namesakes(client, db):
    Network.objects.get_or_create(pk=1, defaults={"name": "Un réseau"})
    Network.objects.get().regions.set(Region.objects.filter(pk="84"))
    elsewhere = Commune.objects.get(pk="04001")
    Commune.objects.filter(pk="04001").update(department="69")
    assert suggest(client, "communes", "aiglun")[0] == ["Aiglun (69)", "Aiglun (06)"]

    Network.objects.get().regions.set(Region.objects.exclude(pk="84"))

    assert elsewhere.label == "Aiglun"
    assert suggest(client, "communes", "aiglun")[0] == ["Aiglun (06)", "Aiglun (69)"]


def test_what_reads_like_the_text_comes_first_and_few_are_suggested(client, db):
    names, page = suggest(client, "communes", "saint")

    assert len(names) == MOST
    assert f"{MOST} suggestions" in page
    assert suggest(client, "communes", "la garde")[0][0].startswith("La Garde (")


@pytest.mark.parametrize("text", ["", "a", "la", "introuvable", "\x00", "x" * 300, "%"])
def test_what_names_nothing_suggests_nothing(client, db, text):
    assert suggest(client, "communes", text)[0] == []


def test_a_name_badly_spelt_has_near_ones(db):
    assert COMMUNES.near_names("Aix en Provance", Commune.objects.all())[0] == (
        "Aix-en-Provence (13)"
    )
    assert COMMUNES.near_names("13100", Commune.objects.all())
    assert COMMUNES.near_names("Qwxzkj", Commune.objects.all()) == []


# Structures


def test_only_published_structures_are_suggested_by_any_of_their_names(client, db):
    StructureFactory(published=True, name="Les Amis du fleuve", acronym="ADF")
    StructureFactory(name="Les Amis en brouillon")
    target = StructureFactory(published=True, name="Écoles d’ici")
    StructureFactory(published=True, name="Les Amis fondus", merged_into=target)

    assert suggest(client, "structures", "amis")[0] == ["Les Amis du fleuve"]
    assert suggest(client, "structures", "adf")[0] == ["Les Amis du fleuve"]
    assert suggest(client, "structures", "ecoles d'ici")[0] == ["Écoles d’ici"]


def test_structures_of_one_name_are_told_apart_and_found_by_what_tells_them(client, db):
    name = {"published": True, "name": "Les Amis"}
    here = StructureFactory(**name, slug="ici", city="Arles")
    there = StructureFactory(**name, slug="la", commune_id="13055")
    too = StructureFactory(**name, slug="la-aussi", commune_id="13055")

    names, _page = suggest(client, "structures", "amis")

    assert sorted(names) == [
        "Les Amis (Arles)",
        "Les Amis (la)",
        "Les Amis (la-aussi)",
    ]
    assert named("les amis (arles)", STRUCTURES) == [here.pk]
    assert named("Les Amis (la)", STRUCTURES) == [there.pk]
    assert named("Les Amis (la-aussi)", STRUCTURES) == [too.pk]
    assert len(named("Les Amis", STRUCTURES)) == 3


def test_a_name_that_holds_brackets_is_found_whole(db):
    row = StructureFactory(published=True, name="Amis (du fleuve)")
    StructureFactory(published=True, name="Amis")

    assert named("Amis (du fleuve)", STRUCTURES) == [row.pk]


def test_whatever_is_suggested_is_read_back_as_the_row_it_names(client, db):
    for n, city in enumerate(("Arles", "Arles", "", "Gap")):
        name = {"name": "Maison (des) peuples", "slug": f"maison-{n}"}
        StructureFactory(published=True, **name, city=city)

    names, _page = suggest(client, "structures", "maison")

    assert len(names) == 4
    rows = [named(name, STRUCTURES) for name in names]
    assert sorted(pk for (pk,) in rows) == sorted(
        Structure.objects.values_list("pk", flat=True)
    )


def test_a_structure_badly_spelt_has_near_ones(db):
    StructureFactory(published=True, name="Solidarité Madagascar")
    StructureFactory(name="Solidarité Madagascar en brouillon")

    near = STRUCTURES.near_names("Solidarite Madagascra", STRUCTURES.rows())

    assert near == ["Solidarité Madagascar"]


# Financeurs, and the rest


def test_a_funder_is_suggested_by_its_synonyms_unless_it_is_retired(client, db):
    Funder.objects.create(code="un", label="Agence de l’Océan", synonyms=["ZQX"])
    Funder.objects.create(code="deux", label="Agence retirée", is_active=False)

    assert suggest(client, "financeurs", "zqx")[0] == ["Agence de l’Océan"]
    assert suggest(client, "financeurs", "retiree")[0] == []


def test_an_unknown_list_is_not_found(client, db):
    assert client.get("/annuaire/suggestions/personnes/?q=ami").status_code == 404


def test_the_cost_does_not_grow_with_the_rows(
    client, db, django_assert_max_num_queries
):
    for n in range(30):
        name = {"name": f"Les Amis {n % 3}", "slug": f"amis-{n}"}
        StructureFactory(published=True, **name, commune_id="13055")

    with django_assert_max_num_queries(3):
        suggest(client, "structures", "amis")
    with django_assert_max_num_queries(2):
        suggest(client, "communes", "saint")
