"""What a structure's page does not say yet, and what saying it would bring."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from directory.models import Structure


@dataclass(frozen=True)
class Need:
    """A fact that a page may lack. `field` is where it is written."""

    field: str
    #: What to do.
    ask: Any
    #: What it brings.
    brings: Any
    is_missing: Callable[[Structure], bool]


def _lacks(field: str) -> Callable[[Structure], bool]:
    return lambda structure: not getattr(structure, field)


def _lacks_any(field: str) -> Callable[[Structure], bool]:
    return lambda structure: not getattr(structure, field).all()


#: The most useful first.
NEEDS = (
    Need(
        "description",
        _("Présentez la structure"),
        _("la recherche la trouve par chaque mot de son texte"),
        _lacks("description"),
    ),
    Need(
        "countries",
        _("Nommez vos pays d’intervention"),
        _("vous apparaissez sur la page de chacun et dans les filtres"),
        _lacks_any("countries"),
    ),
    Need(
        "sectors",
        _("Nommez vos secteurs"),
        _("les appels à projets qui vous correspondent vous sont signalés"),
        _lacks_any("sectors"),
    ),
    Need(
        "email",
        _("Donnez une adresse électronique publique"),
        _("un partenaire peut vous écrire"),
        _lacks("email"),
    ),
    Need(
        "logo",
        _("Ajoutez un logo"),
        _("on vous reconnaît au premier regard"),
        _lacks("logo"),
    ),
    Need(
        "type",
        _("Indiquez le type de structure"),
        _("les appels réservés à certains types vous sont signalés"),
        _lacks("type_id"),
    ),
    Need(
        "goals",
        _("Choisissez vos objectifs de développement durable"),
        _("vous apparaissez sur la page de chacun"),
        _lacks_any("goals"),
    ),
    Need(
        "website",
        _("Donnez l’adresse de votre site"),
        _("on en apprend plus en un clic"),
        _lacks("website"),
    ),
    Need(
        "address",
        _("Situez la structure"),
        _("elle paraît sur la carte et dans le filtre de son département"),
        lambda structure: structure.latitude is None,
    ),
)


def missing(structure: Structure) -> list[Need]:
    """What this structure, loaded by `for_page`, lacks; the most useful first."""
    return [need for need in NEEDS if need.is_missing(structure)]
