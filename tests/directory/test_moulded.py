"""A template rendered once for the contexts of a shape says what each of them says."""

from django.template.loader import get_template
from hypothesis import given
from hypothesis import strategies as st

from directory.asides import CHIPS, ELSEWHERE, SORT, Removal
from directory.elsewhere import Way
from directory.pieces import moulded
from directory.selections import Sort

TEXTS = st.sampled_from(["", "a", "Mali", "pays=ML&q=x", '<b>"é"</b>', "l’eau & l'air"])
REMOVALS = st.builds(Removal, TEXTS, TEXTS, TEXTS)
CONTEXTS = st.one_of(
    st.tuples(
        st.just(CHIPS),
        st.fixed_dictionaries(
            {
                "chips": st.lists(REMOVALS, max_size=3),
                "more": st.integers(0, 2_000),
                "bare": TEXTS,
            }
        ),
    ),
    st.tuples(
        st.just(SORT),
        st.fixed_dictionaries(
            {"orders": st.lists(st.builds(Sort, TEXTS, st.booleans(), TEXTS))}
        ),
    ),
    st.tuples(
        st.just(ELSEWHERE),
        st.fixed_dictionaries({"ways": st.lists(st.builds(Way, TEXTS, TEXTS))}),
    ),
)


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
