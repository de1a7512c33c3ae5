"""A call held against a structure: what fits, what does not, what nobody knows."""

import datetime

import pytest

from directory.models import Country, Structure
from news.matching import Fit, match, matches
from news.models import Call
from news.models.groups import members_on
from tests.factories import CallFactory, StructureFactory

NOW = datetime.datetime(2024, 4, 2, 8, 0, tzinfo=datetime.UTC)
TODAY = datetime.date(2024, 4, 2)
SAYS_NOTHING = "l’appel ne le précise pas"


def said(call, structure, day=TODAY):
    """« Pays : Sénégal ✓, Mali ✗ hors liste », for each criterion by its label."""
    structure = Structure.objects.for_page().get(pk=structure.pk)
    return {
        criterion.label: ", ".join(
            " ".join(filter(None, [part.words, part.fit.sign, part.why]))
            for part in criterion.parts
        )
        for criterion in match(call, structure, groups=members_on(day)).criteria
    }


def verdict(call, structure):
    structure = Structure.objects.for_page().get(pk=structure.pk)
    return match(call, structure, groups=members_on(TODAY)).fit


@pytest.fixture(autouse=True)
def now(db, time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def pra_osim():
    """The real one of 2024: migrants' associations, the list of the DAC but Mali."""
    return CallFactory(
        published=True,
        title="Appel à projet PRA/OSIM",
        opens_at=datetime.datetime(2024, 2, 29, 23, 0, tzinfo=datetime.UTC),
        closes_at=datetime.datetime(2024, 5, 15, 21, 59, tzinfo=datetime.UTC),
        eligible_types=["osim"],
        country_groups=["liste-cad"],
        excluded_countries=["ML"],
        sectors=["sante", "education", "eau-assainissement"],
    )


@pytest.fixture
def franco_palestinian():
    """The real one of 2025: local authorities, one country."""
    return CallFactory(
        published=True,
        title="Appel à projets franco-palestinien 2025",
        opens_at=datetime.datetime(2025, 4, 14, 22, 0, tzinfo=datetime.UTC),
        closes_at=datetime.datetime(2025, 6, 15, 21, 59, tzinfo=datetime.UTC),
        eligible_types=["collectivite-territoriale"],
        countries=["PS"],
    )


@pytest.fixture
def water():
    """The real one of the six water agencies: fourteen countries, three types."""
    codes = "BJ KH CM CI GN LA LB MG MA MR MD SN TG VN"
    return CallFactory(
        published=True,
        title="Eau et Solidarités internationales",
        eligible_types=["collectivite-territoriale", "syndicat", "association-si"],
        countries=codes.split(),
        sectors=["eau-assainissement"],
    )


def test_pra_osim_fits_an_association_of_migrants_in_senegal(pra_osim):
    structure = StructureFactory(
        published=True,
        type_code="osim",
        countries=["SN", "ML"],
        sectors=["education"],
    )

    assert said(pra_osim, structure) == {
        "Type": "Association de migrants (OSIM) ✓",
        "Pays": "Sénégal ✓, Mali ✗ exclu par l’appel",
        "Secteur": "Éducation ✓",
        "Échéance": "jusqu’au 15 mai 2024 à 23\u00a0h\u00a059 ✓",
    }
    assert verdict(pra_osim, structure) == Fit.YES


def test_pra_osim_does_not_fit_a_town_in_mali(pra_osim):
    town = StructureFactory(
        published=True, type_code="commune", countries=["ML"], sectors=["culture"]
    )

    found = said(pra_osim, town)

    assert found["Type"] == "Commune ✗ hors liste"
    assert found["Pays"] == "Mali ✗ exclu par l’appel"
    assert found["Secteur"].endswith("✗ hors liste")
    assert verdict(pra_osim, town) == Fit.NO


def test_the_list_of_the_dac_says_who_may_be_helped(pra_osim):
    structure = StructureFactory(
        published=True, type_code="osim", countries=["MA", "ES"], sectors=["sante"]
    )

    assert said(pra_osim, structure)["Pays"] == "Maroc ✓, Espagne ✗ hors liste"
    assert verdict(pra_osim, structure) == Fit.YES


@pytest.mark.parametrize(
    ("day", "answer"),
    [
        (datetime.date(2023, 12, 31), "Maroc, Nauru ? sur la liste du CAD\u00a0?"),
        (datetime.date(2025, 12, 31), "Maroc, Nauru ✓"),
        (datetime.date(2026, 1, 1), "Maroc ✓, Nauru ✗ hors liste"),
        (datetime.date(2027, 1, 1), "Maroc, Nauru ? sur la liste du CAD\u00a0?"),
    ],
)
def test_the_list_of_the_dac_is_that_of_the_day_or_is_not_known(day, answer, pra_osim):
    structure = StructureFactory(published=True, countries=["MA", "NR"])

    assert said(pra_osim, structure, day=day)["Pays"] == answer


def test_a_country_in_doubt_on_the_list_of_the_dac_is_to_be_checked(pra_osim):
    structure = StructureFactory(published=True, countries=["MS", "ML", "SN"])

    found = said(pra_osim, structure, day=datetime.date(2026, 6, 1))["Pays"]

    assert "Sénégal ✓" in found
    assert "Montserrat ? sur la liste du CAD" in found
    assert "Mali ✗ exclu par l’appel" in found


def test_the_franco_palestinian_call_waits_for_its_opening(franco_palestinian):
    town = StructureFactory(published=True, type_code="commune", countries=["PS"])

    assert said(franco_palestinian, town) == {
        "Type": "Commune ✓",
        "Pays": "Palestine ✓",
        "Secteur": "non renseigné ?",
        "Échéance": "ouvre le 15 avril 2025 ✓",
    }


def test_a_type_that_is_said_too_loosely_is_to_be_checked(water):
    structure = StructureFactory(
        published=True,
        type_code="association",
        countries=["ML"],
        sectors=["eau-assainissement", "sante"],
    )

    found = said(water, structure)

    assert found == {
        "Type": "Association ? l’appel précise\u00a0: "
        "Association de solidarité internationale",
        "Pays": "Mali ✗ hors liste",
        "Secteur": "Eau - Assainissement ✓",
        "Échéance": "appel permanent ✓",
    }


def test_the_water_call_fits_a_water_board_in_togo(water):
    board = StructureFactory(
        published=True,
        type_code="syndicat",
        countries=["TG", "LB"],
        sectors=["eau-assainissement"],
    )

    assert said(water, board)["Pays"] == "Liban, Togo ✓"
    assert verdict(water, board) == Fit.YES


def test_what_neither_says_is_to_be_checked():
    silent = CallFactory(published=True)
    unknown = StructureFactory(published=True)
    known = StructureFactory(
        published=True, type_code="commune", countries=["ML"], sectors=["sante"]
    )

    for label in ("Type", "Pays", "Secteur"):
        assert said(silent, unknown)[label] == "non renseigné ?"
        assert said(silent, known)[label].endswith(f"? {SAYS_NOTHING}")
    assert verdict(silent, known) == Fit.UNKNOWN


def test_the_poorest_countries_are_those_of_the_day():
    call = CallFactory(published=True, country_groups=["pma"], countries=["MA"])
    structure = StructureFactory(published=True, countries=["MA", "NP", "SN", "TN"])
    leaving = Country.objects.get(code="NP").ldc_until

    before = said(call, structure, day=leaving - datetime.timedelta(days=1))
    after = said(call, structure, day=leaving)

    assert before["Pays"] == "Maroc, Népal, Sénégal ✓, Tunisie ✗ hors liste"
    assert "Népal, Tunisie ✗ hors liste" in after["Pays"]


@pytest.mark.parametrize(
    ("is_member", "answer"),
    [
        (True, "adhérent ✓"),
        (False, "pas d’adhésion en cours ✗ réservé aux adhérents"),
    ],
)
def test_a_call_for_members_asks_for_a_membership(is_member, answer):
    call = CallFactory(published=True, is_for_members=True)
    structure = StructureFactory(published=True, member=is_member)

    assert said(call, structure)["Adhésion"] == answer
    assert "Adhésion" not in said(CallFactory(), structure)


def test_a_last_day_that_is_not_told_is_to_be_checked():
    call = CallFactory(published=True, is_permanent=False)

    found = said(call, StructureFactory(published=True))

    assert found["Échéance"] == "dates à préciser ?"


def test_a_closed_call_fits_nobody(time_machine, water):
    call = CallFactory(published=True, closes_at=NOW)
    structure = StructureFactory(published=True)

    assert said(call, structure)["Échéance"].startswith("clôturé le 2 avril 2024")
    assert list(Call.objects.for_matching()) == [water]


def test_a_long_list_is_cut_and_counted():
    call = CallFactory(published=True, countries=["FR"])
    countries = ["BJ", "KH", "CM", "CI", "GN", "LA"]
    structure = StructureFactory(published=True, countries=countries)

    assert said(call, structure)["Pays"].endswith("et 2 de plus ✗ hors liste")


def test_the_best_matches_come_first(water, pra_osim):
    CallFactory(published=True, title="Muet")
    board = StructureFactory(
        published=True,
        type_code="syndicat",
        countries=["TG"],
        sectors=["eau-assainissement"],
    )

    found = matches(Call.objects.for_matching(), Structure.objects.for_page())

    assert [item.call.title for item in found.fitting] == [water.title, "Muet"]
    assert [item.call.title for item in found.others] == [pra_osim.title]
    assert {item.structure for item in found.every} == {board}


def test_any_number_of_rows_is_loaded_in_as_many_queries(
    django_assert_num_queries, water, pra_osim
):
    CallFactory.create_batch(5, published=True, countries=["ML"], sectors=["sante"])
    StructureFactory.create_batch(5, published=True, countries=["ML"])

    with django_assert_num_queries(12):
        found = matches(Call.objects.for_matching(), Structure.objects.for_page())

    assert len(found.every) == 35
