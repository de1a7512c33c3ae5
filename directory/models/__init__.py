"""The tables of the register."""

from directory.models.contacts import Contact
from directory.models.dac import DacList
from directory.models.geography import (
    Commune,
    Country,
    Department,
    Epci,
    Region,
    WorldRegion,
)
from directory.models.network import Network, NetworkPartner, Office
from directory.models.participations import Locality, Participation, ProjectImage
from directory.models.projects import Project
from directory.models.published import Freshness, Publication
from directory.models.structures import Structure
from directory.models.traces import Trace
from directory.models.vocabularies import (
    CrsCode,
    Funder,
    Goal,
    Sector,
    StructureType,
    Target,
    Theme,
)

__all__ = [
    "Commune",
    "Contact",
    "Country",
    "CrsCode",
    "DacList",
    "Department",
    "Epci",
    "Freshness",
    "Funder",
    "Goal",
    "Locality",
    "Network",
    "NetworkPartner",
    "Office",
    "Participation",
    "Project",
    "ProjectImage",
    "Publication",
    "Region",
    "Sector",
    "Structure",
    "StructureType",
    "Target",
    "Theme",
    "Trace",
    "WorldRegion",
]
