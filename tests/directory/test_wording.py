"""How dates, amounts, lists and addresses are worded in French."""

import datetime
from decimal import Decimal

import pytest

from directory.models import Project
from directory.templatetags import wording


def day(text):
    return datetime.date.fromisoformat(text) if text else None


def dated(start, end, precision):
    return Project(
        planned_start_on=day(start),
        planned_end_on=day(end),
        date_precision=precision,
    )


@pytest.mark.parametrize(
    ("start", "end", "precision", "words"),
    [
        (None, None, "jour", ""),
        ("2015-01-01", None, "annee", "2015"),
        ("2015-01-01", "2015-12-31", "annee", "2015"),
        ("2015-01-01", "2018-12-31", "annee", "de 2015 à 2018"),
        (None, "2018-12-31", "annee", "2018"),
        ("2024-09-01", None, "mois", "septembre 2024"),
        ("2024-09-01", "2024-09-30", "mois", "septembre 2024"),
        ("2024-09-01", "2024-11-30", "mois", "de septembre à novembre 2024"),
        ("2024-08-01", "2024-11-30", "mois", "d’août à novembre 2024"),
        ("2024-10-01", "2025-03-31", "mois", "d’octobre 2024 à mars 2025"),
        ("2024-05-01", "2025-05-31", "mois", "de mai 2024 à mai 2025"),
        ("2025-02-03", None, "jour", "3 février 2025"),
        ("2025-02-03", "2025-02-03", "jour", "3 février 2025"),
        ("2025-02-03", "2025-02-07", "jour", "du 3 au 7 février 2025"),
        ("2025-02-01", "2025-03-01", "jour", "du 1er février au 1er mars 2025"),
        (
            "2024-12-28",
            "2025-01-04",
            "jour",
            "du 28 décembre 2024 au 4 janvier 2025",
        ),
    ],
)
def test_a_period_is_as_exact_as_it_is_known(start, end, precision, words):
    assert wording.period(dated(start, end, precision)) == words


@pytest.mark.parametrize(
    ("start", "end", "precision", "words"),
    [
        (None, None, "jour", ""),
        ("2015-01-01", "2018-12-31", "annee", "2015\u00a0→\u00a02018"),
        ("2015-01-01", "2015-12-31", "annee", "2015"),
        ("2026-12-01", "2028-11-30", "mois", "12/2026\u00a0→\u00a011/2028"),
        ("2025-02-03", "2025-02-07", "jour", "02/2025"),
        (None, "2025-03-31", "jour", "03/2025"),
        ("2025-02-03", "2024-12-31", "jour", "02/2025"),
    ],
)
def test_a_period_in_a_table_is_its_months_on_one_line(start, end, precision, words):
    assert wording.short_period(dated(start, end, precision)) == words


def test_an_end_planned_before_the_real_start_is_left_out():
    project = Project(
        actual_start_on=day("2025-02-03"),
        planned_end_on=day("2024-12-31"),
        date_precision="jour",
    )

    assert wording.period(project) == "3 février 2025"


def test_real_dates_go_before_planned_ones():
    project = Project(
        planned_start_on=day("2024-01-01"),
        actual_start_on=day("2025-01-01"),
        date_precision="annee",
    )

    assert wording.period(project) == "2025"


@pytest.mark.parametrize(
    ("dates", "label"),
    [
        ({"actual_start_on": "2025-01-01"}, "Début"),
        ({"actual_end_on": "2025-01-01"}, "Fin"),
        ({"actual_start_on": "2025-01-01", "planned_end_on": "2026-01-01"}, "Dates"),
        ({"planned_start_on": "2025-01-01"}, "Début (prévision)"),
        ({"planned_end_on": "2025-01-01"}, "Fin (prévision)"),
    ],
)
def test_a_period_says_what_it_is(dates, label):
    project = Project(**{name: day(value) for name, value in dates.items()})

    assert wording.period_label(project) == label


@pytest.mark.parametrize(
    ("amount", "currency", "words"),
    [
        (None, "EUR", ""),
        ("15000", "EUR", "15\u00a0000\u00a0€"),
        ("15000.00", "EUR", "15\u00a0000\u00a0€"),
        ("2500.5", "EUR", "2\u00a0500,50\u00a0€"),
        ("999", "USD", "999\u00a0USD"),
    ],
)
def test_an_amount_is_written_as_in_french(amount, currency, words):
    amount = None if amount is None else Decimal(amount)

    assert wording.money(amount, currency) == words


@pytest.mark.parametrize(
    ("items", "words"),
    [
        ([], ""),
        (["Mali"], "Mali"),
        (["Mali", "Togo"], "Mali, Togo"),
        (["Mali", "Togo", "Bénin"], "Mali, Togo et\u00a01\u00a0autre"),
        (["Mali", "Togo", "Bénin", "Maroc"], "Mali, Togo et\u00a02\u00a0autres"),
    ],
)
def test_a_long_list_is_cut_and_counted(items, words):
    assert wording.some(items, 2) == words


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Agriculture - Alimentation", "Agriculture\u00a0- Alimentation"),
        ("Eau – Assainissement", "Eau\u00a0– Assainissement"),
        ("Cavaillon (84)", "Cavaillon\u00a0(84)"),
        ("Bastia (2B)", "Bastia\u00a0(2B)"),
        ("Aix-en-Provence", "Aix-en-Provence"),
        ("Ville (du Sud)", "Ville (du Sud)"),
    ],
)
def test_no_line_begins_with_the_dash_or_the_number_of_a_name(name, words):
    assert wording.bound(name) == words


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://www.facebook.com/abc", "Facebook"),
        ("https://fr-fr.facebook.com/abc", "Facebook"),
        ("https://notfacebook.com/abc", "notfacebook.com"),
        ("https://WWW.Exemple.org/abc?x=1", "exemple.org"),
    ],
)
def test_a_site_has_the_name_people_know(address, name):
    assert wording.site_name(address) == name


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2025-03-01T09:00:00+00:00", "1er mars 2025"),
        ("2025-08-14T22:30:00+00:00", "15 août 2025"),
    ],
)
def test_a_day_is_written_out_as_in_paris(moment, words):
    assert wording.day(datetime.datetime.fromisoformat(moment)) == words
