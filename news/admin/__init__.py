"""The staff's pages of publications, of the network's texts and of keywords."""

from news.admin import articles, calls, events, keywords, offers, pages

__all__ = ["articles", "calls", "events", "keywords", "offers", "pages"]
