"""`/recherche/`: one box for everything that the site publishes."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from directory import versions
from directory.framed_pages import FramedView
from directory.listing_pages import as_written, numbered
from directory.listings import nearest_page
from directory.parameters import Answer, quoted
from directory.pieces import rendered, spelled
from territoires.site_search import KINDS, REGISTERS, Kind, Register, SiteSearch, asked

EACH = 24
RESULTS = "search/_results.html"
START = "search/_start.html"
EXAMPLES = ("Sénégal", "eau potable", "jumelage")
BY_KEY = {kind.key: kind for kind in KINDS}


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
        pieces = {"page_title": title, "text": text, "results": results}
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
        results = rendered(
            RESULTS,
            {
                "hits": hits,
                "total": total,
                "count": counted(total),
                "kinds": list(_links(typed, kind, counts, found.total)),
                "notices": [*notices, *more],
                "text": typed,
                "meant": meant,
                "literal_query": urlencode({"q": f'"{typed.replace(chr(34), " ")}"'}),
                "listing": _listing(kind, found.query.text),
                "page": page,
                "numbers": list(
                    paginator.get_elided_page_range(number, on_each_side=1, on_ends=1)
                ),
                "query": f"{_query(typed, kind)}&",
            },
        )
        title = f"{words.values[0].label} – {self.heading}"
        return numbered(title, page), results


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


def _links(text: str, chosen: Kind | None, counts: Any, total: int) -> Any:
    """The kinds that have results, as links with their numbers; all of them first."""
    yield {
        "key": "",
        "label": _("Tout"),
        "count": total,
        "query": _query(text, None),
        "is_chosen": chosen is None,
    }
    for kind, count in counts.items():
        if count or kind is chosen:
            yield {
                "key": kind.key,
                "label": kind.label,
                "count": count,
                "query": _query(text, kind),
                "is_chosen": kind is chosen,
            }


def _listing(kind: Kind | None, text: str) -> str:
    """The address of the same search in the listing of the kind, which has filters."""
    if not isinstance(kind, Register):
        return ""
    return f"{reverse(kind.view_name)}?{urlencode({'q': text})}"
