"""The agenda month by month, in a grid: events, and the deadlines of calls."""

from __future__ import annotations

from django.http import HttpRequest, QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from pyroaring import BitMap

from directory.keeping import versions
from directory.keeping.pieces import rendered, spelled
from directory.listings.displays import Display
from directory.listings.facets import index_of
from directory.listings.parameters import Answer, quoted
from directory.listings.results import Results
from directory.listings.selections import TEXT, Selection
from directory.listings.shown import Shown
from news.filters import CallFilter
from news.month import Held, Month, held, held_in, nearest
from news.month_grid import weeks

#: The parameter of addresses that names the month.
NAME = "mois"
BODY = "news/_month.html"


class MonthDisplay(Display):
    """The events of a result on the days of a month: this one, or the one asked for."""

    is_paged = False

    def titled(self, asked: Selection) -> str:
        label = _month(asked).label
        return f"{label[:1].upper()}{label[1:]}"

    def counted(self, shown: Shown) -> str:
        """How many events the month has, and how many there are in all."""
        total, month = shown.results.total, _month(shown.asked)
        here = len(held_in(month, shown.results.rows))
        counted = shown.counted(here) if here else _("Aucun événement")
        said = _("%(events)s en %(month)s") % {"events": counted, "month": month.label}
        if here == total:
            return said
        return _("%(here)s, %(all)s en tout") % {"here": said, "all": spelled(total)}

    def beside(self, data: QueryDict) -> tuple[dict[str, str], list[str]]:
        """Tell the month, unless it is this one."""
        raw = data.get(NAME, "").strip()
        if not raw:
            return {}, []
        month = Month.read(raw)
        if month is None:
            notice = _(
                "«\u00a0%s\u00a0» n’est pas un mois connu\u00a0: voici ce mois-ci."
            )
            return {}, [notice % quoted(raw)]
        return ({} if month == Month.current() else {NAME: month.key}), []

    def body(self, shown: Shown) -> SafeString:
        results, asked = shown.results, shown.asked
        month = _month(asked)
        calls = alike(shown.request, results.selection)
        found = held(month, results.rows, calls)
        other = None if found.events else nearest(month, results.rows)
        return rendered(
            BODY,
            {
                "month": month,
                "nearest": other,
                "to_nearest": _query(asked, other),
                "said": " · ".join(_counted(found)),
                "weeks": weeks(month, found),
                "ways": {
                    key: _query(asked, other)
                    for key, other in (
                        ("before", month.before),
                        ("now", Month.current()),
                        ("after", month.after),
                    )
                    if other not in {None, month}
                },
            },
        )


def alike(request: HttpRequest, asked: Selection) -> BitMap:
    """The calls for projects that the same filters keep.

    A filter that says nothing of calls, as how one attends an event, keeps none.
    """
    index = index_of(CallFilter, versions.of_request(request))
    answers = dict(CallFilter.unfiltered().answers)
    for name, answer in asked.answers.items():
        if not answer.values or not asked.register.parameters()[name].narrows:
            continue
        if name == TEXT:
            answers[name] = answer
            continue
        known = index.known.get(name, {})
        values = tuple(known[key] for key in answer.keys if key in known)
        if not values:
            return BitMap()
        answers[name] = Answer(values)
    return Results(index, Selection(CallFilter, answers)).rows


def _month(asked: Selection) -> Month:
    return Month.read(asked.beside.get(NAME, "")) or Month.current()


def _query(asked: Selection, month: Month | None) -> str:
    key = month.key if month and month != Month.current() else ""
    return asked.displayed(**{**asked.beside, NAME: key}).query


def _counted(found: Held) -> list[str]:
    """How many events the month has, and how many deadlines if it has some."""
    events = (
        ngettext("%d événement ce mois", "%d événements ce mois", found.events)
        % found.events
    )
    said = [events if found.events else _("Aucun événement ce mois")]
    if found.deadlines:
        said.append(
            ngettext(
                "%d clôture d’appel à projets",
                "%d clôtures d’appels à projets",
                found.deadlines,
            )
            % found.deadlines
        )
    return said
