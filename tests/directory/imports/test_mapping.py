import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.imports import mapping as mappings
from directory.imports.columns import match
from directory.imports.mapping import Mapping, Target
from directory.imports.project_fields import FIELDS as PROJECT_FIELDS
from directory.imports.refusals import ImportRefused
from directory.imports.structure_fields import FIELDS
from directory.labels import fold
from tests.directory.imports.tables import sheet


def parse(data, fields=FIELDS):
    return mappings.parse(data, fields)


def refusal(data, fields=FIELDS):
    with pytest.raises(ImportRefused) as caught:
        parse(data, fields)
    return str(caught.value).replace("\u00a0", " ")


def plan_of(*headers, fields=FIELDS, **mapping):
    return match(sheet(headers, ["x"] * len(headers)), Mapping(**mapping), fields)


def used(plan):
    return {column.header: column.field.name for column in plan.columns}


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Nom", "name"),
        ("RAISON SOCIALE", "name"),
        ("dénomination", "name"),
        ("Pays d'intervention", "countries"),
        ("Pays d’Intervention", "countries"),
        ("Secteur(s) d'intervention", "sectors"),
        ("ODD", "goals"),
        ("Code postal", "postcode"),
        ("code_postal", "postcode"),
        ("Commune", "city"),
        ("Département", "department"),
        ("N° SIREN", "siren"),
        ("Site Web", "website"),
        ("Type de structure", "type"),
        ("Courriel", "email"),
        ("Téléphone", "phone"),
        ("name", "name"),
        ("identifiant", "external_key"),
    ],
)
def test_headers_of_structures_are_understood(header, field):
    assert FIELDS.named(header) == field


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Titre", "title"),
        ("Intitulé du projet", "title"),
        ("Porteur", "lead"),
        ("Bénéficiaire", "lead"),
        ("Ville", "lead_city"),
        ("Montant", "amount"),
        ("Année", "year"),
        ("Pays", "countries"),
        ("Partenaires", "partners"),
        ("Financeur", "funder"),
    ],
)
def test_headers_of_projects_are_understood(header, field):
    assert PROJECT_FIELDS.named(header) == field


@pytest.mark.parametrize("fields", [FIELDS, PROJECT_FIELDS])
def test_no_header_announces_two_fields(fields):
    claimed = {}

    for field in fields.values():
        for header in field.headers:
            claimed.setdefault(fold(header), set()).add(field.name)

    assert {header: names for header, names in claimed.items() if len(names) > 1} == {}


def test_columns_that_are_not_understood_are_told():
    plan = plan_of("Nom", "Couleur", "", "Ville")

    assert used(plan) == {"Nom": "name", "Ville": "city"}
    assert plan.unused == ("Couleur", "colonne 3, sans nom")


def test_the_correspondence_wins_over_the_headers():
    mapping = parse(
        {"columns": {"INTITULÉ ": "name", "nom": None, "Zone": "countries"}}
    )

    plan = match(
        sheet(["Intitulé", "Nom", "zone", "Ville"], ["a", "b", "c", "d"]),
        mapping,
        FIELDS,
    )

    assert used(plan) == {"Intitulé": "name", "zone": "countries", "Ville": "city"}
    assert plan.unused == ("Nom",)


def test_a_separator_can_be_given():
    mapping = parse({"columns": {"pays": {"field": "countries", "split": " "}}})

    assert mapping.columns["pays"] == Target("countries", " ")


def test_a_required_column_that_is_missing_is_refused():
    with pytest.raises(ImportRefused, match=r"Il manque une colonne.*nom"):
        plan_of("Ville")


def test_a_default_stands_for_a_required_column():
    plan = plan_of("Ville", defaults={"name": "Sans nom"})

    assert used(plan) == {"Ville": "city"}


def test_a_column_of_the_correspondence_that_is_missing_is_refused():
    mapping = parse({"columns": {"nom": "name", "zone": "countries"}})

    with pytest.raises(ImportRefused, match=r"colonne de la correspondance.*zone"):
        match(sheet(["nom"], ["Un"]), mapping, FIELDS)


def test_a_column_left_out_may_be_missing():
    mapping = parse({"columns": {"remarques": None}})

    plan = match(sheet(["nom"], ["Un"]), mapping, FIELDS)

    assert used(plan) == {"nom": "name"}


def test_two_columns_for_one_field_are_refused():
    with pytest.raises(ImportRefused, match=r"Raison sociale.*Nom.*vont toutes deux"):
        plan_of("Raison sociale", "Nom")


def test_the_key_is_the_columns_that_are_named():
    mapping = parse({"key": ["Dossier", "annee"]})

    plan = match(
        sheet(["Année", "dossier", "nom"], ["2015", "12", "Un"]), mapping, FIELDS
    )

    assert plan.key == (1, 0)


