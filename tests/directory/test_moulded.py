"""A template rendered once for the contexts of a shape says what each of them says."""

from django.template.loader import get_template
from django.utils.safestring import mark_safe
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.keeping.pieces import moulded
from directory.listings.asides import (
    ALERT_ME,
    ALTERNATES,
    CHIPS,
    DISPLAYS,
    ELSEWHERE,
    FOLLOW,
    SORT,
    Removal,
)
from directory.listings.elsewhere import Way
from directory.listings.following import File
from directory.listings.listing_pages import REPAIRED
from directory.listings.selections import Sort
from territoires.search_page import KINDS_LINKS, RESULTS, Link

TEXTS = st.sampled_from(["", "a", "Mali", "pays=ML&q=x", '<b>"é"</b>', "l’eau & l'air"])
HTML = st.sampled_from(["", mark_safe("<i>a</i>"), mark_safe("<b>é &amp; è</b>")])
YES = st.booleans()


def some(kind, *fields):
    return st.lists(st.builds(kind, *fields), max_size=3)


#: What each template takes, of those that are rendered once for a shape.
TAKES = {
    ALERT_ME: {"address": TEXTS},
    ALTERNATES: {"files": some(File, TEXTS, TEXTS, TEXTS, YES), "title": TEXTS},
    CHIPS: {
        "chips": some(Removal, TEXTS, TEXTS, TEXTS),
        "more": st.integers(0, 2_000),
        "bare": TEXTS,
    },
    DISPLAYS: {"displays": some(Sort, TEXTS, YES, TEXTS)},
    ELSEWHERE: {"ways": some(Way, TEXTS, TEXTS)},
    FOLLOW: {"files": some(File, TEXTS, TEXTS, TEXTS, YES), "host": TEXTS},
    KINDS_LINKS: {"kinds": some(Link, TEXTS, TEXTS, TEXTS, TEXTS, TEXTS, YES)},
    REPAIRED: {"meant": TEXTS, "typed": TEXTS, "literal": TEXTS},
    RESULTS: {
        **dict.fromkeys(
            ("total", "count", "text", "meant", "literal", "listing"), TEXTS
        ),
        **dict.fromkeys(("kinds", "hits", "pages"), HTML),
        "notices": st.lists(TEXTS, max_size=2),
        "listings": some(Way, TEXTS, TEXTS),
    },
    SORT: {"orders": some(Sort, TEXTS, YES, TEXTS)},
}
CONTEXTS = st.sampled_from([*TAKES]).flatmap(
    lambda name: st.tuples(st.just(name), st.fixed_dictionaries(TAKES[name]))
)


@settings(max_examples=300)
@given(contexts=st.lists(CONTEXTS, min_size=2, max_size=6))
def test_a_piece_is_what_the_template_makes_of_its_context(contexts):
    moulds = {}

    for template, context in contexts:
        plain = get_template(template).render(context)
        assert moulded(moulds, template, context) == plain


def test_contexts_that_differ_by_their_texts_share_a_mould():
    moulds = {}

    for label in ("Carte", "Liste", "Matrice"):
        moulded(moulds, ELSEWHERE, {"ways": [Way(label, f"/{label}/")]})
    assert len(moulds) == 1

    moulded(moulds, ELSEWHERE, {"ways": [Way("Carte", "")]})
    moulded(moulds, ELSEWHERE, {"ways": []})
    assert len(moulds) == 3
