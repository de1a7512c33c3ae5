"""The forms of alerts: how often, and to which address."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from members.by_hand import ByHandForm
from members.models import SavedSearch

Rhythm = SavedSearch.Rhythm


class RhythmForm(forms.Form):
    """How often one is told."""

    rhythm = forms.ChoiceField(
        label=_("Recevoir les nouveautés"),
        choices=Rhythm.choices,
        initial=Rhythm.WEEKLY,
        widget=forms.RadioSelect,
    )


class AskForm(ByHandForm, RhythmForm):
    """How often a visitor is told, and at which address."""

    email = forms.EmailField(
        label=_("Votre adresse électronique"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_(
            "Elle reçoit un lien\u00a0: l’alerte commence quand vous l’avez ouvert et"
            " confirmé."
        ),
    )
