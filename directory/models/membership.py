"""Who is a member of the network, on a given day."""

from __future__ import annotations

import datetime

from django.db import models


def membership_runs(day: datetime.date) -> models.Q:
    """The condition of the structures that are members that day."""
    return models.Q(
        models.Q(member_until__isnull=True) | models.Q(member_until__gte=day),
        member_from__lte=day,
    )
