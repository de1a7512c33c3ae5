"""Parts of a page that change only when certain tables do."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.utils.safestring import SafeString

from directory.keeping import versions
from directory.keeping.stores import kept_as_of

register = template.Library()

_store: dict[Any, tuple[Any, SafeString]] = {}


class KeptNode(template.Node):
    """A part of a template that is rendered once for each version of its tables."""

    child_nodelists = ("nodelist",)

    def __init__(
        self, nodelist: NodeList, name: str, tables: list[str], vary: FilterExpression
    ) -> None:
        self.nodelist = nodelist
        self.name = name
        self.tables = tables
        self.vary = vary

    def render(self, context: Context) -> SafeString:
        request = context.get("request")
        if request is None:
            return self.nodelist.render(context)
        version = versions.of_request(request).of(self.tables)
        key = (self.name, str(self.vary.resolve(context)))
        return kept_as_of(_store, key, version, lambda: self.nodelist.render(context))


@register.tag
def keep(parser: Parser, token: Token) -> KeptNode:
    """Keep what the block renders until one of the tables that it reads is written.

    ``{% keep "foot" "directory_network news_page" by value %}…{% endkeep %}``: the
    name of the piece, its tables, and what else the piece varies with.
    """
    try:
        _tag, name, tables, _by, vary = token.split_contents()
    except ValueError:
        message = 'keep: {% keep "name" "table table" by value %}'
        raise template.TemplateSyntaxError(message) from None
    nodelist = parser.parse(("endkeep",))
    parser.delete_first_token()
    by = parser.compile_filter(vary)
    return KeptNode(nodelist, name.strip('"'), tables.strip('"').split(), by)
