"""What is new about a country, for feed readers: projects and articles."""

from __future__ import annotations

from itertools import chain
from operator import attrgetter

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directory.listings.feeds import ATOM, Channel, network_name, written
from directory.models import Country, Project
from directory.subject_pages.misspelled import meant
from directory.subject_pages.subjects import about
from directory.subject_pages.term_pages import CountryView, moved_to
from news.models import Article

#: How many entries the feed has.
LATEST = 30


@require_safe
def country_feed(request: HttpRequest, end: str) -> HttpResponse:
    """The latest published projects and articles about a country.

    Without a date: what is hidden would make it go back. The ETag of the middleware
    tells whether anything changed. Other ways to name the country lead to its feed.
    """
    is_address = CountryView.addresses.fullmatch(end)
    country = Country.objects.filter(slug=end).first() if is_address else None
    if country is None:
        if found := meant(end, Country.objects.all()):
            return moved_to(request, found)
        raise Http404
    network = network_name()
    channel = Channel(
        _("Nouveautés %(where)s – %(network)s")
        % {"where": country.where, "network": network},
        _("Les derniers projets et articles %s.") % country.where,
        address=request.path,
        page=country.get_absolute_url(),
        author=network,
    )
    projects = about(Project.objects.published(), country).recently_changed()
    articles = about(Article.objects.published(), country).latest_first()
    rows = chain(projects[:LATEST], articles[:LATEST])
    newest = sorted(rows, key=attrgetter("changed_at"), reverse=True)[:LATEST]
    return written(request, ATOM, channel, newest)
