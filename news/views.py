"""The public pages of the news, and those that the staff write."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from directory.listing_pages import ListingView
from directory.previews import PreviewedView
from news.filters import ArticleFilter
from news.models import Article, Call, Event, Offer, Page


class ArticleListView(ListingView):
    """The news: published articles, narrowed by the query string."""

    register = ArticleFilter
    card_template = "news/_article_card.html"
    card_name = "article"
    text_field = "text"
    layout = "columns"
    none = _("Aucune actualité")
    some = ngettext_lazy("%(n)d actualité", "%(n)d actualités", "n")
    heading = _("Actualités")
    introduction = _("Les nouvelles du réseau et de ses adhérents.")
    search_label = _("Chercher une actualité")


class PostView(PreviewedView):
    """The page of a publication."""

    context_object_name = "post"
    #: The listing of the publications of this kind, and its name, if there is one.
    listing = ""
    listing_label: Any = ""

    def get_queryset(self) -> Any:
        """Load what the page shows."""
        return super().get_queryset().for_page()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the way to the listing, and to the admin for those who may edit."""
        return super().get_context_data(
            **kwargs,
            listing=reverse(self.listing) if self.listing else "",
            listing_label=self.listing_label,
            edit_address=self.edit_address(),
        )

    def edit_address(self) -> str:
        """Where this person may edit the row; or nothing."""
        user, name = self.request.user, self.model._meta.model_name
        if not (user.is_staff and user.has_perm(f"news.change_{name}")):
            return ""
        return reverse(f"admin:news_{name}_change", args=[self.object.pk])


class ArticleView(PostView):
    """The page of an article."""

    model = Article
    template_name = "news/article.html"
    listing = "news:articles"
    listing_label = _("Actualités")


class CallView(PostView):
    """The page of a call for projects."""

    model = Call
    template_name = "news/call.html"


class EventView(PostView):
    """The page of an event."""

    model = Event
    template_name = "news/event.html"


class OfferView(PostView):
    """The page of an offer."""

    model = Offer
    template_name = "news/offer.html"


class PageView(PreviewedView):
    """A page that the network writes about itself."""

    model = Page
    context_object_name = "page"
    template_name = "pages/page.html"
