"""What a publication is, printed for the programs that read its page."""

from __future__ import annotations

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from news import structured
from news.models.posts import Post

register = template.Library()


@register.simple_tag(takes_context=True)
def structured_data(context: Context, post: Post) -> SafeString:
    """The publication in JSON-LD; nothing while its page is not public."""
    absolute = context["request"].build_absolute_uri
    return structured.script(post, absolute, context["network"] or None)
