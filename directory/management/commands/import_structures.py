"""`manage.py import_structures`: see `docs/guide/importer.md`."""

from directory.imports import structures
from directory.management.importing import ImportCommand


class Command(ImportCommand):
    """Import a file of structures."""

    help = "Importe des structures depuis un fichier CSV ou XLSX."
    run = staticmethod(structures.run)
