"""Writing to people: one verb, `send`, called in the transaction of the decision."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.validators import validate_email
from django.db import transaction
from django.template.loader import render_to_string

from directory.models import Network
from members.mails.kind import Kind
from members.mails.mail_kinds import KINDS
from members.models import Mail

from . import post

LONGEST_SUBJECT = 300


@dataclass(frozen=True)
class Letter:
    """What a mail says: one line of subject, a plain text and the same in HTML."""

    subject: str
    text: str
    html: str


@transaction.atomic
def send(kind: str, *, to: str, context: Mapping[str, Any], key: str = "") -> Mail:
    """Write a mail of a kind of `mail_kinds.KINDS`; it leaves once this is committed.

    Nothing is sent if the transaction around is rolled back, and nothing is lost once
    it is committed, whatever stops the machines. A second mail of the same `key` is
    the first one. `context` has what the kind's templates ask for; its `path`, an
    address of the site, is where the button leads. Its `unsubscribe_path` is the
    address that ends such mails in one click, for the kinds that repeat themselves.

    Raises:
        KeyError: for a kind that does not exist.
        ValidationError: when `to` is no address.

    """
    validate_email(to)
    letter = written(KINDS[kind], context)
    content = {
        "kind": kind,
        "to": to,
        "subject": letter.subject,
        "text": letter.text,
        "html": letter.html,
        "unsubscribe_url": _unsubscribe_url(context),
    }
    if not key:
        mail, is_new = Mail.objects.create(**content), True
    else:
        mail, is_new = Mail.objects.get_or_create(key=key, defaults=content)
    if is_new:
        post.hand_over(mail)
    return mail


def written(kind: Kind, context: Mapping[str, Any]) -> Letter:
    """What a mail of this kind says."""
    subject = one_line(str(kind.subject).format_map(context))[:LONGEST_SUBJECT]
    whole = {
        **context,
        "subject": subject,
        "why": str(kind.why).format_map(context),
        "action": str(kind.action).format_map(context),
        "url": absolute(context["path"]) if "path" in context else "",
        "network": Network.objects.current(),
        "site_url": settings.SITE_URL,
    }
    return Letter(
        subject=subject,
        text=spaced(render_to_string(kind.text_template, whole)),
        html=render_to_string(kind.html_template, whole),
    )


def _unsubscribe_url(context: Mapping[str, Any]) -> str:
    path = context.get("unsubscribe_path", "")
    return path and absolute(path)


def absolute(path: str) -> str:
    """The whole address of a page, for those who read it elsewhere than on the site."""
    return f"{settings.SITE_URL}{path}"


def spaced(text: str) -> str:
    """The text with one empty line at most between its parts."""
    return re.sub(r"\n{3,}", "\n\n", text.strip()) + "\n"


def one_line(text: str) -> str:
    """The text without the line ends that would forge headers.

    Spaces that do not break stay: a subject heads the mail too.
    """
    return " ".join(re.split(r"[^\S\u00a0\u202f]+", text)).strip()
