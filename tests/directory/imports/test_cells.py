import contextlib
import datetime
import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.imports import cells
from directory.imports.cells import BadCell
from directory.models import Project

DAY, MONTH, YEAR = (
    Project.Precision.DAY, Project.Precision.MONTH, Project.Precision.YEAR,
)  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1000", "1000.00"),
        ("1000.5", "1000.50"),
        ("1 000,50 €", "1000.50"),
        ("1\u202f000\u00a0€", "1000.00"),
        ("1.000,50", "1000.50"),
        ("1,000.50", "1000.50"),
        ("1.234.567,89", "1234567.89"),
        ("1,234,567", "1234567.00"),
        ("1 234,5", "1234.50"),
        ("12 EUR", "12.00"),
        ("12 euros", "12.00"),
        ("0", "0.00"),
    ],
)
def test_amounts_are_read_as_people_write_them(typed, value):
    assert cells.amount(typed) == Decimal(value)


@pytest.mark.parametrize(
    "typed", ["douze", "1 000 $", "", "1e5", "٣", "9" * 11, "1.23.456", "1,2,3", "12,"]
)
def test_what_is_no_amount_is_refused(typed):
    with pytest.raises(BadCell, match="n’est pas un montant"):
        cells.amount(typed)


@pytest.mark.parametrize(
    ("typed", "thousands", "units"),
    [("15.000 €", "15000", "15,00"), ("1,000", "1000", "1,00")],
)
def test_an_amount_that_is_read_in_two_ways_is_refused(typed, thousands, units):
    with pytest.raises(BadCell, match=f"deux façons.*{thousands} ou {units}"):
        cells.amount(typed)


@pytest.mark.parametrize("typed", ["0,500", "1000.500", "1 234,567", "12,3456"])
def test_an_amount_of_more_than_two_decimals_is_refused(typed):
    with pytest.raises(BadCell, match="plus de deux décimales"):
        cells.amount(typed)


def test_a_negative_amount_is_refused_as_such():
    with pytest.raises(BadCell, match="n’est pas négatif"):
        cells.amount("-5")


@pytest.mark.parametrize(
    ("typed", "day", "precision"),
    [
        ("31/12/2015", (2015, 12, 31), DAY),
        ("1.2.2015", (2015, 2, 1), DAY),
        ("2015-12-31", (2015, 12, 31), DAY),
        ("2015-12-31 00:00:00", (2015, 12, 31), DAY),
        ("12/2015", (2015, 12, 1), MONTH),
        ("2015-12", (2015, 12, 1), MONTH),
        ("2015", (2015, 1, 1), YEAR),
        ("2015.0", (2015, 1, 1), YEAR),
    ],
)
def test_dates_are_read_with_their_precision(typed, day, precision):
    assert cells.moment(typed) == (datetime.date(*day), precision)


@pytest.mark.parametrize("typed", ["31/02/2015", "demain", "2015-13-01", "12", "0000"])
def test_what_is_no_date_is_refused(typed):
    with pytest.raises(BadCell, match="n’est pas une"):
        cells.moment(typed)


def test_a_date_without_its_day_is_refused_where_the_day_counts():
    with pytest.raises(BadCell, match="le jour manque"):
        cells.date("12/2015")


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("Oui", True),
        ("x", True),
        ("1", True),
        ("VRAI", True),
        ("non", False),
        ("0", False),
    ],
)
def test_yes_and_no(typed, value):
    assert cells.yes_no(typed) is value


def test_neither_yes_nor_no_is_refused():
    with pytest.raises(BadCell, match="ni oui ni non"):
        cells.yes_no("peut-être")


@pytest.mark.parametrize(
    ("typed", "value"), [("12", 12), ("1 200", 1200), ("1\u202f200", 1200), ("7.0", 7)]
)
def test_counts_are_whole_numbers(typed, value):
    assert cells.whole_number(typed) == value


@pytest.mark.parametrize("typed", ["1,5", "-3", "beaucoup", "1.000"])
def test_what_is_no_whole_number_is_refused(typed):
    with pytest.raises(BadCell):
        cells.whole_number(typed)


@pytest.mark.parametrize("typed", ["15", "21000"])
def test_an_implausible_year_is_refused(typed):
    with pytest.raises(BadCell, match="n’est pas une année"):
        cells.year(typed)


@pytest.mark.parametrize(
    ("typed", "number", "is_padded"),
    [
        ("490135456", "490135456", False),
        ("490 135 456", "490135456", False),
        ("490135456.0", "490135456", False),
        ("490135456 00017", "490135456", False),
        ("5480546", "005480546", True),
    ],
)
def test_sirens_are_read(typed, number, is_padded):
    assert cells.siren(typed) == (number, is_padded)


@pytest.mark.parametrize(
    "typed",
    ["490135457", "12", "SIREN", "", "000000000", "49013545678901234", "٤٩٠١٣٥٤٥٦"],
)
def test_invalid_sirens_are_nothing(typed):
    assert cells.siren(typed) == ("", False)


@pytest.mark.parametrize(
    ("typed", "value"),
    [("en cours", "en-cours"), ("Terminé", "termine"), ("IDEE", "idee")],
)
def test_choices_are_found_by_value_or_label(typed, value):
    assert cells.choice(typed, Project.Status) == value


def test_an_unknown_choice_is_refused_with_the_list():
    with pytest.raises(BadCell, match=r"« ?.*jadis.*Terminé"):
        cells.choice("jadis", Project.Status)


@pytest.mark.parametrize(
    ("typed", "separator", "labels"),
    [
        ("Mali, Bénin", ",", ["Mali", "Bénin"]),
        ("Eau,assainissement", ",", ["Eau,assainissement"]),
        ("BJ TG", " ", ["BJ", "TG"]),
        ("BJ;TG; ", ";", ["BJ", "TG"]),
        ("BJ | TG", "|", ["BJ", "TG"]),
    ],
)
def test_lists_are_cut_at_their_separator(typed, separator, labels):
    assert cells.labels(typed, separator) == labels


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("www.essai.example", "https://www.essai.example"),
        ("http://essai.example", "http://essai.example"),
        ("ftp://essai.example", "ftp://essai.example"),
    ],
)
def test_web_addresses_get_a_scheme(typed, address):
    assert cells.web_address(typed) == address


@settings(deadline=None)
@given(st.decimals(0, 10**9, places=2))
def test_amounts_survive_the_french_notation(amount):
    typed = f"{amount:,.2f}".replace(",", "\u202f").replace(".", ",")

    assert cells.amount(f"{typed} €") == amount


@settings(deadline=None)
@given(st.dates(datetime.date(1000, 1, 1), datetime.date(2100, 12, 31)))
def test_dates_survive_the_french_notation(day):
    assert cells.date(f"{day.day:02}/{day.month:02}/{day.year}") == day


@settings(deadline=None)
@given(st.text(max_size=40))
def test_no_text_raises_anything_but_a_bad_cell(text):
    for read in (cells.amount, cells.moment, cells.whole_number, cells.yes_no):
        with contextlib.suppress(BadCell):
            read(text)
    assert re.fullmatch(r"(\d{9})?", cells.siren(text)[0])
