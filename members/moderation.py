"""What becomes of proposals. Nothing else writes their state.

    brouillon → soumise → acceptée, acceptée en partie, renvoyée
    soumise, renvoyée, acceptée en partie, retirée → brouillon (its author resumes)
    brouillon, soumise, renvoyée → retirée
    anything but acceptée and retirée → dépassée, once there is nothing left to change

Each verb is one transaction, which locks the proposal, then the row it writes in.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members.models import Proposal, State
from members.models.proposals import OPEN, RESUMABLE, WITHDRAWABLE
from members.proposals import applying, changes, sent_files
from members.proposals.announcements import announce
from members.proposals.outcomes import (
    AMENDED,
    AT_ONCE,
    RETURNED,
    Decision,
    decided_for_good,
    outcome,
    told_of,
    written,
)
from members.proposals.policies import published_at_once
from members.proposals.refusals import (
    AlreadyDecided,
    NothingChanged,
    NotYours,
    VersionConflict,
    WrongState,
    require_all,
    require_other_eyes,
    why_too_late,
)
from members.proposals.sent_files import Typed
from members.proposals.starts import Start


@transaction.atomic
def save_draft(*, start: Start, author: Any, version: int, typed: Typed) -> Proposal:
    """Keep what was typed, valid or not; the first time, begin a proposal.

    `version` is the one that the page knew. A row that is gone keeps the text too, in
    a proposal that is overtaken.

    Raises:
        NotYours: when somebody else began it.
        WrongState: when it is no draft any more.
        VersionConflict: when another page saved it meanwhile.

    """
    proposal = _of_start(start, author)
    if proposal is None:
        proposal = _begin(start, author)
    elif version != proposal.version:
        message = _("Ce brouillon a été enregistré depuis une autre page.")
        raise VersionConflict(message, proposal)
    else:
        proposal.version += 1
    sent = sent_files.kept(proposal)
    proposal.base = start.base
    proposal.values = {**sent_files.of_the_row(start), **typed.values, **sent}
    sent_files.keep(proposal, typed)
    if proposal.target_id is None:
        proposal.label = start.editable.name_of(proposal.values)[:250]
    proposal.save()
    _follow(proposal)
    return proposal


@transaction.atomic
def submit(*, proposal: Proposal, author: Any) -> Proposal:
    """Send a draft to the staff; publish at once what the network lets be so.

    Raises:
        WrongState: when it is no draft.
        NothingChanged: when the row says all of it already.
        Refused: when the form has errors; the draft stays.

    """
    proposal = _locked(proposal)
    _require_author(proposal, author)
    _require(proposal, (State.DRAFT,), _("Cette proposition n’est plus un brouillon."))
    if _follow(proposal):
        return proposal
    plan = applying.plan(proposal)
    if proposal.kind != Proposal.Kind.REMOVE:
        if not plan.changes:
            raise NothingChanged(_("Vous n’avez rien changé."), proposal)
        plan.check()
    proposal.submitted_at = timezone.now()
    proposal.decisions, proposal.reason = {}, ""
    proposal.decided_at = proposal.moderator = None
    if not proposal.is_to_reread:
        proposal.at_once, proposal.reread_at = [], None
    proposal.state = State.SUBMITTED
    _publish_at_once(proposal, plan)
    proposal.version += 1
    proposal.save()
    return proposal


@transaction.atomic
def propose_removal(*, start: Start, author: Any, reason: str) -> Proposal:
    """Ask the staff to remove a row, and say why.

    Raises:
        WrongState: when a proposal for the row is open already.

    """
    proposal = _begin(start, author, kind=Proposal.Kind.REMOVE)
    proposal.base, proposal.values = start.base, {applying.WHOLE: [reason.strip()]}
    proposal.state, proposal.submitted_at = State.SUBMITTED, timezone.now()
    proposal.save()
    _follow(proposal)
    return proposal


@transaction.atomic
def withdraw(*, proposal: Proposal, author: Any) -> Proposal:
    """Take a proposal back: its words stay readable, its files are deleted.

    Raises:
        AlreadyDecided: when it is too late.

    """
    proposal = _locked(proposal)
    _require_author(proposal, author)
    if proposal.state not in WITHDRAWABLE:
        message = _("Trop tard\u00a0: l’équipe a déjà décidé.")
        raise AlreadyDecided(message, proposal)
    proposal.state = State.WITHDRAWN
    proposal.version += 1
    proposal.save()
    sent_files.throw(proposal)
    return proposal


@transaction.atomic
def resume(*, proposal: Proposal, author: Any) -> Proposal:
    """Make a draft again of what was sent, returned or taken back.

    What was accepted is the row's: what was returned alone is still proposed. The
    reasons stay beside the fields until it goes again.

    Raises:
        WrongState: when it is over for good, or another draft is open for the row.

    """
    proposal = _locked(proposal)
    _require_author(proposal, author)
    if proposal.kind == Proposal.Kind.REMOVE or proposal.state not in RESUMABLE:
        message = _("Cette proposition ne peut plus être reprise.")
        raise WrongState(message, proposal)
    if _follow(proposal):
        return proposal
    if proposal.decided_at:
        proposal.past = [*proposal.past, told_of(proposal)]
        proposal.decided_at = None
    if proposal.kind == Proposal.Kind.ADD and proposal.target_id:
        proposal.kind = Proposal.Kind.CHANGE
    form = applying.unbound(proposal)
    settled = changes.held(form, decided_for_good(proposal))
    values = {**proposal.values, **sent_files.without_lost(proposal), **settled}
    base = {**proposal.base, **settled}
    proposal.base, proposal.values = changes.refreshed(form, base, values)
    for name in settled:  # `past` tells it: what is typed there from now on is new
        del proposal.decisions[name]
    proposal.state = State.DRAFT
    proposal.version += 1
    try:
        with transaction.atomic():
            proposal.save()
    except IntegrityError as error:
        message = _("Un autre brouillon est déjà en cours pour cette fiche.")
        raise WrongState(message, proposal) from error
    return proposal


@transaction.atomic
def decide(
    *,
    proposal: Proposal,
    by: Any,
    version: int,
    decisions: Mapping[str, Decision],
    reason: str = "",
) -> Proposal:
    """Accept, amend or return each field, and write in the row what is accepted.

    A removal has one decision, named "". `version` is the one that the page showed.

    Raises:
        AlreadyDecided: when somebody else did meanwhile, or its author changed it.
        OwnProposal: when they wrote it, and somebody else could decide.
        Undecided: when a field has no decision, or is returned without a word.
        Refused: when the row would have errors; nothing is written.

    """
    proposal = _locked(proposal)
    if proposal.state != State.SUBMITTED or proposal.version != version:
        raise AlreadyDecided(why_too_late(proposal), proposal)
    require_other_eyes(proposal, by)
    if _follow(proposal):
        return proposal
    plan = applying.plan(proposal)
    require_all(proposal, plan, decisions, reason)
    told = {name: decisions[name] for name in plan.names}
    accepted = {
        name: one.value if one.outcome == AMENDED else proposal.values.get(name, [])
        for name, one in told.items()
        if one.outcome != RETURNED
    }
    proposal.moderator, proposal.decided_at = by, timezone.now()
    if accepted:
        plan.apply(accepted)
    proposal.decisions = {
        **proposal.decisions,
        **{name: written(one) for name, one in told.items()},
    }
    proposal.reason = reason.strip()
    proposal.state = outcome(proposal)
    proposal.version += 1
    if proposal.at_once:
        proposal.reread_at = timezone.now()
    proposal.save()
    sent_files.throw(proposal)
    announce(proposal)
    return proposal


@transaction.atomic
def reread(*, proposal: Proposal, by: Any) -> Proposal:
    """Note that a person has read what was published at once."""
    proposal = _locked(proposal)
    if not proposal.is_to_reread:
        raise AlreadyDecided(_("Cette proposition a déjà été relue."), proposal)
    require_other_eyes(proposal, by)
    proposal.moderator, proposal.reread_at = by, timezone.now()
    proposal.version += 1
    proposal.save()
    return proposal


@transaction.atomic
def undo(*, proposal: Proposal, by: Any, reason: str) -> Proposal:
    """Take off the public page what was published at once, and return it.

    Raises:
        AlreadyDecided: when somebody read it again, or changed the row since.
        Refused: when the row of before would have errors.

    """
    proposal = _locked(proposal)
    if not proposal.is_to_reread:
        raise AlreadyDecided(_("Cette proposition a déjà été relue."), proposal)
    require_other_eyes(proposal, by)
    proposal.moderator = by
    applying.put_back(proposal)
    proposal.decisions = {
        **proposal.decisions,
        **{name: written(Decision(RETURNED)) for name in proposal.at_once},
    }
    proposal.reason = reason.strip() or _("Annulé par l’équipe à la relecture.")
    proposal.reread_at = timezone.now()
    if proposal.state not in OPEN:
        proposal.decided_at, proposal.state = timezone.now(), outcome(proposal)
    proposal.version += 1
    proposal.save()
    announce(proposal)
    return proposal


@transaction.atomic
def follow(*, proposal: Proposal) -> Proposal:
    """Follow a record that was merged; be overtaken by one that is gone."""
    proposal = _locked(proposal)
    _follow(proposal)
    return proposal


@transaction.atomic
def overtake(*, proposal: Proposal) -> Proposal:
    """Close a proposal that can change nothing any more; its words stay readable."""
    proposal = _locked(proposal)
    _overtake(proposal)
    return proposal


def _locked(proposal: Proposal) -> Proposal:
    # Without joins: what they would bring is as it was before the wait for the lock.
    return Proposal.objects.select_for_update().get(pk=proposal.pk)


def _of_start(start: Start, author: Any) -> Proposal | None:
    rows = Proposal.objects.select_for_update()
    proposal = rows.filter(pk=start.proposal).first()
    if proposal is not None:
        _require_author(proposal, author)
        message = _("Cette proposition n’est plus un brouillon.")
        _require(proposal, (State.DRAFT,), message)
    return proposal


def _begin(
    start: Start, author: Any, kind: Proposal.Kind = Proposal.Kind.CHANGE
) -> Proposal:
    """Make the proposal of a page, unless another page made one for the same row."""
    proposal = Proposal(
        pk=start.proposal,
        editable=start.editable.key,
        kind=Proposal.Kind.ADD if start.target is None else kind,
        target_type=ContentType.objects.get_for_model(start.editable.model),
        target_id=start.target,
        label=start.label[:250],
        structure=start.structure,
        structure_name=start.structure_name[:200],
        author=author,
        state=State.DRAFT,
    )
    try:
        with transaction.atomic():
            proposal.save(force_insert=True)
    except IntegrityError as error:
        same = {"editable": proposal.editable, "target_id": proposal.target_id}
        rows = Proposal.objects.open().filter(author=author)
        other = rows.filter(pk=proposal.pk).first() or rows.filter(**same).first()
        if other is not None and other.is_draft and kind == Proposal.Kind.CHANGE:
            message = _("Un brouillon est déjà en cours, sur une autre page.")
            raise VersionConflict(message, other) from error
        message = _("Une proposition est déjà en cours pour cette fiche.")
        raise WrongState(message, other) from error
    return proposal


def _require(proposal: Proposal, states: tuple[State, ...], message: str) -> None:
    if proposal.state not in states:
        raise WrongState(message, proposal)


def _require_author(proposal: Proposal, author: Any) -> None:
    if proposal.author_id != author.pk:
        raise NotYours(_("Cette proposition est d’une autre personne."), proposal)


def _publish_at_once(proposal: Proposal, plan: applying.Plan) -> None:
    names = published_at_once(proposal, plan)
    if not names:
        return
    plan.apply({name: proposal.values[name] for name in names})
    proposal.at_once = [*dict.fromkeys([*proposal.at_once, *names])]
    proposal.decisions = {name: {"outcome": AT_ONCE} for name in names}
    if set(names) == set(plan.names):
        proposal.state, proposal.decided_at = State.ACCEPTED, timezone.now()


def _follow(proposal: Proposal) -> bool:
    """Follow a merge; tell whether the proposal is overtaken."""
    if proposal.state in {State.ACCEPTED, State.WITHDRAWN, State.OVERTAKEN}:
        return proposal.state == State.OVERTAKEN
    followed = applying.follow_merge(proposal)
    row = changes.row_of(proposal, for_update=True)
    gone = proposal.structure is None or row is None
    if followed and not gone:
        try:
            with transaction.atomic():
                proposal.save()
        except IntegrityError:  # its author has another one open for the survivor
            gone = True
    if gone:
        _overtake(proposal)
    return gone


def _overtake(proposal: Proposal) -> None:
    final = {State.ACCEPTED, State.WITHDRAWN}
    if proposal.state in final:
        message = _("Cette proposition est close.")
        raise WrongState(message, proposal)
    kept = Proposal.objects.get(pk=proposal.pk)
    # What was followed in vain is forgotten: the row it was about is the one it names.
    proposal.target_id, proposal.structure = kept.target_id, kept.structure
    proposal.state = State.OVERTAKEN
    proposal.version += 1
    proposal.save()
    sent_files.throw(proposal)
