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


def members_first(day: datetime.date) -> models.Case:
    """What to sort structures by, so that the members of that day come first."""
    return models.Case(
        models.When(membership_runs(day), then=models.Value(0)),
        default=models.Value(1),
        output_field=models.PositiveSmallIntegerField(),
    )
