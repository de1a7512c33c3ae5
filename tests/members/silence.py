"""What tests of the yearly question do again and again."""

import datetime
import re

from django.utils import timezone

from members import freshness
from members.models import FreshnessRequest, Mail
from tests.factories import (
    StructureFactory,
)

NOW = datetime.datetime(2026, 11, 2, 7, 30, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)
MAILBOX = "bureau@essai.example"


def structure(*, days=0, **fields):
    """A public structure that was confirmed that long ago."""
    at = timezone.now() - days * DAY
    fields = {"email": MAILBOX, "phone": "04 91 00 00 00", **fields}
    return StructureFactory(published=True, verified_at=at, **fields)


def days_pass(clock, number, every=1):
    """The round of each of these days."""
    for _ in range(number):
        clock.shift(every * DAY)
        freshness.ask_all()


def steps():
    return list(
        FreshnessRequest.objects.order_by("asked_at").values_list("step", flat=True)
    )


def link():
    """The path that the last mail leads to."""
    return re.search(
        r"/mon-espace/verification/[^/\s]+/", Mail.objects.latest("pk").text
    )[0]
