"""What a person agrees to: to be named in public as who represents a structure.

An agreement is asked by e-mail, given by the person alone through a signed link, and
ends by itself. It is taken back through a link that never expires: pages, which read
the dates, forget the name at once, and what the history wrote of it is cleaned.
"""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.history.traces import because, forget_contact
from directory.labels import fold
from directory.models import Contact
from members.mails import emails
from members.models import Mail, Proposal
from members.models.proposals import OPEN

#: An agreement is asked again every two years.
RUNS = datetime.timedelta(days=2 * 365)
#: How long before its end it is asked again, and how long the link then serves.
RENEWED = 30
ASKED_FOR = datetime.timedelta(days=90)
ASK, TAKE_BACK = "members.consent.ask", "members.consent.take-back"


class NoMailbox(Exception):
    """The person has no address: nobody can agree in their place."""


class BadLink(Exception):
    """The link was not made here, or the person or their address has changed since."""


class ExpiredLink(Exception):
    """The link asked too long ago."""


@dataclass(frozen=True)
class Asked:
    """A link that was opened: the person, and whether it only takes back."""

    contact: Contact
    is_to_take_back: bool


@transaction.atomic
def ask(*, contact: Contact, key: str = "") -> Mail:
    """Write to a person to ask whether they agree to be named; once a day at most.

    Raises:
        NoMailbox: when they have no address.

    """
    if not contact.email:
        raise NoMailbox
    day = timezone.localdate()
    return emails.send(
        "accord",
        to=contact.email,
        key=key or f"consent:{contact.pk}:{day}",
        context={
            "person": contact.full_name,
            "role": contact.role,
            "structure": contact.structure,
            "until": day + RUNS,
            "path": path(contact, ASK),
        },
    )


def ask_again() -> int:
    """Ask those whose agreement ends within the month; give how many mails leave."""
    ending = Contact.objects.representatives().consent_ends_within(days=RENEWED)
    written = 0
    for contact in ending.exclude(email="").select_related("structure"):
        key = f"consent:{contact.pk}:ends:{contact.consent_expires_on}"
        if not Mail.objects.filter(key=key).exists():
            ask(contact=contact, key=key)
            written += 1
    return written


def path(contact: Contact, purpose: str) -> str:
    """The address of the page by which the person answers."""
    told = {"contact": contact.pk, "who": _who(contact)}
    token = signing.dumps(told, salt=purpose)
    name = "members:consent" if purpose == ASK else "members:consent-end"
    return reverse(name, args=[token])


def _who(contact: Contact) -> str:
    """What makes the row this person's: their name and their address."""
    return (
        f"{fold(f'{contact.first_name} {contact.last_name}')} {contact.email.lower()}"
    )


def opened(token: str, purpose: str) -> Asked:
    """The person that a link speaks of; nothing is changed.

    Raises:
        BadLink: when it is not of this site, or the contact has another address.
        ExpiredLink: when it asked more than three months ago.

    """
    is_to_take_back = purpose == TAKE_BACK
    try:
        told: Any = signing.loads(
            token, salt=purpose, max_age=None if is_to_take_back else ASKED_FOR
        )
        contact = Contact.objects.select_related("structure").get(pk=told["contact"])
    except signing.SignatureExpired:
        raise ExpiredLink from None
    except (signing.BadSignature, Contact.DoesNotExist):
        raise BadLink from None
    if told["who"] != _who(contact):
        raise BadLink
    return Asked(contact, is_to_take_back)


@transaction.atomic
def agree(token: str) -> Contact:
    """Name the person in public from today on; the way back is sent to them.

    Raises:
        BadLink, ExpiredLink: as `opened`.

    """
    contact = _locked(opened(token, ASK).contact)
    day = timezone.localdate()
    contact.consent_given_on, contact.consent_expires_on = day, day + RUNS
    with because("accord"):
        contact.save(update_fields=["consent_given_on", "consent_expires_on"])
    emails.send(
        "accord-donne",
        to=contact.email,
        key=f"consent:{contact.pk}:given:{day}",
        context={
            "person": contact.full_name,
            "structure": contact.structure,
            "until": contact.consent_expires_on,
            "path": path(contact, TAKE_BACK),
        },
    )
    return contact


@transaction.atomic
def take_back(token: str, purpose: str) -> Contact:
    """Name the person nowhere any more, not even in the history.

    Raises:
        BadLink, ExpiredLink: as `opened`.

    """
    contact = _locked(opened(token, purpose).contact)
    contact.consent_given_on = contact.consent_expires_on = None
    with because("accord-retire"):
        contact.save(update_fields=["consent_given_on", "consent_expires_on"])
    forget_in_history(contact)
    return contact


@transaction.atomic
def erase(token: str, purpose: str) -> None:
    """Forget the person altogether: the contact goes, with what was written of it.

    Raises:
        BadLink, ExpiredLink: as `opened`.

    """
    contact = _locked(opened(token, purpose).contact)
    forget_in_history(contact)
    of_them = models.Q(to__iexact=contact.email, kind__in=("accord", "accord-donne"))
    named = models.Q(kind__startswith="proposition", subject__contains=str(contact))
    Mail.objects.filter(of_them | named).delete()
    _proposals_of(contact).delete()
    with because("effacement"):
        contact.delete()


def forget_in_history(contact: Contact) -> None:
    """Take a person's name out of the history, the journal and the proposals."""
    forget_contact(contact)
    kind = ContentType.objects.get_for_model(Contact)
    own = LogEntry.objects.filter(content_type=kind, object_id=str(contact.pk))
    own.update(object_repr=_("Une personne"), change_message="")
    _forget_in_entries_of_structure(contact)
    over = _proposals_of(contact).exclude(state__in=OPEN)
    over.update(
        label=_("Une personne"), base={}, values={}, past=[], decisions={}, reason=""
    )


def _proposals_of(contact: Contact) -> models.QuerySet:
    kind = ContentType.objects.get_for_model(Contact)
    return Proposal.objects.filter(target_type=kind, target_id=contact.pk)


def _forget_in_entries_of_structure(contact: Contact) -> None:
    """What the page of the structure wrote of its contacts: their names, as JSON."""
    kind = ContentType.objects.get_for_model(contact.structure)
    entries = LogEntry.objects.filter(
        content_type=kind, object_id=str(contact.structure_id)
    )
    names = {contact.full_name, f"{contact.first_name} {contact.last_name}".strip()}
    found = models.Q()
    for name in filter(None, names):
        found |= models.Q(change_message__contains=json.dumps(name)[1:-1])
        found |= models.Q(change_message__contains=name)
    for entry in entries.filter(found):
        for name in filter(None, names):
            for written in (name, json.dumps(name)[1:-1]):
                entry.change_message = entry.change_message.replace(
                    written, _("une personne")
                )
        entry.save(update_fields=["change_message"])


def _locked(contact: Contact) -> Contact:
    rows = Contact.objects.select_for_update(of=("self",)).select_related("structure")
    return rows.get(pk=contact.pk)
