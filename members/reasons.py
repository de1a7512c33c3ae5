"""Why people write in the register: what the history says of the verbs of members."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from directory.history.traces import Reason, add_reason


def register() -> None:
    """Let the history tell them."""
    for key, reason in REASONS.items():
        add_reason(key, reason)


def _proposal(told: Mapping[str, Any]) -> str:
    return reverse("admin:members_proposal_change", args=[told["proposal"]])


REASONS = {
    "proposition": Reason(_("proposition acceptée"), _proposal),
    "proposition-aussitot": Reason(_("proposition publiée aussitôt"), _proposal),
    "proposition-annulee": Reason(_("publication annulée à la relecture"), _proposal),
    "verification": Reason(_("fiche confirmée")),
    "silence": Reason(_("sans réponse aux demandes de vérification")),
    "suggestion": Reason(_("suggestion acceptée")),
    "accord": Reason(_("accord pour être nommé, donné par la personne")),
    "accord-retire": Reason(_("accord retiré par la personne")),
    "effacement": Reason(_("effacement demandé par la personne")),
}
