"""The device of a session, in words."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

register = template.Library()

#: What a browser says of itself -> what people call it; the first that fits.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


@register.filter
def device(user_agent: str) -> str:
    """« Firefox sur Windows », as well as the browser lets it be known."""
    browser = _first(BROWSERS, user_agent) or _("Navigateur inconnu")
    system = _first(SYSTEMS, user_agent)
    return _("%s sur %s") % (browser, system) if system else browser


def _first(names: tuple[tuple[str, str], ...], text: str) -> str:
    return next((name for mark, name in names if mark in text), "")
