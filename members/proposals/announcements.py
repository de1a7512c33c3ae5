"""What a proposal's author is told by mail, in the transaction of the decision."""

from __future__ import annotations

from members.mails import emails
from members.models import Proposal, State

#: What the staff decided -> the kind of mail that tells it.
TOLD = {
    State.ACCEPTED: "proposition-acceptee",
    State.PARTLY: "proposition-en-partie",
    State.RETURNED: "proposition-renvoyee",
}


def announce(proposal: Proposal) -> None:
    """Write to the author what the staff decided; nothing while it waits."""
    kind, author = TOLD.get(State(proposal.state)), proposal.author
    if kind is None or author is None or not author.is_active or not proposal.moderator:
        return
    emails.send(
        kind,
        to=author.email,
        key=f"proposal:{proposal.pk}:{proposal.version}",
        context={
            "record": proposal.label or proposal.structure_name,
            "reason": proposal.reason,
            "path": proposal.get_absolute_url(),
        },
    )
