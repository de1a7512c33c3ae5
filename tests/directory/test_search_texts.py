"""What rows are found by follows every write, whoever makes it and however."""

import pytest
from django.db import connection

from directory.models import (
    Commune,
    Country,
    Department,
    Funder,
    Locality,
    Participation,
    Project,
    Sector,
    Structure,
    StructureType,
)
from directory.search.finding import find
from directory.search.queries import parse
from news.models import Article
from tests.factories import (
    ArticleFactory,
    FunderFactory,
    ParticipationFactory,
    ProjectFactory,
    StructureFactory,
)


def finds(typed, model=Structure):
    return sorted(find(model, parse(typed)).rows)


@pytest.fixture
def amis(db):
    return StructureFactory(
        published=True,
        name="Amis",
        type_code="comite-de-jumelage",
        countries=["ML"],
        sectors=["sante"],
        commune_id="13001",
        department_id="13",
    )


def sql(statement, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


# The row itself


def test_an_edit_is_seen_and_what_it_replaced_is_forgotten(amis):
    amis.name = "Voisins"
    amis.description = "Des forages."
    amis.save()

    assert finds("voisins") == finds("forages") == [amis.pk]
    assert finds("amis") == []


def test_an_update_of_many_rows_is_seen(amis):
    other = StructureFactory(published=True)

    Structure.objects.update(city="Genève")

    assert finds("geneve") == [amis.pk, other.pk]


def test_a_bulk_creation_is_seen(db):
    Structure.objects.bulk_create(
        Structure(name=f"Nombreuse {n}", slug=f"n{n}", publication="publie")
        for n in range(3)
    )

    assert len(finds("nombreuses")) == 3


def test_a_write_in_sql_is_seen(amis):
    sql("UPDATE directory_structure SET acronym = 'GÉCO' WHERE id = %s", amis.pk)

    assert finds("geco") == [amis.pk]


def test_it_is_found_as_long_as_it_is_published(amis):
    rows = Structure.objects.filter(pk=amis.pk)

    rows.archive()
    assert finds("amis") == finds("mali") == []

    rows.publish()
    assert finds("amis") == finds("mali") == [amis.pk]


def test_a_merged_structure_is_found_no_more(amis):
    kept = StructureFactory(published=True, name="Amis réunis")

    Structure.objects.filter(pk=amis.pk).update(merged_into=kept)

    assert finds("amis") == [kept.pk]


def test_a_deleted_row_leaves_no_text(amis):
    amis.delete()

    assert finds("amis") == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM directory_structure_text")
        assert cursor.fetchone() == (0,)


def test_a_key_is_not_found_by_what_nobody_may_see(amis):
    Structure.objects.update(source="fichier", external_key="cachee", phone="0400")

    assert finds("fichier") == finds("cachee") == finds("0400") == []


# Its links


def test_countries_and_sectors_are_seen_when_they_come_and_when_they_go(amis):
    amis.countries.set(Country.objects.filter(code="MM"))
    amis.sectors.clear()

    assert finds("birmanie") == [amis.pk]
    assert finds("mali") == finds("sante") == []


def test_links_moved_in_sql_are_seen_on_both_sides(amis):
    other = StructureFactory(published=True)

    sql("UPDATE directory_structure_countries SET structure_id = %s", other.pk)

    assert finds("mali") == [other.pk]


def test_a_type_is_seen_when_it_changes(amis):
    Structure.objects.update(type=StructureType.objects.get(code="osim"))

    assert finds("jumelage") == []
    assert finds("osim") == [amis.pk]


def test_links_of_a_draft_are_told_once_it_is_published(db):
    draft = StructureFactory(name="Amis", countries=["ML"])

    Structure.objects.publish()

    assert finds("amis mali") == [draft.pk]


# The words of others


@pytest.mark.parametrize(
    ("model", "lookup"),
    [
        (Country, {"code": "ML"}),
        (Sector, {"code": "sante"}),
        (StructureType, {"code": "comite-de-jumelage"}),
        (StructureType, {"code": "association"}),
        (Commune, {"code": "13001"}),
        (Department, {"code": "13"}),
    ],
)
def test_a_term_reworded_is_seen_at_once(model, lookup, amis):
    StructureFactory(published=True, countries=["SN"])

    model.objects.filter(**lookup).update(label="Zanzibar")

    assert finds("zanzibar") == [amis.pk]


def test_a_synonym_added_is_seen_at_once(amis):
    mali = Country.objects.get(code="ML")
    mali.synonyms.append("Soudan français")
    mali.save()

    assert finds('"soudan francais"') == [amis.pk]


def test_a_type_moved_under_another_is_found_by_its_new_parent(amis):
    child = StructureType.objects.get(code="comite-de-jumelage")
    child.parent = StructureType.objects.get(code="entreprise")
    child.save()

    assert finds("entreprise") == [amis.pk]


def test_an_edit_of_a_term_that_says_nothing_new_rewrites_no_text(amis):
    def versions():
        with connection.cursor() as cursor:
            cursor.execute("SELECT xmin, ctid FROM directory_structure_text")
            return cursor.fetchall()

    before = versions()
    Country.objects.update(position=3)
    Structure.objects.update(phone="04")

    assert versions() == before


def test_a_project_follows_who_takes_part_in_it(db):
    project = ProjectFactory(published=True, title="Projet")
    structure = StructureFactory(published=True, name="Ville de Gréasque")
    part = ParticipationFactory(project=project, structure=structure)
    funder = FunderFactory(label="Fonds de l’eau")
    ParticipationFactory(
        project=project, structure=None, funder=funder, role="financeur"
    )
    assert finds("greasque", Project) == finds("fonds", Project) == [project.pk]

    Structure.objects.filter(pk=structure.pk).update(name="Ville de Gap")
    Funder.objects.filter(pk=funder.pk).update(label="Caisse")
    assert finds("gap", Project) == finds("caisse", Project) == [project.pk]
    assert finds("greasque", Project) == finds("fonds", Project) == []

    Structure.objects.archive()
    assert finds("gap", Project) == []

    Structure.objects.publish()
    assert finds("gap", Project) == [project.pk]

    Participation.objects.filter(pk=part.pk).delete()
    assert finds("gap", Project) == []


def test_a_project_is_found_by_its_places(db):
    project = ProjectFactory(published=True, title="Projet")
    place = Locality.objects.create(project=project, name="Fomboni")
    assert finds("fomboni", Project) == [project.pk]

    Locality.objects.filter(pk=place.pk).update(name="Mutsamudu")
    assert finds("fomboni", Project) == []
    assert finds("mutsamudu", Project) == [project.pk]

    place.delete()
    assert finds("mutsamudu", Project) == []


def test_a_project_and_an_article_follow_their_countries(db):
    project = ProjectFactory(published=True, title="Projet", countries=["ML"])
    article = ArticleFactory(published=True, title="Nouvelle", countries=["ML"])

    Country.objects.filter(code="ML").update(label="Zanzibar")
    assert finds("zanzibar", Project) == [project.pk]
    assert finds("zanzibar", Article) == [article.pk]

    project.countries.clear()
    article.countries.clear()
    assert finds("zanzibar", Project) == finds("zanzibar", Article) == []


def test_an_article_to_come_has_its_text_before_its_date(db):
    article = ArticleFactory(published=True, published_at="2099-01-01T00:00Z")

    assert finds("nouvelle", Article) == [article.pk]
    assert not Article.objects.published().search("nouvelle").exists()


# Words


def test_a_word_is_found_by_its_other_forms(db):
    row = StructureFactory(
        published=True, description="Des animaux et des éducatrices."
    )

    assert finds("animal") == finds("educatrice") == [row.pk]


def test_a_phrase_does_not_run_from_one_text_to_the_next(db):
    StructureFactory(
        published=True, name="Eau", acronym="Potable", countries=["ML", "NE"]
    )

    for typed in ('"eau potable"', '"mali niger"', '"niger mali"', '"potable mali"'):
        assert finds(typed) == []


def test_a_text_of_a_megabyte_is_kept_and_found_by_its_beginning(db):
    words = " ".join(f"mot{n:x}" for n in range(150_000))

    structure = StructureFactory(published=True, description=f"Commencement {words}")

    assert structure in Structure.objects.search("commencement")
