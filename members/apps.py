"""The people as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    """Users, and the structures they answer for."""

    name = "members"
    verbose_name = _("Comptes")

    def ready(self) -> None:
        """Tell why people write in the register, and where alerts are asked for."""
        from directory.listings.asides import alerts_are_at  # noqa: PLC0415
        from members import reasons  # noqa: PLC0415 - models are ready only now

        reasons.register()
        alerts_are_at("members:follow")
