"""The team of a structure: who answers for it, as its owners manage it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from directory.models import Structure
from members.models import Invitation, Membership, held_by
from members.teams.forms import NOT_OWNER, InviteForm, PickForm, RoleForm

from . import invitations, memberships


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def team(request: HttpRequest, slug: str) -> HttpResponse:
    """The people of the structure; its owners invite from here."""
    structure = get_object_or_404(held_by(request.user), slug=slug)
    mine = structure.memberships.get(user=request.user)
    if request.method == "POST" and not mine.is_owner:
        raise Http404
    form = InviteForm(request.POST or None)
    if form.is_valid() and form.invite(structure=structure, by=request.user):
        told = _("Invitation envoyée à %s.") % form.cleaned_data["email"]
        messages.success(request, told)
        return redirect("members:team", slug)
    context = {
        "structure": structure,
        "mine": mine,
        "people": structure.memberships.for_team(),
        "waiting": Invitation.objects.pending()
        .filter(structure=structure)
        .order_by("sent_at", "pk"),
        "form": form,
    }
    return render(request, "members/team.html", context)


Verb = Callable[[HttpRequest, Structure, Membership], Any]


def _verb(do: Verb) -> Callable[[HttpRequest, str], HttpResponse]:
    """A form of the team's page: does it, then says what was done or why not."""

    @require_POST
    @login_required
    @wraps(do)
    def view(request: HttpRequest, slug: str) -> HttpResponse:
        structure = get_object_or_404(held_by(request.user), slug=slug)
        mine = structure.memberships.get(user=request.user)
        try:
            messages.success(request, do(request, structure, mine))
        except memberships.LastOwner:
            told = _(
                "«\u00a0%s\u00a0» n’aurait plus de propriétaire\u00a0: nommez-en"
                " d’abord un autre, ou transmettez-lui votre rôle."
            )
            messages.error(request, told % structure)
        except memberships.NotOwner:
            messages.error(request, NOT_OWNER)
        except Membership.DoesNotExist:
            messages.error(request, _("Cette personne n’est plus dans l’équipe."))
        except Invitation.DoesNotExist:
            messages.error(request, _("Cette invitation n’est plus en attente."))
        except invitations.TooSoon:
            told = _("Cette invitation vient de partir\u00a0: attendez dix minutes.")
            messages.error(request, told)
        if structure.memberships.filter(user=request.user).exists():
            return redirect("members:team", slug)
        return redirect("members:space")

    return view


@_verb
def change_role(request: HttpRequest, structure: Structure, mine: Membership) -> str:
    """Make a person of the team owner or editor."""
    _owner(mine)
    form = RoleForm(structure.memberships.all(), request.POST)
    if not form.is_valid():
        raise Membership.DoesNotExist
    role = form.cleaned_data["role"]
    memberships.change_role(membership=form.picked, role=role, by=mine.user)
    told = _("%(person)s a maintenant le rôle «\u00a0%(role)s\u00a0».")
    label = Membership.Role(role).label
    return told % {"person": str(form.picked.user), "role": label}


@_verb
def remove(request: HttpRequest, structure: Structure, mine: Membership) -> str:
    """Take a person out of the team, or leave it."""
    form = PickForm(structure.memberships.all(), request.POST)
    if not form.is_valid():
        raise Membership.DoesNotExist
    if form.picked == mine:
        memberships.remove(membership=mine, by=mine.user)
        told = _("Vous ne tenez plus la fiche de «\u00a0%s\u00a0».")
        return told % str(structure)
    _owner(mine)
    memberships.remove(membership=form.picked, by=mine.user)
    told = _("%s n’est plus dans l’équipe.")
    return told % str(form.picked.user)


@_verb
def hand_over(request: HttpRequest, structure: Structure, mine: Membership) -> str:
    """Give one's own place of owner to another person of the team."""
    _owner(mine)
    form = PickForm(structure.memberships.all(), request.POST)
    if not form.is_valid():
        raise Membership.DoesNotExist
    memberships.hand_over(membership=mine, to=form.picked)
    told = _("%s est maintenant propriétaire à votre place\u00a0; vous êtes éditeur.")
    return told % str(form.picked.user)


@_verb
def renew_invitation(
    request: HttpRequest, structure: Structure, mine: Membership
) -> str:
    """Send an invitation again, with a new link."""
    invitation = _invitation(request, structure, mine)
    invitations.renew(invitation=invitation, by=mine.user)
    return _("Nouveau lien envoyé à %s.") % invitation.email


@_verb
def cancel_invitation(
    request: HttpRequest, structure: Structure, mine: Membership
) -> str:
    """Take an invitation back."""
    invitation = _invitation(request, structure, mine)
    invitations.cancel(invitation=invitation, by=mine.user)
    return _("Invitation de %s annulée.") % invitation.email


def _owner(mine: Membership) -> None:
    """Hide from editors what only owners do."""
    if not mine.is_owner:
        raise Http404


def _invitation(
    request: HttpRequest, structure: Structure, mine: Membership
) -> Invitation:
    _owner(mine)
    rows = Invitation.objects.pending().filter(structure=structure)
    form = PickForm(rows, request.POST)
    if not form.is_valid():
        raise Invitation.DoesNotExist
    return form.picked  # type: ignore[no-any-return]
