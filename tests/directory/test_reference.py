import datetime
import importlib

import pytest
from django.apps import apps
from django.db.models import Q

from directory import reference
from directory.labels import LabelIndex
from directory.models import (
    Commune,
    Country,
    CrsCode,
    DacList,
    Department,
    Epci,
    Funder,
    Goal,
    Region,
    Sector,
    StructureType,
    Target,
    Theme,
    WorldRegion,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("model", "count"),
    [
        (Country, 250),
        (WorldRegion, 29),
        (Goal, 17),
        (Target, 169),
        (CrsCode, 295),
        (Sector, 29),
        (StructureType, 32),
        (Region, 26),
        (Department, 109),
        (Epci, 52),
        (Commune, 946),
        (Funder, 20),
        (Theme, 8),
    ],
)
def test_a_new_database_holds_the_official_lists(model, count):
    assert model.objects.count() == count


def test_loading_again_adds_nothing():
    added = reference.load()

    assert set(added.values()) == {0}


def test_loading_brings_back_what_was_removed():
    Sector.objects.get(code="sport").delete()

    added = reference.load()

    assert added["Sector"] == 1
    assert Sector.objects.get(code="sport").main_goal_id == 3
    assert set(
        Sector.objects.get(code="sport").goals.values_list("number", flat=True)
    ) == {4, 5, 16}


def test_a_label_reworded_by_the_staff_stays():
    Sector.objects.filter(code="sport").update(label="Sport et loisirs")

    reference.load()

    assert Sector.objects.get(code="sport").label == "Sport et loisirs"


def test_columns_that_a_past_migration_does_not_have_are_left_out(monkeypatch):
    monkeypatch.setattr(
        reference,
        "_regions",
        lambda: [{"code": "999", "label": "Ailleurs", "a_later_column": 1}],
    )

    added = reference.load()

    assert added["Region"] == 1


def test_the_migration_loads_with_the_models_it_is_given():
    migration = importlib.import_module("directory.migrations.0003_reference")
    Theme.objects.all().delete()

    migration.load(apps, schema_editor=None)

    assert Theme.objects.count() == 8


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Birmanie", "MM"),
        ("myanmar", "MM"),
        ("RDC", "CD"),
        ("Etats unis", "US"),
        ("ÉTATS-UNIS", "US"),
        ("Cote d'Ivoire", "CI"),
        ("Côte d’Ivoire", "CI"),
        ("Territoires palestiniens", "PS"),
        ("Cap Vert", "CV"),
        ("na", "NA"),
        ("Kosovo", "XK"),
    ],
)
def test_countries_are_found_as_people_name_them(typed, code):
    found = LabelIndex(Country.objects.all()).find(typed)

    assert found is not None
    assert found.code == code


def test_congo_alone_is_ambiguous():
    countries = LabelIndex(Country.objects.all())

    assert countries.find("Congo") is None
    assert countries.is_ambiguous("Congo")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Croissance économique- Emploi", "croissance-economique-emploi"),
        ("croissance economique – emploi", "croissance-economique-emploi"),
        ("Eau potable", "eau-assainissement"),
        ("Gestion des déchets", "dechets"),
        ("ECSI", "education-citoyennete-mondiale"),
    ],
)
def test_sectors_are_found_as_people_name_them(typed, code):
    found = LabelIndex(Sector.objects.all()).find(typed)

    assert found is not None
    assert found.code == code


def test_every_spelling_of_a_vocabulary_designates_one_term():
    for model in (Sector, StructureType, Funder, Theme):
        terms = LabelIndex(model.objects.all())
        for term in model.objects.all():
            assert terms.find(term.label) == term
            for synonym in term.synonyms:
                assert terms.find(synonym) is not None, (model, synonym)


def test_sectors_map_to_oecd_codes_and_goals():
    water = Sector.objects.get(code="eau-assainissement")

    assert water.crs_main.label
    assert water.main_goal_id == 6
    assert water.targets.exists()


def test_types_have_two_levels_at_most():
    assert not StructureType.objects.filter(parent__parent__isnull=False).exists()
    assert StructureType.objects.get(code="commune").parent.code == (
        "collectivite-territoriale"
    )


def test_communes_have_their_epci_department_postcodes_and_point():
    aix = Commune.objects.get(label="Aix-en-Provence")

    assert aix.department_id == "13"
    assert "Métropole" in aix.epci.label
    assert "13100" in aix.postcodes
    assert 43 < aix.latitude < 44
    assert 5 < aix.longitude < 6


def test_a_merged_commune_is_found_under_its_former_name():
    assert Commune.objects.get(synonyms__contains=["Ristolas"]).code == "05001"


def test_a_country_leaves_the_ldc_list_on_its_day():
    nepal = Country.objects.get(code="NP")

    assert nepal.is_ldc_on(datetime.date(2026, 11, 23))
    assert not nepal.is_ldc_on(datetime.date(2026, 11, 24))


def test_the_list_of_the_dac_holds_every_least_developed_country_of_its_days():
    for listed in DacList.objects.all():
        poorest = set(Country.objects.ldc_on(listed.ends_on))

        assert poorest <= set(listed.countries.all()), listed


def test_each_country_is_on_the_list_of_the_dac_or_in_doubt_not_both():
    for listed in DacList.objects.all():
        assert not set(listed.countries.all()) & set(listed.unsettled.all())


@pytest.mark.parametrize(
    ("model", "column"),
    [
        (Commune, "label"),
        (Country, "label"),
        (CrsCode, "label"),
        (Department, "label"),
        (Goal, "label"),
        (Goal, "title"),
        (Region, "label"),
        (Sector, "label"),
        (StructureType, "label"),
        (Target, "text"),
        (WorldRegion, "label"),
    ],
)
def test_words_are_written_as_french_typography_wants(model, column):
    plain_spaces = r"[ ][;:!?»]|«[ ]"

    guilty = model.objects.filter(
        Q(**{f"{column}__contains": "'"}) | Q(**{f"{column}__regex": plain_spaces})
    )

    assert list(guilty.values_list(column, flat=True)) == []
