"""Errors of HTML: those of the parser, and those that the parser does not look for."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import html5lib
from html5lib.constants import E

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
#: Elements that hold text and its marks, no block.
PHRASING_ONLY = {"p", "span", "strong", "em", "small", "label", "button", "time"} | {
    *HEADINGS,
    "abbr",
    "legend",
    "summary",
}
BLOCKS = {
    "div",
    "p",
    "ul",
    "ol",
    "dl",
    "section",
    "article",
    "aside",
    "nav",
    "form",
} | {
    *(
        "table",
        "fieldset",
        "figure",
        "details",
        "blockquote",
        "header",
        "footer",
        "main",
    ),
    *("address", "pre", "hr"),
}
INTERACTIVE = {"a", "button", "input", "select", "textarea", "details", "label"}
#: What may stand directly in these.
CHILDREN = {
    "ul": {"li", "script", "template"},
    "ol": {"li", "script", "template"},
    "dl": {"dt", "dd", "div", "script", "template"},
}
REFERENCES = ("aria-labelledby", "aria-describedby", "aria-controls", "headers", "for")


def problems(html: str) -> list[str]:
    """What is wrong in a page, in words; nothing when all is right."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    document = parser.parse(html)
    found = [
        f"line {line}: {E[code] % details}"
        for (line, _column), code, details in parser.errors
    ]
    for check in CHECKS:
        found += check(document)
    return found


def _wrong_ids(document: Element) -> Iterator[str]:
    ids = Counter(e.get("id") for e in document.iter() if e.get("id") is not None)
    for name, count in ids.items():
        if count > 1 or not name or " " in name:
            yield f"id « {name} » found {count} times"
    for element in document.iter():
        for attribute in (*REFERENCES, "form", "list"):
            for name in (element.get(attribute) or "").split():
                if name not in ids:
                    yield f"{element.tag} {attribute}={name}: no such id"
        link = element.get("href") or ""
        if element.tag == "a" and link.startswith("#") and link[1:] not in {*ids, ""}:
            yield f"a href={link}: no such id"


def _wrong_nesting(document: Element) -> Iterator[str]:
    yield from _inside(document, frozenset())


def _inside(element: Element, around: frozenset[str]) -> Iterator[str]:
    tag = element.tag if isinstance(element.tag, str) else ""
    if tag in BLOCKS and around & PHRASING_ONLY:
        yield f"{tag} in {', '.join(sorted(around & PHRASING_ONLY))}"
    is_control = tag in INTERACTIVE and element.get("type") != "hidden"
    if (is_control or element.get("tabindex")) and around & {"a", "button"}:
        yield f"{tag} in a link or a button"
    if tag == "label" and "label" in around:
        yield "label in label"
    if tag == "svg":
        return
    allowed = CHILDREN.get(tag)
    for child in element:
        if allowed and isinstance(child.tag, str) and child.tag not in allowed:
            yield f"{child.tag} directly in {tag}"
        yield from _inside(child, around | {tag})


def _wrong_labels(document: Element) -> Iterator[str]:
    labelled = {e.get("for") for e in document.iter("label")}
    wrapped = {id(e) for label in document.iter("label") for e in label.iter()}
    for tag in ("input", "select", "textarea"):
        for field in document.iter(tag):
            named = {"aria-label", "aria-labelledby"} & set(field.keys())
            silent = field.get("type") in {"hidden", "submit", "button", "image"}
            around = id(field) in wrapped or field.get("id") in labelled
            if not (silent or named or around):
                yield f"{tag} {field.get('name')}: no label"


def _wrong_images(document: Element) -> Iterator[str]:
    for image in document.iter("img"):
        if image.get("alt") is None:
            yield f"img {image.get('src')}: no alt"
        if not image.get("src"):
            yield "img without src"


def _wrong_outline(document: Element) -> Iterator[str]:
    if not document.get("lang"):
        yield "html: no lang"
    titles = [e for e in document.iter("title") if (e.text or "").strip()]
    if not titles:
        yield "no title"
    levels = [int(e.tag[1]) for e in document.iter() if e.tag in HEADINGS]
    if levels.count(1) != 1:
        yield f"{levels.count(1)} h1"
    previous = 0
    for level in levels:
        if level > previous + 1:
            yield f"h{level} after h{previous}"
        previous = level
    if len(list(document.iter("main"))) != 1:
        yield "not one main"


CHECKS = (_wrong_ids, _wrong_nesting, _wrong_labels, _wrong_images, _wrong_outline)
