"""The register as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    """Structures, projects and their vocabularies."""

    name = "directory"
    verbose_name = _("Annuaire")

    def ready(self) -> None:
        """Tell what the frame of every page reads."""
        from directory.keeping.framed_pages import add_to_frame  # noqa: PLC0415
        from directory.models.network import READ_WITH_NETWORK  # noqa: PLC0415

        add_to_frame(*READ_WITH_NETWORK)
