"""The forms of members: the rows of the register, less what is the staff's alone.

They clean as the staff's forms do (`directory.admin.forms`): no rule is written twice.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from directory import namings
from directory.admin.base import FORM_FIELDS
from directory.admin.forms import RowForm, TypeField
from directory.labels import fold
from directory.models import (
    Commune,
    Contact,
    Funder,
    Locality,
    Participation,
    Project,
    ProjectImage,
    Structure,
    StructureType,
)
from news.models import Article, Event, Offer
from news.rich_text import RichTextField, RichTextWhenUsed

#: How many rows a message names.
MOST_NAMED = 5


class NameInput(forms.TextInput):
    """A name to type; a script suggests those of the list."""

    template_name = "members/widgets/name.html"


class NamedRowField(forms.ModelChoiceField):
    """A row of a long list, typed by its name; case and accents do not count."""

    widget = NameInput
    queryset: Any
    #: The row that is there already: its name is enough, whoever shares it.
    current: models.Model | None = None
    default_error_messages = {
        "unknown": _(
            "«\u00a0%(value)s\u00a0» n’est pas dans la liste. Vérifiez l’orthographe."
        ),
        "near": _(
            "«\u00a0%(value)s\u00a0» n’est pas dans la liste."
            " Noms proches\u00a0: %(names)s."
        ),
        "several": _("Plusieurs portent ce nom\u00a0: écrivez %(names)s."),
    }

    def __init__(self, queryset: Any, *, kind: str, **options: Any):
        """Take what a choice takes, and the key of `namings.NAMINGS`."""
        self.naming = namings.NAMINGS[kind]
        super().__init__(queryset, **options)
        self.widget.attrs["data-combobox"] = reverse_lazy(
            "directory:name-suggestions", args=[kind]
        )

    def prepare_value(self, value: Any) -> Any:
        """The name of a row, of its key in the register; or what was typed."""
        if isinstance(value, int):
            value = self.queryset.filter(pk=value).first() or value
        return self.naming.shown(value) if isinstance(value, models.Model) else value

    def to_python(self, value: Any) -> Any:
        """The row of this name."""
        if value in self.empty_values:
            return None
        text = str(value).strip()
        if self.current and not self.has_changed(self.current, text):
            return self.current
        found = self.naming.named(text, self.queryset)
        if len(found) == 1:
            return found[0]
        raise self._refused(text, found[:MOST_NAMED])

    def _refused(self, text: str, namesakes: list[Any]) -> ValidationError:
        if namesakes:
            code, names = "several", self.naming.told_apart(namesakes, self.queryset)
        else:
            names = self.naming.near_names(text, self.queryset)
            code = "near" if names else "unknown"
        told = {"value": text, "names": ", ".join(names)}
        return ValidationError(self.error_messages[code], code, told)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another name was typed."""
        return fold(str(self.prepare_value(initial) or "")) != fold(str(data or ""))


class TickedFirst(forms.CheckboxSelectMultiple):
    """Boxes to tick: those that are ticked come first, a long rest is folded."""

    template_name = "members/widgets/ticked_first.html"
    #: Beyond, what is not ticked is folded.
    most = 24

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Part the boxes in two."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        groups = context["widget"]["optgroups"]
        options = [option for _name, group, _index in groups for option in group]
        ticked = [one for one in options if one["selected"]]
        rest = [one for one in options if not one["selected"]]
        is_long = len(options) > self.most
        context["widget"].update(
            options=options, ticked=ticked, rest=rest, is_long=is_long
        )
        return context


class SentPicture(forms.ClearableFileInput):
    """A picture: the one of today, the one that waits, and where to send another."""

    template_name = "members/widgets/picture.html"
    #: The picture that waits with the draft, and whether none is wanted any more.
    waiting: Any = None
    is_emptied = False

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Show the picture that waits too."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"].update(waiting=self.waiting, is_emptied=self.is_emptied)
        # Meant by Django for the box that empties: our template draws that box itself.
        context["widget"]["attrs"].pop("checked", None)
        return context


