"""What the columns of a trace say, in words: names of fields, labels of values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import formats, timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from taggit.managers import TaggableManager

from directory.history.diffs import Diff, words

#: What says nothing to people: keys, and what each row has.
UNTOLD = {"id", "created_at", "position"}
#: Whether the reader may open the rows of a model.
MayRead = Callable[[type[models.Model]], bool]


@dataclass(frozen=True)
class Reference:
    """A row that a column names by its key."""

    model: type[models.Model]
    key: Any
    field: str = "pk"


class Labels:
    """The names of the rows that traces refer to: one query for each table."""

    def __init__(self, may_read: MayRead) -> None:
        """Know none yet; names are for who reads, with the rights that they have."""
        self.may_read = may_read
        self.wanted: dict[tuple[Any, str], set[Any]] = defaultdict(set)
        self.known: dict[Reference, str] = {}

    def want(self, reference: Reference) -> None:
        """Ask for the name of a row."""
        self.wanted[reference.model, reference.field].add(reference.key)

    def load(self) -> None:
        """Read all the names that were asked for."""
        for (model, field), keys in self.wanted.items():
            name = field if field != "pk" else model._meta.pk.attname
            rows = model._default_manager.filter(**{f"{name}__in": keys})
            for row in rows:
                key = getattr(row, name)
                self.known[Reference(model, key, field)] = self._name(row)

    def of(self, reference: Reference, *, gone: str = "") -> str:
        """The name of a row; of one that is no more, what is said of it."""
        default = gone or _("fiche supprimée (n° %(key)s)") % {"key": reference.key}
        return self.known.get(reference, default)

    def _name(self, row: models.Model) -> str:
        """What a row is called; vocabularies are everybody's."""
        if self.may_read(type(row)):
            return str(row)
        if isinstance(row, get_user_model()):
            return getattr(row, "name", "") or _("un compte")  # its text is an address
        if getattr(row, "is_published", True):
            return str(row)
        return _("fiche n° %(key)s") % {"key": row.pk}

    @staticmethod
    def references(
        model: type[models.Model], told: Mapping[str, Any]
    ) -> Iterator[Reference]:
        """The rows that these columns name."""
        for column, value in told.items():
            field = _columns(model).get(column)
            if isinstance(field, models.ForeignKey) and value is not None:
                yield _reference(field, value)


@dataclass(frozen=True)
class Link:
    """A list of a record: the column, in its table, that names each of its rows."""

    label: str
    model: type[models.Model]
    column: str

    def references(self, told: Mapping[str, Any]) -> Iterator[Reference]:
        """The row that a line of the list names."""
        if told.get(self.column) is not None:
            yield Reference(self.model, told[self.column])

    def said(self, told: Mapping[str, Any], labels: Labels) -> str:
        """Its name."""
        return "".join(labels.of(one) for one in self.references(told))


@cache
def links_of(model: type[models.Model]) -> dict[type[models.Model], Link]:
    """The lists of a record, by the model of the table that keeps each."""
    found: dict[type[models.Model], Link] = {}
    lists: Iterable[Any] = model._meta.many_to_many
    for field in lists:
        label = str(capfirst(field.verbose_name))
        through = field.remote_field.through
        if isinstance(field, TaggableManager):
            found[through] = Link(label, field.remote_field.model, "tag_id")
        elif through._meta.auto_created:
            column = field.m2m_reverse_name()
            found[through] = Link(label, field.remote_field.model, column)
    return found


def lines_of(
    model: type[models.Model],
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    labels: Labels,
) -> Iterator[tuple[Any, Diff]]:
    """The field of each column that differs, and what it was and became."""
    for column, field in _columns(model).items():
        was, becomes = before.get(column), after.get(column)
        if column in UNTOLD or (was or None) == (becomes or None):
            continue
        yield field, _diff(field, was, becomes, labels)


@cache
def _columns(model: type[models.Model]) -> dict[str, Any]:
    return {str(field.column): field for field in model._meta.concrete_fields}


def _reference(field: Any, value: Any) -> Reference:
    target = field.target_field
    return Reference(
        field.related_model, value, "pk" if target.primary_key else target.attname
    )


def _diff(field: Any, was: Any, becomes: Any, labels: Labels) -> Diff:
    if isinstance(was or becomes, list):
        old, new = was or [], becomes or []
        return Diff(
            "liste",
            added=[str(one) for one in new if one not in old],
            removed=[str(one) for one in old if one not in new],
        )
    before, after = (_said(field, one, labels) for one in (was, becomes))
    is_text = isinstance(field, models.TextField | models.CharField)
    if before and after and is_text and not field.choices:
        return Diff("texte", before, after, pieces=list(words(before, after)))
    return Diff("valeur", before, after)


def _said(field: Any, value: Any, labels: Labels) -> str:
    """A value as people write it; nothing when there is none."""
    if value is None or value == "":
        return ""
    if isinstance(field, models.ForeignKey):
        return labels.of(_reference(field, value))
    if isinstance(value, bool):
        return _("Oui") if value else _("Non")
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if hasattr(field, "in_words"):
        return str(field.in_words(value))
    return _written(field, value)


def _written(field: Any, value: Any) -> str:
    try:
        known = field.to_python(value)
    except ValidationError:
        return str(value)
    if isinstance(field, models.DateTimeField):
        return str(formats.date_format(timezone.localtime(known), "j F Y à G\\hi"))
    if isinstance(field, models.DateField):
        return str(formats.date_format(known, "j F Y"))
    return str(known)
