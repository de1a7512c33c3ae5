"""The publications of the network: news, calls, events, offers, and its pages."""

from news.models.agenda import EventFormat, EventTime
from news.models.articles import Article, ArticleQuerySet
from news.models.calls import Call, CallQuerySet, CallState
from news.models.documents import CallDocument, EventDocument
from news.models.events import Event, EventParticipation, EventQuerySet, EventState
from news.models.groups import CountryGroup
from news.models.offers import Offer, OfferQuerySet, OfferState
from news.models.pages import Page, PageQuerySet
from news.models.posts import Post, PostQuerySet
from news.models.tags import TagAlias, TagsField

__all__ = [
    "Article",
    "ArticleQuerySet",
    "Call",
    "CallDocument",
    "CallQuerySet",
    "CallState",
    "CountryGroup",
    "Event",
    "EventDocument",
    "EventFormat",
    "EventParticipation",
    "EventQuerySet",
    "EventState",
    "EventTime",
    "Offer",
    "OfferQuerySet",
    "OfferState",
    "Page",
    "PageQuerySet",
    "Post",
    "PostQuerySet",
    "TagAlias",
    "TagsField",
]
