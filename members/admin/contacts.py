"""The contacts of the register, and how the staff ask whether they may be named."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from directory.admin.structures import ContactAdmin
from directory.models import Contact
from members import consent

admin.site.unregister(Contact)


@admin.register(Contact)
class AskedContactAdmin(ContactAdmin):
    """The contacts, who are asked by mail whether they may be named."""

    actions = ("ask_consent",)

    @admin.action(
        description=_("Demander l’accord pour être nommé"), permissions=["change"]
    )
    def ask_consent(self, request: HttpRequest, queryset: Any) -> None:
        """Write to each of the chosen ones who has an address."""
        written, unreachable = 0, []
        for contact in queryset.select_related("structure"):
            try:
                consent.ask(contact=contact)
                written += 1
            except consent.NoMailbox:
                unreachable.append(contact.full_name)
        if written:
            said = ngettext("%(n)d courriel part.", "%(n)d courriels partent.", written)
            self.message_user(request, said % {"n": written}, messages.SUCCESS)
        if unreachable:
            told = _("Sans adresse électronique\u00a0: %s.") % ", ".join(unreachable)
            self.message_user(request, told, messages.WARNING)
