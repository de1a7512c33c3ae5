"""The filters of the news; parameter names and values are part of our addresses."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from taggit.models import Tag

from directory.filters import CountryFacet, GoalFacet, SectorFacet
from directory.listings import ListingFilter
from directory.parameters import ChoiceFacet, SortOrder, TermFacet, TextSearch
from news.models import Article


class ArticleFilter(ListingFilter):
    """Narrow the published articles."""

    q = TextSearch(label=_("Titre, pays, mot…"), verb="search")
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
    mot_cle = TermFacet(
        label=_("Mot-clé"),
        field_name="tags",
        terms=Tag.objects.order_by("name", "pk"),
        key="slug",
        noun=_("un mot-clé connu"),
        verb="tagged",
    )
    tri = SortOrder(recent=("latest_first", _("Plus récentes")))
