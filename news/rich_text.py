"""Rich text: what the staff may write, cleaned when it is saved and when it is shown.

Cleaned twice because neither is enough alone: a row may come from a fixture, SQL or an
older rule, and a text must not wait to be shown to be safe.
"""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

import nh3
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.html import linebreaks, strip_tags, urlize
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from news.pasted import SCHEMES, TAGS, as_ours

#: How many times a text is read again, at most, until nothing changes.
ROUNDS = 5
#: What browsers drop from an address before reading it (URL Standard, § 4.4).
IGNORED = re.compile(r"[\t\n\r]|^[\x00-\x20]+|[\x00-\x20]+$")
REL = "noopener nofollow"
#: A link as nh3 writes it: `href` is the one attribute kept, and holds no quote.
LINK = re.compile(rf'<a( href="([^"]*)")? rel="{REL}">')
#: Tags inside a word: the others part the words around them.
INSIDE = re.compile(r'</?(?:a|em|strong)(?: [^<>"]*(?:"[^"]*"[^<>"]*)*)?>')
IMAGE = re.compile(r"<(?:img|image|picture|svg)\b", re.IGNORECASE)
HEADING = re.compile(r"<h([23])>(.*?)</h\1>", re.DOTALL)
#: A line between two blocks, so that paragraphs stay apart.
BLOCK = re.compile(r"</(?:p|li|h2|h3|blockquote)>", re.IGNORECASE)
#: What comes before the anchors of headings, so that they meet no other on the page.
ANCHOR = "titre-"
#: The names that `rich-text.js` gives to the buttons and dialogs of the editor.
WORDS = {
    "heading2": _("Titre"),
    "heading3": _("Sous-titre"),
    "paragraph": _("Paragraphe"),
    "bold": _("Gras"),
    "italic": _("Italique"),
    "bulletList": _("Liste à puces"),
    "orderedList": _("Liste numérotée"),
    "blockquote": _("Citation"),
    "link": _("Lien"),
    "unlink": _("Retirer le lien"),
    "history:undo": _("Annuler"),
    "history:redo": _("Rétablir"),
    "toolbar": _("Mise en forme"),
    "address": _("Adresse"),
    "imageRefused": _(
        "Une image n’a pas été collée\u00a0: un texte n’en contient pas. Les mots"
        " sont là."
    ),
    "imagesRefused": _(
        "%d images n’ont pas été collées\u00a0: un texte n’en contient pas. Les mots"
        " sont là."
    ),
    "addressHelp": _("https://…, mailto:… ou, sur ce site, /annuaire/"),
}


def clean(html: str) -> str:
    """The text without anything but the tags and the links that are allowed.

    What other editors write is made ours first: headings, bold, paragraphs. Links keep
    their address alone: http, https, mailto, or a path of this site. Those
    that leave the site are told to browsers and to search engines (`rel`). A text that
    says nothing, as the editor makes of an emptied one, is "".
    """
    cleaned = html.replace("\x00", "")
    for _round in range(ROUNDS):
        # A title in a title is set right by reading again what was written.
        before, cleaned = cleaned, CLEANER.clean(as_ours(cleaned)).strip()
        if cleaned == before:
            break
    if not unescape(strip_tags(cleaned)).strip():
        return ""
    return LINK.sub(_only_leaving_is_told, cleaned)


def with_anchors(html: str, prefix: str = ANCHOR) -> str:
    """The cleaned text, in which each heading can be linked to: `#titre-contact`.

    Two texts of one page have each their prefix.
    """
    taken: set[str] = set()

    def anchored(heading: re.Match[str]) -> str:
        level, words = heading.groups()
        base = prefix + (slugify(unescape(strip_tags(words))) or "partie")
        anchor, rank = base, 1
        while anchor in taken:
            rank += 1
            anchor = f"{base}-{rank}"
        taken.add(anchor)
        return f'<h{level} id="{anchor}">{words}</h{level}>'

    return HEADING.sub(anchored, html)


