"""What members edit: one entry for each kind of row, and all else follows from it.

An `Editable` says which form its rows are edited with, in which groups of fields, and
which rows are a structure's. Pages, drafts, diffs, reviews and their application read
the form: a field added to it is covered here and everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.models import (
    Locality,
    ProjectImage,
    Structure,
)
from members.proposals.member_forms import MemberForm, led_by
from members.proposals.wire import Value, Wire
from news.models import Article, Event, Offer

from . import belongings, member_forms, wire


@dataclass(frozen=True)
class Group:
    """Fields that are shown together, and published by one rule."""

    key: str
    title: Any
    fields: tuple[str, ...]


Making = Callable[[Any, Structure], Any]


def _nothing(_structure: Structure) -> dict[str, Any]:
    return {}


def _as_it_is(_row: Any, _structure: Structure) -> None:
    """A row that needs nothing more than its form."""


@dataclass(frozen=True)
class Editable:
    """A kind of row that members edit.

    `held` gives the rows of a structure, `given` the columns of a new one that the
    form does not show, `before` and `after` what a new row needs around its saving.
    """

    key: str
    label: Any
    plural: Any
    form: type[MemberForm]
    groups: tuple[Group, ...]
    held: Callable[[Structure], models.QuerySet]
    given: Callable[[Structure], dict[str, Any]] = _nothing
    before: Making = _as_it_is
    after: Making = _as_it_is
    may_add: bool = True
    may_change: bool = True
    may_remove: bool = False
    #: The words of the button that adds one, and the field that names a new row.
    adding: Any = field(default="")
    named_by: str = "title"

    @property
    def model(self) -> type[models.Model]:
        """The table of the rows."""
        return self.form._meta.model

    def blank(self, structure: Structure | None) -> Any:
        """A new row of the structure, not saved."""
        given = self.given(structure) if structure is not None else {}
        return self.model(**given)

    def unbound(
        self, row: Any, structure: Structure | None, prefix: str | None = None
    ) -> MemberForm:
        """The form of a row as it is."""
        return self.form(instance=row, structure=structure, prefix=prefix)

    def now(self, row: Any, structure: Structure | None) -> Wire:
        """What the row holds, as the form would post it."""
        return wire.shown_by(self.unbound(row, structure))

    def name_of(self, values: Mapping[str, Value]) -> str:
        """How a row to come is called, as far as it is typed."""
        typed = " ".join(values.get(self.named_by, [])).strip()
        return typed or str(self.label)

    def bound(
        self,
        row: Any,
        structure: Structure | None,
        values: Mapping[str, Value],
        files: Mapping[str, Any] | None = None,
    ) -> MemberForm:
        """The form of a row in which these values are posted.

        `files` are the files sent, by field. A field of files left out keeps the file
        of the row, and one whose value is empty gives it up.
        """
        form = self.unbound(row, structure)
        data = wire.posted(form, values)
        sent = {form.add_prefix(name): file for name, file in (files or {}).items()}
        for name, one in form.fields.items():
            if wire.is_file(one) and values.get(name) == [] and name not in sent:
                clear: Any = getattr(one.widget, "clear_checkbox_name", None)
                if clear and not one.required:
                    data.setlist(clear(form.add_prefix(name)), ["on"])
        return self.form(data, sent, instance=row, structure=structure)

    def sections(self, form: forms.BaseForm) -> Iterator[Group]:
        """The groups of the fields of a form; fields of no group come last."""
        left = dict.fromkeys(form.fields)
        for group in self.groups:
            names = tuple(name for name in group.fields if name in left)
            for name in names:
                del left[name]
            if names:
                yield Group(group.key, group.title, names)
        if left:
            yield Group(OTHERS, _("Autres informations"), tuple(left))

    def group_of(self, name: str) -> str:
        """The key of the group of a field."""
        return next((g.key for g in self.groups if name in g.fields), OTHERS)

    def rule(self, group: str) -> str:
        """The name of the rule by which a group of fields is published."""
        return f"{self.key}.{group}"


OTHERS = "autres"


def get(key: str) -> Editable | None:
    """The kind of rows of this key, if the site still has it."""
    return REGISTRY.get(key)


def rules() -> Iterator[tuple[str, str]]:
    """The name of each rule of publication, and what it is about in words."""
    for editable in REGISTRY.values():
        groups = [*editable.groups, Group(OTHERS, _("Autres informations"), ())]
        for group in groups:
            yield editable.rule(group.key), f"{editable.label} – {group.title}"


TEXT = Group(
    "texte",
    _("Texte et image"),
    ("summary", "body", "image", "image_alt", "image_credit", "source_url"),
)
SUBJECTS = Group("sujets", _("De quoi il s’agit"), ("countries", "sectors", "goals"))

EDITABLES = (
    Editable(
        "structure",
        _("Fiche"),
        _("Fiche"),
        member_forms.StructureForm,
        (
            Group(
                "identite",
                _("Identité"),
                (
                    *("name", "acronym", "other_names", "type", "founded_in"),
                    *("siren", "rna"),
                ),
            ),
            Group(
                "coordonnees",
                _("Coordonnées"),
                (
                    *("address", "postcode", "city", "commune"),
                    *("website", "email", "phone", "social_links"),
                ),
            ),
            Group("intervention", _("Intervention"), ("countries", "sectors", "goals")),
            Group(
                "presentation",
                _("Présentation"),
                ("description", "logo", "logo_alt"),
            ),
        ),
        held=belongings.none(Structure),  # it has a page of its own
        may_add=False,
    ),
    Editable(
        "contact",
        _("Contact"),
        _("Contacts"),
        member_forms.ContactForm,
        (
            Group(
                "personne",
                _("Personne"),
                ("honorific", "first_name", "last_name", "role", "is_representative"),
            ),
            Group("prive", _("Coordonnées privées"), ("email", "phone")),
        ),
        held=lambda structure: structure.contacts.all(),
        given=belongings.own,
        may_remove=True,
        adding=_("Ajouter un contact"),
        named_by="last_name",
    ),
    Editable(
        "projet",
        _("Projet"),
        _("Projets"),
        member_forms.ProjectForm,
        (
            Group("identite", _("Identité"), ("title", "kind", "status", "summary")),
            Group(
                "calendrier",
                _("Calendrier"),
                (
                    *("planned_start_on", "planned_end_on", "actual_start_on"),
                    *("actual_end_on", "date_precision"),
                ),
            ),
            Group("intervention", _("Intervention"), ("countries", "sectors", "goals")),
            Group(
                "presentation",
                _("Présentation"),
                ("description", "beneficiaries", "beneficiary_count", "links"),
            ),
            Group("budget", _("Budget"), ("budget", "currency", "budget_is_public")),
        ),
        held=led_by,
        before=belongings.published,
        after=belongings.led,
        adding=_("Ajouter un projet"),
    ),
    Editable(
        "participation",
        _("Participation à un projet"),
        _("Partenaires des projets"),
        member_forms.ParticipationForm,
        (
            Group(
                "participation",
                _("Participation"),
                ("project", "role", "structure", "funder", "name", "amount"),
            ),
        ),
        held=belongings.parts,
        may_remove=True,
        adding=_("Ajouter un partenaire"),
        named_by="name",
    ),
    Editable(
        "localite",
        _("Localité"),
        _("Localités des projets"),
        member_forms.LocalityForm,
        (
            Group(
                "lieu",
                _("Lieu"),
                ("project", "name", "country", "latitude", "longitude"),
            ),
        ),
        held=belongings.of_led_projects(Locality),
        may_remove=True,
        adding=_("Ajouter une localité"),
        named_by="name",
    ),
    Editable(
        "image",
        _("Image"),
        _("Images des projets"),
        member_forms.PictureForm,
        (
            Group(
                "image",
                _("Image"),
                ("project", "image", "alternative", "credit", "position"),
            ),
        ),
        held=belongings.of_led_projects(ProjectImage),
        may_remove=True,
        adding=_("Ajouter une image"),
        named_by="alternative",
    ),
    Editable(
        "actualite",
        _("Actualité"),
        _("Actualités"),
        member_forms.ArticleForm,
        (Group("titre", _("Titre"), ("title",)), TEXT, SUBJECTS),
        held=belongings.none(Article),
        before=belongings.published,
        after=belongings.about,
        may_change=False,
        adding=_("Proposer une actualité"),
    ),
    Editable(
        "evenement",
        _("Événement"),
        _("Événements"),
        member_forms.EventForm,
        (
            Group(
                "date",
                _("Quoi, quand, où"),
                (
                    *("title", "starts_at", "ends_at", "is_all_day", "place"),
                    *("address", "commune", "online_url", "registration_url"),
                ),
            ),
            TEXT,
            SUBJECTS,
        ),
        held=belongings.none(Event),
        before=belongings.published,
        after=belongings.organised,
        may_change=False,
        adding=_("Proposer un événement"),
    ),
    Editable(
        "offre",
        _("Offre"),
        _("Offres"),
        member_forms.OfferForm,
        (
            Group(
                "offre",
                _("Quoi, où, jusqu’à quand"),
                ("title", "kind", "place", "commune", "closes_on", "apply_url"),
            ),
            TEXT,
            SUBJECTS,
        ),
        held=belongings.none(Offer),
        given=belongings.own,
        before=belongings.published,
        after=belongings.about,
        may_change=False,
        adding=_("Proposer une offre"),
    ),
)
REGISTRY: dict[str, Editable] = {one.key: one for one in EDITABLES}
