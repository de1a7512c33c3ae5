"""A page of a result in an order, whatever the result and the page."""

from array import array

from hypothesis import given
from hypothesis import strategies as st
from pyroaring import BitMap

from directory.filters import StructureFilter
from directory.listings.facets import FacetIndex
from directory.listings.orders import FEW, RUN, Order
from directory.models import Structure
from tests.factories import StructureFactory

MOST = 5 * RUN


@st.composite
def results(draw):
    """An order of some keys, and some of these."""
    number = draw(st.integers(0, MOST))
    chance = draw(st.randoms(use_true_random=False))
    keys = chance.sample(range(1, 100_000), number)
    share = draw(st.sampled_from([0, 0.02, 0.2, 0.7, 1]))
    return keys, [key for key in keys if chance.random() < share]


@given(
    result=results(), start=st.integers(0, MOST + RUN), length=st.integers(0, 2 * RUN)
)
def test_a_page_has_the_rows_of_these_ranks_in_the_order(result, start, length):
    keys, found = result
    order = Order(array("I", keys))

    page = order.ranked(BitMap(found), start, start + length)

    assert page == found[start : start + length]


def test_every_page_of_a_result_that_is_spread_out_follows_the_one_before():
    keys = [*range(1, MOST, 2), *range(2, MOST, 2)]
    found = [key for key in keys if key % 3]
    order = Order(array("I", keys))
    assert len(found) > FEW

    pages = [
        order.ranked(BitMap(found), start, start + 24)
        for start in range(0, len(found), 24)
    ]

    assert [key for page in pages for key in page] == found


def test_a_row_that_went_since_the_index_was_built_stands_at_the_end(db):
    first, gone, last = (
        StructureFactory(published=True, name=name) for name in ("Eau", "Flore", "Zébu")
    )
    index = FacetIndex(StructureFilter)
    Structure.objects.filter(pk=gone.pk).update(publication="archive")

    page = index.ranked(index.everything, "verifie", 0, 3)

    assert page[2] == gone.pk
    assert set(page) == {first.pk, gone.pk, last.pk}
