"""Form fields and widgets that the staff's pages are made of."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin.widgets import (
    AutocompleteSelect,
    RelatedFieldWidgetWrapper,
)
from django.contrib.postgres.forms import SimpleArrayField
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext_lazy as _

from directory.models import Publication, Structure, StructureType
from directory.slugs import unique_slug


class LinesField(SimpleArrayField):
    """A list of values, typed one per line; blank lines are left out."""

    widget = forms.Textarea
    default_error_messages = {"item_invalid": _("Ligne %(nth)s\u00a0:")}

    def __init__(self, base_field: forms.Field, **options: Any) -> None:
        """Take what `ArrayField` gives; the separator is not a choice."""
        options.setdefault("widget", forms.Textarea(attrs={"rows": 3, "cols": 60}))
        super().__init__(base_field, **{**options, "delimiter": "\n"})

    def to_python(self, value: Any) -> Any:
        """Read the lines."""
        if isinstance(value, str):
            value = "\n".join(line for line in value.splitlines() if line.strip())
        return super().to_python(value)


class LinedTextField(forms.CharField):
    """A text of several lines, whose ends of lines are those of the imports: LF."""

    def to_python(self, value: Any) -> Any:
        """Read the text that browsers send with CRLF."""
        text = super().to_python(value)
        return text.replace("\r\n", "\n") if isinstance(text, str) else text


class RowForm(forms.ModelForm):
    """A row as the staff type it; what is wrong is said beside what to correct.

    A constraint names the field at fault by its `violation_error_code`.
    """

    def add_error(self, field: str | None, error: Any) -> None:
        """Move the errors of the whole row to the fields that their codes name."""
        errors = getattr(error, "error_dict", None)
        if field is not None or (errors is None and not hasattr(error, "error_list")):
            super().add_error(field, error)
            return
        told = dict(errors) if errors else {NON_FIELD_ERRORS: error.error_list}
        for one in told.pop(NON_FIELD_ERRORS, ()):
            at_fault = one.code if one.code in self.fields else None
            super().add_error(at_fault, one)
        if told:
            super().add_error(None, ValidationError(told))


class TypeField(forms.ModelChoiceField):
    """A choice of a type of structure, which shows the two levels."""

    def label_from_instance(self, obj: StructureType) -> str:
        """Set the types of the second level back."""
        return f"— {obj}" if obj.parent_id else str(obj)


class PageForm(RowForm):
    """A row that has a public page, whose address may be left to the site."""

    named_by = "title"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if field := self.fields.get("slug"):
            field.required = False
            field.disabled = self._is_known_outside()
            field.help_text = (
                _(
                    "La fin de l’adresse, qui ne change plus\u00a0: la page a été"
                    " publiée, et les liens vers elle seraient rompus."
                )
                if field.disabled
                else _("La fin de l’adresse ; vide, elle est faite d’après le nom.")
            )

    def _is_known_outside(self) -> bool:
        row: Any = self.instance
        return row.pk is not None and row.publication != Publication.DRAFT

    def clean_slug(self) -> str:
        """Keep the address or, on a new row, make a free one from the name."""
        name = self.cleaned_data.get(self.named_by, "")
        kept = self.cleaned_data["slug"] or self.instance.slug
        return kept or unique_slug(self._meta.model, name)


class StructureForm(PageForm):
    """A structure as the staff type it."""

    named_by = "name"

    def clean(self) -> dict[str, Any]:
        """Take a point typed by hand for one: nobody should have to say it twice."""
        cleaned = super().clean() or self.cleaned_data
        moved = {"latitude", "longitude"} & set(self.changed_data)
        if moved and "point_source" not in self.changed_data:
            placed = cleaned.get("latitude") is not None
            cleaned["point_source"] = Structure.PointSource.MANUAL if placed else ""
        return cleaned


def choosing_only(field: Any) -> Any:
    """Take away the buttons that change or delete, beside a choice, the chosen row."""
    widget = getattr(field, "widget", None)
    if isinstance(widget, RelatedFieldWidgetWrapper):
        widget.can_add_related = False
        widget.can_change_related = False
        widget.can_delete_related = False
    return field


class LoadedAutocomplete(AutocompleteSelect):
    """An autocomplete that shows its row without a query, when the row is at hand."""

    loaded: Any = None

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        """Give the chosen option from the loaded row; otherwise look it up."""
        if self.loaded is None or value != [str(self.loaded.pk)]:
            return super().optgroups(name, value, attr)
        blank = [] if self.is_required else [("", "")]
        pairs = [*blank, (self.loaded.pk, str(self.loaded))]
        options = [
            self.create_option(name, key, label, selected=key != "", index=index)
            for index, (key, label) in enumerate(pairs)
        ]
        return [(None, options, 0)]


class SiblingFormSet(BaseInlineFormSet):
    """The rows of one page, checked against one another.

    Django leaves out, in the rows of a page, each constraint that names what they
    belong to. All such rows are on the page: comparing them is enough, and lets a title
    pass from one to the other in one go.
    """

    model: type[models.Model]

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        """Give each autocomplete the row that the query of the inline loaded."""
        super().add_fields(form, index)
        row = getattr(form, "instance", None)
        if row is None or row.pk is None:
            return
        for name, field in form.fields.items():
            widget = getattr(field.widget, "widget", field.widget)
            if isinstance(widget, LoadedAutocomplete):
                widget.loaded = getattr(row, name)

    def clean(self) -> None:
        """Refuse two rows that a unique constraint of the table forbids together."""
        kept = [form for form in self.forms if self._is_kept(form)]
        for constraint in self.model._meta.constraints:
            if isinstance(constraint, models.UniqueConstraint) and constraint.fields:
                self._refuse_twins(constraint, kept)

    def _is_kept(self, form: forms.ModelForm) -> bool:
        if form in self.deleted_forms or not form.is_valid():
            return False
        return form.instance.pk is not None or form.has_changed()

    def _refuse_twins(
        self, constraint: models.UniqueConstraint, forms_: list[forms.ModelForm]
    ) -> None:
        names = [name for name in constraint.fields if name != self.fk.name]
        seen: set[tuple[Any, ...]] = set()
        for form in forms_:
            row = form.instance
            key = tuple(
                field.value_from_object(row)
                for field in self.model._meta.concrete_fields
                if field.name in names
            )
            ignored = None in key and constraint.nulls_distinct is not False
            if ignored or not _holds(constraint, row):
                continue
            if key in seen:
                message = constraint.get_violation_error_message()
                code = constraint.violation_error_code
                form.add_error(None, ValidationError(message, code=code))
            seen.add(key)


def _holds(constraint: models.UniqueConstraint, row: Any) -> bool:
    if constraint.condition is None:
        return True
    values = {
        field.name: models.Value(field.value_from_object(row), field)
        for field in row._meta.local_concrete_fields
        if not field.generated
    }
    return bool(constraint.condition.check(values))
