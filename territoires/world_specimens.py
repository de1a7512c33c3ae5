"""What the living page shows of the map of the world, its table and its totals."""

from __future__ import annotations

from typing import Any

from django.templatetags.static import static
from django.utils.safestring import SafeString

from directory.keeping.pieces import Mould, joined, rendered
from directory.listings.displays import GROUP, Column
from directory.panorama.world_map import DOT, SHAPES, Band, world_places
from territoires.listing_specimens import state
from territoires.samples import COUNTED

ROW = "components/place_row.html"
FIGURE = "components/total.html"
COLUMNS = [
    Column("Pays", ""),
    Column(
        "Projets",
        "ordre=projets",
        is_chosen=True,
        direction="descending",
        is_number=True,
    ),
    Column("Part", is_number=True),
    Column("Structures", "ordre=structures", is_number=True),
    Column("Budget public", "ordre=budget", is_number=True),
]


def world() -> list[tuple]:
    """The components of the map of the world; parts of a whole are shown in it."""
    return [
        (
            "total",
            "Total",
            (
                state("Chiffre", is_figure=True, value="96", label="pays"),
                state("Remarque", is_figure=False, value="", label=_remark()),
            ),
        ),
        ("totals", "Bandeau de totaux", (state("Deux chiffres", figures=_figures()),)),
        (
            "world_place",
            "Pays de la carte du monde",
            (state("Seul, hors de sa carte", **_place("ML", 4)),),
        ),
        (
            "world_map",
            "Carte du monde",
            (
                state(
                    "Trois pays, un hors de la carte",
                    title="Carte du monde, exemple",
                    unit="Projets",
                    view_box="380 150 220 160",
                    places=_places(),
                    bands=[Band(1, 1, 2), Band(2, 24, 4)],
                    missing=["Antarctique (1 projet)"],
                ),
            ),
        ),
        ("place_row", "Ligne d’un pays", (state("Un lien", **_row(0)),)),
        (
            "table_group",
            "Groupe de lignes",
            (state("Nommé", label="Également concernés", columns=5, rows=_rows()),),
        ),
        (
            "sorted_table",
            "Tableau à trier",
            (
                state(
                    "Par nombre de projets",
                    caption="Projets par pays, exemple",
                    columns=COLUMNS,
                    kind="places",
                    rows=rendered(GROUP, {"label": "", "columns": 5, "rows": _rows()}),
                    foot="",
                    after="",
                ),
            ),
        ),
    ]


def _remark() -> str:
    return "montant connu pour 62\u00a0% des projets (527 sur 850)"


def _figures() -> SafeString:
    mould = Mould(FIGURE, {"is_figure": True}, ["value", "label"])
    return joined(
        [
            mould.filled(value="96", label="pays"),
            mould.filled(value="5\u00a0932\u00a0000\u00a0€", label="de budget public"),
        ]
    )


def _place(code: str, tint: int) -> dict[str, Any]:
    place = next(place for place in world_places() if place.code == code)
    return {
        "place": place,
        "is_used": tint > 0,
        "shapes": static(SHAPES),
        "dot": DOT,
        "tint": tint,
        "address": "/projets/?pays=ML",
        "said": "Mali\u00a0: 24 projets",
        "reach": 12,
    }


def _places() -> SafeString:
    shown = [("ML", 4), ("NE", 0), ("CV", 2)]
    return joined(
        rendered("components/world_place.html", _place(code, tint))
        for code, tint in shown
    )


def _row(rank: int) -> dict[str, Any]:
    row = COUNTED[rank]
    return {
        "is_link": True,
        "label": row.label,
        "address": row.address,
        "count": row.count,
        "share": "12\u00a0%",
        "structures": row.count,
        "budget": "15\u00a0000\u00a0€",
    }


def _rows() -> SafeString:
    return joined(rendered(ROW, _row(rank)) for rank in range(len(COUNTED)))
