"""What the page prints of each facet: the values that are useful now, with counts."""

from __future__ import annotations

from collections.abc import Callable, Collection

from django.utils.safestring import SafeString

from directory.keeping.pieces import Mould, joined, spelled
from directory.keeping.stores import kept
from directory.listings.facet_kinds import Facet
from directory.listings.facets import FacetIndex
from directory.listings.results import Results
from directory.listings.selections import before

#: How many values are printed unasked, the most frequent ones.
MOST = 5
#: A facet with no more values than this is printed whole.
FEW = 8
#: A facet with more values than this has a box to search them.
LONG = 12
OPTION = "components/option.html"
FACET = "components/facet.html"
SHUT = "components/facet_shut.html"


#: A number of rows in words.
Counted = Callable[[int], str]


def panels(
    results: Results,
    counted: Counted,
    *,
    whole: str = "",
    held: str = "",
    opened: Collection[str] = (),
) -> SafeString:
    """The facets that have values, as HTML; `counted` says a number of rows.

    `whole` names one that is printed with every value; `held` is a value
    (« pays:ML ») that is printed whatever its count: the box that was just touched.
    A folded facet is a link that opens it, unless something is chosen there or its
    name is among the `opened` ones.
    """
    return joined(
        _shut(results, facet)
        if _is_shut(results, facet, {whole, *opened})
        else _panel(results, counted, facet, is_whole=facet.name == whole, held=held)
        for facet in results.index.register.facets()
    )


def _is_shut(results: Results, facet: Facet, opened: Collection[str]) -> bool:
    is_wanted = facet.name in opened or results.selection.answers[facet.name].keys
    return facet.is_folded and not is_wanted


def _shut(results: Results, facet: Facet) -> str:
    index, name = results.index, facet.name
    if not index.offered[name].keys:
        return ""
    mould = kept(
        index.moulds,
        (SHUT, name),
        lambda: Mould(SHUT, {"name": name, "label": facet.label}, ["query"]),
    )
    return mould.filled(query=before(results.selection.query))


def _panel(
    results: Results, counted: Counted, facet: Facet, *, is_whole: bool, held: str
) -> str:
    index, name = results.index, facet.name
    offered = index.offered[name]
    chosen = results.selection.answers[name].keys
    keys = {*offered.keys, *chosen}
    if not keys:
        return ""
    printed = keys
    if not is_whole and len(keys) > FEW:
        touched = held.removeprefix(f"{name}:")
        printed = keys & {*results.leading(name, MOST), *chosen, touched}
    options = joined(
        _option(index, name, key, is_chosen=key in chosen).filled(
            count=(count := results.count(name, key)),
            spelled=spelled(count),
            counted=counted(count),
        )
        for key in sorted(printed, key=offered.places.__getitem__)
    )
    shown = {
        "name": name,
        "chosen": len(chosen),
        "total": len(keys),
        "is_whole": len(printed) == len(keys),
        "is_long": len(keys) > LONG,
        "is_opened": is_whole and len(keys) > FEW,
    }
    mould = kept(
        index.moulds,
        (FACET, *shown.values()),
        lambda: Mould(FACET, {**shown, "label": facet.label}, ["options", "query"]),
    )
    return mould.filled(options=options, query=before(results.selection.query))


def _option(index: FacetIndex, facet: str, key: str, *, is_chosen: bool) -> Mould:
    def make() -> Mould:
        value = index.known[facet][key]
        shown = {"facet": facet, "value": value, "is_chosen": is_chosen}
        return Mould(OPTION, shown, ["count", "spelled", "counted"])

    return kept(index.moulds, (facet, key, is_chosen), make)
