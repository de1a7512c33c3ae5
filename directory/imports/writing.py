"""Records made from rows, saved in batches; the database has the last word on each."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.db import DatabaseError, models, transaction
from django.utils.translation import gettext as _

from directory.imports.progress import Steps
from directory.imports.rows import Row

BATCH = 200


@dataclass
class Draft:
    """A good row, the record that it makes or changes, and what is left to write."""

    row: Row
    instance: Any
    is_new: bool
    changed: set[str] = field(default_factory=set)
    #: Many-to-many field -> all its terms.
    terms: dict[str, list[Any]] = field(default_factory=dict)
    #: Records that hang on this one: to create, to save again, to delete.
    added: list[Any] = field(default_factory=list)
    touched: list[Any] = field(default_factory=list)
    dropped: list[Any] = field(default_factory=list)
    #: Field -> what the import wrote, this time or before, as JSON.
    imported: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Begin with what the record remembers."""
        self.imported = dict(self.instance.imported)

    @property
    def learns(self) -> bool:
        """Whether the record has something more, or else, to remember."""
        return bool(self.imported != self.instance.imported)

    @property
    def is_changed(self) -> bool:
        """Whether the report says that something changes."""
        return bool(self.row.report.changes)


class Table(Protocol):
    """What writing needs to know of an import."""

    model: Any
    many: tuple[str, ...]


def write(table: Table, drafts: list[Draft], *, steps: Steps | None = None) -> None:
    """Save the drafts; those that the database refuses are refused in their report."""
    drafts = [draft for draft in drafts if draft.row.is_good]
    create = functools.partial(_create, table)
    for batch in _batches([draft for draft in drafts if draft.is_new]):
        if not _try(batch, create) and len(batch) > 1:
            for draft in batch:
                _try([draft], create)
        _advance(steps, len(batch))
    known = [draft for draft in drafts if not draft.is_new]
    for draft in known:
        if draft.is_changed:
            _try([draft], _change)
            _advance(steps, 1)
    unchanged = [draft for draft in known if not draft.is_changed]
    _remember(table, (draft for draft in unchanged if draft.learns))
    _advance(steps, len(unchanged))


def _advance(steps: Steps | None, rows: int) -> None:
    if steps:
        steps.advance(rows)


def _remember(table: Table, drafts: Iterable[Draft]) -> None:
    """Save what the import agrees with: no change for people, nor for the dates."""
    for batch in _batches(list(drafts)):
        for draft in batch:
            draft.instance.imported = draft.imported
        table.model._default_manager.bulk_update(
            [draft.instance for draft in batch], ["imported"]
        )


def _batches(drafts: list[Draft]) -> Iterator[list[Draft]]:
    for start in range(0, len(drafts), BATCH):
        yield drafts[start : start + BATCH]


def _try(batch: list[Draft], save: Callable[[list[Draft]], None]) -> bool:
    """Save, or undo and, for a draft alone, say in its report what refuses it."""
    try:
        with transaction.atomic():
            save(batch)
    except DatabaseError as error:
        if len(batch) == 1:
            batch[0].row.refuse(_refusal(error, type(batch[0].instance)))
        return False
    return True


def _create(table: Table, batch: list[Draft]) -> None:
    for draft in batch:
        draft.instance.imported = draft.imported
    table.model._default_manager.bulk_create(draft.instance for draft in batch)
    for name in table.many:
        _link(table.model, name, batch)
    _add([record for draft in batch for record in draft.added])


def _change(batch: list[Draft]) -> None:
    for draft in batch:
        record = draft.instance
        record.imported = draft.imported
        record.save(update_fields=[*draft.changed, "imported", "updated_at"])
        for name, terms in draft.terms.items():
            getattr(record, name).set(terms)
        for dropped in draft.dropped:
            dropped.delete()
        for touched in draft.touched:
            touched.save()
        _add(draft.added)


def _add(records: list[Any]) -> None:
    if records:
        type(records[0])._default_manager.bulk_create(records)


def _link(model: Any, name: str, batch: list[Draft]) -> None:
    """Write a many-to-many field of records that were just created."""
    relation = model._meta.get_field(name)
    through = relation.remote_field.through
    one = through._meta.get_field(relation.m2m_field_name()).attname
    other = through._meta.get_field(relation.m2m_reverse_field_name()).attname
    through._default_manager.bulk_create(
        through(**{one: draft.instance.pk, other: term.pk})
        for draft in batch
        for term in draft.terms.get(name, ())
    )


def _refusal(error: DatabaseError, model: type[models.Model]) -> str:
    """What a constraint of the database says to people."""
    diagnosis = getattr(error.__cause__, "diag", None)
    name = getattr(diagnosis, "constraint_name", None)
    for constraint in model._meta.constraints:
        if constraint.name == name and constraint.violation_error_message:
            return str(constraint.get_violation_error_message())
    return _("La base de données refuse cette ligne (%(name)s).") % {"name": name}
