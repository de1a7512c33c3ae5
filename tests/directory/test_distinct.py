"""Holders of rows, each counted once over any rows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyroaring import BitMap

from directory.panorama import distinct
from directory.panorama.distinct import Distinct

ROWS = st.sets(st.integers(1, 40), max_size=6)


@pytest.mark.parametrize("few", [0, 5_000])
@given(holdings=st.lists(ROWS, max_size=30), rows=st.sets(st.integers(1, 40)))
def test_as_many_are_counted_as_hold_one_of_the_rows(few, holdings, rows):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(distinct, "FEW", few)
        holders = Distinct(holdings)

        assert holders.over(BitMap(rows)) == sum(bool(held & rows) for held in holdings)
        assert holders.everyone == sum(map(bool, holdings))
