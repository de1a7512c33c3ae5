"""The field of keywords: a list typed or pasted, and names proposed beside it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from taggit.forms import TagField, TagWidgetMixin

from directory.labels import fold
from news import keywords

#: As long as the column of names.
LONGEST = 100


class TagsWidget(TagWidgetMixin, forms.TextInput):
    """A list of keywords; below, the names that are proposed, each with a box.

    What is sent tells which names were seen and which were kept ticked; those go with
    the list. `proposed` are names to show, `seen` those that were answered already.
    """

    template_name = "admin/news/tags_widget.html"
    proposed: list[str] = []
    seen: list[str] = []
    kept: list[str] = []

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"].update(proposed=self.proposed, seen=self.seen, kept=self.kept)
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """What was typed, then the proposed names that are ticked."""
        typed = super().value_from_datadict(data, files, name)
        ticked = data.getlist(f"{name}-kept")
        if not ticked:
            return typed
        names = keywords.parse(", ".join([typed or "", *map(keywords.quoted, ticked)]))
        return ", ".join(map(keywords.quoted, names))


class TagsFormField(TagField):
    """A list of keywords as people type or paste it, hashtags too."""

    widget = TagsWidget

    def clean(self, value: Any) -> list[str]:
        """The names, each once; refuse those that are too long to be one."""
        names: list[str] = super().clean(value)
        if any(len(name) > LONGEST for name in names):
            message = _(
                "Un mot-clé a %(most)d caractères au plus\u00a0: séparez-les par des"
                " virgules."
            )
            raise ValidationError(message, params={"most": LONGEST}, code="long")
        return names

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the names differ, but for their order, case and accents."""
        if self.disabled:
            return False
        before = {fold(tag.name) for tag in initial or ()}
        return before != {fold(name) for name in keywords.parse(data or "")}
