"""Runs of the import of structures, from rows."""

from directory.imports import mapping as mappings
from directory.imports import structures
from directory.imports.structure_fields import FIELDS
from directory.models import Structure
from tests.directory.imports.tables import sheet

MEMBERSHIP_OUT_OF_ORDER = (
    "La fin de l’adhésion précède son début : corrigez l’une des deux."
)


def run(*rows, mapping=None, source="essai", **options):
    parsed = mappings.parse(mapping, FIELDS) if mapping else None
    return structures.run(sheet(*rows), source=source, mapping=parsed, **options)


def the_structure():
    return Structure.objects.get()


def codes(manager):
    return sorted(manager.values_list("code", flat=True))


FULL_HEADER = [
    "Nom", "Sigle", "Autres noms", "Type de structure", "Présentation", "SIREN", "RNA",
    "Adresse", "Code postal", "Ville", "Site web", "Courriel", "Téléphone",
    "Réseaux sociaux", "Année de création", "Adhérent depuis le", "Pays d’intervention",
    "Secteurs d’intervention", "ODD",
]  # fmt: skip
FULL_ROW = [
    "Les Amis de la Source", "AS", "Amis-Source, La Source", "comite de jumelage",
    "Première ligne.\r\n\r\nSeconde.", "490 135 456", "w131000123", "1, rue des Essais",
    "13100", "AIX EN PROVENCE", "www.source.example", "contact@source.example",
    "04 00 00 00 00", "https://social.example/source", "1998", "15/03/2020",
    "mali, BENIN", "Éducation, santé", "4, ODD 6",
]  # fmt: skip
