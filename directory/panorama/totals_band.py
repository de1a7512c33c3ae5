"""The totals of a result in words: a band above the rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.keeping.pieces import Mould, joined, mould_of, spelled
from directory.panorama.money import Sum
from directory.panorama.totals import Totals

BAND = "components/totals.html"
FIGURE = "components/total.html"


def band(moulds: dict[Any, Mould], found: Totals) -> SafeString:
    """The totals as HTML; each figure says what it counts."""
    whole = mould_of(moulds, BAND, {}, ["figures"])
    return whole.filled(
        figures=joined(
            _mould(moulds, is_figure=bool(value)).filled(value=value, label=label)
            for value, label in _lines(found)
        )
    )


def _mould(moulds: dict[Any, Mould], *, is_figure: bool) -> Mould:
    return mould_of(moulds, FIGURE, {"is_figure": is_figure}, ["value", "label"])


def _lines(found: Totals) -> Iterator[tuple[str, str]]:
    number = found.countries
    yield (
        spelled(number) if number else _("Aucun"),
        _("pays") if number else _("pays indiqué"),
    )
    number = found.structures
    yield (
        spelled(number) if number else _("Aucune"),
        ngettext("structure de l’annuaire", "structures de l’annuaire", number or 1),
    )
    if not found.budgets:
        yield _("Aucun"), _("budget public")
        return
    for item in found.budgets:
        is_alone = len(found.budgets) == 1
        yield str(item), _("de budget public") if is_alone else _counted(item)
    yield "", _coverage(found)


def _counted(item: Sum) -> str:
    """How many projects have a budget in a currency, when there are several."""
    return ngettext(
        "de budget public (%d projet)", "de budget public (%d projets)", item.known
    ) % (item.known)


def _coverage(found: Totals) -> str:
    """How many projects say their budget: sums without it would mislead."""
    if found.known == found.projects:
        return _("montant connu pour tous les projets")
    return _(
        "montant connu pour %(share)d\u00a0%% des projets (%(known)s sur %(projects)s)"
    ) % {
        "share": found.coverage,
        "known": spelled(found.known),
        "projects": spelled(found.projects),
    }
