"""The official lists that the register stands on, from the files of `directory/data`.

Sources and licences are in `directory/data/README.md`. Loading adds what is missing
and leaves the rest alone: a label reworded by the staff stays as they wrote it.
"""

from __future__ import annotations

import csv
import datetime
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.apps import apps as current_apps
from django.db import models, transaction

from directory.labels import fold

DATA = Path(__file__).parent / "data"

Row = dict[str, Any]
GetModel = Callable[[str, str], type[models.Model]]


@transaction.atomic
def load(get_model: GetModel = current_apps.get_model) -> dict[str, int]:
    """Add the missing rows of every vocabulary; give the number added to each.

    `get_model` is the registry's method: a migration gives that of its own past
    models, and columns that these do not have yet are left out.
    """
    loader = _Loader(get_model)
    loader.add("WorldRegion", "code", _world_regions())
    loader.add("Country", "code", _countries())
    loader.add("Region", "code", _regions())
    loader.add("Department", "code", _departments())
    loader.add("Epci", "siren", _epcis())
    loader.add("Commune", "code", _communes())
    loader.add("Goal", "number", _goals())
    loader.add("Target", "code", _targets())
    loader.add("CrsCode", "code", _crs_codes())
    loader.add("Sector", "code", _sectors(), many=("crs_codes", "goals", "targets"))
    loader.add("StructureType", "code", _top_types())
    loader.add_children("StructureType", _child_types())
    loader.add("Funder", "code", _positioned("funders.json"))
    loader.add("Theme", "code", _positioned("themes.json"))
    loader.add_lists_of_countries("DacList", "begins_on", _dac_lists())
    return loader.added


class _Loader:
    """Adds rows that are missing, by their key."""

    def __init__(self, get_model: GetModel) -> None:
        self._get_model = get_model
        self.added: dict[str, int] = {}

    def add(
        self, name: str, key: str, rows: Iterable[Row], many: tuple[str, ...] = ()
    ) -> None:
        """Add the rows whose key is not in the table, then their many-to-many."""
        model = self._get_model("directory", name)
        manager = model._default_manager
        known = set(manager.values_list(key, flat=True))
        columns = {field.attname for field in model._meta.concrete_fields}
        missing = [row for row in rows if row[key] not in known]
        manager.bulk_create(
            model(**{name: row[name] for name in row if name in columns})
            for row in missing
        )
        self.added[name] = self.added.get(name, 0) + len(missing)
        if many:
            self._link(manager, key, missing, many)

    def add_children(self, name: str, rows: Iterable[Row]) -> None:
        """Add second-level terms: `parent` holds the code of the first level."""
        manager = self._get_model("directory", name)._default_manager
        parents = dict(manager.values_list("code", "pk"))
        self.add(
            name, "code", ({**row, "parent_id": parents[row["parent"]]} for row in rows)
        )

    def add_lists_of_countries(self, name: str, key: str, rows: Iterable[Row]) -> None:
        """Add lists whose many-to-many hold codes of countries.

        A migration that is older than the table has none to add.
        """
        try:
            self._get_model("directory", name)
        except LookupError:
            return
        countries = self._get_model("directory", "Country")._default_manager
        keys = dict(countries.values_list("code", "pk"))
        many = ("countries", "unsettled")
        self.add(
            name,
            key,
            (
                {**row, **{m: [keys[code] for code in row[m]] for m in many}}
                for row in rows
            ),
            many,
        )

    def _link(
        self, manager: Any, key: str, rows: list[Row], fields: tuple[str, ...]
    ) -> None:
        objects = manager.in_bulk([row[key] for row in rows], field_name=key)
        for row in rows:
            for field in fields:
                getattr(objects[row[key]], field).set(row[field])


def _json(name: str) -> list[Row]:
    rows: list[Row] = json.loads((DATA / name).read_text(encoding="utf-8"))
    return rows


