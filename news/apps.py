"""The publications as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsConfig(AppConfig):
    """Articles of the network and of its members."""

    name = "news"
    verbose_name = _("Publications")

    def ready(self) -> None:
        """Tell the register what articles say of who is at work."""
        from news import reach  # noqa: PLC0415 - models are ready only now

        reach.register()
