"""Column types of the register: the rules that several models share."""

from __future__ import annotations

import datetime
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator
from django.db import models
from django.db.models.functions import Concat
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from stdnum.exceptions import ValidationError as StdnumError
from stdnum.fr import siren as siren_number

WEB_SCHEMES = ["http", "https"]
#: Number of an association in the national register (arrêté du 14 octobre 2009).
RNA_PATTERN = r"^W[0-9][0-9A-Z][0-9]\d{6}$"
SIREN_PATTERN = r"^\d{9}$"


@models.CharField.register_lookup
@models.TextField.register_lookup
class Fold(models.Transform):
    """Text without case, accents, dashes or apostrophes, computed by PostgreSQL.

    The SQL twin of `directory.labels.fold`, made by the first migration.
    """

    function = "directory_fold"
    lookup_name = "fold"
    output_field = models.TextField()


class JoinedTexts(models.Func):
    """The texts of an array on one line: immutable, for generated columns."""

    function = "directory_words"
    output_field = models.TextField()


def searchable(*texts: Any, arrays: tuple[str, ...] = ()) -> models.GeneratedField:
    """The column of all that a row is found by, folded and kept by PostgreSQL.

    A text is the name of a column, or an expression.
    """
    parts = [models.F(text) if isinstance(text, str) else text for text in texts]
    parts += [JoinedTexts(array) for array in arrays]
    spaced = [item for part in parts for item in (part, models.Value(" "))][:-1]
    return models.GeneratedField(
        expression=Fold(
            Concat(*spaced, output_field=models.TextField())
            if len(spaced) > 1
            else spaced[0]
        ),
        output_field=models.TextField(),
        db_persist=True,
        verbose_name=_("clé de recherche"),
    )


class AreWebAddresses(models.Func):
    """Whether each text of an array begins like an address of the web."""

    function = "directory_are_web_addresses"
    output_field = models.BooleanField()


def validate_web_address(value: str) -> None:
    """Refuse an address that leads elsewhere than it reads.

    Browsers take a backslash for a slash, and what stands before « @ » for a name.
    """
    URLValidator(schemes=WEB_SCHEMES)(value)
    if "\\" in value or "@" in urlsplit(value).netloc:
        raise ValidationError(_("Cette adresse web est trompeuse."), code="deceptive")


class WebAddressField(models.URLField):
    """An address of the web: http or https, and https when none is typed."""

    default_validators = [validate_web_address]

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"assume_scheme": "https", **kwargs})


def validate_siren(value: str) -> None:
    """Refuse a SIREN whose check digit (Luhn) is wrong."""
    try:
        siren_number.validate(value)
    except StdnumError as error:
        raise ValidationError(
            _(
                "«\u00a0%(value)s\u00a0» n’est pas un SIREN\u00a0:"
                " neuf chiffres, dont une clé."
            ),
            code="siren",
            params={"value": value},
        ) from error


validate_rna = RegexValidator(
    RNA_PATTERN,
    _("Un numéro RNA s’écrit W suivi de neuf caractères, par exemple W131000123."),
    code="rna",
)


validate_phone = RegexValidator(
    r"^\+?\d(?:[\s.()\u00a0\u202f-]?\d){1,19}$",
    _("Un numéro de téléphone\u00a0: 04 91 00 00 00, ou +33 4 91 00 00 00."),
    code="phone",
)


def position_is_complete(name: str) -> models.CheckConstraint:
    """The constraint of a row placed on Earth: both coordinates in range, or none."""
    return models.CheckConstraint(
        name=name,
        condition=models.Q(latitude__isnull=True, longitude__isnull=True)
        | models.Q(
            latitude__isnull=False,
            longitude__isnull=False,
            latitude__range=(-90, 90),
            longitude__range=(-180, 180),
        ),
        violation_error_code="latitude",
        violation_error_message=_(
            "Indiquez la latitude (−90 à 90) et la longitude (−180 à 180), ou aucune."
        ),
    )


def is_web_address(name: str, field: str = "website") -> models.CheckConstraint:
    """The constraint of an address that a page may print as a link."""
    return models.CheckConstraint(
        name=name,
        condition=models.Q(**{field: ""})
        | models.Q(**{f"{field}__regex": "^https?://"}),
        violation_error_code=field,
        violation_error_message=_("Une adresse web commence par https:// ou http://."),
    )


def are_web_addresses(name: str, field: str) -> models.CheckConstraint:
    """The constraint of a list of addresses that a page may print as links."""
    return models.CheckConstraint(
        name=name,
        condition=models.Q(AreWebAddresses(field)),
        violation_error_code=field,
        violation_error_message=_("Une adresse web commence par https:// ou http://."),
    )


#: What a text that says nothing looks like.
BLANK = r"^\s*$"


def in_order(name: str, first: str, last: str, message: Any) -> models.CheckConstraint:
    """The constraint of two dates, either of which may be missing."""
    return models.CheckConstraint(
        name=name,
        condition=models.Q(**{f"{first}__isnull": True})
        | models.Q(**{f"{last}__isnull": True})
        | models.Q(**{f"{last}__gte": models.F(first)}),
        violation_error_code=last,
        violation_error_message=message,
    )


#: The first and the last years of what a network of today publishes.
OUR_TIME = (1990, 2099)


def plausible(name: str, field: str) -> models.CheckConstraint:
    """The constraint of a moment of our time, not of the year 24; it may be missing."""
    first, last = OUR_TIME
    return _between_years(
        name,
        field,
        datetime.datetime(first, 1, 1, tzinfo=datetime.UTC),
        datetime.datetime(last + 1, 1, 1, tzinfo=datetime.UTC),
    )


def plausible_day(name: str, field: str) -> models.CheckConstraint:
    """The constraint of a day of our time; it may be missing."""
    first, last = OUR_TIME
    days = datetime.date(first, 1, 1), datetime.date(last + 1, 1, 1)
    return _between_years(name, field, *days)


def _between_years(
    name: str, field: str, beginning: datetime.date, end: datetime.date
) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=name,
        condition=models.Q(**{f"{field}__isnull": True})
        | models.Q(**{f"{field}__gte": beginning, f"{field}__lt": end}),
        violation_error_code=field,
        violation_error_message=_("Vérifiez l’année, entre 1990 et 2099."),
    )


def at_least(name: str, field: str, floor: int) -> models.CheckConstraint:
    """The constraint of a number that goes no lower; it may be missing."""
    return models.CheckConstraint(
        name=name,
        condition=models.Q(**{f"{field}__isnull": True})
        | models.Q(**{f"{field}__gte": floor}),
        violation_error_code=field,
        violation_error_message=format_lazy(
            _("Indiquez {number}, ou plus."), number=floor
        ),
    )


def at_most(name: str, field: str, ceiling: int) -> models.CheckConstraint:
    """The constraint of a number that goes no higher; it may be missing."""
    return models.CheckConstraint(
        name=name,
        condition=models.Q(**{f"{field}__isnull": True})
        | models.Q(**{f"{field}__lte": ceiling}),
        violation_error_code=field,
        violation_error_message=format_lazy(
            _("Indiquez {number}, ou moins."), number=ceiling
        ),
    )


def not_blank(name: str, field: str) -> models.CheckConstraint:
    """The constraint of a text that must say something."""
    return models.CheckConstraint(
        name=name,
        condition=~models.Q(**{f"{field}__regex": BLANK}),
        violation_error_code=field,
        violation_error_message=_("Ce champ ne peut pas être vide."),
    )
