import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.imports.casing import readable, readable_town, sentence


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        (
            "ASSOCIATION DES AMIS DES ÉDITIONS",
            "Association des Amis des Éditions",
        ),
        ("L'AMI DE L’ÉTÉ", "L'Ami de l’Été"),
        ("AEP - LE ROC", "AEP - Le Roc"),
        ("AEP : LE ROC", "AEP : Le Roc"),
        ("CENTRE SOCIO-CULTUREL D'ARLES", "Centre Socio-Culturel d'Arles"),
        ("MJC DE MARTIGUES", "MJC de Martigues"),
        ("UNION DES F.J.E.P. DU VAR", "Union des F.J.E.P. du Var"),
        ("SOLIDARITÉ (SOLNORD)", "Solidarité (SOLNORD)"),
        ("IIDH - INSTITUT DES DROITS", "IIDH - Institut des Droits"),
        ("A CENTRE S OCIO CULTUREL", "A Centre S Ocio Culturel"),
        ("VAR ACTION 83", "Var Action 83"),
    ],
)
def test_names_in_capitals_become_readable(typed, shown):
    assert readable(typed) == shown


@pytest.mark.parametrize(
    "name",
    [
        "Association des Amis",
        "eLiFe",
        "GREF - Groupement des Retraités",
        "CODASI",
        "AFPS 34",
        "I.C.A.R.E",
        "123",
        "",
    ],
)
def test_other_names_are_left_as_they_are(name):
    assert readable(name) == name


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("PARIS", "Paris"),
        ("AIX EN PROVENCE CEDEX 1", "Aix en Provence Cedex 1"),
        ("L'HAY LES ROSES", "L'Hay les Roses"),
        ("Saint-Rémy", "Saint-Rémy"),
    ],
)
def test_towns_hold_no_acronym(typed, shown):
    assert readable_town(typed) == shown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("aide à la scolarisation", "Aide à la scolarisation"),
        ("EQUIPEMENT LOCAUX", "Equipement locaux"),
        ("ONG", "ONG"),
        ("Déjà bien", "Déjà bien"),
        ("", ""),
    ],
)
def test_titles_begin_with_a_capital(typed, shown):
    assert sentence(typed) == shown


@settings(deadline=None)
@given(st.text())
def test_a_readable_name_is_not_corrected_again(name):
    once = readable(name)

    assert readable(once) == once


@settings(deadline=None)
@given(st.text())
def test_only_the_case_changes(name):
    assert readable(name).casefold() == name.casefold()
