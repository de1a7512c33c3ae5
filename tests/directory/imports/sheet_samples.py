"""A small table, and what a file is refused for."""

import pytest

from directory.imports import sheets
from directory.imports.refusals import ImportRefused

HEADER = ["Nom", "Ville", "Pays d’intervention"]
ROW = ["L’École de l’été", "Aix-en-Provence", "Côte d’Ivoire, Bénin"]


def refusal(data, **options):
    with pytest.raises(ImportRefused) as caught:
        sheets.read_bytes(data, **options)
    return str(caught.value).replace("\u00a0", " ")
