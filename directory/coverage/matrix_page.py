"""The page of the coverage matrix, and the same as a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from directory.coverage.matrix import (
    AXES,
    COUNTRIES,
    Matrix,
    Region,
    Row,
    shades,
    vocabulary,
)
from directory.coverage.matrix_rows import printed_rows
from directory.keeping import versions
from directory.keeping.pieces import spelled
from directory.listings.asides import Asides
from directory.listings.facets import index_of
from directory.listings.listing_pages import ListingView
from directory.listings.parameters import quoted
from directory.listings.results import Loosened, Results
from directory.listings.selections import Chip, Selection, Sort
from directory.spreadsheets import written
from directory.views import ProjectListView, StructureListView

#: How many countries are shown unasked, the most frequent ones.
MOST_ROWS = 40
EVERY_ROW = "toutes"
#: Before the name of a region that is in another one.
INDENT = "\u2013\u00a0"


@dataclass(frozen=True)
class Counted:
    """What is counted: the rows of a listing."""

    listing: type[ListingView]
    address: str
    label: Any
    #: The end of « n croisements ont … ».
    one: Any
    #: What the numbers count.
    reading: Any


REGISTERS = {
    "projets": Counted(
        ProjectListView,
        "directory:projects",
        gettext_lazy("Projets"),
        gettext_lazy("au moins un projet"),
        gettext_lazy(
            "Un projet compte dans chacun de ses pays et dans chaque colonne qui le"
            " concerne\u00a0; un total le compte une fois."
        ),
    ),
    "acteurs": Counted(
        StructureListView,
        "directory:structures",
        gettext_lazy("Acteurs"),
        gettext_lazy("au moins un acteur"),
        gettext_lazy(
            "Un acteur compte dans chacun de ses pays et dans chaque colonne qui le"
            " concerne\u00a0: il n’agit pas forcément sur ce sujet dans ce pays. Un"
            " total le compte une fois."
        ),
    ),
}
ORDERS = {"nombre": gettext_lazy("Nombre"), "nom": gettext_lazy("Nom")}


class MatrixPage:
    """A matrix as the query string asks for it; unknown values are dropped and said.

    The parameters of the listing narrow what is counted; four more, of the matrix
    alone, choose what is counted, the columns, the rows and their order.
    """

    def __init__(self, request: HttpRequest) -> None:
        """Read the query string, which may be anything."""
        self.notices: list[str] = []
        data = request.GET
        now = versions.of_request(request)
        self.terms = vocabulary(now)
        self.register = self._choice(data, "registre", REGISTERS)
        self.counted = REGISTERS[self.register]
        self.listing = self.counted.listing()
        index = index_of(self.listing.register, now)
        self.axes = {name: axis for name, axis in AXES.items() if name in index.rows}
        self.columns = self._choice(data, "colonnes", self.axes)
        self.order = self._choice(data, "ordre", ORDERS)
        regions = {region.code: region for region in self.terms.regions}
        self.lines = self._choice(
            data, "lignes", {"": None, EVERY_ROW: None, **regions}
        )
        self.region: Region | None = regions.get(self.lines)
        self.selection = self.listing.register.select(data, index.known)
        asked = Results(index, self.selection)
        self.results = asked.as_shown()
        self.notices += self.selection.notices
        self.matrix = Matrix(self.results, self.columns, self.terms)

    def _choice(self, data: Any, name: str, known: Mapping[str, Any]) -> str:
        """The value of one of the matrix's own parameters, or the usual one."""
        raw = data.get(name, "").strip()
        if raw and raw not in known:
            notice = _("«\u00a0%(value)s\u00a0» (%(name)s) n’existe pas\u00a0: ignoré.")
            self.notices.append(notice % {"value": quoted(raw), "name": name})
        return raw if raw in known else next(iter(known))

    def codes(self, *, is_whole: bool = False) -> list[str]:
        """The countries in rows, in the order asked; `is_whole`: none is left out."""
        if self.region is not None:
            codes = self.matrix.of_region(self.region)
        else:
            most = None if is_whole or self.lines == EVERY_ROW else MOST_ROWS
            codes = self.matrix.most_frequent(most)
        totals = self.matrix.totals
        if self.order == "nom":
            places = self.results.index.offered[COUNTRIES].places
            return sorted(codes, key=places.__getitem__)
        return sorted(codes, key=lambda code: -totals.get(code, 0))

    @cached_property
    def rows(self) -> list[Row]:
        """The rows that the page shows."""
        return self.matrix.rows(self.codes())

    @property
    def own(self) -> dict[str, str]:
        """What was asked of the matrix alone, and is not usual."""
        asked: dict[str, tuple[str, Mapping[str, Any]]] = {
            "registre": (self.register, REGISTERS),
            "colonnes": (self.columns, self.axes),
            "lignes": (self.lines, {"": None}),
            "ordre": (self.order, ORDERS),
        }
        return {
            name: value
            for name, (value, known) in asked.items()
            if value != next(iter(known))
        }

    def query(self, **changes: str) -> str:
        """The query string of this matrix with some of its own parameters changed."""
        return self.selection.displayed(**{**self.own, **changes}).query

    def switches(self) -> Iterator[tuple[str, list[Sort]]]:
        """What can be chosen with a click: a label, and the choices."""
        yield (
            _("Compter"),
            [
                Sort(str(item.label), name == self.register, self._counting(name))
                for name, item in REGISTERS.items()
            ],
        )
        yield (
            _("En colonnes"),
            [
                Sort(str(axis.plural), name == self.columns, self.query(colonnes=name))
                for name, axis in self.axes.items()
            ],
        )
        yield (
            _("Trier les pays par"),
            [
                Sort(str(label), name == self.order, self.query(ordre=name))
                for name, label in ORDERS.items()
            ],
        )

    def _counting(self, register: str) -> str:
        """The same of another register, with the filters that it has too."""
        other = REGISTERS[register].listing.register
        shared = other.parameters()
        pairs = [
            (name, value.key)
            for name, answer in self.selection.answers.items()
            for value in answer.values
            if name in shared and shared[name].narrows
        ]
        own = {**self.own, "registre": register}
        if self.columns not in shared:
            own.pop("colonnes", None)
        return urlencode([*pairs, *own.items()])

    @cached_property
    def asked(self) -> Selection:
        """The selection whose addresses lead to a matrix of the same kind."""
        return self.selection.displayed(**self.own)

    @property
    def chips(self) -> list[Chip]:
        """The filters at work, each with the matrix without it."""
        return self.asked.chips

    def loosened(self) -> list[Loosened]:
        """The filters whose removal gives rows, when there is none."""
        if self.results.total:
            return []
        return self.results.loosened(self.asked)

    def hidden(self) -> list[tuple[str, str]]:
        """What the form of the rows sends besides them."""
        own = {name: value for name, value in self.own.items() if name != "lignes"}
        return [*parse_qsl(self.selection.query), *own.items()]

    def line_choices(self) -> Iterator[Sort]:
        """The rows that may be asked for: the value is where a query would be."""
        yield Sort(
            _("Les %d plus fréquents") % MOST_ROWS, is_chosen=not self.lines, query=""
        )
        yield Sort(
            _("Tous ceux qui en ont"),
            is_chosen=self.lines == EVERY_ROW,
            query=EVERY_ROW,
        )
        for region in self.terms.regions:
            yield Sort(
                f"{INDENT * region.depth}{region.label}",
                is_chosen=region.code == self.lines,
                query=region.code,
            )

    @property
    def coverage(self) -> str:
        """How many cells have a row, and how many have none, in a sentence."""
        cells = [cell.number > 0 for row in self.rows for cell in row.cells]
        covered = sum(cells)
        return _("%(rows)d pays, %(columns)s\u00a0: %(covered)s%(bare)s.") % {
            "rows": len(self.rows),
            "columns": _in_columns(len(self.matrix.values)),
            "covered": _covered(covered, self.counted.one),
            "bare": _bare(len(cells) - covered) if covered else "",
        }

    @property
    def reading(self) -> str:
        """What the numbers count."""
        return str(self.counted.reading)

    @property
    def left_out(self) -> str:
        """What leads to the countries that are not shown, if some are not."""
        total = len(self.matrix.totals)
        if self.lines or total <= MOST_ROWS:
            return ""
        return _("Montrer les %d pays") % total

    @property
    def whole_query(self) -> str:
        """The query string that leaves no country out."""
        return self.query(lignes=EVERY_ROW)

    @property
    def title(self) -> str:
        """What the page shows, in a few words: its filters first."""
        heading = _("Matrice de couverture")
        return " – ".join(filter(None, [self.selection.title, heading]))

    @property
    def caption(self) -> str:
        """What the table says, in a sentence."""
        noun = AXES[self.columns].noun
        return _("%(rows)s par pays et par %(noun)s") % {
            "rows": self.counted.label,
            "noun": noun,
        }

    def table(self) -> Iterator[list[str | int]]:
        """Every row as a spreadsheet has it: labels, codes, numbers."""
        columns = self.matrix.columns()
        heads = [f"{column.value.label} ({column.value.key})" for column in columns]
        unknown = AXES[self.columns].unknown
        yield [_("Code du pays"), _("Pays"), _("Total"), str(unknown), *heads]
        for row in self.matrix.rows(self.codes(is_whole=True)):
            counts = (cell.number for cell in row.cells)
            head: list[str | int] = [row.value.key, row.value.label]
            yield [*head, row.total.number, row.unknown, *counts]
        totals = (column.total.number for column in columns)
        yield ["", _("Tous pays"), self.results.total, self.matrix.unknown, *totals]


