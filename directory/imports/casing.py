"""Names typed wholly in capitals, made readable; the others are left as they are."""

from __future__ import annotations

import re
from collections.abc import Callable

SMALL_WORDS = frozenset((
    "à", "a", "au", "aux", "avec", "ce", "ces", "chez", "contre", "d", "dans", "de",
    "des", "du", "en", "entre", "et", "hors", "l", "la", "le", "les", "lès", "leur",
    "leurs", "ou", "où", "par", "pour", "près", "qu", "que", "qui", "sans", "ses",
    "son", "sous", "sur", "un", "une", "vers", "y",
))  # fmt: skip
#: Words that stay in capitals: acronyms that look like words.
ACRONYMS = frozenset((
    "AFPS", "AIDES", "ASI", "ATD", "CADTM", "CCFD", "CFSI", "CIDFF", "CIMADE", "CIO",
    "CIQ", "COS", "CRID", "CROUS", "CSU", "ECSI", "ESS", "FSGT", "GIE", "IRD", "IUT",
    "LICRA", "MDM", "MJC", "MRAP", "OCDE", "OIT", "OMS", "ONG", "ONU", "OSI", "PACA",
    "PECC", "PNUD", "RCF", "SOS", "UFCV", "UFE", "UNESCO", "UNICEF", "UNSS", "USA",
    "USEP",
))  # fmt: skip
WORD = re.compile(r"[^\W_]+(?:\.[^\W_]+)*\.?")
#: Up to this length, a name of one word is more likely an acronym than a word.
LONGEST_LONE_ACRONYM = 6
VOWELS = re.compile(r"[AEIOUYÀÂÄÉÈÊËÎÏÔÖÙÛÜŸŒÆ]")
BEFORE_DASH = re.compile(r"^(\S+)(?= [-–—:] )")
IN_BRACKETS = re.compile(r"\(([^\W\d_]+)\)")


def is_shouted(text: str) -> bool:
    """Whether the text has letters and all of them are capitals."""
    return text.isupper()


def readable(name: str) -> str:
    """The name in French title case when it is wholly in capitals, else unchanged.

    Small words take no capital, acronyms keep theirs: those that are known, dotted or
    without vowel, alone, in brackets, or before a dash that their words follow.

    >>> readable("AFEID - ASSOCIATION POUR L'ÉTUDE DES IRRIGATIONS")
    "AFEID - Association pour l'Étude des Irrigations"
    """
    if not is_shouted(name) or _is_lone_acronym(name):
        return name
    kept = {
        match.group(1)
        for pattern in (BEFORE_DASH, IN_BRACKETS)
        for match in pattern.finditer(name)
    }
    return _title_case(name, lambda word: word in kept or _looks_like_an_acronym(word))


def readable_town(town: str) -> str:
    """The same for a town, whose name holds no acronym."""
    return _title_case(town, lambda _word: False) if is_shouted(town) else town


def sentence(text: str) -> str:
    """A title that begins with a capital, in small letters if it was all capitals."""
    if is_shouted(text) and " " in text:
        text = text.lower()
    return text[:1].upper() + text[1:]


def _title_case(name: str, is_acronym: Callable[[str], bool]) -> str:
    def cased(match: re.Match[str]) -> str:
        word = match.group()
        if is_acronym(word):
            return word
        is_first = re.search(r"(^| [-–:]|:) ?$", name[: match.start()]) is not None
        small = word.lower()
        return small if small in SMALL_WORDS and not is_first else small.capitalize()

    return WORD.sub(cased, name)


def _looks_like_an_acronym(word: str) -> bool:
    if word in ACRONYMS or "." in word.rstrip("."):
        return True
    return len(word) > 1 and not VOWELS.search(word) and word.lower() != "st"


def _is_lone_acronym(name: str) -> bool:
    words = [word for word in name.split() if not word.isdigit()]
    return len(words) == 1 and len(words[0]) <= LONGEST_LONE_ACRONYM
