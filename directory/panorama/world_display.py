"""The result of the panorama on the map of the world, with the same in a table."""

from __future__ import annotations

from functools import cache

from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from directory.keeping.pieces import joined, rendered
from directory.keeping.stores import kept
from directory.listings.displays import Column, Display, table_frame, table_group
from directory.listings.parameters import quoted
from directory.listings.results import Results
from directory.listings.selections import Selection
from directory.listings.shown import Shown
from directory.panorama.country_table import (
    ORDERS,
    Figures,
    figures,
    in_order,
    nowhere,
    of_totals,
    printed,
)
from directory.panorama.totals import totals
from directory.panorama.world_map import Entry, world_map

#: The parameter of addresses that orders the table.
ORDER = "ordre"
USUAL = next(iter(ORDERS))
BODY = "directory/_world.html"
#: How many maps an index keeps: each takes some 130 kB.
KEPT = 64
#: A share has the order of its number: it gives none.
COLUMNS = ("pays", "projets", "part", "structures", "budget")


class WorldDisplay(Display):
    """All the rows of the result by country: never only those of a page."""

    is_paged = False

    def beside(self, data: QueryDict) -> tuple[dict[str, str], list[str]]:
        """Tell the order of the table, unless it is the usual one."""
        asked = data.get(ORDER, "").strip()
        if asked in {"", USUAL}:
            return {}, []
        if asked in ORDERS:
            return {ORDER: asked}, []
        notice = _("«\u00a0%s\u00a0» n’est pas un ordre connu\u00a0: il est ignoré.")
        return {}, [notice % quoted(asked)]

    def body(self, shown: Shown) -> SafeString:
        results, asked = shown.results, shown.asked
        if results.matches is not None:
            return self.drawn(shown)
        # Without words it is the same at each request, as long as the index lasts.
        return kept(
            results.index.drawn,
            asked.query,
            lambda: self.drawn(shown),
            most=KEPT,
        )

    def drawn(self, shown: Shown) -> SafeString:
        """The map, and the table of the same numbers."""
        results, asked = shown.results, shown.asked
        countries = figures(results)
        links = Links(results, asked)
        number = nowhere(results).projects
        return rendered(
            BODY,
            {
                "map": self.map(shown, countries, links),
                "table": self.table(results, countries, links, asked),
                "without": shown.counted(number) if number else "",
                "is_one": number == 1,
            },
        )

    def map(self, shown: Shown, countries: list[Figures], links: Links) -> SafeString:
        """The map, where every country is a link."""
        counts = {row.code: row.projects for row in countries}

        @cache
        def counted(number: int) -> str:
            words = shown.counted(number)
            return f"{words[:1].lower()}{words[1:]}"

        return world_map(
            (
                Entry(
                    code,
                    value.label,
                    counts.get(code, 0),
                    links.to(code) if code in counts else value.page,
                )
                for code, value in links.known.items()
            ),
            title=_("Carte du monde\u00a0: projets par pays"),
            unit=_("Projets"),
            counted=counted,
        )

    def table(
        self,
        results: Results,
        countries: list[Figures],
        links: Links,
        asked: Selection,
    ) -> SafeString:
        """The same numbers and more; first the countries that were chosen."""
        order = asked.beside.get(ORDER, USUAL)
        rows = in_order(countries, order)
        others = [row for row in rows if links.is_beside(row.code)]
        groups = [("", [row for row in rows if not links.is_beside(row.code)])]
        groups += [(_("Également concernés par ces projets"), others)] if others else []
        moulds, total = results.index.moulds, results.total
        columns = [_column(key, asked, order) for key in COLUMNS]
        frame = table_frame(
            results.index,
            asked.query,
            _(
                "Un projet de plusieurs pays compte dans chacun\u00a0; son budget"
                " public y est réparti à parts égales."
            ),
            columns,
            kind="places",
        )
        last = [(_("Sans pays indiqué"), n)] if (n := nowhere(results)).projects else []
        last.append((_("Ensemble, chaque projet une fois"), of_totals(totals(results))))
        return frame.filled(
            rows=joined(
                table_group(
                    results.index,
                    label,
                    len(columns),
                    printed(moulds, map(links.named, group), total),
                )
                for label, group in groups
                if group
            ),
            foot=printed(moulds, ((row, label, "") for label, row in last), total),
            after="",
        )


class Links:
    """Where the countries of a result lead, and which of them were chosen.

    A country leads to its projects among those of the result, in the list. One that
    was not chosen, beside others that were, leads to its page: to tick it instead
    would give other projects than those that are counted.
    """

    def __init__(self, results: Results, asked: Selection) -> None:
        """Take what is known of the countries and of the choices."""
        self.known = results.index.known["pays"]
        answers = results.selection.answers
        self.chosen = answers["pays"].keys
        inside = {pk for _code, pks in answers["region"].rows for pk in pks}
        self.wanted = self.chosen or {
            code for code, value in self.known.items() if value.row in inside
        }
        query = results.selection.displayed().query_with("pays", ())
        self._start = f"?{query}&pays=" if query else "?pays="

    def is_beside(self, code: str) -> bool:
        """Whether the country is there through the others' projects alone."""
        return bool(self.wanted) and code not in self.wanted

    def to(self, code: str) -> str:
        """The address behind the country."""
        if self.chosen and code not in self.chosen:
            return self.known[code].page
        return f"{self._start}{code}"

    def named(self, row: Figures) -> tuple[Figures, str, str]:
        """A row with the name of its country, and its address."""
        return row, self.known[row.code].label, self.to(row.code)


def _column(key: str, asked: Selection, order: str) -> Column:
    """The head of a column."""
    labels = {
        "pays": _("Pays"),
        "projets": _("Projets"),
        "part": _("Part"),
        "structures": _("Structures"),
        "budget": _("Budget public"),
    }
    if key not in ORDERS:
        return Column(labels[key], is_number=True)
    others = {**asked.beside, ORDER: "" if key == USUAL else key}
    return Column(
        labels[key],
        asked.displayed(**others).query,
        is_chosen=key == order,
        direction="ascending" if key == "pays" else "descending",
        is_number=key != "pays",
    )
