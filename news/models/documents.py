"""Documents of calls and events: a PDF that was sent, or a link."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext_lazy as _

from directory.models.fields import WebAddressField, is_web_address, not_blank
from directory.models.files import GoesWithItsRow
from news.models.calls import Call
from news.models.events import Event
from news.pdf import check_pdf


def validate_document(value: FieldFile) -> None:
    """Refuse what was just sent and is not a safe PDF; stored files are trusted."""
    if not getattr(value, "_committed", True):
        check_pdf(value.file, value.name or "")


class DocumentInput(forms.FileField):
    """Where a document is sent; the model's field says what is wrong with it."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Let the browser propose only what is accepted."""
        return {**super().widget_attrs(widget), "accept": ".pdf,application/pdf"}


class DocumentField(GoesWithItsRow):
    """A PDF that people send; `upload_to` is its folder."""

    default_validators = [validate_document]

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": DocumentInput, **kwargs})


class Document(models.Model):
    """Something to read beside a publication: a file, or an address."""

    title = models.CharField(
        _("titre"), max_length=150, help_text=_("Par exemple «\u00a0Règlement\u00a0».")
    )
    file = DocumentField(
        _("fichier PDF"),
        upload_to="documents",
        blank=True,
        help_text=_("10\u00a0Mo au plus, sans script."),
    )
    url = WebAddressField(_("ou adresse"), blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]
        constraints = [
            not_blank("%(class)s_has_a_title", "title"),
            models.CheckConstraint(
                name="%(class)s_is_a_file_or_an_address",
                condition=(models.Q(file="") & ~models.Q(url=""))
                | (~models.Q(file="") & models.Q(url="")),
                violation_error_code="file",
                violation_error_message=_(
                    "Envoyez un fichier, ou donnez une adresse\u00a0: l’un des deux."
                ),
            ),
            is_web_address("%(class)s_address_is_web_address", "url"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def address(self) -> str:
        """Where the document is read."""
        return str(self.file.url) if self.file else self.url


class CallDocument(Document):
    """A document of a call: its rules, its form."""

    call = models.ForeignKey(
        Call,
        verbose_name=_("appel à projets"),
        on_delete=models.CASCADE,
        related_name="documents",
    )

    class Meta(Document.Meta):
        verbose_name = _("document d’un appel")
        verbose_name_plural = _("documents d’un appel")


class EventDocument(Document):
    """A document of an event: its programme, its minutes."""

    event = models.ForeignKey(
        Event,
        verbose_name=_("événement"),
        on_delete=models.CASCADE,
        related_name="documents",
    )

    class Meta(Document.Meta):
        verbose_name = _("document d’un événement")
        verbose_name_plural = _("documents d’un événement")
