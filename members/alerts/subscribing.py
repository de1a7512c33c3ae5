"""Following a search by mail: asked, confirmed, paused, ended.

Who is signed in has proved their address. Anybody else gives an address, which gets few
mails, and nothing more until a link is followed and confirmed: to look at the page of a
link changes nothing, since scanners of mailboxes open it. Whoever asks is counted by
the page, so that what is refused here tells nothing.
"""

from __future__ import annotations

import datetime
import logging
from typing import Any

from django.core import signing
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone

from directory.keeping import versions
from members.alerts.followed import Alert, Followed
from members.mails import emails
from members.models import Mail, SavedSearch, Subscriber, User

logger = logging.getLogger(__name__)

ASKED = "alerte-a-confirmer"
CONFIRM, END = "members.alerts.confirm", "members.alerts.end"
#: How long a link can confirm; then the alert is forgotten.
VALID = datetime.timedelta(days=7)
#: How many alerts of an address may wait to be confirmed.
MOST_PENDING = 5
#: How many links an address may be sent in a month, besides one for each alert on.
MOST_LINKS = 5
MONTH = datetime.timedelta(days=28)
#: An address that follows nothing is forgotten after that.
DAY = datetime.timedelta(days=1)
#: How many alerts a person may have.
MOST = 50
#: How long an alert without an account lasts, unless it is confirmed again.
LASTS = datetime.timedelta(days=2 * 365)
LONGEST_QUERY = 2_000


class TooManyAlerts(Exception):
    """The person has as many alerts as one may have."""


class TooLong(Exception):
    """The search has more filters than an alert can keep."""


class BadLink(Exception):
    """The link was not made by this site, or its alert is gone."""


class ExpiredLink(Exception):
    """The link is too old."""


@transaction.atomic
def ask(*, followed: Followed, email: str, rhythm: str) -> None:
    """Send to an address the link of the alert, unless it was sent enough of them.

    Nothing tells what is known of the address. An alert that waits takes the rhythm of
    who asks again, and waits no longer for it; one that is on is changed by its link.

    Raises:
        TooLong: when there are too many filters.

    """
    subscriber = _locked(email)
    search = _search(subscriber, followed)
    if not _may_be_sent(subscriber):
        return
    if search.pk is None:
        pending = subscriber.searches.pending().count()
        if pending >= MOST_PENDING or subscriber.searches.count() >= MOST:
            return
    if search.is_pending:
        search.rhythm = rhythm
        search.save()
    _send_link(search, followed)


@transaction.atomic
def follow(*, user: User, followed: Followed, rhythm: str) -> SavedSearch:
    """Start an alert of who is signed in, or change the rhythm of the same one.

    Raises:
        TooManyAlerts: when the person has too many.
        TooLong: when there are too many filters.

    """
    subscriber = _locked(user.email)
    search = _search(subscriber, followed)
    if search.pk is None and subscriber.searches.count() >= MOST:
        raise TooManyAlerts
    search.rhythm = rhythm
    if search.is_pending or search.paused_at:
        _begin(search)
    search.save()
    return search


def opened(token: str) -> SavedSearch:
    """The alert that a link starts; nothing is changed.

    Raises:
        BadLink: when it was not made here, or its alert is gone.
        ExpiredLink: when it is too old.

    """
    try:
        key = signing.loads(token, salt=CONFIRM, max_age=VALID)
        return SavedSearch.objects.select_related("subscriber").get(pk=key)
    except signing.SignatureExpired:
        raise ExpiredLink from None
    except (signing.BadSignature, SavedSearch.DoesNotExist):
        raise BadLink from None


@transaction.atomic
def confirm(token: str, *, rhythm: str = "") -> SavedSearch:
    """Start the alert of a link, or keep it; one that is on goes on.

    It takes the rhythm, if one is given.

    Raises:
        BadLink, ExpiredLink: as `opened`.

    """
    rows = SavedSearch.objects.select_for_update()
    locked = rows.filter(pk=opened(token).pk).first()
    if locked is None:
        raise BadLink
    if locked.is_pending:
        _begin(locked)
    elif locked.is_asked_again:
        locked.confirmed_at = timezone.now()
    locked.rhythm = rhythm or locked.rhythm
    locked.save()
    return locked


@transaction.atomic
def change_rhythm(*, search: SavedSearch, rhythm: str) -> None:
    """Tell more often, or less."""
    SavedSearch.objects.filter(pk=search.pk).update(rhythm=rhythm)


@transaction.atomic
def pause(*, search: SavedSearch) -> None:
    """Say nothing until it is resumed."""
    rows = SavedSearch.objects.on().filter(pk=search.pk)
    rows.update(paused_at=timezone.now())


@transaction.atomic
def resume(*, search: SavedSearch) -> None:
    """Begin again, from what the search finds now."""
    locked = SavedSearch.objects.select_for_update().get(pk=search.pk)
    if locked.is_pending or locked.paused_at:
        _begin(locked)
        locked.save()


@transaction.atomic
def end(*, search: SavedSearch) -> None:
    """Forget an alert, and the address once it follows nothing."""
    _hold(search.subscriber_id)
    SavedSearch.objects.filter(pk=search.pk).delete()
    Subscriber.objects.filter(pk=search.subscriber_id, searches=None).delete()


def subscriber_of(token: str) -> Subscriber | None:
    """Who the link that ends alerts is of; None once they follow nothing.

    Raises:
        BadLink: when it was not made here.

    """
    try:
        key = signing.loads(token, salt=END)
    except signing.BadSignature:
        raise BadLink from None
    return Subscriber.objects.filter(pk=key).first()