#: Type of column -> how members fill it; the first one that fits.
WAYS: tuple[tuple[type[models.Field], dict[str, Any]], ...] = (
    (
        models.DateTimeField,
        {
            "widget": forms.DateTimeInput(
                attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
            )
        },
    ),
    (
        models.DateField,
        {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")},
    ),
    (models.ManyToManyField, {"widget": TickedFirst, "help_text": ""}),
    (models.FileField, {"widget": SentPicture}),
    (RichTextField, {"editor": RichTextWhenUsed}),
)


def as_members_type(db_field: Any, **options: Any) -> Any:
    """The field of a column, as on the staff's pages; a long list is typed by name."""
    for kind in type(db_field).__mro__:
        if kind in FORM_FIELDS:
            options = {**FORM_FIELDS[kind], **options}
            break
    if isinstance(db_field, models.ForeignKey) and db_field.related_model in NAMED:
        options = {**NAMED[db_field.related_model], "form_class": NamedRowField}
    else:
        ways = (way for kind, way in WAYS if isinstance(db_field, kind))
        options = {**next(ways, {}), **options}
    return db_field.formfield(**options)


NAMED: dict[Any, dict[str, Any]] = {
    Commune: {
        "kind": "communes",
        "help_text": _(
            "Son nom\u00a0: «\u00a0Aix-en-Provence\u00a0». Pour la région seulement."
        ),
    },
    Structure: {
        "kind": "structures",
        "queryset": Structure.objects.published(),
        "help_text": _("Son nom dans l’annuaire, en entier."),
    },
    Funder: {
        "kind": "financeurs",
        "help_text": _("Son nom, s’il est connu du réseau."),
    },
}


class MemberForm(RowForm):
    """A row as its members type it, on behalf of a structure.

    What is wrong with a column that is not on the page is said at the top of it.
    """

    #: Columns that the page does not show, and that the row was made with.
    given: ClassVar[tuple[str, ...]] = ()

    class Meta:
        formfield_callback = as_members_type

    def __init__(self, *args: Any, structure: Structure | None, **kwargs: Any) -> None:
        """Take the structure on whose behalf the row is edited."""
        super().__init__(*args, **kwargs)
        self.structure = structure
        self._take_loaded()
        self.limit()

    def _take_loaded(self) -> None:
        """Name the rows that are there already."""
        for name, field in self.fields.items():
            if not isinstance(field, NamedRowField):
                continue
            row = getattr(self.instance, name)
            field.current = row
            if row is not None and self.initial.get(name) == row.pk:
                self.initial[name] = row

    def limit(self) -> None:
        """Offer only what is the structure's, where that matters."""

    def _get_validation_exclusions(self) -> set[str]:
        """Check the constraints that name what the row was made with."""
        left_out: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return left_out - set(self.given)

    def add_error(self, field: str | None, error: Any) -> None:
        """Move to the top what is about a column that the page does not show."""
        told = getattr(error, "error_dict", None)
        if told is not None:
            shown = {name: one for name, one in told.items() if name in self.fields}
            others = [one for name in told if name not in shown for one in told[name]]
            if others:
                shown[NON_FIELD_ERRORS] = others
            error = ValidationError(shown)
        super().add_error(field, error)


class StructureForm(MemberForm):
    """A structure, by its own people."""

    class Meta(MemberForm.Meta):
        model = Structure
        fields = (
            *("name", "acronym", "other_names", "type", "founded_in", "siren", "rna"),
            *("address", "postcode", "city", "commune"),
            *("website", "email", "phone", "social_links"),
            *("countries", "sectors", "goals", "description", "logo", "logo_alt"),
        )
        field_classes = {"type": TypeField}

    def limit(self) -> None:
        """Offer the types as a tree."""
        if "type" in self.fields:
            self.fields["type"].queryset = StructureType.objects.by_level()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Let a new commune tell the département and the point."""
        cleaned = super().clean() or self.cleaned_data
        if "commune" in self.changed_data and cleaned.get("commune"):
            self.instance.department = None
            self.instance.latitude = self.instance.longitude = None
            self.instance.point_source = ""
        return cleaned


class ContactForm(MemberForm):
    """A person of the structure. Consent to be named is the person's to give."""

    given = ("structure",)

    class Meta(MemberForm.Meta):
        model = Contact
        fields = (
            *("honorific", "first_name", "last_name", "role", "is_representative"),
            *("email", "phone"),
        )


class ProjectForm(MemberForm):
    """A project that the structure leads."""

    class Meta(MemberForm.Meta):
        model = Project
        fields = (
            *("title", "kind", "status", "summary"),
            *("planned_start_on", "planned_end_on", "actual_start_on"),
            *("actual_end_on", "date_precision"),
            *("countries", "sectors", "goals"),
            *("description", "beneficiaries", "beneficiary_count", "links"),
            *("budget", "currency", "budget_is_public"),
        )


class OfAProjectForm(MemberForm):
    """A row of one of the projects that the structure leads."""

    class Meta(MemberForm.Meta):
        pass

    def limit(self) -> None:
        """Offer the projects that the structure leads."""
        self.fields["project"] = forms.ModelChoiceField(
            led_by(self.structure),
            label=self.fields["project"].label,
            empty_label=_("Choisissez un projet"),
        )


def led_by(structure: Structure | None) -> models.QuerySet:
    """The projects that the structure leads."""
    parts = Participation.objects.filter(
        structure=structure, role=Participation.Role.LEAD
    )
    return Project.objects.filter(pk__in=parts.values("project")).by_title()


class ParticipationForm(OfAProjectForm):
    """Who takes part in a project that the structure leads."""

    class Meta(MemberForm.Meta):
        model = Participation
        fields = ("project", "role", "structure", "funder", "name", "amount")

    def limit(self) -> None:
        """Accept the structure that is there already, published or not.

        Who leads a project is not for one member to give.
        """
        super().limit()
        role: Any = self.fields["role"]
        role.choices = [
            one for one in role.choices if one[0] != Participation.Role.LEAD
        ]
        offered: Any = self.fields["structure"]
        offered.queryset |= Structure.objects.filter(pk=self.instance.structure_id)


class LocalityForm(OfAProjectForm):
    """A place of a project that the structure leads."""

    class Meta(MemberForm.Meta):
        model = Locality
        fields = ("project", "name", "country", "latitude", "longitude")


class PictureForm(OfAProjectForm):
    """A picture of a project that the structure leads."""

    class Meta(MemberForm.Meta):
        model = ProjectImage
        fields = ("project", "image", "alternative", "credit", "position")


POST = ("title", "summary", "body", "image", "image_alt", "image_credit", "source_url")
SUBJECTS = ("countries", "sectors", "goals")


class ArticleForm(MemberForm):
    """A piece of news of the structure."""

    class Meta(MemberForm.Meta):
        model = Article
        fields = (*POST, *SUBJECTS)


class EventForm(MemberForm):
    """An event of the structure."""

    class Meta(MemberForm.Meta):
        model = Event
        fields = (
            *("title", "starts_at", "ends_at", "is_all_day", "place", "address"),
            *("commune", "online_url", "registration_url"),
            *POST[1:],
            *SUBJECTS,
        )


class OfferForm(MemberForm):
    """An offer of the structure."""

    given = ("structure", "name")

    class Meta(MemberForm.Meta):
        model = Offer
        fields = (
            *("title", "kind", "place", "commune", "closes_on", "apply_url"),
            *POST[1:],
            *SUBJECTS,
        )
