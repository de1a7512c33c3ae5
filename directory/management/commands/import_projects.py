"""`manage.py import_projects`: see `docs/guide/importer.md`."""

from directory.imports import projects
from directory.management.importing import ImportCommand


class Command(ImportCommand):
    """Import a file of projects."""

    help = "Importe des projets et leurs porteurs depuis un fichier CSV ou XLSX."
    run = staticmethod(projects.run)
