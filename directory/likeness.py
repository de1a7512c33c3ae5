"""Which rows of a listing share most with something, by its bitmaps, without SQL."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from pyroaring import BitMap

from directory.listings.facet_kinds import FlagFacet
from directory.listings.facets import FacetIndex
from directory.listings.gathering import NOTHING

#: The facet of those who come first among equals, where the listing has it.
MEMBERS = "adherent"


class Share(NamedTuple):
    """Something that rows share with the subject, and what it is worth: rarity."""

    rows: BitMap
    weight: float


def most_alike(
    index: FacetIndex, candidates: BitMap, shares: Iterable[Share], most: int
) -> list[int]:
    """The candidates that share most things first, then the rarest things.

    Members come first among equals, then the usual order of the listing.
    """
    shared = [Share(share.rows & candidates, share.weight) for share in shares]
    best: list[int] = []
    more = NOTHING
    for rows in reversed(_counted(shared)):
        best += _rarest(index, rows - more, shared, most - len(best))
        if len(best) >= most:
            break
        more = rows
    return best


def _counted(shares: Iterable[Share]) -> list[BitMap]:
    """The rows that share one thing at least, two things at least, and so on."""
    levels: list[BitMap] = []
    for share in shares:
        added = share.rows
        for n, rows in enumerate(levels):
            levels[n], added = rows | added, rows & added
        if added:
            levels.append(added)
    return levels


def _rarest(
    index: FacetIndex, rows: BitMap, shares: list[Share], most: int
) -> list[int]:
    scores = dict.fromkeys(rows, 0.0)
    for share in shares:
        for key in share.rows & rows:
            scores[key] += share.weight
    members = index.rows.get(MEMBERS, {}).get(FlagFacet.YES, NOTHING)
    equals: dict[tuple[float, bool], BitMap] = defaultdict(BitMap)
    for key, score in scores.items():
        equals[-round(score, 6), key not in members].add(key)
    best: list[int] = []
    order = index.register.sort().default
    for _rank, keys in sorted(equals.items()):
        best += index.ranked(keys, order, 0, most - len(best))
        if len(best) >= most:
            break
    return best