@transaction.atomic
def end_all(*, subscriber: Subscriber) -> None:
    """Forget an address and all that it follows."""
    _hold(subscriber.pk)
    Subscriber.objects.filter(pk=subscriber.pk).delete()


@transaction.atomic
def move(*, old: str, new: str) -> None:
    """Follow at a new address what an account followed at the former one."""
    if old.lower() == new.lower():
        return
    former = Subscriber.objects.with_address(old).select_for_update().first()
    if former is None:
        return
    # What anybody asked for the new address was never confirmed, or is the same person.
    present = Subscriber.objects.with_address(new).select_for_update().first()
    if present is not None:
        asked = {(row.listing, row.query) for row in former.searches.all()}
        for row in present.searches.all():
            if (row.listing, row.query) not in asked:
                row.subscriber = former
                row.save(update_fields=["subscriber"])
        present.delete()
    Subscriber.objects.filter(pk=former.pk).update(email=new.lower())


@transaction.atomic
def forget() -> None:
    """Forget what nobody confirmed in time, and addresses that follow nothing.

    An address in use waits for the next time. Subscribers are locked before their
    searches, as everywhere: no deadlock.
    """
    now = timezone.now()
    old = SavedSearch.objects.unanswered(now - VALID)
    late = models.Q(pk__in=old.values("subscriber"))
    idle = models.Q(searches=None, since__lt=now - DAY)
    rows = Subscriber.objects.filter(
        pk__in=Subscriber.objects.filter(late | idle).values("pk")
    )
    locked = rows.order_by("pk").select_for_update(skip_locked=True)
    keys = list(locked.values_list("pk", flat=True))
    old.filter(subscriber__in=keys).delete()
    Subscriber.objects.filter(pk__in=keys, searches=None, since__lt=now - DAY).delete()


def ask_again() -> int:
    """Ask those without an account whether they still follow; give how many alerts.

    One alert of a person in a day, which goes on meanwhile: the link keeps it; without
    an answer, it is forgotten as one that nobody confirmed.
    """
    asked = 0
    for key in _old(timezone.now()).order_by("pk").values_list("pk", flat=True):
        try:
            asked += _asked_again(key)
        except Exception:
            logger.exception("Asking whether the alert %s is kept", key)
    return asked


def _old(now: datetime.datetime) -> models.QuerySet[SavedSearch]:
    """The alerts that were confirmed long ago, and not asked about since."""
    return SavedSearch.objects.filter(
        confirmed_at__lt=now - LASTS, asked_at__lte=models.F("confirmed_at")
    )


@transaction.atomic
def _asked_again(key: int) -> bool:
    now = timezone.now()
    search = _old(now).select_for_update().filter(pk=key).first()
    if search is None or _has_account(search.subscriber):
        return False
    one_a_day = (
        f"alerte-a-garder:{search.subscriber_id}:{timezone.localdate():%Y-%m-%d}"
    )
    if Mail.objects.filter(key=one_a_day).exists():
        return False
    search.asked_at = now
    search.save(update_fields=["asked_at"])
    followed = Alert(search, versions.current()).followed
    _send_link(search, followed, kind="alerte-a-garder", key=one_a_day)
    return True


def confirm_path(search: SavedSearch) -> str:
    """The address of the page that starts an alert."""
    token = signing.dumps(search.pk, salt=CONFIRM)
    return reverse("members:alert-confirm", args=[token])


def end_path(subscriber: Subscriber) -> str:
    """The address of the page that ends the alerts of a person, without signing in."""
    token = signing.dumps(str(subscriber.pk), salt=END)
    return reverse("members:alerts-end", args=[token])


def _locked(email: str) -> Subscriber:
    """The subscriber of an address, made if need be; one transaction at a time."""
    rows = Subscriber.objects.select_for_update()
    subscriber, _is_new = rows.get_or_create(email=email.lower())
    return subscriber


def _hold(key: Any) -> None:
    """Lock a subscriber before their searches, as a round does: no deadlock."""
    Subscriber.objects.select_for_update().filter(pk=key).first()


def _search(subscriber: Subscriber, followed: Followed) -> SavedSearch:
    """The alert of this search, or a new one that is not saved."""
    query = followed.query
    if len(query) > LONGEST_QUERY:
        raise TooLong
    same = subscriber.searches.filter(listing=followed.name, query=query).first()
    return same or SavedSearch(
        subscriber=subscriber, listing=followed.name, query=query
    )


def _begin(search: SavedSearch) -> None:
    """Tell from now on what the search does not find yet."""
    now = timezone.now()
    search.confirmed_at, search.paused_at = search.confirmed_at or now, None
    search.look(Alert(search, versions.current()).rows, on=timezone.localdate(now))
    search.told_lost = ""


def _may_be_sent(subscriber: Subscriber) -> bool:
    """Whether an address may be sent one more link: who answers may ask for more."""
    sent = Mail.objects.filter(
        kind=ASKED, to=subscriber.email, created_at__gt=timezone.now() - MONTH
    )
    return sent.count() < MOST_LINKS + subscriber.searches.on().count()


def _send_link(
    search: SavedSearch, followed: Followed | None, *, kind: str = ASKED, key: str = ""
) -> None:
    emails.send(
        kind,
        to=search.subscriber.email,
        key=key or f"alerte:{search.pk}:{timezone.localdate():%Y-%m-%d}",
        context={
            "listing": str(followed.view.heading) if followed else "",
            "path": confirm_path(search),
        },
    )


def _has_account(subscriber: Subscriber) -> bool:
    return bool(User.objects.with_address(subscriber.email).exists())
