"""Seal the second factors again, under the key of today."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.core.management.base import BaseCommand
from django.db import transaction

from members.accounts.sealing import sealed_again

WAY_OUT = (
    "Remettez l’ancienne clé dans SECRET_KEY_FALLBACKS et recommencez. Elle est perdue"
    "\u00a0? Pour chaque compte, retirez les seconds facteurs\u00a0:"
    " manage.py sign_in_code ADRESSE --forget-second-factors"
)


class Command(BaseCommand):
    """Read what former keys sealed, so that they may leave SECRET_KEY_FALLBACKS."""

    help = "Chiffre de nouveau les seconds facteurs, avec la clé d’aujourd’hui."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Seal each; tell how many, and how many no key opens."""
        rows = Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN)
        lost = 0
        for row in rows.select_for_update():
            try:
                row.data = sealed_again(row.data)
            except InvalidToken:
                lost += 1
            else:
                row.save(update_fields=["data"])
        self.stdout.write(f"Seconds facteurs chiffrés\u00a0: {len(rows) - lost}.")
        if lost:
            self.stderr.write(f"Illisibles, faute de leur clé\u00a0: {lost}.")
            self.stderr.write(WAY_OUT)
