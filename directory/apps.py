"""The register as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    """Structures, projects and their vocabularies."""

    name = "directory"
    verbose_name = _("Annuaire")
