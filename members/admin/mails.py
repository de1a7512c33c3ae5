"""The mails as the staff see them: what left, what did not and why, what each says."""

from __future__ import annotations

from typing import Any

from csp.decorators import csp, csp_update
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.clickjacking import xframe_options_sameorigin
from procrastinate.contrib.django.models import ProcrastinateJob

from directory.admin.base import RegisterAdmin
from members.mails import emails, post
from members.mails.mail_kinds import KINDS
from members.models import Mail

#: What the document of a mail may do in a page of ours: have its own style.
OF_A_MAIL = {
    "default-src": ["'none'"],
    "style-src": ["'unsafe-inline'"],
    "frame-ancestors": ["'self'"],
}

admin.site.unregister(ProcrastinateJob)  # the staff have the mails themselves


class StateFilter(admin.SimpleListFilter):
    """Narrow the mails to those that wait, left, or were refused."""

    title = _("état")
    parameter_name = "etat"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        """Give the three states."""
        return (
            ("en-attente", _("En attente")),
            ("parti", _("Parti")),
            ("refuse", _("Refusé")),
        )

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Keep the mails in the chosen state."""
        match self.value():
            case "en-attente":
                return queryset.waiting()
            case "parti":
                return queryset.sent()
            case "refuse":
                return queryset.refused()
        return queryset


@admin.register(Mail)
class MailAdmin(RegisterAdmin):
    """Every mail; nobody writes one here."""

    change_list_template = "admin/members/mail/change_list.html"
    list_display = ("created_at", "to", "kind_label", "subject", "state", "error")
    list_display_links = ("created_at", "subject")
    list_filter = (StateFilter,)
    search_fields = ("to", "subject")
    ordering = ("-created_at", "pk")
    fields = (
        "to",
        "kind_label",
        "subject",
        ("created_at", "state"),
        ("tries", "error"),
        "said",
    )
    readonly_fields = ("kind_label", "state", "said")
    actions = ("send_again",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Leave the writing to what happens on the site."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Keep what was sent as it was sent."""
        return False

    def has_send_again_permission(self, request: HttpRequest) -> bool:
        """Whether the person may have a mail sent again."""
        return bool(request.user.has_perm("members.change_mail"))

    def get_urls(self) -> list[URLPattern]:
        """Add the gallery, and the document of each kind."""
        view = self.admin_site.admin_view
        return [
            path("apercu/", view(self.gallery), name="members_mail_gallery"),
            path(
                "apercu/<slug:kind>/", view(self.specimen), name="members_mail_specimen"
            ),
            *super().get_urls(),
        ]

    @method_decorator(csp_update({"frame-src": ["'self'"]}))
    def gallery(self, request: HttpRequest) -> HttpResponse:
        """Every kind of mail, on invented facts: its HTML beside its text."""
        self._check_view(request)
        kinds = [
            {"kind": kind, "letter": emails.written(kind, kind.specimen)}
            for kind in KINDS.values()
        ]
        context = {
            **self.admin_site.each_context(request),
            "title": _("Les courriels du site"),
            "kinds": kinds,
        }
        return TemplateResponse(request, "admin/members/mail/gallery.html", context)

    @method_decorator([xframe_options_sameorigin, csp(OF_A_MAIL)])
    def specimen(self, request: HttpRequest, kind: str) -> HttpResponse:
        """The HTML of a kind of mail, to be framed by the gallery."""
        self._check_view(request)
        if kind not in KINDS:
            raise Http404
        return HttpResponse(emails.written(KINDS[kind], KINDS[kind].specimen).html)

    @admin.display(description=_("sorte"), ordering="kind")
    def kind_label(self, mail: Mail) -> Any:
        """Give the kind in words."""
        return KINDS[mail.kind].label if mail.kind in KINDS else mail.kind

    @admin.display(description=_("état"))
    def state(self, mail: Mail) -> str:
        """Tell what became of it."""
        return mail.state

    @admin.display(description=_("texte"))
    def said(self, mail: Mail) -> Any:
        """Give the text, unless it opens an account or was forgotten."""
        kind = KINDS.get(mail.kind)
        if kind and kind.is_secret:
            return _(
                "Il contient un code ou un lien personnel\u00a0: il n’est pas montré."
            )
        return mail.text or _("Effacé au bout du délai de conservation.")

    @admin.action(description=_("Renvoyer la sélection"), permissions=["send_again"])
    def send_again(self, request: HttpRequest, queryset: Any) -> None:
        """Have the selected mails sent once more."""
        sent = 0
        for mail in queryset:
            try:
                post.send_again(mail)
            except Mail.DoesNotExist:
                said = _("Le texte de «\u00a0%s\u00a0» est effacé\u00a0: rien ne part.")
                self.message_user(request, said % mail.subject, messages.WARNING)
            else:
                sent += 1
        if sent:
            told = ngettext(
                "Le courriel va repartir.", "%(n)d courriels vont repartir.", sent
            )
            self.message_user(request, told % {"n": sent}, messages.SUCCESS)

    def _check_view(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):
            raise Http404