def _csv(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _world_regions() -> Iterable[Row]:
    rows = sorted(_json("m49_regions.json"), key=lambda row: row["niveau"])
    known = {row["code"] for row in rows}
    for row in rows:
        parent = row["parent"] if row["parent"] in known else None
        yield {
            "code": row["code"],
            "label": _typographic(row["nom"]),
            "parent_id": parent,
        }


def _countries() -> Iterable[Row]:
    known = {row["code"] for row in _json("m49_regions.json")}
    for row in _json("countries.json"):
        levels = (row["m49_intermediaire"], row["m49_sous_region"], row["m49_region"])
        yield {
            "code": row["alpha2"],
            "alpha3": row["alpha3"],
            "slug": address_of(row["nom"]),
            "label": _typographic(row["nom"]),
            "synonyms": row["alias"],
            "preposition": row["prep"],
            "world_region_id": next((code for code in levels if code in known), None),
            "is_ldc": row["pma"],
            "ldc_until": row["pma_sortie_prevue"],
        }


def _dac_lists() -> Iterable[Row]:
    for row in _json("dac_lists.json"):
        days = {
            name: datetime.date.fromisoformat(row[name])
            for name in ("begins_on", "ends_on")
        }
        codes = {name: row[name].split() for name in ("countries", "unsettled")}
        yield {**days, **codes}


def _regions() -> Iterable[Row]:
    for row in _csv("regions.csv"):
        yield {"code": row["code"], "label": _typographic(row["nom"])}


def _departments() -> Iterable[Row]:
    for row in _csv("departements.csv"):
        yield {
            "code": row["code"],
            "label": _typographic(row["nom"]),
            "region_id": row["region"],
        }


def _epcis() -> Iterable[Row]:
    for row in _csv("epci_paca.csv"):
        yield {"siren": row["siren"], "label": _typographic(row["nom"])}


def _communes() -> Iterable[Row]:
    former = defaultdict(list)
    for row in _csv("communes_deleguees_paca.csv"):
        if row["insee"] != row["commune_actuelle"]:
            former[row["commune_actuelle"]].append(_typographic(row["nom"]))
    for row in _csv("communes_paca.csv"):
        yield {
            "code": row["insee"],
            "label": _typographic(row["nom"]),
            "synonyms": former[row["insee"]],
            "postcodes": row["codes_postaux"].split(),
            "department_id": row["departement"],
            "epci_id": row["epci_siren"] or None,
            "latitude": float(row["lat"]),
            "longitude": float(row["lon"]),
        }


def _goals() -> Iterable[Row]:
    for row in _json("sdg_goals.json"):
        yield {
            "number": row["number"],
            "label": _typographic(row["short_fr"]),
            "title": _typographic(row["title_fr"]),
            "color": row["color"],
            "text_color": row["text_on_color"],
        }


def _targets() -> Iterable[Row]:
    for position, row in enumerate(_json("sdg_targets.json"), start=1):
        yield {
            "code": row["code"],
            "goal_id": row["goal"],
            "text": _typographic(row["text_fr"]),
            "position": position,
        }


def _crs_codes() -> Iterable[Row]:
    categories = {row["code"]: row["nom_fr"] for row in _csv("crs_categories.csv")}
    for row in _csv("crs_sectors.csv"):
        yield {
            "code": row["code"],
            "label": _typographic(row["nom_fr"]),
            "category_code": row["categorie"],
            "category_label": _typographic(categories[row["categorie"]]),
        }


def _sectors() -> Iterable[Row]:
    for position, row in enumerate(_json("sectors.json"), start=1):
        yield {
            "code": row["slug"],
            "label": row["nom"],
            "synonyms": row["synonymes"],
            "position": position,
            "is_provisional": row["source"] != "réseau",
            "crs_main_id": row["crs_principal"],
            "crs_codes": row["crs_autres"],
            "main_goal_id": row["odd_principal"],
            "goals": row["odd_autres"],
            "targets": row["odd_cibles"],
        }


def _top_types() -> Iterable[Row]:
    return _positioned("structure_types.json")


def _child_types() -> Iterable[Row]:
    for top in _json("structure_types.json"):
        for position, row in enumerate(top["children"], start=1):
            yield {**row, "parent": top["code"], "position": position}


def _positioned(name: str) -> Iterable[Row]:
    for position, row in enumerate(_json(name), start=1):
        yield {**row, "position": position}


def address_of(label: str) -> str:
    """The end of the address of a country's page: « cote-d-ivoire »."""
    return fold(label).replace(" ", "-")


def _typographic(text: str) -> str:
    """The text with the apostrophes and the spaces that French typography wants."""
    text = text.replace("'", "’")
    return re.sub(r" (?=[;:!?»])|(?<=«) ", "\u00a0", text)
