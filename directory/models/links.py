"""The rows that a many-to-many field links to others, each of them once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef


def linked(
    model: type[models.Model],
    name: str,
    targets: Iterable[models.Model] | models.QuerySet,
) -> Exists:
    """The condition that a many-to-many field reaches one of the targets.

    A sub-query, not a join: a row linked to two targets is found once.
    """
    relation: Any = model._meta.get_field(name)
    through = relation.remote_field.through._default_manager
    return Exists(
        through.filter(
            **{
                relation.m2m_field_name(): OuterRef("pk"),
                f"{relation.m2m_reverse_field_name()}__in": targets,
            }
        )
    )
