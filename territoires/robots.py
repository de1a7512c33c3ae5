"""What search engines are told: every public page, and what is not for them."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib.sitemaps import Sitemap
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from directory import sitemaps as register
from directory.sitemaps import ViewSitemap
from news import sitemaps as publications

SECTIONS: Mapping[str, Sitemap] = {
    "site": ViewSitemap(
        "home", *register.VIEWS, *publications.VIEWS, "site-map", "accessibility"
    ),
    **register.SECTIONS,
    **publications.SECTIONS,
}
SITEMAPS = {"sitemaps": SECTIONS, "sitemap_url_name": "sitemap-section"}


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """The rules for robots (RFC 9309), and where the list of pages is."""
    pages = request.build_absolute_uri(reverse("sitemap-index"))
    lines = ["User-agent: *", "Disallow: /admin/", f"Sitemap: {pages}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
