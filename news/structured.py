"""What a publication is, for the programs that read pages (schema.org, in JSON-LD).

Only what the page shows to everyone; nothing of a page that the public does not see.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from functools import singledispatch
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from directory.models import Network
from news.models import Article, Call, Event, EventParticipation, Offer, moments
from news.models.posts import Post

#: What would end the element, or be read as markup in it.
MARKUP = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
KINDS = {Offer.Kind.INTERNSHIP: "INTERN", Offer.Kind.VOLUNTEERING: "VOLUNTEER"}

Fields = dict[str, Any]
#: Makes an address absolute.
Absolute = Callable[[str], str]


def script(post: Post, absolute: Absolute, network: Network | None) -> SafeString:
    """The element to print in the page; nothing while the page is not public.

    It is data, which no browser runs: the CSP has nothing to allow.
    """
    if not post.is_published:
        return SafeString()
    written = json.dumps(described(post, absolute, network), ensure_ascii=False)
    safe = written.translate(MARKUP)
    element = f'<script type="application/ld+json">{safe}</script>'
    return mark_safe(element)  # noqa: S308 - no character of markup is left


def described(post: Any, absolute: Absolute, network: Network | None) -> Fields:
    """The publication as a thing of schema.org; empty facts are left out."""
    common = {
        "@context": "https://schema.org",
        "description": post.abstract,
        "url": absolute(post.get_absolute_url()),
        "image": absolute(post.image.url) if post.image else "",
        **_kind(post),
    }
    if isinstance(post, Article) and network is not None:
        publisher = {**_organisation(network.name), "url": absolute("/")}
        common |= {"publisher": publisher, "author": publisher}
    return _known(common)


@singledispatch
def _kind(post: Any) -> Fields:
    """What is said of a kind of publication alone."""
    raise NotImplementedError


@_kind.register
def _article(post: Article) -> Fields:
    return {
        "@type": "NewsArticle",
        "headline": post.title,
        "inLanguage": "fr",
        "datePublished": _moment(post.appeared_at),
        "dateModified": _moment(post.changed_at),
    }


@_kind.register
def _call(post: Call) -> Fields:
    amount = _known({"minValue": post.grant_floor, "maxValue": post.grant_ceiling})
    euros = {"@type": "MonetaryAmount", "currency": "EUR", **amount}
    return {
        "@type": "MonetaryGrant",
        "name": post.title,
        "funder": [_organisation(str(funder)) for funder in post.funders.all()],
        "amount": {k: _number(v) for k, v in euros.items()} if amount else "",
    }


@_kind.register
def _event(post: Event) -> Fields:
    is_whole, is_called_off = post.is_all_day, post.is_cancelled
    places = [_place(post.place, post.address, post.commune)] if post.location else []
    if post.online_url and post.is_to_come:
        places.append({"@type": "VirtualLocation", "url": post.online_url})
    modes = {(True, False): "Offline", (False, True): "Online", (True, True): "Mixed"}
    mode = modes.get((bool(post.location), bool(post.online_url)))
    status = "EventCancelled" if is_called_off else "EventScheduled"
    return {
        "@type": "Event",
        "name": post.title,
        "startDate": _moment(post.starts_at, is_whole=is_whole),
        "endDate": _moment(post.ends_at, is_whole=is_whole),
        "eventStatus": f"https://schema.org/{status}",
        "eventAttendanceMode": mode and f"https://schema.org/{mode}EventAttendanceMode",
        "location": places,
        "organizer": [
            _organisation(part.organisation)
            for part in post.public_participations
            if part.role == EventParticipation.Role.ORGANISER
        ],
    }


@_kind.register
def _offer(post: Offer) -> Fields:
    closing = post.closes_on
    return {
        "@type": "JobPosting",
        "title": post.title,
        "datePosted": _moment(post.appeared_at),
        "validThrough": closing
        and _moment(moments.beginning(closing + datetime.timedelta(days=1))),
        "employmentType": KINDS.get(Offer.Kind(post.kind)),
        "hiringOrganization": _organisation(post.organisation)
        if post.is_public
        else "",
        "jobLocation": _place(post.place, "", post.commune)
        if post.place or post.commune
        else "",
    }


def _organisation(name: str) -> Fields:
    return {"@type": "Organization", "name": name}


def _place(name: str, street: str, commune: Any) -> Fields:
    address = _known(
        {
            "@type": "PostalAddress",
            "streetAddress": street,
            "addressLocality": commune.label if commune else "",
            "addressCountry": "FR" if commune else "",
        }
    )
    is_told = len(address) > 1
    return _known(
        {"@type": "Place", "name": name, "address": address if is_told else name}
    )


def _moment(value: datetime.datetime | None, *, is_whole: bool = False) -> str:
    """A moment by the clock of the network, with its distance to universal time."""
    if value is None:
        return ""
    at = moments.local(value)
    return at.date().isoformat() if is_whole else at.isoformat()


def _number(value: Any) -> Any:
    """An amount as JSON has it."""
    return value if isinstance(value, str) else float(value)


def _known(fields: Fields) -> Fields:
    """The fields that say something."""
    return {k: v for k, v in fields.items() if v not in ("", None, [], {})}
