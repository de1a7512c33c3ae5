"""Countries, sectors and goals as subjects of a page: what they narrow listings by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from directory.models import Country, Goal, Sector
from directory.models.links import linked

Subject = Country | Sector | Goal

#: The parameters of the listings, as their own addresses order them.
ORDER = ("pays", "secteur", "odd", "etat", "adherent")


@dataclass(frozen=True)
class Kind:
    """How rows and addresses name a kind of subject."""

    #: The many-to-many field of the rows: `structure.countries`.
    field: str
    #: The parameter of the listings, and the column that it holds.
    parameter: str
    key: str
    #: The column that ends the address of the page, and the name of that page.
    end: str
    view: str


KINDS: Mapping[type[Any], Kind] = {
    Country: Kind("countries", "pays", "code", "slug", "directory:country"),
    Sector: Kind("sectors", "secteur", "code", "code", "directory:sector"),
    Goal: Kind("goals", "odd", "number", "number", "directory:goal"),
}


def kind_of(subject: Subject) -> Kind:
    """The kind of a subject."""
    return KINDS[type(subject)]


def kinds_beside(subject: Subject) -> list[Kind]:
    """The kinds by which what is done about the subject is counted."""
    return [kind for model, kind in KINDS.items() if model is not type(subject)]


def about(rows: Any, subject: Subject) -> Any:
    """Keep the rows that are linked to the subject, each once."""
    field = kind_of(subject).field
    return rows.filter(linked(rows.model, field, [subject]))


def query_of(subject: Subject, **others: str) -> str:
    """The query string that narrows a listing to the subject: « pays=ML »."""
    kind = kind_of(subject)
    asked = {**others, kind.parameter: str(getattr(subject, kind.key))}
    return urlencode({name: asked[name] for name in ORDER if name in asked})


def listed(view: str, subject: Subject, **others: str) -> str:
    """The address of a listing narrowed to the subject, and to other values."""
    return f"{reverse(view)}?{query_of(subject, **others)}"
