"""Amounts: exact to the cent, shared without a loss, never of two currencies."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyroaring import BitMap

from directory.panorama.money import NOWHERE, Amounts, Budgets, split, worded
from directory.panorama.totals import percent

CENTS = st.integers(0, 10**12) | st.sampled_from([0, 1, 50_000, 100_000])


@given(cents=CENTS, number=st.integers(1, 250))
def test_shares_are_equal_to_a_cent_and_sum_to_the_whole(cents, number):
    shares = split(cents, number)

    assert sum(shares) == cents
    assert len(shares) == number
    assert max(shares) - min(shares) <= 1


@given(
    cents=st.dictionaries(st.integers(1, 400), CENTS, max_size=200),
    rows=st.sets(st.integers(1, 400)),
)
def test_a_sum_is_what_adding_one_by_one_gives(cents, rows):
    found = Amounts("EUR", cents).over(BitMap(rows))

    chosen = [cents[key] for key in rows if key in cents]
    assert (found.cents, found.known) == (sum(chosen), len(chosen))


@given(
    projects=st.lists(
        st.tuples(
            st.sampled_from(["EUR", "EUR", "XOF"]),
            st.none() | CENTS,
            st.sets(st.sampled_from(["ML", "SN", "TG", "LB"])),
        ),
        max_size=90,
    ),
    rows=st.sets(st.integers(1, 90)),
)
def test_the_shares_of_countries_sum_to_the_total_of_each_currency(projects, rows):
    keys = range(1, len(projects) + 1)
    currencies, cents, places = zip(*projects, strict=True) if projects else ((),) * 3
    codes = ["ML", "SN", "TG", "LB"]
    countries = {
        code: BitMap(k for k, p in zip(keys, places, strict=True) if code in p)
        for code in codes
    }
    budgets, rows = Budgets(keys, currencies, cents, countries), BitMap(rows)

    totals = {item.currency: item.cents for item in budgets.totals(rows)}
    shared = dict.fromkeys(totals, 0)
    for country in [*codes, NOWHERE]:
        for share in budgets.of_country(country, rows):
            shared[share.currency] += share.cents

    assert shared == totals


@pytest.mark.parametrize(
    ("cents", "currency", "words"),
    [
        (0, "EUR", "0\u00a0€"),
        (1_500_000, "EUR", "15\u00a0000\u00a0€"),
        (250_050, "EUR", "2\u00a0500,50\u00a0€"),
        (5, "EUR", "0,05\u00a0€"),
        (10**9, "XOF", "10\u00a0000\u00a0000\u00a0XOF"),
    ],
)
def test_an_amount_is_worded_in_french(cents, currency, words):
    assert worded(cents, currency) == words


@pytest.mark.parametrize(
    ("part", "whole", "found"),
    [(0, 0, 0), (0, 9, 0), (9, 9, 100), (1, 9_999, 1), (9_998, 9_999, 99), (5, 8, 62)],
)
def test_only_nothing_is_zero_and_only_the_whole_a_hundred(part, whole, found):
    assert percent(part, whole) == found
