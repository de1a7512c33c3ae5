"""How rows are found by their names as one types, and addresses that are not theirs."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Collate
from django.utils.translation import gettext_lazy as _

from directory.slugs import RESERVED


def suggested(prefix: str, public: models.Q) -> list[models.Index]:
    """The indexes of a table whose public rows are suggested by their names.

    One gives the names in order from any beginning: the collation « C » sorts folded
    names as every locale does, and serves LIKE. The next gives the rows in which a
    word begins like one that is typed. The last two count the rows of a place.
    """
    return [
        models.Index(
            Collate("name_key", "C"),
            "id",
            name=f"{prefix}_suggested_by_name",
            condition=public,
        ),
        GinIndex(
            fields=["names_key"],
            opclasses=["gin_trgm_ops"],
            name=f"{prefix}_suggested_by_word",
            condition=public,
        ),
        *(
            models.Index(
                models.F(place), name=f"{prefix}_public_by_{place}", condition=public
            )
            for place in ("commune", "department")
        ),
    ]


def listed(prefix: str, public: models.Q, *columns: str) -> models.Index:
    """The index that holds all that an index of facets reads of the public rows."""
    return models.Index(
        "name_key",
        "name",
        "id",
        include=columns,
        name=f"{prefix}_listed",
        condition=public,
    )


def slug_is_free(prefix: str) -> models.CheckConstraint:
    """The constraint of an address that no page of the site takes for itself."""
    return models.CheckConstraint(
        name=f"{prefix}_slug_is_free",
        condition=~models.Q(slug__in=sorted(RESERVED)),
        violation_error_code="slug",
        violation_error_message=_("Cette adresse est prise par une page du site."),
    )


class WithAcronym:
    """What has a name, and maybe an acronym that the name tells already."""

    name: Any
    acronym: Any

    @property
    def acronym_beside(self) -> str:
        """The acronym, where the name does not have it between brackets."""
        told = f"({self.acronym})".casefold() in self.name.casefold()
        return "" if told else self.acronym

    @property
    def full_name(self) -> str:
        """The name, with the acronym beside it if there is one."""
        beside = self.acronym_beside
        return f"{self.name} ({beside})" if beside else self.name