def test_a_column_of_identifiers_is_the_key():
    assert plan_of("Nom", "Identifiant").key == (1,)
    assert plan_of("Nom", "Ville").key == ()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ([], "objet JSON"),
        ("nom", "objet JSON"),
        ({"colonnes": {}}, "« colonnes » n’est pas une rubrique connue"),
        ({"columns": []}, "« columns » doit être un objet"),
        (
            {"columns": {"nom": "nme"}},
            "« nom » : « nme ». Vouliez-vous dire « name »",
        ),
        ({"columns": {"nom": "nom"}}, "« nom ». Vouliez-vous dire « name » ?"),
        ({"columns": {"nom": ["name"]}}, "champ inconnu pour la colonne « nom »"),
        ({"columns": {"p": {"field": "countries", "split": "-"}}}, "« split »"),
        ({"columns": {"p": {"field": "countries", "cut": " "}}}, "« split »"),
        ({"defaults": {"nme": "x"}}, "champ inconnu dans « defaults » : « nme »"),
        ({"defaults": {"name": None}}, "valeur par défaut de « name »"),
        ({"defaults": {"name": [{}]}}, "valeur par défaut de « name »"),
        ({"key": 3}, "« key » doit être un texte, ou une liste"),
        ({"key": [3]}, "« key » doit être un texte, ou une liste"),
        ({"abroad": {}}, "« abroad » doit être un texte, ou une liste"),
        ({"sheet": 2}, "« sheet » doit être un texte"),
        ({"titles": {"template": "{title}"}}, "« titles » ne sert qu’aux projets."),
        ({"key": "a\ud800"}, "caractère illisible"),
        ({"defaults": {"name": "a\x00"}}, "caractère illisible"),
        ({"columns": {"\udc00": {"field": "name"}}}, "caractère illisible"),
        ({"columns": {"100 %": "100 %"}}, "colonne « 100 % » : « 100 % »."),
    ],
)
def test_a_wrong_correspondence_is_refused(data, message):
    assert message in refusal(data)


@pytest.mark.parametrize(
    ("titles", "message"),
    [
        ({"template": "{name}"}, "n’admet que {lead}, {title} et {year}"),
        ({"template": "{title.__class__}"}, "n’admet que"),
        ({"template": "{title!r:>{year}}"}, "n’admet que"),
        ({"template": "{title"}, "n’admet que"),
        ({"template": "{}"}, "n’admet que"),
        ({"template": 4}, "« template » doit être un texte"),
        ({"below": -1}, "« below » va de 0 à 250"),
        ({"limit": "40"}, "« limit » va de 0 à 250"),
        ({"limit": True}, "« limit » va de 0 à 250"),
        ({"max": 3}, "rubrique « max » inconnue"),
    ],
)
def test_a_wrong_rule_for_titles_is_refused(titles, message):
    assert message in refusal({"titles": titles}, PROJECT_FIELDS)


def test_every_error_is_told_at_once():
    message = refusal({"oups": 1, "columns": {"nom": "nme"}, "key": 3})

    assert all(word in message for word in ("oups", "nom", "key"))


def test_defaults_are_texts_lists_numbers_or_yes_and_no():
    mapping = parse(
        {
            "defaults": {
                "status": "termine",
                "countries": ["Mali", "Bénin"],
                "year": 2015,
                "budget_is_public": True,
            }
        },
        PROJECT_FIELDS,
    )

    assert mapping.defaults == {
        "status": "termine",
        "countries": "Mali, Bénin",
        "year": "2015",
        "budget_is_public": "oui",
    }


def test_a_file_is_read_with_or_without_mark(tmp_path):
    path = tmp_path / "map.json"
    path.write_text(json.dumps({"key": "siren"}), encoding="utf-8-sig")

    assert mappings.load(path, FIELDS).key == ("siren",)


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe", b"[" * 100_000, b""])
def test_a_file_that_is_no_json_is_refused(tmp_path, content):
    path = tmp_path / "map.json"
    path.write_bytes(content)

    with pytest.raises(ImportRefused, match="JSON lisible"):
        mappings.load(path, FIELDS)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(ImportRefused, match="JSON lisible"):
        mappings.load(tmp_path / "absente.json", FIELDS)


def test_a_huge_file_is_refused(tmp_path):
    path = tmp_path / "map.json"
    path.write_bytes(b" " * (1024 * 1024 + 1))

    with pytest.raises(ImportRefused, match="1\u00a0Mo"):
        mappings.load(path, FIELDS)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["columns", "defaults", "key", "titles", "nom", "field"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)


@settings(deadline=None)
@given(JSON)
def test_no_json_raises_anything_but_a_refusal(data):
    try:
        mapping = parse(data, PROJECT_FIELDS)
    except ImportRefused:
        return
    assert isinstance(mapping, Mapping)
