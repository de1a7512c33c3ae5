"""What a page says of itself to search engines and to those who share it."""

from __future__ import annotations

from typing import Any

from django import template
from django.http import HttpRequest
from django.template.context import Context
from django.templatetags.static import static
from django.utils.text import Truncator

register = template.Library()

#: What engines show of a description.
LONGEST = 200
CARD = "img/identity/social.png"


@register.inclusion_tag("layout/_social.html", takes_context=True)
def social(
    context: Context,
    title: object,
    description: object = "",
    image: str = "",
    **others: object,
) -> dict[str, Any]:
    """The tags of a page: title, description in plain text, and a picture.

    `alternative` says what the picture shows; `published_at` makes it an article.
    """
    request: HttpRequest | None = context.get("request")
    network = context.get("network")
    words = " ".join(str(description or "").split())
    path = image or static(CARD)
    return {
        "title": " ".join(str(title).split()),
        "description": Truncator(words).chars(LONGEST),
        "site": str(network) if network else "",
        "address": request.build_absolute_uri(request.path) if request else "",
        "image": request.build_absolute_uri(path) if request else "",
        "is_card": not image,
        "alternative": "",
        "published_at": None,
        **others,
    }
