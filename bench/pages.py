"""The pages that are measured, each at several addresses, and their limits.

Addresses rotate, so that keeping one answer in memory flatters no figure: twenty pairs
of filters, words, misspellings, profiles, page numbers. What has no filter has one:
the list, the plain list, the panorama and its map.
Maps of the world, searches and pieces of pages are kept by the product until something
changes: what drawing a map costs, and what a selection costs that nobody made yet, is
measured apart (`…-drawn`, `…-new`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from bench.generator import COUNTRIES, KEYWORDS, SECTORS

LIST = "/annuaire/"
PLAIN_LIST = "/banc/annuaire/"
PANORAMA = "/projets/"
SEARCH = "/recherche/"
#: The listings of publications, and where they are.
POSTS = {"news": "/actualites/", "calls": "/appels-a-projets/", "events": "/agenda/"}
TAG = "/mots-cles/"
MAP = {"vue": "carte"}
PER_PAGE = 24
ROTATION = 20
DEEP = 100  # the page number that `page-100` turns around

PAIRS = (
    {"pays": "SN", "secteur": "education"},
    {"pays": "MG", "secteur": "sante"},
    {"pays": "MA", "secteur": "culture"},
    {"pays": "ML", "secteur": "eau-assainissement"},
    {"pays": "BF", "secteur": "agriculture-alimentation"},
    {"pays": "KH", "secteur": "droits-enfance"},
    {"pays": "LB", "secteur": "jeunesse-mobilite"},
    {"pays": "VN", "secteur": "genre"},
    {"departement": "13", "pays": "TG"},
    {"departement": "06", "pays": "BJ"},
    {"departement": "83", "pays": "MG"},
    {"departement": "84", "secteur": "sante"},
    {"departement": "13", "secteur": "energie"},
    {"type": "association-locale", "secteur": "culture"},
    {"type": "association-si", "pays": "SN"},
    {"type": "osim", "pays": "CM"},
    {"type": "commune", "departement": "13"},
    {"odd": "4", "secteur": "education"},
    {"odd": "6", "departement": "06"},
    {"odd": "13", "pays": "TN"},
)
#: More pairs than an index keeps anything of, some of which find nothing.
NEW_PAIRS = [{"pays": c, "secteur": s} for c in COUNTRIES[:40] for s in SECTORS]
#: As people type: without accents.
WORDS = (
    "education agriculture sante ecole solidarite cooperation developpement ecologie"
    " energie economie equitable securite jumelage formation jeunesse culture"
    " maraichage hopital theatre bibliotheque"
).split()
#: The same, each with a letter missing, doubled, replaced or moved.
TYPOS = (
    "educaton agricultrue santee ecolle solidartie cooperaton developement ecologgie"
    " enegrie econnomie equitabel securrite jummelage formatoin jeunnesse cultrue"
    " maraichge hopitla theattre bibliotheqe"
).split()

#: Words that say nothing. With them the searches above are more than an index keeps, so
#: that each is new whenever it is asked for again.
SILENT = "de la le les des du et en au aux".split()

#: What narrows the panorama, its map and the publications, one filter at a time.
ONE_FILTER = (
    *({"pays": code} for code in "SN MG MA BF ML TG BJ CM CI TN".split()),
    *(
        {"secteur": code}
        for code in (
            "education sante eau-assainissement culture agriculture-alimentation"
            " jeunesse-mobilite droits-enfance genre energie migrations"
        ).split()
    ),
)
#: With each of these orders of its table, more maps than an index keeps.
ORDERS = ("projets", "pays", "structures", "budget")

#: Page -> size -> the most that it may cost, in times the almost empty page.
LIMITS: dict[str, dict[int, float]] = {
    "list": {10_000: 6, 100_000: 6},
    "page-100": {10_000: 6, 100_000: 6},
    "two-filters": {10_000: 7, 100_000: 9},
    "text": {10_000: 15, 100_000: 45},
    "typo": {10_000: 15, 100_000: 45},
    "text-two-filters": {10_000: 15, 100_000: 45},
    "site-text": {10_000: 15, 100_000: 45},
    "profile": {10_000: 8, 100_000: 8},
}
SEARCHES = ("text", "typo", "text-two-filters", "site-text")
LIMITS |= {f"{name}-new": LIMITS[name] for name in SEARCHES}
#: At 100,000 structures most of the cards are made too: no limit is set.
LIMITS["two-filters-new"] = {10_000: 7}
#: The same, in times another page of the same run.
RELATIVE_LIMITS: dict[str, dict[int, tuple[float, str]]] = {
    "panorama": {10_000: (1.5, "list")},
    "panorama-map": {10_000: (1.5, "list")},
    "panorama-map-filter": {10_000: (1.5, "panorama-filter")},
}
#: The pages whose number of SQL queries has a limit too.
LISTINGS = (
    *("list", "page-100", "two-filters", "text", "typo", "text-two-filters"),
    *("two-filters-new", "text-new", "typo-new", "text-two-filters-new"),
    *("panorama", "panorama-map", "panorama-filter", "panorama-map-filter"),
    "panorama-map-drawn",
    *POSTS,
)
MOST_QUERIES = 4
#: Milliseconds that an edit may add to the next request, by size.
EDIT_LIMITS = {10_000: 60.0}
#: Megabytes of a worker, by size.
MEMORY_LIMITS = {100_000: 250.0}


@dataclass(frozen=True)
class Page:
    """A kind of page, and the addresses where it is asked for in turn."""

    name: str
    paths: tuple[str, ...]

    @property
    def has_results(self) -> bool:
        """Whether it says how many structures it found."""
        return self.name not in {"profile", "tag"}


def pages(size: int, slugs: Sequence[str]) -> list[Page]:
    """Every page to measure on a register of that many structures."""
    texts = [{"q": word} for word in WORDS]
    typos = [{"q": word} for word in TYPOS]
    maps = [{**one, **MAP} for one in ONE_FILTER]
    drawn = [{**one, "ordre": order} for order in ORDERS for one in maps]
    both = [{**text, **pair} for text, pair in zip(texts, PAIRS, strict=True)]
    return [
        Page("list", (LIST,)),
        Page("page-100", _addresses([{"page": n} for n in deep_pages(size)])),
        Page("two-filters", _addresses(PAIRS)),
        Page("two-filters-new", _addresses(NEW_PAIRS)),
        Page("text", _addresses(texts)),
        Page("typo", _addresses(typos)),
        Page("text-two-filters", _addresses(both)),
        Page("text-new", _addresses(_new(texts))),
        Page("typo-new", _addresses(_new(typos))),
        Page("text-two-filters-new", _addresses(_new(both))),
        Page("site-text", _addresses(texts, SEARCH)),
        Page("site-text-new", _addresses(_new(texts), SEARCH)),
        Page("profile", tuple(f"{LIST}{slug}/" for slug in slugs)),
        Page("panorama", (PANORAMA,)),
        Page("panorama-map", _addresses([MAP], PANORAMA)),
        Page("panorama-filter", _addresses(ONE_FILTER, PANORAMA)),
        Page("panorama-map-filter", _addresses(maps, PANORAMA)),
        Page("panorama-map-drawn", _addresses(drawn, PANORAMA)),
        *(Page(name, _addresses(ONE_FILTER, path)) for name, path in POSTS.items()),
        Page("tag", tuple(f"{TAG}{word}/" for word in KEYWORDS)),
        Page("plain-list", (PLAIN_LIST,)),
        Page("plain-two-filters", _addresses(PAIRS, PLAIN_LIST)),
    ]


def deep_pages(size: int) -> range:
    """Twenty page numbers around the hundredth, or the last ones where it misses."""
    last = -(-size // PER_PAGE)
    stop = min(DEEP + ROTATION // 2, last)
    return range(max(1, stop - ROTATION + 1), stop + 1)


def limit(name: str, size: int) -> float | None:
    """The most that a page may cost at a size, where a limit is set."""
    return LIMITS.get(name, {}).get(size)


def _new(searches: Sequence[dict]) -> list[dict]:
    """The same, each as often as there are silent words, all of them different."""
    return [{**one, "q": f"{one['q']} {word}"} for word in SILENT for one in searches]


def _addresses(queries: Sequence[dict], path: str = LIST) -> tuple[str, ...]:
    return tuple(f"{path}?{urlencode(query)}" for query in queries)