def _in_columns(number: int) -> str:
    return ngettext("%d colonne", "%d colonnes", number) % number


def _covered(number: int, one: Any) -> str:
    """How many cells have rows; `one` says what they have."""
    if not number:
        return str(_("aucun croisement n’a %s") % one)
    sentence = ngettext(
        "%(n)s croisement a %(one)s", "%(n)s croisements ont %(one)s", number
    )
    return sentence % {"n": spelled(number), "one": one}


def _bare(number: int) -> str:
    """How many cells have no row, after how many have."""
    if not number:
        return _(", aucun n’est vide")
    sentence = ngettext(", %s n’en a aucun", ", %s n’en ont aucun", number)
    return sentence % spelled(number)


@require_safe
def matrix_page(request: HttpRequest) -> HttpResponse:
    """The matrix; no query string makes it fail."""
    page = MatrixPage(request)
    listing, has_unknown = reverse(page.counted.address), bool(page.matrix.unknown)
    columns = page.matrix.columns()
    return TemplateResponse(
        request,
        "directory/matrix.html",
        {
            "page": page,
            "listing": listing,
            "rows": printed_rows(page.rows, columns, listing, has_unknown=has_unknown),
            "columns": columns,
            "shades": shades(page.rows),
            "chips": Asides(page.results.index, page.asked).chips(),
            "counted": page.listing.counted(page.results.total),
            "unknown": AXES[page.columns].unknown if has_unknown else "",
        },
    )


@require_safe
def matrix_csv(request: HttpRequest) -> HttpResponse:
    """The same matrix, every country of it, as a spreadsheet."""
    page = MatrixPage(request)
    response = HttpResponse(
        written(page.table()), content_type="text/csv; charset=utf-8"
    )
    name = f"matrice-{page.register}-pays-{page.columns}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
