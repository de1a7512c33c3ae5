"""Records kept true by their structures: one link a year, answered in one click.

What silence brings is in `Step`: after a year the structure is asked, twice reminded,
then told that its contact details will be hidden; at two years they are; at three its
record sleeps. Nothing happens that was not announced a month before, and a confirmation
undoes all of it. A mailbox gets one such mail in thirty days, whatever it answers for.

The link needs no account. It is signed, and answers one request: to look at it changes
nothing, since the scanners of mailboxes open every link.
"""

from __future__ import annotations

import datetime
import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.history.traces import because
from directory.models import Structure
from directory.models.structures import StructureQuerySet
from members.mails import emails
from members.models import FreshnessRequest, Report
from members.models.freshness import VALID

from . import reports

logger = logging.getLogger(__name__)

Step = FreshnessRequest.Step
Answer = FreshnessRequest.Answer

SALT = "members.freshness"
MONTH = datetime.timedelta(days=30)
YEAR = datetime.timedelta(days=365)
#: How long before something happens it is announced, at least.
NOTICE = datetime.timedelta(days=28)
#: A mailbox is written to once in that time.
PAUSE = MONTH


@dataclass(frozen=True)
class Rule:
    """When a step is taken: from an age on, and long enough after another one."""

    step: Step
    age: datetime.timedelta
    after: Step | None = None


#: The last step first: of those that can be taken, the furthest is.
RULES = (
    Rule(Step.ASLEEP, 3 * YEAR, after=Step.WARNED_OF_SLEEP),
    Rule(Step.WARNED_OF_SLEEP, 3 * YEAR - MONTH, after=Step.HIDDEN),
    Rule(Step.HIDDEN, 2 * YEAR, after=Step.WARNED_OF_HIDING),
    Rule(Step.WARNED_OF_HIDING, 2 * YEAR - MONTH),
    Rule(Step.REMINDED_AGAIN, YEAR + 6 * MONTH, after=Step.REMINDED),
    Rule(Step.REMINDED, YEAR + MONTH, after=Step.ASKED),
    Rule(Step.ASKED, YEAR),
)


class BadLink(Exception):
    """The link was not made by this site, or its structure is gone."""


class ExpiredLink(Exception):
    """The link is too old."""


class AlreadyAnswered(Exception):
    """The link was used, or another one for the same structure since."""


def next_step(
    age: datetime.timedelta,
    taken: Mapping[str, datetime.datetime],
    now: datetime.datetime,
) -> Step | None:
    """What to do about a record that old; `taken`: when each step was first taken."""
    for rule in RULES:
        if rule.step in taken:
            return None
        before = taken.get(rule.after) if rule.after else None
        is_announced = before is not None and before <= now - NOTICE
        if age >= rule.age and (rule.after is None or is_announced):
            return rule.step
    return None


def ask_all(*, among: StructureQuerySet | None = None) -> int:
    """Take every step that is due, mailbox by mailbox; give how many mails are written.

    Done each day by the worker. Run twice, it writes nothing the second time. `among`:
    of these structures alone.
    """
    now = timezone.now()
    due = _due(Structure.objects.all() if among is None else among, now)
    paused = set(
        FreshnessRequest.objects.filter(asked_at__gt=now - PAUSE).values_list(
            "to", flat=True
        )
    )
    by_mailbox: dict[str, list[tuple[Structure, Step]]] = defaultdict(list)
    for structure, step in due:
        for address in mailboxes(structure):
            by_mailbox[address].append((structure, step))
    written = 0
    for address, asked in by_mailbox.items():
        if address in paused:
            continue
        try:
            _write(address, asked, now)
            written += 1
        except ValidationError:
            logger.warning("Structure %s: no mailbox", asked[0][0].pk)
    return written


def mailboxes(structure: Structure) -> list[str]:
    """Who answers for a record: its people, or else its own mailbox."""
    people = [
        membership.user.email.lower()
        for membership in structure.memberships.all()
        if membership.user.is_active
    ]
    own = [structure.email.lower()] if structure.email else []
    return sorted(set(people)) or own


def _due(
    among: StructureQuerySet, now: datetime.datetime
) -> list[tuple[Structure, Step]]:
    structures = (
        among.published()
        .filter(life=Structure.Life.ACTIVE)
        .annotate(known_since=Coalesce("verified_at", "created_at"))
        .filter(known_since__lte=now - YEAR)
        .prefetch_related("memberships__user")
        .order_by("name_key", "pk")
    )
    requests: Iterable[Any] = (
        FreshnessRequest.objects.filter(structure__in=structures)
        .values_list("structure", "step")
        .annotate(first=models.Min("asked_at"), last=models.Max("asked_at"))
    )
    taken: dict[int, dict[str, list[datetime.datetime]]] = defaultdict(dict)
    for structure_id, step, *moments in requests:
        taken[structure_id][step] = moments
    found = []
    for structure in structures:
        since = structure.known_since
        # What was asked before the last confirmation is of a silence that is over.
        steps = {
            step: first if first > since else last
            for step, (first, last) in taken[structure.pk].items()
            if last > since
        }
        if step := next_step(now - since, steps, now):
            found.append((structure, step))
    return found


