"""A record of the demonstration that nobody has confirmed for a year, and its mail."""

from __future__ import annotations

import datetime

from django.utils import timezone

from directory.models import Structure
from members import freshness
from members.models import FreshnessRequest
from territoires.demo.accounts import OWNER
from territoires.demo.files import Loaded

#: A year and a month ago.
LONG_AGO = datetime.timedelta(days=396)


def load(structures: Loaded[Structure]) -> int:
    """Ask the owner's structure whether its record is right; once."""
    key = structures.by_name[OWNER.structure].pk
    mine = Structure.objects.filter(pk=key)
    if FreshnessRequest.objects.filter(structure__in=mine).exists():
        return 0
    mine.update(verified_at=timezone.now() - LONG_AGO)
    return freshness.ask_all(among=mine)
