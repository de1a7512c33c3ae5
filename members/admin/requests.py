"""Requests to answer for a structure, decided in one click; invitations."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from directory.admin.base import RegisterAdmin
from directory.admin.forms import RowForm
from members.models import AccessRequest, Invitation, Membership
from members.teams import access_requests, invitations
from members.teams.forms import INVITE_REFUSALS

REFUSE = "refuser"


class UndecidedFirst(admin.SimpleListFilter):
    """Narrow the requests to a state; to those that wait, unless another is asked."""

    title = _("état")
    parameter_name = "etat"
    EVERY = "toutes"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        """Give the states that are not the first choice."""
        decided = [s for s in AccessRequest.State if s != AccessRequest.State.PENDING]
        return [(self.EVERY, _("Toutes")), *((s.value, s.label) for s in decided)]

    def choices(self, changelist: Any) -> Any:
        """Call the first choice by its name."""
        first, *others = super().choices(changelist)
        return [{**first, "display": AccessRequest.State.PENDING.label}, *others]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Keep the requests in the chosen state."""
        match self.value():
            case None:
                return queryset.pending()
            case self.EVERY:
                return queryset
        return queryset.filter(state=self.value())


@admin.register(AccessRequest)
class AccessRequestAdmin(RegisterAdmin):
    """« C’est ma structure »: the staff decide."""

    change_form_template = "admin/members/accessrequest/change_form.html"
    list_display = ("user", "structure", "hint", "created_at", "state")
    list_select_related = ("user", "structure")
    list_filter = (UndecidedFirst,)
    search_fields = ("user__email", "user__name", "structure__name")
    ordering = ("created_at", "pk")
    fields = (
        "user",
        "structure",
        "hint",
        "team",
        "reason",
        "created_at",
        "state",
        "answer",
        ("decided_at", "decided_by"),
    )
    readonly_fields = ("hint", "team")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Leave it to the people who ask."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Keep what was asked; deciding is another right."""
        return False

    def may_decide(self, request: HttpRequest) -> bool:
        """Whether the person may decide: to change requests, and give memberships."""
        return request.user.has_perms(
            ["members.change_accessrequest", "members.add_membership"]
        )

    def get_urls(self) -> list[URLPattern]:
        """Add the decision."""
        decide = self.admin_site.admin_view(self.decide)
        name = "members_accessrequest_decide"
        return [path("<int:pk>/decider/", decide, name=name), *super().get_urls()]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the request, with the buttons that decide while nobody has."""
        asked = self.get_object(request, object_id)
        shown = asked is not None and asked.is_pending and self.may_decide(request)
        context = {
            **(extra_context or {}),
            "undecided": asked if shown else None,
            "roles": Membership.Role.choices,
            "refuse": REFUSE,
        }
        return super().change_view(request, object_id, form_url, context)

    @method_decorator(require_POST)
    def decide(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Accept in a role, or refuse with a reason."""
        if not self.may_decide(request):
            raise PermissionDenied
        asked = get_object_or_404(AccessRequest, pk=pk)
        choice, answer = request.POST.get("decision"), request.POST.get("answer", "")
        page = reverse("admin:members_accessrequest_changelist")
        try:
            if choice in Membership.Role.values:
                access_requests.accept(
                    request=asked,
                    role=choice,
                    by=request.user,  # type: ignore[arg-type]
                )
                messages.success(
                    request, _("Demande acceptée\u00a0: un courriel part.")
                )
            elif choice == REFUSE and answer.strip():
                access_requests.refuse(
                    request=asked,
                    answer=answer,
                    by=request.user,  # type: ignore[arg-type]
                )
                messages.success(request, _("Demande refusée\u00a0: un courriel part."))
            else:
                messages.error(request, _("Dites pourquoi la demande est refusée."))
                page = reverse("admin:members_accessrequest_change", args=[pk])
        except access_requests.AlreadyDecided:
            messages.error(request, _("Quelqu’un vient de décider de cette demande."))
        return HttpResponseRedirect(page)

    @admin.display(description=_("indice"))
    def hint(self, asked: AccessRequest) -> Any:
        """Tell whether the person's address is of the structure's domain."""
        if domain := access_requests.matching_domain(asked):
            return _("Adresse du domaine de la structure (%s)") % domain
        return _("Aucun")

    @admin.display(description=_("équipe actuelle"))
    def team(self, asked: AccessRequest) -> Any:
        """Tell who answers for the structure today."""
        people = asked.structure.memberships.for_team()
        told = [f"{row.user} ({row.get_role_display().lower()})" for row in people]
        return ", ".join(told) or _("Personne")


class InvitationForm(RowForm):
    """A new invitation, refused on its address as on the page of a team."""

    def clean(self) -> dict[str, Any]:
        """Say why the address is not invited."""
        answers: dict[str, Any] = super().clean() or {}
        structure, email = answers.get("structure"), answers.get("email")
        if structure and email:
            try:
                invitations.check_invitable(structure=structure, email=email)
            except tuple(INVITE_REFUSALS) as refusal:
                self.add_error("email", INVITE_REFUSALS[type(refusal)])
        return answers

    def validate_constraints(self) -> None:
        """Let one that expired give way: `invite` cancels it."""


@admin.register(Invitation)
class InvitationAdmin(RegisterAdmin):
    """The invitations that were sent; the staff send some too."""

    form = InvitationForm
    list_display = (
        "email",
        "structure",
        "role",
        "invited_by",
        "expires_at",
        "accepted_at",
        "cancelled_at",
    )
    list_select_related = ("structure", "invited_by")
    list_filter = ("role",)
    search_fields = ("email", "structure__name")
    ordering = ("-sent_at", "pk")
    autocomplete_fields = ("structure",)
    fields = ("structure", "email", "role")
    actions = ("cancel",)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Keep what was sent; an invitation is cancelled, not changed."""
        return False

    def has_cancel_permission(self, request: HttpRequest) -> bool:
        """Whether the person may take invitations back."""
        return bool(request.user.has_perm("members.change_invitation"))

    def save_model(
        self,
        request: HttpRequest,
        obj: Invitation,
        form: Any,
        change: bool,  # noqa: FBT001 - Django's signature
    ) -> None:
        """Send the invitation, from the person of the staff who writes it."""
        sent = invitations.invite(
            structure=obj.structure,
            email=obj.email,
            role=obj.role,
            by=request.user,  # type: ignore[arg-type]
        )
        obj.pk = sent.pk

    def response_add(
        self,
        request: HttpRequest,
        obj: Invitation,
        post_url_continue: str | None = None,
    ) -> HttpResponse:
        """Say that a mail leaves, not that a row was added."""
        said = _("Un courriel d’invitation part à %s.") % obj.email
        self.message_user(request, said, messages.SUCCESS)
        if "_addanother" in request.POST:
            return HttpResponseRedirect(request.path)
        return self.response_post_save_add(request, obj)

    @admin.action(description=_("Annuler la sélection"), permissions=["cancel"])
    def cancel(self, request: HttpRequest, queryset: Any) -> None:
        """Make their links useless."""
        for invitation in queryset:
            invitations.cancel(
                invitation=invitation,
                by=request.user,  # type: ignore[arg-type]
            )
        messages.success(request, _("Invitations annulées."))