def as_text(html: str) -> str:
    """The words alone, on one line; non-breaking spaces are kept.

    The twin of `WordsOf`, which PostgreSQL computes.
    """
    words = unescape(strip_tags(INSIDE.sub("", clean(html)).replace("<", " <")))
    return re.sub(r"[ \t\n\r]+", " ", words).strip()


def as_lines(html: str) -> str:
    """The words alone, one block a line."""
    blocks = BLOCK.split(clean(html))
    return "\n".join(filter(None, (as_text(block) for block in blocks)))


def paragraphs(text: str) -> str:
    """A plain text as rich text: blank lines part paragraphs, addresses are links."""
    return clean(linebreaks(urlize(text, autoescape=True)))


class WordsOf(models.Func):
    """The words of a cleaned rich text, computed by PostgreSQL."""

    function = "news_as_text"
    output_field = models.TextField()


def refuse_images(html: str) -> None:
    """Refuse a text with an image, rather than let it go without a word."""
    if IMAGE.search(html):
        raise ValidationError(
            _("Un texte ne contient pas d’image\u00a0: retirez-la, puis enregistrez."),
            code="image",
        )


class RichTextField(models.TextField):
    """A column of rich text, cleaned by whatever writes it.

    Forms and fixtures go through `to_python`; `create()`, `save()`, `update()` and the
    bulk operations through `get_db_prep_save`. SQL expressions are left alone: that is
    what cleaning at display is for.
    """

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return clean(text) if isinstance(text, str) else text

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        if isinstance(value, str):
            value = clean(value)
        return super().get_db_prep_save(value, connection)

    def in_words(self, value: Any) -> str:
        """What a value says, one block a line, for those who compare two of them."""
        return as_lines(value)

    def formfield(
        self, *, editor: type[RichTextWidget] | None = None, **kwargs: Any
    ) -> Any:
        widget = editor or RichTextWidget
        checks = {"widget": widget, "validators": [refuse_images]}
        return super().formfield(**{**kwargs, **checks})


#: The looks of the editor.
STYLES = {
    "all": [
        "django_prose_editor/material-icons.css",
        "django_prose_editor/editor.css",
        "django_prose_editor/overrides.css",
        "news/rich-text.css",
    ]
}


class RichTextWidget(forms.Textarea):
    """The editor of django-prose-editor, with the buttons of what is allowed.

    Started by our own module rather than by the library's presets, which need an inline
    import map and an inline style sheet: no page of the site allows either. Without
    JavaScript it is a plain field, in HTML.
    """

    class Media:
        css = STYLES
        js = [forms.Script("news/rich-text.js", type="module")]

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        words = json.dumps({name: str(word) for name, word in WORDS.items()})
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["data-rich-text"] = words
        return context

    def use_required_attribute(self, initial: Any) -> bool:
        """Let the server say it: the browser could not show a hidden field."""
        return False


class RichTextWhenUsed(RichTextWidget):
    """The same editor, brought in once the field is used: it is heavier than a page."""

    class Media:
        extend = False
        css = STYLES
        js = [forms.Script("news/rich-text-when-used.js", type="module")]


def _tidy(_tag: str, _attribute: str, value: str) -> str:
    return IGNORED.sub("", value)


def _of_this_site(address: str) -> str | None:
    """Keep a path or an anchor: two slashes of any kind lead elsewhere."""
    inside = re.match(r"#|/(?![/\\])", address)
    return address if inside else None


def _only_leaving_is_told(link: re.Match[str]) -> str:
    attribute, address = link.groups()
    if attribute is None:
        return "<a>"
    stays = address.startswith(("/", "#", "mailto:"))
    return f"<a{attribute}>" if stays else link[0]


CLEANER = nh3.Cleaner(
    tags=TAGS,
    attributes={"a": {"href"}, "*": set()},
    attribute_filter=_tidy,
    url_schemes=SCHEMES,
    url_relative=_of_this_site,
    link_rel=REL,
)
