"""What a proposal's author is told by mail, in the transaction of the decision."""

from __future__ import annotations

from members.mails import emails
from members.models import Proposal, State
from members.proposals import changes
from members.proposals.outcomes import RETURNED

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
            "returned": returned(proposal),
            "path": proposal.get_absolute_url(),
        },
    )


def returned(proposal: Proposal) -> list[dict[str, str]]:
    """The fields that come back, each with its own reason, if it has one."""
    editable = changes.editable_of(proposal)
    fields = editable.form.base_fields if editable else {}
    return [
        {"label": str(fields[name].label), "reason": said.get("reason", "")}
        for name, said in proposal.decisions.items()
        if said["outcome"] == RETURNED and name in fields
    ]
