"""What members propose for published records, and what became of it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any, Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from directory.models import Structure
from directory.models.files import GoesWithItsRow


class State(models.TextChoices):
    """Where a proposal is in its life. Only `members.moderation` changes it."""

    DRAFT = "brouillon", _("Brouillon")
    SUBMITTED = "soumise", _("À valider")
    ACCEPTED = "acceptee", _("Acceptée")
    PARTLY = "acceptee-en-partie", _("Acceptée en partie")
    RETURNED = "renvoyee", _("Renvoyée")
    WITHDRAWN = "retiree", _("Retirée")
    OVERTAKEN = "depassee", _("Dépassée")


#: What may still become of the public page.
OPEN = (State.DRAFT, State.SUBMITTED)
#: What a person decided.
DECIDED = (State.ACCEPTED, State.PARTLY, State.RETURNED)
#: What its author may take up again.
RESUMABLE = (State.SUBMITTED, State.PARTLY, State.RETURNED, State.WITHDRAWN)
#: What its author may take back.
WITHDRAWABLE = (State.DRAFT, State.SUBMITTED, State.RETURNED)


class ProposalQuerySet(models.QuerySet):
    """Every question asked of the proposals table."""

    def visible_to(self, user: Any) -> Self:
        """Keep one's own, and those of the structures that one answers for.

        A draft is its author's alone. The staff who review read all that was sent.
        """
        if not user.is_authenticated:
            return self.none()
        mine = models.Q(author=user)
        sent = ~models.Q(state=State.DRAFT)
        if user.has_perm("members.view_proposal"):
            return self.filter(mine | sent)
        held = Structure.objects.filter(memberships__user=user)
        return self.filter(mine | (sent & models.Q(structure__in=held)))

    def open(self) -> Self:
        """Keep the drafts and what waits for the staff."""
        return self.filter(state__in=OPEN)

    def submitted(self) -> Self:
        """Keep what waits for the staff."""
        return self.filter(state=State.SUBMITTED)

    def to_reread(self) -> Self:
        """Keep what was published at once, and that nobody has read since."""
        return self.exclude(at_once=[]).filter(reread_at__isnull=True)

    def of_structure(self, structure: Structure) -> Self:
        """Keep what was proposed on behalf of the structure."""
        return self.filter(structure=structure)

    def going_on(self, user: Any, structures: Iterable[Structure]) -> Self:
        """Keep what is written, waits or came back, that the person may read."""
        kept = {State.DRAFT, State.SUBMITTED, State.PARTLY, State.RETURNED}
        rows = self.visible_to(user).filter(structure__in=structures, state__in=kept)
        return rows.latest_first()

    def of_target(self, editable: str, target: Any) -> Self:
        """Keep what was proposed for this row."""
        return self.filter(editable=editable, target_id=target.pk)

    def rivals_of(self, proposal: Proposal) -> Self:
        """Keep the others that wait for the staff, for the same row."""
        if proposal.target_id is None:
            return self.none()
        same = self.submitted().filter(
            editable=proposal.editable, target_id=proposal.target_id
        )
        return same.exclude(pk=proposal.pk).select_related("author").order_by("pk")

    def for_lists(self) -> Self:
        """Load what a line of a list shows."""
        return self.select_related("author", "structure", "moderator")

    def latest_first(self) -> Self:
        """Sort the last touched first."""
        return self.order_by("-saved_at", "pk")


class Proposal(models.Model):
    """What a member would have a published record say.

    `base` is what each field held when the edit began, `values` what was typed, both
    as wire values (`members.proposals.wire`). Nothing typed is lost: what is refused
    stays here.
    """

    class Kind(models.TextChoices):
        """What would be done to the row."""

        ADD = "ajout", _("Ajout")
        CHANGE = "modification", _("Modification")
        REMOVE = "retrait", _("Retrait")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    editable = models.CharField(_("sorte de fiche"), max_length=40)
    kind = models.CharField(_("nature"), max_length=12, choices=Kind)
    target_type = models.ForeignKey(
        ContentType,
        verbose_name=_("table"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    target_id = models.BigIntegerField(_("fiche"), null=True, blank=True)
    target = GenericForeignKey("target_type", "target_id")
    label = models.CharField(_("objet"), max_length=250, blank=True)
    structure = models.ForeignKey(
        Structure,
        verbose_name=_("structure"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="proposals",
    )
    structure_name = models.CharField(_("nom de la structure"), max_length=200)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("auteur"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="proposals",
    )
    state = models.CharField(_("état"), max_length=20, choices=State)
    base = models.JSONField(_("valeurs de départ"), default=dict, blank=True)
    values = models.JSONField(_("valeurs proposées"), default=dict, blank=True)
    decisions = models.JSONField(_("décisions"), default=dict, blank=True)
    past = models.JSONField(_("décisions d’avant"), default=list, blank=True)
    reason = models.TextField(_("motif"), blank=True)
    at_once = models.JSONField(_("champs publiés aussitôt"), default=list, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)
    created_at = models.DateTimeField(_("commencée le"), auto_now_add=True)
    saved_at = models.DateTimeField(_("enregistrée le"), auto_now=True)
    submitted_at = models.DateTimeField(_("envoyée le"), null=True, blank=True)
    decided_at = models.DateTimeField(_("décidée le"), null=True, blank=True)
    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("décidée par"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="decided_proposals",
    )
    reread_at = models.DateTimeField(_("relue le"), null=True, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposition")
        verbose_name_plural = _("propositions")
        indexes = [
            models.Index("state", "submitted_at", name="proposal_queue"),
            models.Index("editable", "target_id", name="proposal_of_target"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["editable", "target_id", "author"],
                condition=models.Q(state__in=OPEN, target_id__isnull=False),
                name="proposal_is_open_once",
                violation_error_message=_("Une proposition est déjà en cours."),
            ),
            models.CheckConstraint(
                name="proposal_state_is_known",
                condition=models.Q(state__in=State.values),
                violation_error_message=_("Cet état n’existe pas."),
            ),
            models.CheckConstraint(
                name="proposal_has_a_target_unless_it_adds",
                condition=models.Q(kind="ajout") | models.Q(target_id__isnull=False),
                violation_error_message=_("Dites quelle fiche est concernée."),
            ),
            models.CheckConstraint(
                name="proposal_waits_since_a_date",
                condition=~models.Q(state=State.SUBMITTED)
                | models.Q(submitted_at__isnull=False),
                violation_error_message=_(
                    "Une proposition envoyée a une date d’envoi."
                ),
            ),
            models.CheckConstraint(
                name="proposal_decided_has_a_date",
                condition=~models.Q(state__in=DECIDED)
                | models.Q(submitted_at__isnull=False, decided_at__isnull=False),
                violation_error_message=_("Une décision a une date."),
            ),
            models.CheckConstraint(
                name="proposal_returned_says_why",
                condition=~models.Q(state__in=(State.RETURNED, State.PARTLY))
                | ~models.Q(decisions={})
                | ~models.Q(reason=""),
                violation_error_message=_("Donnez le motif du renvoi."),
            ),
            models.CheckConstraint(
                name="proposal_version_begins_at_one",
                condition=models.Q(version__gte=1),
                violation_error_message=_("Les versions se comptent depuis un."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} – {self.label or self.structure_name}"

    def get_absolute_url(self) -> str:
        return reverse("members:proposal", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        """Whether its author is still writing it."""
        return self.state == State.DRAFT

    @property
    def is_submitted(self) -> bool:
        """Whether it waits for the staff."""
        return self.state == State.SUBMITTED

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come of it by itself."""
        return self.state not in OPEN

    @property
    def may_be_resumed(self) -> bool:
        """Whether its author may take it up again."""
        return self.state in RESUMABLE

    @property
    def may_be_withdrawn(self) -> bool:
        """Whether its author may take it back."""
        return self.state in WITHDRAWABLE

    @property
    def is_to_reread(self) -> bool:
        """Whether something was published at once, that nobody has read since."""
        return bool(self.at_once) and self.reread_at is None

    def returned(self, name: str) -> bool:
        """Whether the field was sent back."""
        return bool(self.decisions.get(name, {}).get("outcome") == "renvoyee")


