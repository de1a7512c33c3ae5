"""The filters of the news; parameter names and values are part of our addresses."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Min, Model
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag, TaggedItem

from directory.listings import ListingFilter
from directory.models.fields import Fold
from directory.parameters import Known, SortOrder, TextSearch
from directory.register_facets import CountryFacet, GoalFacet, SectorFacet
from directory.values import ChoiceFacet, TermFacet
from news.models import Article


class KeywordFacet(TermFacet):
    """The keywords of the articles that are listed; the others are nobody's business.

    They are written in small letters in addresses, however the staff typed them.
    """

    is_timeless = False

    def __init__(self, **kwargs: Any) -> None:
        """Take what a facet takes, but for its terms."""
        addressed = Tag.objects.exclude(slug="").annotate(address=Lower("slug"))
        super().__init__(
            terms=addressed.order_by(Fold("name"), "pk"), key="address", **kwargs
        )

    def known(self) -> Known:
        published = Article.objects.published().order_by()
        return self.values_of(self.terms.filter(pk__in=published.values("tags")))

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
