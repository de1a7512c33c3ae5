"""Which rows are a structure's, and what a new one needs around its saving."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import models
from django.utils import timezone

from directory.models import Participation, Publication, Structure
from directory.slugs import unique_slug
from members.proposals.member_forms import led_by
from news.models import Article, EventParticipation


def own(structure: Structure) -> dict[str, Any]:
    """The columns of a row that says whose it is."""
    return {"structure": structure}


def none(model: type[models.Model]) -> Callable[[Structure], models.QuerySet]:
    """No row: what is proposed once is the network’s afterwards."""

    def held(_structure: Structure) -> models.QuerySet:
        return model._default_manager.none()

    return held


def of_led_projects(model: type[models.Model]) -> Callable[..., models.QuerySet]:
    """The rows of the projects that the structure leads."""

    def held(structure: Structure) -> models.QuerySet:
        rows = model._default_manager.filter(project__in=led_by(structure))
        return rows.select_related("project").order_by("project__title_key", "pk")

    return held


def parts(structure: Structure) -> models.QuerySet:
    """Who takes part in these projects, but for the structure that leads them."""
    rows = of_led_projects(Participation)(structure)
    # The project keeps who leads it: that is not for one member to give away.
    others = rows.exclude(role=Participation.Role.LEAD)
    named: models.QuerySet = others.select_related("project", "structure", "funder")
    return named


def published(row: Any, _structure: Structure) -> None:
    """Show a row that is accepted, at an address made from its title."""
    row.slug = unique_slug(type(row), row.title)
    row.publication = Publication.PUBLISHED
    if hasattr(row, "published_at"):
        row.published_at = timezone.now()
    if isinstance(row, Article):
        row.kind = Article.Kind.MEMBER


def led(row: Any, structure: Structure) -> None:
    """Make the structure lead its new project."""
    lead = Participation.Role.LEAD
    Participation.objects.create(project=row, structure=structure, role=lead)


def about(row: Any, structure: Structure) -> None:
    """Link the structure to its new publication."""
    row.structures.add(structure)


def organised(row: Any, structure: Structure) -> None:
    """Make the structure organise its new event."""
    about(row, structure)
    EventParticipation.objects.create(event=row, structure=structure)
