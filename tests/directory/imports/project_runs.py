"""Runs of the import of projects, from rows."""

from directory.imports import mapping as mappings
from directory.imports import projects
from directory.imports.project_fields import FIELDS
from directory.models import Participation, Project
from tests.directory.imports.tables import sheet

Role = Participation.Role


def run(*rows, mapping=None, source="essai", **options):
    parsed = mappings.parse(mapping, FIELDS) if mapping else None
    return projects.run(sheet(*rows), source=source, mapping=parsed, **options)


def the_project():
    return Project.objects.get()


def parts(project):
    return [
        (part.role, part.organisation, part.amount)
        for part in project.participations.all()
    ]


FULL_HEADER = [
    "Titre", "Résumé", "Description", "Porteur", "Ville", "Code postal", "Partenaires",
    "Partenaires locaux", "Financeur", "Montant", "Date de début", "Date de fin",
    "Nature", "Statut", "Bénéficiaires", "Nombre de bénéficiaires", "Budget", "Devise",
    "Montants publics", "Liens", "Pays", "Secteurs", "ODD",
]  # fmt: skip
FULL_ROW = [
    "De l’eau pour l’école", "Un puits.", "Un puits\npour l’école.",
    "Les Amis du Puits", "Apt", "84400", "La Source, Le Seau", "Mairie d’ailleurs",
    "afd", "1 500,50 €", "03/2019", "2020", "Microprojet", "Terminé", "élèves", "120",
    "9000", "€", "oui", "www.puits.example", "Mali", "Éducation", "6",
]  # fmt: skip
