"""The staff's product: the admin of the register, in French."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from directory.admin import geography, network, projects, structures, vocabularies

__all__ = ["geography", "network", "projects", "structures", "vocabularies"]

admin.site.site_header = _("Territoires solidaires")
admin.site.site_title = _("Territoires solidaires")
admin.site.index_title = _("Administration de l’annuaire")
