"""Django's admin, with our own site."""

from django.contrib.admin.apps import AdminConfig


class StaffAdminConfig(AdminConfig):
    """The admin whose menu follows the staff's work."""

    default_site = "territoires.admin_site.StaffSite"
