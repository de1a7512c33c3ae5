"""The values that the living page gives to the components: invented, never read."""

from __future__ import annotations

from types import SimpleNamespace

from django import forms
from django.core.paginator import Page, Paginator

from directory.glance import Counted
from directory.listings import Chip
from directory.parameters import Answer, Option, Value
from directory.suggestions import Group, Suggestion

ACTORS = "/annuaire/"
COUNTED = [
    Counted("Mali", 24, "/annuaire/?pays=ML"),
    Counted("République démocratique du Congo", 7, "/annuaire/?pays=CD"),
    Counted("Vanuatu", 1, "/annuaire/?pays=VU"),
]
CHIPS = [
    Chip("Pays d’intervention", "Mali", "secteur=education"),
    Chip("Secteur d’intervention", "Éducation", "pays=ML"),
]
NOTICES = [
    "« ZZ » n’est pas un pays connu : ce filtre est ignoré.",
    "La page 9 n’existe pas : voici la page 2.",
]
SUGGESTED = [
    Group(
        "Acteurs",
        [Suggestion("Les Amis du fleuve (ADF)", ACTORS, detail="Aix-en-Provence (13)")],
    ),
    Group("Pays", [Suggestion("Mali", "/annuaire/?pays=ML", value="ML", count=24)]),
    Group("Valeurs à choisir", [Suggestion("Sénégal", value="SN", count=1)]),
]


class SampleForm(forms.Form):
    """A form with a field that explains itself."""

    name = forms.CharField(label="Nom de la structure")
    siren = forms.RegexField(
        r"^\d{9}$",
        label="SIREN",
        help_text="Neuf chiffres, sans espace.",
        error_messages={"invalid": "Un SIREN a neuf chiffres."},
    )


def sample_facet(name: str, label: str, *, few: bool) -> SimpleNamespace:
    """A facet of three values: open with one chosen, or long and closed."""
    values = [Value(row.label.lower(), row.label) for row in COUNTED]
    return SimpleNamespace(
        name=name,
        label=label,
        is_open=few,
        is_long=not few,
        answer=Answer(tuple(values[:1]) if few else ()),
        options=[Option(v, few and v is values[0], 0) for v in values],
    )


def sample_page(number: int) -> Page:
    """A page of ten."""
    return Paginator(range(240), 24).page(number)
