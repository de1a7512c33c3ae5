"""What visitors without an account send: by hand, as far as one can tell.

No cookie is needed for that, and none is set.
"""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

SALT = "members.reports"
#: Nobody reads and writes faster; nobody keeps a page open longer.
SOONEST = datetime.timedelta(seconds=2)
LATEST = datetime.timedelta(days=1)


class ByHandForm(forms.Form):
    """A form that a person sends; its template has `members/_by_hand.html`."""

    #: Left empty by people, who do not see it.
    surname = forms.CharField(required=False)
    opened = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Note when the page was opened, in a way that nobody can forge."""
        super().__init__(*args, **kwargs)
        self.fresh_mark = signing.TimestampSigner(salt=SALT).sign("ouverte")

    @property
    def is_of_a_robot(self) -> bool:
        """Whether the field that people do not see was filled."""
        return bool(self.data.get(self.add_prefix("surname"), ""))

    def clean(self) -> dict[str, Any]:
        """Refuse what was sent at once, or from a page of another day."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        signer = signing.TimestampSigner(salt=SALT)
        opened = cleaned.get("opened", "")
        try:
            signer.unsign(opened, max_age=LATEST)
            is_too_soon = _is_newer_than(signer, opened, SOONEST)
        except signing.BadSignature:
            raise ValidationError(
                _(
                    "Cette page était ouverte depuis longtemps\u00a0: envoyez-la de"
                    " nouveau."
                ),
                code="old",
            ) from None
        if is_too_soon:
            raise ValidationError(
                _("Relisez ce que vous envoyez, puis recommencez."), code="soon"
            )
        return cleaned


def _is_newer_than(
    signer: signing.TimestampSigner, mark: str, age: datetime.timedelta
) -> bool:
    try:
        signer.unsign(mark, max_age=age)
    except signing.SignatureExpired:
        return False
    return True
