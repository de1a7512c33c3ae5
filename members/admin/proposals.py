"""The staff's pages of proposals: the queue, the review, the rules."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from directory.admin.base import ChildAdmin, RegisterAdmin
from directory.admin.forms import RowForm
from members import moderation
from members.models import Proposal, ProposalFile, ReviewPolicy, State
from members.proposals import applying, changes, editables, refusals, reviewing
from members.proposals.authority import may_decide
from members.proposals.proposal_pages import lines as told_lines

AGES = (("7", _("Plus d’une semaine")), ("30", _("Plus d’un mois")))


class QueueFilter(admin.SimpleListFilter):
    """What waits for the staff, unless something else is asked."""

    title = _("état")
    parameter_name = "etat"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [
            ("a-relire", _("Publiée, à relire")),
            *[choice for choice in State.choices if choice[0] != State.DRAFT],
            ("toutes", _("Toutes")),
        ]

    def choices(self, changelist: Any) -> Any:
        """Call the first choice by its name: it is no « all »."""
        first, *others = super().choices(changelist)
        yield {**first, "display": _("En attente de l’équipe")}
        yield from others

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "toutes":
            return queryset
        if self.value() == "a-relire":
            return queryset.to_reread()
        if self.value() in State.values:
            return queryset.filter(state=self.value())
        return queryset.filter(state=State.SUBMITTED) | queryset.to_reread()


class AgeFilter(admin.SimpleListFilter):
    """Since when it waits."""

    title = _("ancienneté")
    parameter_name = "age"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return AGES

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() not in dict(AGES):
            return queryset
        age = datetime.timedelta(days=int(self.value() or 0))
        return queryset.filter(submitted_at__lt=timezone.now() - age)


@admin.register(Proposal)
class ProposalAdmin(RegisterAdmin):
    """What members propose: read, then accepted, amended or returned."""

    list_display = (
        "subject",
        "structure_name",
        "author",
        "shown_state",
        "submitted_at",
    )
    list_select_related = ("author",)
    list_filter = (QueueFilter, AgeFilter, "kind")
    search_fields = ("label", "structure_name", "author__email", "author__name")
    search_help_text = _("Structure, fiche ou auteur.")
    ordering = ("submitted_at", "pk")
    show_full_result_count = False
    actions = None

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """Leave drafts to their authors, but for what is in public already."""
        rows = super().get_queryset(request)
        sent: models.QuerySet = rows.exclude(state=State.DRAFT, at_once=[])
        return sent

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Members propose, not the staff."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing typed is lost."""
        return False

    @admin.display(description=_("proposition"))
    def subject(self, proposal: Proposal) -> str:
        """Tell what would be done to what."""
        return str(proposal)

    @admin.display(description=_("état"), ordering="state")
    def shown_state(self, proposal: Proposal) -> str:
        """Tell the state, and what is in public before anybody read it."""
        state = proposal.get_state_display()
        if not proposal.is_to_reread:
            return state
        return _now("%(state)s, à relire") % {"state": state}

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the review of a proposal, and do what was decided there."""
        key = self.model._meta.pk.to_python(object_id)
        people = ("author", "moderator", "structure__commune")
        rows = self.get_queryset(request).select_related(*people)
        proposal = get_object_or_404(rows, pk=key)
        if not self.has_view_or_change_permission(request, proposal):
            raise PermissionDenied
        if request.method == "POST":
            if not self.has_change_permission(request, proposal):
                raise PermissionDenied
            return self._decided(request, proposal)
        return self._shown(request, self._followed(proposal))

    @staticmethod
    def _followed(proposal: Proposal) -> Proposal:
        merged = proposal.structure is None or proposal.structure.merged_into_id
        if proposal.is_submitted and merged:
            return moderation.follow(proposal=proposal)
        return proposal

    def _shown(
        self,
        request: HttpRequest,
        proposal: Proposal,
        review: reviewing.Review | None = None,
        reason: str = "",
    ) -> HttpResponse:
        if review is None and proposal.is_submitted:
            review = reviewing.read(proposal)
            if review is None:  # the row is gone
                proposal = moderation.follow(proposal=proposal)
        may_change = self.has_change_permission(request, proposal)
        is_own = may_change and not may_decide(request.user, proposal)
        context = {
            **self.admin_site.each_context(request),
            "title": str(proposal),
            "opts": self.model._meta,
            "proposal": proposal,
            "review": review,
            "told": [] if review else told_lines(proposal),
            "may_decide": may_change and not is_own,
            "why_not": refusals.OWN if is_own else "",
            "reason": reason,
            "target_address": self._address_of(proposal),
            "media": self.media + (review.form.media if review else forms.Media()),
        }
        template = "admin/members/proposal/review.html"
        return TemplateResponse(request, template, context)

    @staticmethod
    def _address_of(proposal: Proposal) -> str:
        editable = changes.editable_of(proposal)
        if editable is None or proposal.target_id is None:
            return ""
        meta = editable.model._meta
        name = f"admin:{meta.app_label}_{meta.model_name}_change"
        return reverse(name, args=[proposal.target_id])

    def _decided(self, request: HttpRequest, proposal: Proposal) -> HttpResponse:
        reason = request.POST.get("reason", "")
        try:
            if "_undo" in request.POST:
                moderation.undo(proposal=proposal, by=request.user, reason=reason)
            elif "_reread" in request.POST:
                moderation.reread(proposal=proposal, by=request.user)
            else:
                return self._reviewed(request, proposal, reason)
        except refusals.Impossible as error:
            self.message_user(request, str(error), messages.ERROR)
        except applying.Refused as error:
            for words in error.form.non_field_errors():
                self.message_user(request, str(words), messages.ERROR)
        else:
            self.message_user(request, _now("C’est noté."), messages.SUCCESS)
        return redirect(request.get_full_path())

    def _reviewed(
        self, request: HttpRequest, proposal: Proposal, reason: str
    ) -> HttpResponse:
        review = reviewing.read(proposal) if proposal.is_submitted else None
        said = (
            reviewing.decisions(review, request.POST, request.FILES) if review else {}
        )
        version = request.POST.get("_version", "")
        try:
            done = moderation.decide(
                proposal=proposal,
                by=request.user,
                version=int(version) if version.isdigit() else 0,
                decisions=said,
                reason=reason,
            )
        except refusals.AlreadyDecided as error:
            self.message_user(request, str(error), messages.ERROR)
            return redirect(request.get_full_path())
        except (refusals.Undecided, applying.Refused) as error:
            return self._corrected(request, review, said, error)
        sentence = _now("%(state)s\u00a0: l’auteur le verra dans son espace.")
        told = sentence % {"state": done.get_state_display()}
        self.message_user(request, told, messages.SUCCESS)
        return redirect("admin:members_proposal_changelist")

    def _corrected(
        self, request: HttpRequest, review: Any, said: Any, error: Exception
    ) -> HttpResponse:
        reviewing.retyped(review, said)
        if isinstance(error, applying.Refused):
            reviewing.blame(review, error.form)
        else:
            review.errors.append(str(error))
        reason = request.POST.get("reason", "")
        return self._shown(request, review.proposal, review, reason)


@admin.register(ProposalFile)
class ProposalFileAdmin(ChildAdmin):
    """The files that wait with proposals; read on the page of the proposal."""

    list_display = ("name", "proposal", "field", "sent_at")
    list_select_related = ("proposal",)
    search_fields = ("name", "proposal__label", "proposal__structure_name")
    ordering = ("-sent_at", "pk")
    show_full_result_count = False
    fields = ("name", "field", "sent_at")
    readonly_fields = ("name", "field", "sent_at")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Members send files, not the staff."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A file is what was sent, and is decided of with its proposal."""
        return False


class ReviewPolicyForm(RowForm):
    """A rule, for a group of fields that the site knows."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "group" in self.fields:
            self.fields["group"] = forms.ChoiceField(
                label=self.fields["group"].label, choices=[*editables.rules()]
            )


@admin.register(ReviewPolicy)
class ReviewPolicyAdmin(RegisterAdmin):
    """When changes are published: without a rule, once they are read."""

    form = ReviewPolicyForm
    list_display = ("about", "mode")
    search_fields = ("group",)
    ordering = ("group",)
    fixed_fields = ("group",)

    @admin.display(description=_("groupe de champs"), ordering="group")
    def about(self, policy: ReviewPolicy) -> str:
        """Name the group in words."""
        return dict(editables.rules()).get(policy.group, policy.group)
