"""What the living page shows of the components of a listing."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from directory.listings.parameters import Value
from territoires.samples import (
    ACTORS,
    CHIPS,
    DISPLAYS,
    FOLLOWED,
    LOOSENED,
    ORDERS,
    WAYS,
    sample_facet,
    sample_page,
)


def state(name: str, /, **values: Any) -> tuple[str, dict[str, Any]]:
    """Give a state of a component: its name, and what the component takes."""
    return name, values


def listing() -> list[tuple]:
    """The components of a listing: its form, its results, its pages."""
    facet = sample_facet("essai", "Pays d’essai", few=True)
    long = sample_facet("long", "Pays, nombreux", few=False)
    opened = {**sample_facet("ouverte", "Pays, tous", few=True), "is_opened": True}
    option = {
        "facet": "seule",
        "is_chosen": True,
        "count": 1843,
        "spelled": "1\u202f843",
        "counted": "1\u202f843 acteurs",
    }
    typed = SimpleNamespace(text="eductaion", literal_query="q=%22eductaion%22")
    page = sample_page(5)
    numbers = list(page.paginator.get_elided_page_range(5, on_each_side=1, on_ends=1))
    first = sample_page(1)
    return [
        (
            "facet",
            "Facette",
            (
                state("Choisie", **facet),
                state("Les plus fréquentes", **long),
                state("Dépliée", **opened),
            ),
        ),
        (
            "facet_shut",
            "Facette repliée",
            (state("À ouvrir", name="repliee", label="Nature", query="pays=ML&"),),
        ),
        (
            "facets",
            "Facettes",
            (
                state("Aucune", panels="", order="verifie", whole="", beside=()),
                state(
                    "Sur la carte",
                    panels="",
                    order="",
                    whole="",
                    beside=[("vue", "carte")],
                ),
            ),
        ),
        (
            "excerpt",
            "Extrait",
            (state("Un passage", text="… un puits pour deux écoles du fleuve …"),),
        ),
        (
            "also",
            "Noms qui n’ont pas leur place sur la carte",
            (state("Deux pays", text="Niger, Sénégal"),),
        ),
        (
            "rows",
            "Page de résultats",
            (state("Vide", layout="rows", cards="", pages=""),),
        ),
        (
            "part",
            "Partie des résultats",
            (state("Vide", label="Clôturés", number=5, layout="rows", cards=""),),
        ),
        ("chosen", "Nombre de filtres", (state("Deux", chosen=2),)),
        (
            "option",
            "Valeur d’une facette",
            (state("Cochée", value=Value("ML", "Mali"), **option),),
        ),
        (
            "filters",
            "Filtres d’une liste",
            (state("Vides", action=ACTORS, chosen="", facets=""),),
        ),
        (
            "chips",
            "Filtres actifs",
            (
                state("Deux filtres", chips=CHIPS, more=0, bare="", address="?"),
                state("Et d’autres", chips=CHIPS, more=12, bare="", address="?"),
            ),
        ),
        ("displays", "Affichage", (state("Trois vues", displays=DISPLAYS),)),
        (
            "elsewhere",
            "Les mêmes résultats ailleurs",
            (state("Deux pages", ways=WAYS),),
        ),
        (
            "follow",
            "Suivre des résultats",
            (state("Un flux et un agenda", files=FOLLOWED, host="exemple.fr"),),
        ),
        (
            "alert_me",
            "Être alerté",
            (state("Sous un filtre", address="/alertes/annuaire/?pays=ML"),),
        ),
        (
            "copy_link",
            "Copier ou partager l’adresse",
            (state("D’une page", address="/annuaire/?pays=ML"),),
        ),
        ("sort", "Tri", (state("Deux ordres", orders=ORDERS),)),
        (
            "pagination",
            "Pages",
            (
                state("Au milieu", page=page, numbers=numbers, query=""),
                state(
                    "Première",
                    page=first,
                    numbers=[1, 2, 3],
                    query="pays=ML",
                    label="Pages, autre exemple",
                ),
            ),
        ),
        (
            "repaired",
            "Recherche corrigée",
            (
                state(
                    "Un mot",
                    meant="Éducation",
                    typed=typed.text,
                    literal=typed.literal_query,
                ),
            ),
        ),
        (
            "empty",
            "Aucun résultat",
            (
                state(
                    "Un filtre de trop",
                    chips=CHIPS,
                    loosened=LOOSENED,
                    text="",
                    bare="",
                ),
                state(
                    "Des mots seuls",
                    chips=CHIPS,
                    loosened=[],
                    text="adèche",
                    bare="",
                ),
                state(
                    "À cause des filtres", chips=CHIPS, loosened=[], text="", bare=""
                ),
                state("Rien de publié", chips=[], loosened=[], text="", bare=""),
            ),
        ),
        (
            "results",
            "Résultats d’une liste",
            (
                state(
                    "Aucun",
                    said="Aucun acteur.",
                    apply="Aucun acteur",
                    text="",
                    total=0,
                    count="Aucun acteur",
                    notices="",
                    displays="",
                    totals="",
                    elsewhere="",
                    alert="",
                    sort="",
                    chips="",
                    repaired="",
                    body="",
                    follow="",
                ),
            ),
        ),
    ]
