"""Parts of the frame of pages, which change only when the tables that it reads do."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.utils.safestring import SafeString

from directory.keeping.framed_pages import frame_version
from directory.keeping.stores import kept_as_of, new_store

register = template.Library()

_store: dict[Any, tuple[Any, SafeString]] = new_store()


class KeptNode(template.Node):
    """A part of the frame of pages, rendered once for each version of its tables."""

    child_nodelists = ("nodelist",)

    def __init__(self, nodelist: NodeList, name: str, vary: FilterExpression) -> None:
        self.nodelist = nodelist
        self.name = name
        self.vary = vary

    def render(self, context: Context) -> SafeString:
        request = context.get("request")
        if request is None:
            return self.nodelist.render(context)
        return kept_as_of(
            _store,
            (self.name, str(self.vary.resolve(context))),
            frame_version(request),
            lambda: self.nodelist.render(context),
        )


@register.tag
def keep(parser: Parser, token: Token) -> KeptNode:
    """Keep what the block renders until one of the tables of the frame is written.

    ``{% keep "head" by value %}…{% endkeep %}``: the name of the part, and what else it
    varies with.
    """
    try:
        _tag, name, _by, vary = token.split_contents()
    except ValueError:
        message = 'keep: {% keep "name" by value %}'
        raise template.TemplateSyntaxError(message) from None
    nodelist = parser.parse(("endkeep",))
    parser.delete_first_token()
    return KeptNode(nodelist, name.strip('"'), parser.compile_filter(vary))
