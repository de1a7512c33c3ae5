"""The publications as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsConfig(AppConfig):
    """Articles of the network and of its members."""

    name = "news"
    verbose_name = _("Publications")

    def ready(self) -> None:
        """Tell the register what articles say, and all pages what their frame reads."""
        from directory.history.traces import Reason, add_reason  # noqa: PLC0415
        from directory.keeping.framed_pages import add_to_frame  # noqa: PLC0415
        from news import reach  # noqa: PLC0415

        reach.register()
        add_to_frame("news_page")
        words = _("Mots-clés fusionnés dans «\u00a0%(kept)s\u00a0»")
        add_reason("mots-cles", Reason(words))
