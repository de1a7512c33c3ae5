"""The filters of the news; parameter names and values are part of our addresses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag

from directory.filters import CountryFacet, GoalFacet, SectorFacet
from directory.listings import ListingFilter
from directory.parameters import ChoiceFacet, SortOrder, TermFacet, TextSearch, Value
from news.models import Article


class KeywordFacet(TermFacet):
    """The keywords of the articles that are listed; the others are nobody's business.

    They are written in small letters in addresses, however the staff typed them.
    """

    def __init__(self, **kwargs: Any) -> None:
        """Take what a facet takes, but for its terms."""
        addressed = Tag.objects.exclude(slug="").annotate(address=Lower("slug"))
        super().__init__(
            terms=addressed.order_by("name", "pk"), key="address", **kwargs
        )

    def known(self, keys: Sequence[str]) -> list[Value]:
        if not keys:
            return []
        return self.values_of(self.terms.filter(self.used(), address__in=keys))


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
