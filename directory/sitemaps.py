"""The public pages of the register, for search engines (sitemaps.org)."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.db.models import Max, QuerySet
from django.db.models.functions import Greatest
from django.urls import reverse

from directory.models import Country, Goal, Project, Sector, Structure


class RowSitemap(Sitemap):
    """The pages of rows, each with the moment when it last changed."""

    def __init__(self, rows: Callable[[], QuerySet], *dates: str) -> None:
        """Take what gives the rows, and the columns that move when a page changes."""
        self.rows = rows
        self.dates = dates or ("updated_at",)

    def items(self) -> QuerySet:
        """The rows, in an order that lasts, with what their address needs."""
        return self.rows().only("slug", *self.dates).order_by("pk")

    def lastmod(self, item: Any) -> datetime.datetime:
        """When the page of a row last changed."""
        moments: Iterable[datetime.datetime] = (getattr(item, d) for d in self.dates)
        return max(moments)

    def get_latest_lastmod(self) -> datetime.datetime | None:
        """The same of all the rows: one query, that reads none of them."""
        last = Greatest(*self.dates) if len(self.dates) > 1 else self.dates[0]
        found: datetime.datetime | None = self.rows().aggregate(last=Max(last))["last"]
        return found


class TermSitemap(Sitemap):
    """The pages of countries, sectors and goals, which change with all the rest."""

    def items(self) -> list[Any]:
        """The terms."""
        models: tuple[Any, ...] = (Country, Sector, Goal)
        return [term for model in models for term in model.objects.order_by("pk")]


class ViewSitemap(Sitemap):
    """The pages that no row makes."""

    def __init__(self, *views: str) -> None:
        """Take the names of their views."""
        self.views = views

    def items(self) -> tuple[str, ...]:
        """The names of the views."""
        return self.views

    def location(self, item: str) -> str:
        """The address of one."""
        return reverse(item)


SECTIONS: Mapping[str, Sitemap] = {
    "annuaire": RowSitemap(Structure.objects.published),
    "projets": RowSitemap(Project.objects.published),
    "sujets": TermSitemap(),
}
VIEWS = (
    *("directory:structures", "directory:projects", "directory:map"),
    *("directory:project-map", "directory:matrix", "directory:countries"),
    *("directory:sectors", "directory:goals"),
)
