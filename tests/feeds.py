"""Read a feed as a reader does, and hold it to what its format requires.

RFC 4287 for Atom; for RSS, the specification of version 2.0.
"""

import datetime
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree

ATOM = "{http://www.w3.org/2005/Atom}"


def parsed(response):
    return ElementTree.fromstring(response.content)  # noqa: S314 - our own feed


def entries(response):
    return parsed(response).findall(f"{ATOM}entry")


def items(response):
    return parsed(response).findall("channel/item")


def text(element, name):
    return element.findtext(f"{ATOM}{name}")


def links(element):
    return {
        link.get("rel"): link.get("href") for link in element.findall(f"{ATOM}link")
    }


def titles(response):
    return [text(entry, "title") for entry in entries(response)]


def check_atom(response):
    """Fail unless the document has what RFC 4287 says that a feed must have."""
    feed = parsed(response)
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert feed.tag == f"{ATOM}feed"
    assert feed.findtext(f"{ATOM}author/{ATOM}name").strip()
    for element in (feed, *entries(response)):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1
            assert text(element, name).strip()
        assert text(element, "id").startswith("tag:testserver,")
        assert datetime.datetime.fromisoformat(text(element, "updated")).tzinfo
        assert links(element)["alternate"].startswith("http://testserver/")
    assert links(feed)["self"].startswith("http://testserver/")
    ids = [text(element, "id") for element in (feed, *entries(response))]
    assert len(set(ids)) == len(ids)


def check_rss(response):
    """Fail unless the document has what RSS 2.0 says that a feed must have."""
    feed = parsed(response)
    assert response["Content-Type"] == "application/rss+xml; charset=utf-8"
    assert (feed.tag, feed.get("version")) == ("rss", "2.0")
    [channel] = feed
    for name in ("title", "link", "description", "lastBuildDate"):
        assert channel.findtext(name).strip()
    assert links(channel)["self"].startswith("http://testserver/")
    for item in items(response):
        assert item.findtext("title").strip()
        assert item.findtext("link").startswith("http://testserver/")
        assert item.find("guid").get("isPermaLink") == "false"
        assert parsedate_to_datetime(item.findtext("pubDate")).tzinfo
    guids = [item.findtext("guid") for item in items(response)]
    assert len(set(guids)) == len(guids)
