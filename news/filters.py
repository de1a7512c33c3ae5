"""The filters of the news; parameter names and values are part of our addresses."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from typing import Any

from django.db.models import Min, Model
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag, TaggedItem

from directory.listings import ListingFilter
from directory.models.fields import Fold
from directory.parameters import Answer, Known, SortOrder, TextSearch, Value
from directory.register_facets import CountryFacet, GoalFacet, SectorFacet
from directory.values import ChoiceFacet, TermFacet
from news.models import Article, TagAlias

SLUG = re.compile(r"[-\w]{1,100}", re.ASCII)


class KeywordFacet(TermFacet):
    """The keywords of the articles that are listed; the others are nobody's business.

    The address of one that was merged gives the keyword it was merged in.
    """

    is_timeless = False

    def __init__(self, **kwargs: Any) -> None:
        """Take what a facet takes, but for its terms."""
        terms = Tag.objects.order_by(Fold("name"), "pk")
        super().__init__(terms=terms, key="slug", **kwargs)

    def known(self) -> Known:
        published = Article.objects.published().order_by()
        return self.values_of(self.terms.filter(pk__in=published.values("tags")))

    def read(self, raw: list[str], known: Known) -> Answer:
        unknown = {it for it in map(self._typed, raw) if SLUG.fullmatch(it)} - set(
            known
        )
        if unknown:
            aliases = TagAlias.objects.filter(slug__in=unknown)
            kept = dict(aliases.values_list("slug", "tag__slug"))
            raw = [kept.get(self._typed(value), value) for value in raw]
        return super().read(raw, known)

    def value_of(self, term: Any) -> Value:
        # Its page shows the publications: no actor, no project to go and see there.
        return replace(super().value_of(term), page="")

    def _typed(self, raw: str) -> str:
        return self.normal(raw.strip())

    def models(self, model: type[Model]) -> list[type[Model]]:
        return [Tag, TaggedItem]


class ArticleFilter(ListingFilter):
    """Narrow the published articles."""

    q = TextSearch(hint=_("Titre, pays, secteur…"), verb="search")
    nature = ChoiceFacet(
        label=_("Nature"),
        field_name="kind",
        choices=Article.Kind,
        noun=_("une nature connue"),
        verb="of_kinds",
    )
    pays = CountryFacet(label=_("Pays"), verb="about_countries")
    secteur = SectorFacet()
    odd = GoalFacet()
    mot_cle = KeywordFacet(
        label=_("Mot-clé"),
        field_name="tags",
        noun=_("un mot-clé connu"),
        verb="tagged",
    )
    tri = SortOrder(recent=("latest_first", _("Plus récentes")))

    class Meta:
        model = Article
        fields = ()

    @classmethod
    def valid_until(cls, now: datetime.datetime) -> datetime.datetime:
        """Tell when the next article appears, or the day ends."""
        midnight = super().valid_until(now)
        scheduled = Article.objects.filter(publication="publie", published_at__gt=now)
        following: datetime.datetime | None = scheduled.aggregate(
            first=Min("published_at")
        )["first"]
        return min(following or midnight, midnight)
