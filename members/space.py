"""What a person finds in « Mon espace »: their structures, and what needs them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from directory.models import Structure
from directory.models.published import YEAR
from members import needs
from members.drift import Drift, drifts
from members.models import Membership, Proposal, held_by
from news.matching import Match, matches
from news.models import Call

#: How many calls and suggestions are shown of a structure; its page has them all.
MOST_CALLS = 3
MOST_DRIFTS = 3


@dataclass(frozen=True)
class Held:
    """A structure of a person, and what it waits for."""

    structure: Structure
    membership: Membership
    #: The calls it may answer, the best first.
    calls: list[Match]
    #: What its publications and projects say, and its page does not.
    every_drift: list[Drift]
    #: What waits for the staff, or came back to be corrected.
    proposals: list[Proposal]

    @property
    def drifts(self) -> list[Drift]:
        """Those that are best told; the page of the structure has the others."""
        return self.every_drift[:MOST_DRIFTS]

    @property
    def drifts_left(self) -> int:
        """How many others there are."""
        return len(self.every_drift) - len(self.drifts)

    @property
    def needs(self) -> list[needs.Need]:
        """What its page lacks."""
        return needs.missing(self.structure)

    @property
    def is_to_verify(self) -> bool:
        """Whether nobody has confirmed its page for a year."""
        last = self.structure.verified_at
        return last is None or last < timezone.now() - YEAR


def held(user: Any) -> list[Held]:
    """The person's structures by name, in a number of queries that is fixed."""
    structures = list(held_by(user).for_page().by_name())
    if not structures:
        return []
    mine = {row.structure_id: row for row in Membership.objects.filter(user=user)}
    published = [item for item in structures if item.is_published]
    found = matches(Call.objects.published().for_matching(), published)
    suggested = drifts(held_by(user).published())
    proposed = list(Proposal.objects.going_on(user, structures))
    return [
        Held(
            item,
            mine[item.pk],
            [one for one in found.fitting if one.structure is item][:MOST_CALLS],
            [one for one in suggested if one.structure == item],
            [one for one in proposed if one.structure_id == item.pk],
        )
        for item in structures
    ]
