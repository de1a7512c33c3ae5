"""Words that nobody wrote, and the likeliest of those that somebody did."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

#: From this length a word is repaired: shorter ones, acronyms mostly, look all alike.
SHORTEST = 4
#: Up to this length a word is repaired by one change, beyond by two.
SHORT = 5


def likely(word: str, near: Iterable[str]) -> dict[str, int]:
    """The words that it may have meant, each with how many changes make it.

    Two changes may not touch the first letter, which people seldom miss: « adèche » is
    Ardèche or nothing, not « pêche ».
    """
    if len(word) < SHORTEST:
        return {}
    most = 1 if len(word) <= SHORT else 2
    found = {}
    for other in near:
        changes = distance(word, other)
        if changes <= most and (changes == 1 or other[0] == word[0]):
            found[other] = changes
    return found


def nearest(options: Mapping[str, int]) -> str:
    """The word that takes the fewest changes; nothing if several take as few."""
    fewest = min(options.values())
    found = [word for word, changes in options.items() if changes == fewest]
    return found[0] if len(found) == 1 else ""


def distance(one: str, other: str) -> int:
    """How many letters are missing, added, changed or exchanged with the next one.

    >>> distance("eductaion", "education")
    1
    """
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, wanted in enumerate(other, 1):
            best = min(last[j] + 1, row[-1] + 1, last[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and (letter, one[i - 2]) == (other[j - 2], wanted):
                best = min(best, before[j - 2] + 1)
            row.append(best)
        before, last = last, row
    return last[-1]