@transaction.atomic
def _write(
    address: str, asked: list[tuple[Structure, Step]], now: datetime.datetime
) -> None:
    """Take the steps of the records that a mailbox answers for, and tell it."""
    requests = [
        FreshnessRequest.objects.create(
            structure=structure, step=step, to=address, asked_at=now
        )
        for structure, step in asked
    ]
    for structure, step in asked:
        _take(structure, step, now)
    records = [
        {"name": request.structure.name, "said": said(request), "path": path(request)}
        for request in requests
    ]
    only = {"path": records[0]["path"]} if len(records) == 1 else {}
    emails.send(
        "freshness" if only else "freshness-of-several",
        to=address,
        key=f"freshness:{address}:{now:%Y-%m-%d}"[:150],
        context={
            "structure": asked[0][0],
            "number": len(records),
            "records": records,
            "expires_on": timezone.localdate(now + VALID),
            **only,
        },
    )


@because("silence")
def _take(structure: Structure, step: Step, now: datetime.datetime) -> None:
    row = Structure.objects.filter(pk=structure.pk)
    if step is Step.HIDDEN:
        row.filter(contact_hidden_at=None).update(contact_hidden_at=now)
    elif step is Step.ASLEEP:
        row.filter(life=Structure.Life.ACTIVE).update(
            life=Structure.Life.DORMANT, asleep_since=now
        )


def said(request: FreshnessRequest) -> str:
    """What a mail says of a record, in a sentence."""
    day = timezone.localdate(request.asked_at + MONTH)
    sentences = {
        Step.WARNED_OF_HIDING: _(
            "Sans réponse, son adresse électronique et son téléphone ne seront plus"
            " affichés après le %(day)s."
        ),
        Step.HIDDEN: _(
            "Son adresse électronique et son téléphone ne sont plus affichés\u00a0: une"
            " confirmation les remet aussitôt."
        ),
        Step.WARNED_OF_SLEEP: _(
            "Sans réponse, elle sera signalée «\u00a0en veille\u00a0» après le %(day)s."
        ),
        Step.ASLEEP: _(
            "Elle est signalée «\u00a0en veille\u00a0»\u00a0: une confirmation la"
            " réactive aussitôt."
        ),
    }
    sentence = sentences.get(Step(request.step), "")
    return sentence and sentence % {"day": f"{day:%d/%m/%Y}"}


def path(request: FreshnessRequest) -> str:
    """The address of the page that the link opens."""
    token = signing.dumps(request.pk, salt=SALT)
    return reverse("members:freshness", args=[token])


def request_of(token: str) -> FreshnessRequest:
    """The request that a link answers; nothing is changed.

    Raises:
        BadLink: when it was not made here, or its record is no longer public.
        ExpiredLink: when it is too old.
        AlreadyAnswered: when it was answered already.

    """
    try:
        key = signing.loads(token, salt=SALT)
        found = FreshnessRequest.objects.select_related("structure").get(pk=key)
    except (signing.BadSignature, FreshnessRequest.DoesNotExist):
        raise BadLink from None
    if found.answered_at:
        raise AlreadyAnswered
    if found.expires_at <= timezone.now():
        raise ExpiredLink
    if not found.structure.is_published:
        raise BadLink
    return found


@transaction.atomic
def confirm(token: str, *, by: Any = None) -> Structure:
    """Mark the record as verified now; what silence had taken away comes back.

    `by` is the person who is signed in, if one is. Every other open link of the
    structure is answered with it.

    Raises:
        BadLink, ExpiredLink, AlreadyAnswered: as `request_of`.

    """
    return _answered(token, Answer.UNCHANGED, by=by)


@transaction.atomic
def confirm_as(*, structure: Structure, by: Any) -> None:
    """Mark a record as verified by who is signed in; its links are answered with it."""
    Structure.objects.select_for_update(no_key=True).get(pk=structure.pk)
    asked = FreshnessRequest.objects.open().filter(structure=structure)
    asked.answer(Answer.UNCHANGED)
    with because("verification", user=by.pk):
        Structure.objects.filter(pk=structure.pk).mark_verified(by=by)


@transaction.atomic
def correct(token: str, *, text: str) -> Structure:
    """Put what has changed in the staff's list: the record is not verified by that.

    Raises:
        BadLink, ExpiredLink, AlreadyAnswered: as `request_of`.

    """
    structure = _answered(token, Answer.CHANGES)
    about = Report.About.OTHER
    reports.send(record=structure, about=about, text=text, is_own=True)
    return structure


def _answered(token: str, answer: Answer, *, by: Any = None) -> Structure:
    structure_id = request_of(token).structure_id
    structure = Structure.objects.select_for_update(no_key=True).get(pk=structure_id)
    request_of(token)  # nobody answered while this one waited
    FreshnessRequest.objects.open().filter(structure=structure).answer(answer)
    if answer is Answer.UNCHANGED:
        with because("verification"):
            Structure.objects.filter(pk=structure.pk).mark_verified(by=by)
    return structure
