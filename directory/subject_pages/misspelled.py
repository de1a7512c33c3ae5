"""The subject that an address means, though it is not the address of its page.

« /pays/ML/ », « /pays/Myanmar/ », « /odd/06/ »: there is one page, at one address.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from directory.labels import LabelIndex, fold
from directory.models import Goal
from directory.subject_pages.subjects import KINDS, Subject

#: A longer text is nobody's name.
LONGEST = 100
#: How many subjects are proposed to who asked for none.
NEAR = 6


def meant(text: str, subjects: Iterable[Any]) -> Subject | None:
    """The one subject that people call so: by a name, a synonym, a code, a number."""
    text = text[:LONGEST]
    subjects = list(subjects)
    for subject in subjects:
        if _is_named(subject, text):
            found: Subject = subject
            return found
    terms = [subject for subject in subjects if not isinstance(subject, Goal)]
    return LabelIndex[Subject](terms).find(text)


def near(text: str, subjects: Iterable[Any]) -> list[Subject]:
    """The subjects whose names are close to the text, the closest first."""
    key = fold(text[:LONGEST])
    names: dict[str, list[Subject]] = {}
    for subject in subjects:
        for name in {subject.label, *getattr(subject, "synonyms", ())}:
            names.setdefault(fold(name), []).append(subject)
    close = get_close_matches(key, names, n=NEAR, cutoff=0.7)
    found = [subject for name in close for subject in names[name]]
    return list(dict.fromkeys(found))[:NEAR]


def _is_named(subject: Any, text: str) -> bool:
    """Whether the text names this subject before any other."""
    if isinstance(subject, Goal):
        number, key = subject.number, fold(text)
        names = (f"odd {number}", f"odd {number:02}", fold(subject.label))
        return text in (f"{number}", f"{number:02}") or key in names
    return fold(text) == fold(str(getattr(subject, KINDS[type(subject)].end)))
