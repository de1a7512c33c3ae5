"""What a kind of mail is."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Kind:
    """A kind of mail. `subject`, `why` and `action` may hold `{names}` of the context.

    `specimen` is what the staff's gallery shows of it: an invented context, complete.
    """

    name: str
    #: What the staff call it.
    label: Any
    subject: Any
    #: « Vous recevez ce message parce que … », without these words nor the full stop.
    why: Any
    specimen: Mapping[str, Any]
    #: The words of the button, which leads to the `path` of the context; or none.
    action: Any = ""
    #: Whether its body opens something: emptied once sent.
    is_secret: bool = False
    #: Whether the site writes it unasked: a person gets few of these in a week.
    is_unasked: bool = False
    #: How long it is worth sending.
    useful_for: datetime.timedelta = field(default=datetime.timedelta(days=3))

    @property
    def is_urgent(self) -> bool:
        """Whether somebody waits for it: sent before others."""
        return self.useful_for <= datetime.timedelta(hours=1)

    @property
    def text_template(self) -> str:
        """The name of the template of the plain text."""
        return f"emails/{self.name}.txt"

    @property
    def html_template(self) -> str:
        """The name of the template of the HTML."""
        return f"emails/{self.name}.html"
