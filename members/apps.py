"""The people as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    """Users, and the structures they answer for."""

    name = "members"
    verbose_name = _("Comptes")

    def ready(self) -> None:
        """Tell the history why people write in the register."""
        from members import reasons  # noqa: PLC0415 - models are ready only now

        reasons.register()
