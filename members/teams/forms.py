"""The forms of teams and of requests."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.models import Structure
from members.models import Membership

from . import access_requests, invitations, memberships

LONGEST_REASON = 2000
#: What is told to who acts from a page opened when they still owned the structure.
NOT_OWNER = _("Vous n’êtes plus propriétaire de la fiche\u00a0: rien n’a été changé.")
#: Why an address is not invited -> what is said on the field.
INVITE_REFUSALS: dict[type[Exception], Any] = {
    memberships.NotOwner: NOT_OWNER,
    invitations.AlreadyMember: _("Cette personne est déjà dans l’équipe."),
    invitations.AlreadyInvited: _(
        "Cette adresse est déjà invitée\u00a0: vous pouvez renvoyer l’invitation."
    ),
    invitations.TooSoon: _(
        "Cette adresse vient de recevoir une invitation\u00a0: attendez dix minutes."
    ),
    invitations.TooMany: _(
        "Vingt invitations attendent déjà\u00a0: annulez-en d’abord."
    ),
}


class PickForm(forms.Form):
    """Which row of a team a button is about."""

    row: forms.ModelChoiceField = forms.ModelChoiceField(queryset=None)

    def __init__(self, rows: models.QuerySet, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["row"]
        field.queryset = rows  # type: ignore[attr-defined]

    @property
    def picked(self) -> Any:
        """The row, once the form is valid."""
        return self.cleaned_data["row"]


class RoleForm(PickForm):
    """Which role a person of the team is given."""

    role = forms.ChoiceField(choices=Membership.Role.choices)


class InviteForm(forms.Form):
    """Whom to invite, and to what."""

    email = forms.EmailField(
        label=_("Son adresse électronique"),
        max_length=254,
        validators=[
            RegexValidator("^[!-~]+@", _("Avant l’arobase, ni accent ni espace."))
        ],
    )
    role = forms.ChoiceField(
        label=_("Son rôle"),
        choices=Membership.Role.choices,
        initial=Membership.Role.EDITOR,
        help_text=_(
            "Un éditeur tient la fiche à jour\u00a0; un propriétaire gère aussi"
            " l’équipe."
        ),
    )

    def invite(self, *, structure: Structure, by: Any) -> bool:
        """Send the invitation, or say on the field why not; give whether it left."""
        try:
            invitations.invite(structure=structure, by=by, **self.cleaned_data)
        except tuple(INVITE_REFUSALS) as refusal:
            self.add_error("email", INVITE_REFUSALS[type(refusal)])
            return False
        return True


class AccessRequestForm(forms.Form):
    """Why a person asks to answer for a structure."""

    reason = forms.CharField(
        label=_("Votre fonction dans la structure"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "Ce que vous y faites, et qui peut le confirmer\u00a0: l’équipe du réseau"
            " seule le lit."
        ),
    )

    def ask(self, *, structure: Structure, user: Any) -> bool:
        """Send the request, or say why not, what was typed kept; give whether it left.

        A person who has joined the team meanwhile, or asked in another window, is told.
        """
        refusals: dict[type[Exception], Any] = {
            access_requests.AlreadyMember: _("Vous tenez déjà cette fiche."),
            access_requests.AlreadyAsked: _("Votre demande était déjà enregistrée."),
            access_requests.TooMany: _(
                "Cinq de vos demandes attendent déjà\u00a0: l’équipe du réseau va"
                " vous répondre."
            ),
        }
        reason = self.cleaned_data["reason"]
        try:
            access_requests.ask(user=user, structure=structure, reason=reason)
        except tuple(refusals) as refusal:
            self.add_error(None, refusals[type(refusal)])
            return False
        return True
