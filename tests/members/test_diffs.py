"""Two values of a field, side by side, in words."""

import time

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from directory.history.diffs import ADDED, REMOVED, SAME, words
from members.proposals import diffs, editables
from tests.factories import StructureFactory


@pytest.fixture
def fields(db):
    structure = StructureFactory()
    return editables.get("structure").unbound(structure, structure).fields


def test_words_are_added_and_removed_in_their_place():
    pieces = [*words("Un puits pour deux écoles", "Un forage pour deux écoles")]

    assert [(p.kind, p.text) for p in pieces] == [
        (SAME, "Un "),
        (REMOVED, "puits "),
        (ADDED, "forage "),
        (SAME, "pour deux écoles"),
    ]


@given(st.text(), st.text())
def test_the_two_texts_can_be_read_back(before, after):
    pieces = [*words(before, after)]

    new = "".join(p.text for p in pieces if p.kind != REMOVED)
    old = "".join(p.text for p in pieces if p.kind != ADDED)
    assert new == after.replace("\r\n", "\n")
    assert old.split() == before.split()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a b " * 12500, "b a " * 12500),
        (". ".join(f"m{i % 97}" for i in range(12500)), "un mot. " * 6250),
        ("x" * 50000, "y" * 50000),
        (
            " ".join(f"m{i * 7 % 301}" for i in range(10000)),
            " ".join(f"m{i * 11 % 301}" for i in range(10000)),
        ),
    ],
)
def test_long_texts_are_compared_in_a_bounded_time(before, after):
    start = time.perf_counter()

    pieces = [*words(before, after)]

    assert time.perf_counter() - start < 2
    assert pieces


def test_a_list_gains_and_loses(fields):
    countries = dict(diffs.flat(fields["countries"].choices))
    keys = [str(key) for key in countries][:3]

    diff = diffs.compare(fields["countries"], keys[:2], keys[1:])

    labels = [str(label) for label in countries.values()]
    assert diff.removed == [labels[0]]
    assert diff.added == [labels[2]]
    assert diff.kept == 1


def test_choices_and_boxes_are_in_words(fields):
    box = forms.BooleanField()
    kind = forms.ChoiceField(choices=[("jumelage", "Jumelage"), ("x", "Autre")])

    assert diffs.compare(box, [], ["on"]).after == "Oui"
    assert diffs.compare(kind, ["x"], ["jumelage"]).after == "Jumelage"
    assert diffs.compare(kind, ["x"], ["inconnu"]).after == "inconnu"


def test_dates_are_in_french(db):
    day = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
    moment = forms.DateTimeField()

    assert diffs.compare(day, [""], ["2026-03-01"]).after == "1 mars 2026"
    assert diffs.said(moment, ["2026-03-01T09:05"]) == "1 mars 2026 à 9h05"
    assert diffs.said(day, ["le premier mars"]) == "le premier mars"


def test_rich_text_is_compared_by_its_words_alone(db):
    structure = StructureFactory()
    body = (
        editables.get("actualite")
        .unbound(editables.get("actualite").blank(structure), structure)
        .fields["body"]
    )

    diff = diffs.compare(
        body, ["<p>Un puits</p>"], ["<p>Un <script>alert(1)</script>forage</p>"]
    )

    assert diff.before == "Un puits"
    assert diff.after == "Un forage"
