"""What a card shows of the terms of a row, read in the query of the row itself."""

from __future__ import annotations

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models.functions import JSONObject

from directory.models.vocabularies import Goal


def labels_of(
    terms: type[models.Model], rows: str, column: str = "label"
) -> ArraySubquery:
    """The labels of the terms of a row, in their order.

    `rows` is the relation that leads from the terms to the rows.
    """
    found = terms._default_manager.filter(**{rows: models.OuterRef("pk")})
    return ArraySubquery(found.values(column))


def goal_tiles(rows: str) -> ArraySubquery:
    """The goals of a row as dictionaries of their `number` and `label`."""
    found = Goal.objects.filter(**{rows: models.OuterRef("pk")})
    return ArraySubquery(found.values(tile=JSONObject(number="number", label="label")))
