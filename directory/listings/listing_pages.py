"""The page of a listing: its frame, its filters, its results."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from directory.keeping import versions
from directory.keeping.framed_pages import FramedView
from directory.keeping.pieces import mould_of, moulded, rendered, spelled
from directory.listings.asides import Asides
from directory.listings.displays import CARDS, Display, chosen
from directory.listings.elsewhere import Elsewhere
from directory.listings.facets import FacetIndex, index_of
from directory.listings.following import Feed
from directory.listings.listing_filters import ListingFilter
from directory.listings.panels import panels
from directory.listings.results import Results
from directory.listings.selections import TEXT, Selection, before, with_query
from directory.listings.shown import Line, Shown, nearest_page
from directory.search.highlighting import MARKED, WORD, folded

#: Numbers of rows whose words are kept: the options of every facet have theirs.
KEPT_NUMBERS = 4096
FILTERS = "components/filters.html"
FACETS = "components/facets.html"
CHOSEN = "components/chosen.html"
CHANGES = "layout/_changes.html"
RESULTS = "components/results.html"
NOTICES = "components/notices.html"
REPAIRED = "components/repaired.html"
EMPTY = "components/empty.html"


class ListingView(FramedView):
    """A listing, 24 rows a page; no query string makes it fail."""

    template_name = "layout/listing.html"
    paginate_by = 24
    register: type[ListingFilter]
    #: What the page says of itself.
    heading: Any = ""
    introduction: Any = ""
    search_label: Any = ""
    #: Where the search box asks for suggestions, if it does.
    suggestions: Any = ""
    #: The number of rows in words: none, one, several.
    none: Any = ""
    some: Any = ""
    #: How a row is printed as a card.
    line: Line
    #: How the cards are laid out: in rows, or in columns.
    layout = "rows"
    #: The ways to show the rows, the usual one first.
    displays: tuple[Display, ...] = (CARDS,)
    #: The other pages that show the same rows.
    elsewhere: tuple[Elsewhere, ...] = ()
    #: The files by which programs follow the rows.
    feeds: tuple[Feed, ...] = ()

    @property
    def hint(self) -> Any:
        """What can be found, shown in the empty search box."""
        return self.register.text().hint

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the rows that the query string selects."""
        index = index_of(self.register, versions.of_request(request))
        self.display, beside, unknown = chosen(self.displays, request.GET)
        selection = self.register.select(request.GET, index.known).displayed(**beside)
        asked = Results(index, selection)
        results = asked.as_shown()
        each = self.paginate_by if self.display.is_paged else max(results.total, 1)
        paginator = Paginator(range(results.total), each)
        number, notices = nearest_page(
            request.GET.get("page", "").strip(), paginator.num_pages
        )
        self.page = paginator.page(number)
        self.notices = [*selection.notices, *unknown, *notices]
        title = self.feed_title(selection)
        pieces = {
            "page_title": self.title(title, selection),
            "chosen": self.chosen(results),
            "facets": self.facets(request, results),
            "results": self.results(results, asked=selection),
        }
        if is_change(request):
            return self.changes(request, selection, pieces)
        if self.feeds:
            asides = self.asides(index, selection)
            pieces["alternates"] = asides.alternates(self.feeds, title)
        pieces["filters"] = self.filters(
            index, pieces.pop("chosen"), pieces.pop("facets")
        )
        return self.whole(request, {**pieces, "text": selection.text})

    def changes(
        self, request: HttpRequest, selection: Selection, pieces: dict[str, str]
    ) -> HttpResponse:
        """What a change of the filters replaces, and the address of what it shows."""
        response = HttpResponse(self.frame(request, CHANGES, pieces))
        page = f"page={self.page.number}" if self.page.number > 1 else ""
        query = f"{before(selection.query)}{page}" if page else selection.query
        response["HX-Push-Url"] = with_query(request.path, query)
        patch_vary_headers(response, ["HX-Request"])
        return response

    def title(self, title: str, selection: Selection) -> str:
        """The title of the page: that of its feed, its number after the first page."""
        if self.display is not self.displays[0]:
            title = f"{title} – {self.display.titled(selection)}"
        return numbered(title, self.page)

    @classmethod
    def feed_title(cls, selection: Selection) -> str:
        """The title of what the listing gives: its filters, its name."""
        return " – ".join(filter(None, [selection.title, str(cls.heading)]))

    def filters(self, index: FacetIndex, chosen: str, facets: str) -> SafeString:
        """The form of the filters."""
        action = self.request.path
        shown = {"action": action}
        mould = mould_of(index.moulds, FILTERS, shown, ["chosen", "facets"])
        return mould.filled(chosen=chosen, facets=facets)

    def chosen(self, results: Results) -> SafeString:
        """How many filters are at work."""
        number = sum(chip.name != TEXT for chip in results.selection.chips)
        return mould_of(results.index.moulds, CHOSEN, {"chosen": number}).filled()

    def facets(self, request: HttpRequest, results: Results) -> SafeString:
        """The facets, and what the form sends besides the boxes."""
        whole = request.GET.get("voir", "")
        if whole not in results.index.rows:
            whole = ""
        order = next(iter(results.selection.sorted), "")
        beside = tuple(results.selection.beside.items())
        sent = {"order": order, "whole": whole, "beside": beside}
        mould = mould_of(results.index.moulds, FACETS, sent, ["panels"])
        held = request.headers.get("Held-Value", "")
        opened = request.headers.get("Open-Facets", "").split()
        printed = panels(results, self.counted, whole=whole, held=held, opened=opened)
        return mould.filled(panels=printed)

    def results(self, results: Results, *, asked: Selection) -> SafeString:
        """What was found for what was asked, repaired or not."""
        index, total = results.index, results.total
        is_sorted = bool(total) and self.display.is_paged
        shown = Shown(
            self.request,
            results,
            asked,
            self.page,
            self.line,
            self.layout,
            self.counted,
        )
        body = self.rows(shown) if total else self.nothing(results, asked)
        words = self.counted(total)
        counted = self.display.counted(shown) if total else words
        meant = ""
        if results.selection is not asked:
            meant = as_written(results.selection.text, body)
        asides, host = self.asides(index, asked), self.request.get_host()
        pieces = {
            "said": " ".join(self.said(counted, meant)),
            "apply": _("Voir les %s") % words if total > 1 else words,
            "text": asked.text,
            "total": total,
            "count": counted,
            "notices": _piece(NOTICES, notices=self.notices) if self.notices else "",
            "displays": asides.switch(self.displays, self.display),
            "totals": self.totals(results) if total else "",
            "elsewhere": asides.ways_out(self.elsewhere) if total else "",
            "alert": asides.alert(self.request.path) if self.feeds else "",
            "sort": asides.sort() if is_sorted else "",
            "chips": asides.chips(),
            "repaired": self.repaired(index, asked, meant) if meant else "",
            "body": body,
            "follow": asides.follow(self.feeds, host) if self.feeds else "",
        }
        return mould_of(index.moulds, RESULTS, {}, pieces).filled(**pieces)

    def asides(self, index: FacetIndex, asked: Selection) -> Asides:
        """What else the page says of what was asked."""
        return Asides(index, asked, type(self).__name__)

    def repaired(self, index: FacetIndex, asked: Selection, meant: str) -> SafeString:
        """What was understood, and the way to what was typed."""
        words = {"meant": meant, "typed": asked.text, "literal": asked.literal_query}
        return moulded(index.moulds, REPAIRED, words)

    def totals(self, results: Results) -> SafeString | str:
        """What the rows come to, besides their number; a listing says how."""
        return ""

    def said(self, counted: str, meant: str) -> Iterator[str]:
        """What is announced of the results, in sentences."""
        yield f"{counted}."
        if self.page.number > 1:
            place = _("Page %(number)d sur %(total)d.")
            yield place % {
                "number": self.page.number,
                "total": self.page.paginator.num_pages,
            }
        if meant:
            yield _("Résultats pour «\u00a0%s\u00a0».") % meant
        yield from self.notices

    def nothing(self, results: Results, asked: Selection) -> SafeString:
        """Help when there is no row: which filter to remove, or what to try."""
        has_words_alone = bool(asked.text) and len(asked.chips) == 1
        return _piece(
            EMPTY,
            chips=asked.chips,
            loosened=[] if has_words_alone else results.loosened(asked),
            text=asked.text if has_words_alone else "",
            bare=asked.bare_query,
        )

    def rows(self, shown: Shown) -> SafeString:
        """The rows of the page, displayed as it was asked."""
        return self.display.body(shown)

    @classmethod
    @lru_cache(KEPT_NUMBERS)
    def counted(cls, total: int) -> str:
        """The number of rows in words: « 1 186 acteurs »."""
        if not total:
            return str(cls.none)
        return str(cls.some % {"n": total}).replace(str(total), spelled(total))


def numbered(title: str, page: Any) -> str:
    """The title of a page of results: its number after the first."""
    if page.number == 1:
        return title
    place = _("(page %(number)d sur %(total)d)") % {
        "number": page.number,
        "total": page.paginator.num_pages,
    }
    return f"{title} {place}"


def as_written(text: str, body: str) -> str:
    """Repaired words as the results write them: « Éducation », accents included."""
    written = {folded(word): word for word in reversed(MARKED.findall(body))}
    return WORD.sub(lambda word: written.get(word[0], word[0]), text)


def _piece(template: str, **context: Any) -> SafeString:
    return rendered(template, context)


def is_change(request: HttpRequest) -> bool:
    """Whether the page is there already and asks for what changes in it."""
    headers = request.headers
    return "HX-Request" in headers and "HX-History-Restore-Request" not in headers
