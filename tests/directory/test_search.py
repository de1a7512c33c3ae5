"""Words are found wherever the register says them, however they are typed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.models import Project, Structure
from directory.search.queries import parse, words_of
from tests.factories import (
    FunderFactory,
    ParticipationFactory,
    ProjectFactory,
    SectorFactory,
    StructureFactory,
)


@pytest.mark.parametrize(
    "typed",
    ["education", "Éducation", "ÉDUCATION", "educ", "l’éducation", "pour l'education"],
)
def test_accents_case_and_apostrophes_do_not_matter(typed, db):
    found = StructureFactory(published=True, name="Ligue pour l’Éducation")
    StructureFactory(published=True)

    assert list(Structure.objects.search(typed)) == [found]


@pytest.mark.parametrize(
    ("fields", "typed"),
    [
        ({"acronym": "GÉCO"}, "geco"),
        ({"other_names": ["Ancien nom", "Écho du Sud"]}, "echo"),
        ({"description": "Nous creusons des forages."}, "forages"),
        ({"commune_id": "13001"}, "aix provence"),
        ({"city": "Genève"}, "geneve"),
        ({"type_code": "comite-de-jumelage"}, "jumelage"),
        ({"type_code": "comite-de-jumelage"}, "association"),
        ({"countries": ["AM"]}, "armenie"),
        ({"countries": ["MM"]}, "birmanie"),
        ({"countries": ["MM"]}, "myanmar"),
        ({"sectors": ["sante"]}, "sante"),
    ],
)
def test_a_structure_is_found_by_all_that_describes_it(fields, typed, db):
    found = StructureFactory(published=True, name="Amitié", **fields)
    StructureFactory(published=True, name="Autre")

    assert list(Structure.objects.search(typed)) == [found]


def test_each_word_must_be_found_wherever_it_is(db):
    found = StructureFactory(
        published=True, name="Les puits", countries=["ML"], sectors=["sante"]
    )
    StructureFactory(published=True, name="Les puits", slug="autres-puits")
    StructureFactory(published=True, countries=["ML"])

    assert list(Structure.objects.search("puits mali")) == [found]
    assert list(Structure.objects.search("mali sante puits")) == [found]
    assert not Structure.objects.search("puits mali niger").exists()


def test_a_row_found_in_several_ways_is_listed_once(db):
    found = StructureFactory(
        published=True, name="Mali Mali", countries=["ML", "NE"], description="Au Mali"
    )

    assert list(Structure.objects.search("mali")) == [found]
    assert Structure.objects.search("mali").count() == 1


def test_a_synonym_of_a_sector_finds_its_structures(db):
    sector = SectorFactory(label="Terme", synonyms=["Alphabétisation des adultes"])
    found = StructureFactory(published=True, sectors=[sector])

    assert list(Structure.objects.search("alphabetisation adultes")) == [found]


@pytest.mark.parametrize(
    "typed", ["", "  ", "-", "’", "«\u00a0»", "%", "\\", "_", "🙂"]
)
def test_a_text_without_a_word_keeps_every_row(typed, db):
    StructureFactory(published=True)

    assert Structure.objects.search(typed).count() == 1


def test_signs_of_queries_and_patterns_mean_nothing(db):
    found = StructureFactory(published=True, name="Tout autour de 100 choses")

    for typed in ("100%", "100:*", "!100", "(100", "100'", "100 | choses"):
        assert list(Structure.objects.search(typed)) == [found]
    assert not Structure.objects.search("1%0").exists()


def test_a_search_keeps_what_was_already_left_out(db):
    public = StructureFactory(
        published=True,
        name="École publique",
    )
    StructureFactory(name="École cachée")

    assert list(Structure.objects.published().search("ecole")) == [public]
    assert list(Structure.objects.search("ecole").published()) == [public]


@pytest.mark.parametrize(
    ("fields", "typed"),
    [
        ({"title": "Des écoles à Kayes"}, "ecoles kayes"),
        ({"summary": "Une forêt"}, "foret"),
        ({"description": "Un hôpital"}, "hopital"),
        ({"countries": ["AM"]}, "armenie"),
        ({"sectors": ["education"]}, "education"),
    ],
)
def test_a_project_is_found_by_all_that_describes_it(fields, typed, db):
    found = ProjectFactory(published=True, **{"title": "Projet", **fields})
    ProjectFactory(published=True, title="Autre")

    assert list(Project.objects.search(typed)) == [found]


def test_a_project_is_found_by_any_of_its_participants_and_once(db):
    project = ProjectFactory(published=True, title="Projet")
    for participant in (
        {"structure": StructureFactory(published=True, name="Ville de Gréasque")},
        {"named": True, "name": "Comité de Gréasque"},
        {
            "structure": None,
            "funder": FunderFactory(label="Fonds de l’eau"),
            "role": "financeur",
        },
    ):
        ParticipationFactory(project=project, **participant)
    ParticipationFactory()

    assert list(Project.objects.search("greasque")) == [project]
    assert list(Project.objects.search("comite ville fonds")) == [project]


@pytest.mark.parametrize("hidden", ["draft", "merged"])
def test_a_project_is_not_found_by_a_participant_that_the_public_may_not_see(
    hidden, db
):
    kept = StructureFactory(published=True)
    state = {"published": True, "merged_into": kept} if hidden == "merged" else {}
    structure = StructureFactory(name="Ville de Gréasque", **state)
    ParticipationFactory(
        project=ProjectFactory(published=True, title="Projet"), structure=structure
    )

    assert list(Project.objects.search("greasque")) == []


def test_a_word_is_found_at_the_beginning_of_words_only(db):
    mali = StructureFactory(published=True, name="Amis", countries=["ML"])
    StructureFactory(published=True, name="Voisins", countries=["SO"])
    begun = StructureFactory(published=True, name="Les Maliens d’ici")

    assert set(Structure.objects.search("mali")) == {mali, begun}


def test_letters_of_other_alphabets_are_found_as_they_are_or_bare(db):
    found = StructureFactory(published=True, name="Sɛnɛ Aŋlɔ")

    for typed in ("Sɛnɛ", "sene", "SƐNƐ", "aŋlɔ"):
        assert list(Structure.objects.search(typed)) == [found]


def test_words_are_said_once_and_without_those_that_begin_another():
    assert words_of("Eau eau, l'EAUX solidaire solida") == ["l", "eaux", "solidaire"]


def test_ten_words_of_a_thousand_are_looked_for(db):
    query = parse(" ".join(f"{n:04}x" for n in range(1000)))

    assert query.words == tuple(f"{n:04}x" for n in range(10))
    assert query.is_cut


def test_a_word_after_an_apostrophe_or_a_bracket_is_found(db):
    found = StructureFactory(published=True, name="L’eau d’abord (LEDA)")

    for typed in ("eau", "abord", "leda", "l'eau", "l’Eau d"):
        assert list(Structure.objects.search(typed)) == [found]


def test_more_words_cost_no_more_queries(db):
    StructureFactory(published=True, countries=["ML"])

    with CaptureQueriesContext(connection) as queries:
        list(Structure.objects.search("ville mali sante eau"))

    assert len(queries) == 1
