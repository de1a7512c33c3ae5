"""What other editors write, put in the few elements that a text may hold.

It changes markup alone, and nothing it gives is to be trusted: `rich_text.clean` reads
it again.
"""

from __future__ import annotations

import re

import nh3

#: All that a text may hold; the buttons of the editor make nothing else.
TAGS = frozenset(
    ("a", "blockquote", "br", "em", "h2", "h3", "li", "ol", "p", "strong", "ul")
)
#: Where links may lead, besides the pages of this site.
SCHEMES = frozenset({"http", "https", "mailto"})
#: The elements of others -> ours, where one says what the other does.
SAME = {
    "b": "strong",
    "i": "em",
    "h1": "h2",
    "h4": "h3",
    "h5": "h3",
    "h6": "h3",
}
#: What stands on lines of its own: a paragraph, when it holds no other.
BLOCKS = (
    *("address", "article", "aside", "caption", "center", "dd", "details", "div"),
    *("dl", "dt", "figcaption", "figure", "footer", "header", "hr", "main", "nav"),
    *("pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead"),
    "tr",
)
HOLDING = "|".join((*BLOCKS, "blockquote", "h2", "h3", "li", "ol", "p", "ul"))
RENAMED = re.compile(rf"<(/?)({'|'.join(SAME)})>")
LEAF = re.compile(
    rf"<({'|'.join(BLOCKS)})>((?:[^<]|<(?!/?(?:{HOLDING})>))*)</\1>",
)
BOUNDARY = re.compile(rf"</?(?:{'|'.join(BLOCKS)})>")
#: Well-formed, with tags that have no attribute, but for links.
READER = nh3.Cleaner(
    tags={*TAGS, *SAME, *BLOCKS},
    clean_content_tags={"script", "style", "title"},
    attributes={"a": {"href"}},
    url_schemes=SCHEMES,
    link_rel=None,
)


def as_ours(html: str) -> str:
    """The text with the headings, the bold and the paragraphs of others made ours.

    No two words that were apart are joined: a cell of a table is a paragraph.
    """
    read = READER.clean(html)
    read = RENAMED.sub(lambda tag: f"<{tag[1]}{SAME[tag[2]]}>", read)
    read = LEAF.sub(_paragraph, read)
    return BOUNDARY.sub(" ", read)


def _paragraph(leaf: re.Match[str]) -> str:
    return f"<p>{leaf[2]}</p>" if leaf[2].strip() else " "
