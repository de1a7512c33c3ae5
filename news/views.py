"""The public pages of the news, and those that the staff write."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from directory.listings.displays import PartedCards
from directory.listings.feeds import feeds_of
from directory.listings.listing_pages import ListingView
from directory.listings.shown import Line
from directory.previews import PreviewedView
from news.calendars import calendar_feed
from news.filters import ArticleFilter, CallFilter, EventFilter, OfferFilter
from news.models import (
    Article,
    Call,
    CallState,
    Event,
    EventTime,
    Offer,
    OfferState,
    Page,
)
from news.month_display import MonthDisplay
from news.rubrics import ARTICLES, CALLS, EVENTS, OFFERS, Rubric


class PostListView(ListingView):
    """A listing of publications, with the way to the others."""

    template_name = "news/listing.html"
    rubric: Rubric


class ArticleListView(PostListView):
    """The news: published articles, narrowed by the query string."""

    register = ArticleFilter
    rubric = ARTICLES
    line = Line("news/_article_card.html", "article", text="text")
    layout = "columns"
    none = _("Aucune actualité")
    some = ngettext_lazy("%(n)d actualité", "%(n)d actualités", "n")
    heading = ARTICLES.label
    introduction = _("Les nouvelles du réseau et de ses adhérents.")
    search_label = _("Chercher une actualité")
    feeds = feeds_of("news:articles")


class CallListView(PostListView):
    """The calls for projects: first those that one may still answer."""

    register = CallFilter
    rubric = CALLS
    line = Line("news/_call_card.html", "call", text="text")
    displays = (
        PartedCards(
            "liste",
            _("Liste"),
            facet="etat",
            keys=frozenset({CallState.CLOSED}),
            ahead=_("Ouverts ou à venir"),
            behind=_("Clôturés"),
        ),
    )
    none = _("Aucun appel à projets")
    some = ngettext_lazy("%(n)d appel à projets", "%(n)d appels à projets", "n")
    heading = CALLS.label
    introduction = _("Les financements ouverts aux projets de coopération.")
    search_label = _("Chercher un appel à projets")
    feeds = (*feeds_of("news:calls"), calendar_feed("news:calls-calendar"))


class EventListView(PostListView):
    """The agenda: first the events to come; as a list, or month by month."""

    register = EventFilter
    rubric = EVENTS
    line = Line("news/_event_card.html", "event", text="text")
    displays = (
        PartedCards(
            "liste",
            _("Liste"),
            facet="quand",
            keys=frozenset({EventTime.PAST}),
            ahead=_("À venir"),
            behind=_("Passés"),
        ),
        MonthDisplay("mois", _("Mois")),
    )
    none = _("Aucun événement")
    some = ngettext_lazy("%(n)d événement", "%(n)d événements", "n")
    heading = EVENTS.label
    introduction = _("Les rendez-vous du réseau et de ses adhérents.")
    search_label = _("Chercher un événement")
    feeds = (*feeds_of("news:events"), calendar_feed("news:events-calendar"))


class OfferListView(PostListView):
    """The offers: first those that one may still answer."""

    register = OfferFilter
    rubric = OFFERS
    line = Line("news/_offer_card.html", "offer", text="text")
    displays = (
        PartedCards(
            "liste",
            _("Liste"),
            facet="etat",
            keys=frozenset({OfferState.CLOSED}),
            ahead=_("Ouvertes"),
            behind=_("Clôturées"),
        ),
    )
    none = _("Aucune offre")
    some = ngettext_lazy("%(n)d offre", "%(n)d offres", "n")
    heading = OFFERS.label
    introduction = _("Emplois, stages, services civiques et volontariats.")
    search_label = _("Chercher une offre")
    feeds = feeds_of("news:offers")


class PostView(PreviewedView):
    """The page of a publication."""

    context_object_name = "post"
    rubric: Rubric

    def get_queryset(self) -> Any:
        """Load what the page shows."""
        return super().get_queryset().for_page()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the way to the listing, and to the admin for those who may edit."""
        return super().get_context_data(
            **kwargs,
            listing=reverse(self.rubric.listing),
            listing_label=self.rubric.label,
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
    rubric = ARTICLES


class CallView(PostView):
    """The page of a call for projects."""

    model = Call
    template_name = "news/call.html"
    rubric = CALLS


class EventView(PostView):
    """The page of an event."""

    model = Event
    template_name = "news/event.html"
    rubric = EVENTS


class OfferView(PostView):
    """The page of an offer."""

    model = Offer
    template_name = "news/offer.html"
    rubric = OFFERS


class PageView(PreviewedView):
    """A page that the network writes about itself."""

    model = Page
    context_object_name = "page"
    template_name = "pages/page.html"
