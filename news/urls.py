"""The addresses of the news and of static pages.

Paths are French and public: they never break.
"""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from directory.keeping.kept_pages import kept_page
from directory.listings.feeds import paths
from news import calendars, feeds, tag_pages, views

app_name = "news"
urlpatterns = [
    path("actualites/", views.ArticleListView.as_view(), name="articles"),
    *paths("actualites/", "articles", views.ArticleListView),
    path(
        "actualites/<slug:slug>/",
        kept_page(views.ArticleView.as_view()),
        name="article",
    ),
    path("appels-a-projets/", views.CallListView.as_view(), name="calls"),
    *paths("appels-a-projets/", "calls", views.CallListView),
    path(
        "appels-a-projets/echeances.ics",
        calendars.listing_calendar(
            views.CallListView, calendars.of_deadline, _("Échéances")
        ),
        name="calls-calendar",
    ),
    path(
        "appels-a-projets/<slug:slug>/",
        kept_page(views.CallView.as_view()),
        name="call",
    ),
    path("agenda/", views.EventListView.as_view(), name="events"),
    *paths("agenda/", "events", views.EventListView),
    path(
        "agenda/agenda.ics",
        calendars.listing_calendar(views.EventListView, calendars.of_event),
        name="events-calendar",
    ),
    path("agenda/<slug:slug>/", kept_page(views.EventView.as_view()), name="event"),
    path(
        "agenda/<slug:slug>/evenement.ics",
        calendars.event_calendar,
        name="event-calendar",
    ),
    path("offres/", views.OfferListView.as_view(), name="offers"),
    *paths("offres/", "offers", views.OfferListView),
    path("offres/<slug:slug>/", kept_page(views.OfferView.as_view()), name="offer"),
    path("mots-cles/<slug:slug>/", kept_page(tag_pages.tag_page), name="tag"),
    path("pays/<str:end>/flux.atom", feeds.country_feed, name="country-feed"),
    # Any address of one part: the last of the site, so that it hides no other.
    path("<slug:slug>/", kept_page(views.PageView.as_view()), name="page"),
]
