"""Why a verb of `members.moderation` does nothing: each says it in French."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.models import Proposal
from members.models.proposals import OPEN
from members.proposals.applying import Plan
from members.proposals.authority import may_decide
from members.proposals.outcomes import ACCEPTED, AMENDED, RETURNED, Decision

#: What is told to the staff on what they wrote themselves.
OWN = gettext_lazy(
    "Vous avez écrit cette proposition\u00a0: une autre personne de l’équipe doit en"
    " décider."
)


class Impossible(Exception):
    """What was asked cannot be done to the proposal as it is now; says why."""

    def __init__(self, message: str, proposal: Proposal | None = None) -> None:
        """Take a French sentence, and the proposal as it is."""
        super().__init__(message)
        self.proposal = proposal


class NotYours(Impossible):
    """The proposal is somebody else's."""


class WrongState(Impossible):
    """The proposal is not in a state that allows it."""


class VersionConflict(Impossible):
    """Another page saved the draft meanwhile; `proposal` is what it saved."""


class NothingChanged(Impossible):
    """There is nothing to propose."""


class AlreadyDecided(Impossible):
    """Somebody else decided meanwhile, or its author took it back."""


class OwnProposal(Impossible):
    """Who would decide wrote it, and is not the only one who may."""


class Undecided(Impossible):
    """A field was neither accepted nor returned, or was returned without a reason."""


def require_all(
    proposal: Proposal,
    plan: Plan,
    decisions: Mapping[str, Decision],
    reason: str,
) -> None:
    """Refuse decisions that leave a field out, or return one without a word."""
    outcomes = {ACCEPTED, AMENDED, RETURNED}
    for name in plan.names:
        one = decisions.get(name)
        if one is None or one.outcome not in outcomes:
            raise Undecided(_("Décidez de chaque champ."), proposal)
        if one.outcome == RETURNED and not (one.reason.strip() or reason.strip()):
            message = _("Donnez le motif du renvoi\u00a0: l’auteur le lira.")
            raise Undecided(message, proposal)


def require_other_eyes(proposal: Proposal, by: Any) -> None:
    """Refuse that a person decides of what they wrote, when somebody else could."""
    if not may_decide(by, proposal):
        raise OwnProposal(str(OWN), proposal)


def why_too_late(proposal: Proposal) -> str:
    """Why nothing is left to decide."""
    if proposal.state in OPEN:
        return _(
            "L’auteur a repris sa proposition pendant que vous la lisiez\u00a0:"
            " relisez-la."
        )
    if proposal.moderator is None:
        return _("Cette proposition n’attend plus de décision.")
    return _("Déjà décidée par %(who)s\u00a0: rien n’a été enregistré.") % {
        "who": proposal.moderator
    }