class PrivateStorage(FileSystemStorage):
    """A folder that no address leads to: views give its files, to those who may."""

    @property
    def base_location(self) -> Any:
        """The folder of the settings."""
        return settings.PRIVATE_ROOT

    @property
    def location(self) -> str:
        """The same, whole."""
        return str(settings.PRIVATE_ROOT)

    def url(self, name: str | None) -> str:
        """Refuse: there is no such address."""
        message = "Private files have no address."
        raise ValueError(message)


class ProposalFile(models.Model):
    """A file sent with a draft, kept apart until it is accepted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposal = models.ForeignKey(
        Proposal,
        verbose_name=_("proposition"),
        on_delete=models.CASCADE,
        related_name="files",
    )
    field = models.CharField(_("champ"), max_length=60)
    name = models.CharField(_("nom"), max_length=200)
    file = GoesWithItsRow(
        _("fichier"), upload_to="propositions", storage=PrivateStorage, max_length=200
    )
    sent_at = models.DateTimeField(_("envoyé le"), auto_now_add=True)

    class Meta:
        verbose_name = _("fichier d’une proposition")
        verbose_name_plural = _("fichiers des propositions")
        constraints = [
            models.CheckConstraint(
                name="proposal_file_is_a_file",
                condition=~models.Q(file=""),
                violation_error_message=_("Choisissez un fichier."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("members:proposal-file", args=[self.proposal_id, self.pk])


class ReviewPolicy(models.Model):
    """When the changes of a group of fields are published: reviewed first, or after."""

    class Mode(models.TextChoices):
        """Before or after the public reads it."""

        BEFORE = "avant", _("Relue avant publication")
        AFTER = "apres", _("Publiée aussitôt, relue ensuite")

    group = models.CharField(_("groupe de champs"), max_length=80, unique=True)
    mode = models.CharField(
        _("relecture"), max_length=10, choices=Mode, default=Mode.BEFORE
    )

    class Meta:
        verbose_name = _("règle de relecture")
        verbose_name_plural = _("règles de relecture")
        constraints = [
            models.CheckConstraint(
                name="review_policy_mode_is_known",
                condition=models.Q(mode__in=["avant", "apres"]),
                violation_error_message=_("Cette règle n’existe pas."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} ({self.get_mode_display()})"
