"""`/recherche/`: one box for everything that the site publishes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from directory.keeping import versions
from directory.keeping.framed_pages import FramedView
from directory.keeping.pieces import Mould, joined, mould_of, moulded, rendered, spelled
from directory.keeping.stores import new_store
from directory.listings.elsewhere import Way
from directory.listings.listing_pages import as_written, numbered
from directory.listings.parameters import Answer, quoted
from directory.listings.shown import nearest_page, pages
from territoires.site_search import (
    KINDS,
    REGISTERS,
    Hit,
    Kind,
    Register,
    SiteSearch,
    asked,
)

EACH = 24
RESULTS = "search/_results.html"
KINDS_LINKS = "search/_kinds.html"
HIT = "search/_hit.html"
START = "search/_start.html"
EXAMPLES = ("Sénégal", "eau potable", "jumelage")
BY_KEY = {kind.key: kind for kind in KINDS}
_moulds: dict[Any, Mould] = new_store()


class SearchView(FramedView):
    """The whole site, searched; no query string makes it fail."""

    template_name = "search/page.html"
    heading = gettext_lazy("Recherche")

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show what the words find, all kinds together or one of them."""
        words = asked(request.GET.getlist("q")[-1:])
        kind, notices = _kind(request.GET.get("dans", "").strip())
        text = "".join(value.key for value in words.values)
        notices = [*words.notices, *notices]
        if words.values:
            title, results = self.results(request, words, kind, notices)
        else:
            title, results = str(self.heading), self.start(notices)
        pieces = {
            "page_title": title,
            "text": text,
            "focus": "" if text else "autofocus",
            "results": results,
        }
        return self.whole(request, pieces)

    def start(self, notices: list[str]) -> str:
        """What is shown before anything is searched."""
        shown = {"examples": EXAMPLES, "listings": REGISTERS, "notices": notices}
        return rendered(START, shown)

    def results(
        self, request: HttpRequest, words: Answer, kind: Kind | None, notices: list[str]
    ) -> tuple[str, str]:
        """The title of the page, and what it shows of what was found."""
        typed = words.values[0].key
        found = SiteSearch(words.rows[0], versions.of_request(request))
        repaired = found.repaired()
        found = repaired or found
        counts = found.counts
        total = counts[kind] if kind else found.total
        paginator = Paginator(range(total), EACH)
        number, more = nearest_page(
            request.GET.get("page", "").strip(), paginator.num_pages
        )
        page = paginator.page(number)
        start = (number - 1) * EACH
        hits = found.page(kind, start, start + EACH)
        meant = ""
        if repaired:
            meant = as_written(found.query.text, "".join(hit.card for hit in hits))
        query = f"{_query(typed, kind)}&"
        results = moulded(
            _moulds,
            RESULTS,
            {
                "total": str(total),
                "count": counted(total),
                "notices": [*notices, *more],
                "text": typed,
                "meant": meant,
                "literal": urlencode({"q": f'"{typed.replace(chr(34), " ")}"'}),
                "listing": _listing(kind, found.query.text),
                "listings": [] if hits else _listings(),
                "kinds": _kinds(list(_links(typed, kind, counts, found.total))),
                "hits": _printed(hits),
                "pages": pages(_moulds, page, query),
            },
        )
        title = _("%(count)s pour %(words)s") % {
            "count": counted(total),
            "words": words.values[0].label,
        }
        return numbered(f"{title} – {self.heading}", page), results


def counted(total: int) -> str:
    """The number of results in words."""
    if not total:
        return _("Aucun résultat")
    return ngettext("%s résultat", "%s résultats", total) % spelled(total)


def _kind(key: str) -> tuple[Kind | None, list[str]]:
    """The kind of an address, and what is said of one that does not exist."""
    if not key or key in BY_KEY:
        return BY_KEY.get(key), []
    sentence = _("«\u00a0%s\u00a0» n’est pas un type de résultat\u00a0: il est ignoré.")
    return None, [sentence % quoted(key)]


def _query(text: str, kind: Kind | None) -> str:
    return urlencode({"q": text, **({"dans": kind.key} if kind else {})})


@dataclass(frozen=True)
class Link:
    """A kind of results, and the address that shows it alone."""

    key: str
    label: str
    query: str
    count: str
    spelled: str
    is_chosen: bool


def _links(
    text: str, chosen: Kind | None, counts: Mapping[Kind, int], total: int
) -> Iterator[Link]:
    """The kinds that have results, as links with their numbers; all of them first."""
    found: list[tuple[Kind | None, int]] = [
        (kind, count) for kind, count in counts.items() if count or kind is chosen
    ]
    for kind, count in [(None, total), *found]:
        yield Link(
            key=kind.key if kind else "",
            label=str(kind.label) if kind else _("Tout"),
            query=_query(text, kind),
            count=str(count),
            spelled=spelled(count),
            is_chosen=kind is chosen,
        )


def _listings() -> list[Way]:
    """The listings of the site, for who found nothing."""
    return [Way(str(kind.label), reverse(kind.view_name)) for kind in REGISTERS]


def _kinds(links: list[Link]) -> SafeString | str:
    return moulded(_moulds, KINDS_LINKS, {"kinds": links}) if len(links) > 1 else ""


def _printed(hits: Iterable[Hit]) -> SafeString:
    mould = mould_of(_moulds, HIT, {}, ["kind", "card"])
    return joined(mould.filled(kind=hit.kind, card=hit.card) for hit in hits)


def _listing(kind: Kind | None, text: str) -> str:
    """The address of the same search in the listing of the kind, which has filters."""
    if not isinstance(kind, Register):
        return ""
    return f"{reverse(kind.view_name)}?{urlencode({'q': text})}"
