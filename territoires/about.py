"""The pages that speak of the site itself: its map, its accessibility."""

from __future__ import annotations

from django.views.generic import TemplateView

from territoires import accessibility


class SiteMapView(TemplateView):
    """Every listing and every published page."""

    template_name = "pages/site_map.html"


class AccessibilityView(TemplateView):
    """The declaration of accessibility, with the figures of the last test run."""

    template_name = "pages/accessibility.html"
    extra_context = {"run": accessibility.read()}
