"""The forms by which anybody says that a record is wrong."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from members.by_hand import ByHandForm
from members.models import Report


class ReportForm(ByHandForm, forms.ModelForm):
    """What is wrong, in words; sent by a person, as far as one can tell."""

    about = forms.ChoiceField(
        label=_("Qu’est-ce qui est faux\u00a0?"),
        choices=[("", _("Choisir…")), *Report.About.choices],
    )

    class Meta:
        model = Report
        fields = ("about", "text", "email")
        widgets = {
            "text": forms.Textarea(attrs={"rows": 6}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
        }
        labels = {
            "text": _("Dites-nous ce qu’il faudrait lire"),
            "email": _("Votre adresse électronique (facultatif)"),
        }
