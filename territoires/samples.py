"""The values that the living page gives to the components: invented, never read."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.utils.text import slugify

from directory.glance import Counted
from directory.keeping.pieces import Mould, joined
from directory.listings.elsewhere import Way
from directory.listings.following import File
from directory.listings.panels import OPTION
from directory.listings.parameters import Value
from directory.listings.results import Loosened
from directory.listings.selections import Chip, Sort
from directory.neighbours import Neighbour
from directory.subject_pages.country_map import CountryMap, MapPlace, Mention
from directory.suggestions import Group, Suggestion

ACTORS = "/annuaire/"
COUNTED = [
    Counted("Mali", 24, "/annuaire/?pays=ML"),
    Counted("République démocratique du Congo", 7, "/annuaire/?pays=CD"),
    Counted("Vanuatu", 1, "/annuaire/?pays=VU"),
]
CHIPS = [
    Chip("pays", "Pays d’intervention", Value("ML", "Mali"), "secteur=education"),
    Chip("secteur", "Secteur d’intervention", Value("education", "Éducation"), ""),
]
LOOSENED = [Loosened(CHIPS[0], 12), Loosened(CHIPS[1], 1)]
ORDERS = [
    Sort("Nom", is_chosen=True, query=""),
    Sort("Vérifié récemment", is_chosen=False, query="tri=x"),
]
DISPLAYS = [
    Sort("Liste", is_chosen=False, query=""),
    Sort("Tableau", is_chosen=False, query="vue=tableau"),
    Sort("Carte", is_chosen=True, query="vue=carte"),
]
WAYS = [
    Way("Sur la carte de la région", "/carte/?pays=ML"),
    Way("Mali\u00a0: acteurs, projets et actualités", "/pays/mali/"),
]
FOLLOWED = [
    File(
        "Flux Atom",
        "/annuaire/flux.atom?pays=ML",
        "application/atom+xml",
        is_calendar=False,
    ),
    File(
        "Fichier iCalendar",
        "/agenda/agenda.ics?pays=ML",
        "text/calendar",
        is_calendar=True,
    ),
]
NOTICES = [
    "«\u00a0ZZ\u00a0» n’est pas un pays connu\u00a0: ce filtre est ignoré.",
    "La page 9 n’existe pas\u00a0: voici la page 2.",
]
SUGGESTED = [
    Group(
        "Acteurs",
        [Suggestion("Les Amis du fleuve (ADF)", ACTORS, detail="Aix-en-Provence (13)")],
    ),
    Group("Pays", [Suggestion("Mali", "/annuaire/?pays=ML", value="ML", count=24)]),
    Group("Valeurs à choisir", [Suggestion("Sénégal", value="SN", count=1)]),
]
NEIGHBOURS = [
    Neighbour(
        "Les Amis du fleuve", ACTORS, "Mali · Éducation", "Marseille", is_member=True
    ),
    Neighbour("Un pont vers Mopti", ACTORS, "Mali · ODD 4"),
]
PLACES = CountryMap(
    "Pays carré",
    (
        MapPlace("Un village", (), 1, 200, 120, 200, 120),
        MapPlace(
            "Une ville",
            (Mention("Un projet", "/projets/"), Mention("Un autre", "/projets/")),
            number=2,
            x=215,
            y=130,
            mark_x=254,
            mark_y=130,
        ),
        MapPlace("Ailleurs"),
    ),
    view_box="0 0 600 260",
    path="M100 20l400 0 0 220-400 0z",
    transform="scale(1)",
)


class SampleForm(forms.Form):
    """A form with a field that explains itself."""

    name = forms.CharField(label="Nom de la structure")
    siren = forms.RegexField(
        r"^\d{9}$",
        label="SIREN",
        help_text="Neuf chiffres, sans espace.",
        error_messages={"invalid": "Un SIREN a neuf chiffres."},
    )
    goals = forms.MultipleChoiceField(
        label="Objectifs",
        choices=[("4", "Éducation"), ("6", "Eau")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    is_public = forms.BooleanField(label="Montants publics", required=False)


def sample_facet(name: str, label: str, *, few: bool) -> dict[str, Any]:
    """A facet of three values, one of them chosen, or the first ones of many."""
    values = [Value(slugify(row.label), row.label) for row in COUNTED]
    options = [
        Mould(
            OPTION,
            {"facet": name, "value": value, "is_chosen": few and value is values[0]},
            ["count", "spelled", "counted"],
        ).filled(count=row.count, spelled=row.count, counted=f"{row.count} acteurs")
        for value, row in zip(values, COUNTED, strict=True)
    ]
    return {
        "name": name,
        "label": label,
        "chosen": int(few),
        "total": len(values) if few else 87,
        "options": joined(options),
        "is_whole": few,
        "is_opened": False,
        "is_long": not few,
        "query": "",
    }


def sample_page(number: int) -> Page:
    """A page of ten."""
    return Paginator(range(240), 24).page(number)
