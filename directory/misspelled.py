"""The subject that an address means, though it is not the address of its page.

« /pays/ML/ », « /pays/Myanmar/ », « /odd/06/ »: there is one page, at one address.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from directory.labels import LabelIndex, fold
from directory.models import Goal
from directory.subjects import KINDS, Subject

#: A longer text is nobody's name.
LONGEST = 100
#: How many subjects are proposed to who asked for none.
NEAR = 6


def meant(text: str, subjects: Iterable[Any]) -> Subject | None:
    """The one subject that people call so: by a name, a synonym, a code, a number."""
    key = fold(text[:LONGEST])
    subjects = list(subjects)
    for subject in subjects:
        if key in _addresses(subject):
            found: Subject = subject
            return found
    terms = [subject for subject in subjects if not isinstance(subject, Goal)]
    return LabelIndex[Subject](terms).find(key)


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


def _addresses(subject: Any) -> set[str]:
    """What names the subject alone, folded: the end of its address, its number."""
    if isinstance(subject, Goal):
        number, label = subject.number, fold(subject.label)
        return {f"{number}", f"{number:02}", f"odd {number}", label}
    return {fold(str(getattr(subject, KINDS[type(subject)].end)))}
