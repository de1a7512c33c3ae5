"""What a cell says, whatever the way it was typed; a `BadCell` says what is wrong."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from directory.labels import fold, split_labels
from directory.models import Project
from directory.models.fields import validate_siren

YES = frozenset(("oui", "o", "vrai", "true", "1", "x", "yes"))
NO = frozenset(("non", "n", "faux", "false", "0", "no"))
EARLIEST_YEAR, LATEST_YEAR = 1000, 2100
SIREN_LENGTH, SIRET_LENGTH = 9, 14
Precision = Project.Precision
LONGEST_AMOUNT = 10
#: Figures, with or without a sign between thousands, then at most two decimals after
#: another sign.
AMOUNT = re.compile(
    r"(?P<whole>\d+|\d{1,3}(?:\.\d{3})+(?!\.)|\d{1,3}(?:,\d{3})+(?!,))"
    r"(?:[.,](?P<cents>\d{1,2}))?",
    re.ASCII,
)
#: « 15.000 »: fifteen thousand here, fifteen elsewhere.
AMBIGUOUS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}", re.ASCII)


class BadCell(Exception):
    """A value that no field can take; the message is for who sent the file."""


def whole_number(text: str) -> int:
    """A count or a year: « 1 200 », or « 2015.0 » as some exports write it."""
    digits = re.sub(r"[\s\u202f]", "", _without_decimals(text))
    if not re.fullmatch(r"\d{1,9}", digits, re.ASCII):
        raise BadCell(
            _("«\u00a0%(text)s\u00a0» n’est pas un nombre entier.") % {"text": text}
        )
    return int(digits)


def year(text: str) -> int:
    """A plausible year of four digits."""
    value = whole_number(text)
    if not EARLIEST_YEAR <= value <= LATEST_YEAR:
        raise BadCell(_("«\u00a0%(text)s\u00a0» n’est pas une année.") % {"text": text})
    return value


def amount(text: str) -> Decimal:
    """A sum of money: « 1 000,50 € », « 1000.5 », « 1.234.567,89 »."""
    money = re.sub(r"€|eur(os?)?$", "", text.strip(), flags=re.IGNORECASE)
    bare = re.sub(r"[\s\u202f]", "", money)
    if re.fullmatch(r"-[\d.,]+", bare, re.ASCII):
        message = _("Un montant n’est pas négatif\u00a0: %(text)s.")
        raise BadCell(message % {"text": text})
    if AMBIGUOUS.fullmatch(money.strip()):
        raise BadCell(_ambiguous(text))
    if re.fullmatch(r"\d+[.,]\d{3,}", bare, re.ASCII):
        message = _("«\u00a0%(text)s\u00a0» a plus de deux décimales.")
        raise BadCell(message % {"text": text})
    match = AMOUNT.fullmatch(bare)
    whole = re.sub("[.,]", "", match["whole"]) if match else ""
    if match is None or len(whole) > LONGEST_AMOUNT:
        message = _("«\u00a0%(text)s\u00a0» n’est pas un montant.")
        raise BadCell(message % {"text": text})
    return Decimal(f"{whole}.{match['cents'] or 0}").quantize(Decimal("0.01"))


def _ambiguous(text: str) -> str:
    message = _(
        "«\u00a0%(text)s\u00a0» se lit de deux façons\u00a0: écrivez %(thousands)s ou"
        " %(units)s."
    )
    whole, thousandths = re.findall(r"\d+", text)
    units = f"{whole},{thousandths[:2]}"
    return message % {"text": text, "thousands": whole + thousandths, "units": units}


def yes_no(text: str) -> bool:
    """Whether the cell says yes: « Oui », « x », « 1 »; or no: « non », « 0 »."""
    word = fold(text)
    if word in YES:
        return True
    if word in NO:
        return False
    raise BadCell(_("«\u00a0%(text)s\u00a0» n’est ni oui ni non.") % {"text": text})


def moment(text: str) -> tuple[datetime.date, Precision]:
    """A date and how much of it is known: 31/12/2015, 2015-12-31, 12/2015, 2015."""
    bare = _without_decimals(text.strip())
    patterns = (
        (r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?:[ T][\d:.]+)?", Precision.DAY),
        (r"(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4})", Precision.DAY),
        (r"(?P<m>\d{1,2})[/.-](?P<y>\d{4})", Precision.MONTH),
        (r"(?P<y>\d{4})-(?P<m>\d{1,2})", Precision.MONTH),
        (r"(?P<y>\d{4})", Precision.YEAR),
    )
    for pattern, precision in patterns:
        match = re.fullmatch(pattern, bare, re.ASCII)
        if match:
            return _date(text, match.groupdict()), precision
    raise BadCell(_("«\u00a0%(text)s\u00a0» n’est pas une date.") % {"text": text})


def date(text: str) -> datetime.date:
    """A date known to the day."""
    value, precision = moment(text)
    if precision != Precision.DAY:
        raise BadCell(
            _("«\u00a0%(text)s\u00a0»\u00a0: le jour manque.") % {"text": text}
        )
    return value


def web_address(text: str) -> str:
    """An address of the web, « https:// » added when no scheme is typed."""
    return (
        text
        if re.match(r"[a-z][a-z0-9+.-]*:", text, re.IGNORECASE)
        else f"https://{text}"
    )


def choice(text: str, choices: type[models.TextChoices]) -> str:
    """The value of a closed list, from itself or from its label."""
    for value, label in choices.choices:
        if fold(text) in (fold(str(value)), fold(str(label))):
            return str(value)
    labels = ", ".join(str(label) for label in choices.labels)
    message = _("«\u00a0%(text)s\u00a0» n’est pas dans la liste\u00a0: %(labels)s.")
    raise BadCell(message % {"text": text, "labels": labels})


def labels(text: str, separator: str = ",") -> list[str]:
    """The items of a cell: at « , » (comma and space), or at the separator given."""
    if separator == ",":
        return split_labels(text)
    parts = text.split() if separator == " " else text.split(separator)
    return [part.strip() for part in parts if part.strip(" ,;|")]


def siren(text: str) -> tuple[str, bool]:
    """The nine digits, and whether a leading zero was put back; '' when invalid.

    The fourteen digits of a SIRET begin with the SIREN (R123-220 of the code de
    commerce).
    """
    digits = re.sub(r"[\s.\u202f-]", "", _without_decimals(text))
    if len(digits) == SIRET_LENGTH:
        digits = digits[:SIREN_LENGTH]
    is_number = re.fullmatch(r"\d{7,}", digits, re.ASCII)
    padded = digits.zfill(SIREN_LENGTH) if is_number else digits
    try:
        validate_siren(padded)
    except ValidationError:
        return "", False
    if not int(padded):
        return "", False
    return padded, padded != digits


def _without_decimals(text: str) -> str:
    return re.sub(r"(?<=\d)[.,]0{1,2}$", "", text.strip())


def _date(text: str, parts: dict[str, str]) -> datetime.date:
    try:
        return datetime.date(
            year(parts["y"]), int(parts.get("m", 1)), int(parts.get("d", 1))
        )
    except ValueError as error:
        message = _("«\u00a0%(text)s\u00a0» n’est pas une date.") % {"text": text}
        raise BadCell(message) from error
