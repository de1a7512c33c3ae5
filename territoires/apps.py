"""The wiring as a Django app."""

from django.apps import AppConfig


class TerritoiresConfig(AppConfig):
    """Settings, addresses, checks: no table."""

    name = "territoires"

    def ready(self) -> None:
        """Register the system checks."""
        from territoires import checks  # noqa: F401, PLC0415 - once apps are ready
