"""What the living page shows of each component: one list, so that none is forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django.contrib.messages.constants import SUCCESS
from django.contrib.messages.storage.base import Message
from django.templatetags.static import static
from django.utils import timezone

from directory.glance import Place
from directory.models import Goal, Sector
from directory.parameters import Value
from directory.suggestions import said
from territoires.samples import (
    ACTORS,
    CHIPS,
    COUNTED,
    LOOSENED,
    NOTICES,
    ORDERS,
    SUGGESTED,
    SampleForm,
    sample_facet,
    sample_page,
)


@dataclass(frozen=True)
class Specimen:
    """A component, its name in French, and its states: a name, what it takes."""

    name: str
    title: str
    states: tuple[tuple[str, dict[str, Any]], ...]

    @property
    def path(self) -> str:
        """The file of the component, as templates name it."""
        return f"components/{self.name}.html"

    @property
    def is_fact(self) -> bool:
        """Whether the component only stands in a definition list."""
        return self.name in {"fact", "links_fact"}


def specimens() -> list[Specimen]:
    """Every file of templates/components/, in the order of the page."""
    groups = (_words(), _terms(), _figures(), _forms(), _listing(), _layout())
    return [Specimen(*row) for group in groups for row in group]


def _state(name: str, /, **values: Any) -> tuple[str, dict[str, Any]]:
    return name, values


def _words() -> list[tuple]:
    message = Message(SUCCESS, "Fiche enregistrée.")
    return [
        (
            "button",
            "Bouton",
            (
                _state("Principal", label="Rechercher", kind=""),
                _state("Accent", label="Découvrir le réseau", kind="accent"),
                _state("Vers une page", label="Effacer", kind="quiet", address=ACTORS),
                _state("Inactif", label="Envoyer", kind="", disabled=True),
            ),
        ),
        (
            "link",
            "Lien vers la suite",
            (_state("Seul état", address=ACTORS, label="Tout l’annuaire"),),
        ),
        ("edit_link", "Lien de l’équipe", (_state("Seul état", address="/admin/"),)),
        (
            "badge",
            "Pastille",
            (
                _state("Adhérent", label="ADHÉRENT", kind=""),
                _state("Discrète", label="En cours", kind="quiet"),
            ),
        ),
        (
            "unpublished",
            "Page que le public ne voit pas",
            (_state("Brouillon", reason="Brouillon : visible de l’équipe seule."),),
        ),
        (
            "verified",
            "Vérification",
            (
                _state("Vérifiée", verified_at=timezone.now()),
                _state("Jamais", verified_at=None),
            ),
        ),
        (
            "alert",
            "Message",
            (
                _state("Information", text=NOTICES[1], level="info"),
                _state("Réussite", text="Fiche enregistrée.", level="success"),
                _state("Attention", text="Fiche dépubliée.", level="warning"),
                _state("Erreur", text="Le fichier est illisible.", level="error"),
            ),
        ),
        ("messages", "Messages", (_state("Un message", messages=[message]),)),
        ("notices", "Filtres ignorés", (_state("Deux phrases", notices=NOTICES),)),
    ]


def _terms() -> list[tuple]:
    goals = list(Goal.objects.all())
    sectors = list(Sector.objects.all()[:6])
    return [
        (
            "tags",
            "Étiquettes",
            (_state("Liens", values=sectors, action=ACTORS, parameter="secteur"),),
        ),
        (
            "goals",
            "Objectifs de développement durable",
            (
                _state("Liens vers un listage", goals=goals, action=ACTORS),
                _state("Sans lien", goals=goals[:3], action=""),
            ),
        ),
        ("goal_dots", "Objectifs, en petit", (_state("Les 17", goals=goals),)),
        (
            "counts",
            "Nombres par terme",
            (
                _state("En tête", rows=COUNTED, kind="lead"),
                _state("Ordinaires", rows=COUNTED, kind=""),
            ),
        ),
        (
            "counts_disclosure",
            "Nombres repliés",
            (_state("Replié", label="Les autres pays", rows=COUNTED),),
        ),
    ]


def _figures() -> list[tuple]:
    square = "M20,20L380,20L380,180L20,180Z"
    places = [
        Place("Var", 9, "/annuaire/?departement=83", square, 200, 100, 4, ["Var"])
    ]
    card, mark = static("img/identity/social.png"), static("img/identity/mark.svg")
    return [
        (
            "stat",
            "Chiffre",
            (
                _state("Avec un lien", value=1_843, label="acteurs", address=ACTORS),
                _state("Sans lien", value=103, label="pays", address=""),
            ),
        ),
        (
            "table",
            "Tableau",
            (
                _state(
                    "Termes et nombres",
                    caption="Acteurs par pays",
                    term="Pays",
                    number="Acteurs",
                    rows=COUNTED,
                ),
            ),
        ),
        (
            "region_map",
            "Carte des départements",
            (_state("Un département", view_box="0 0 400 200", places=places),),
        ),
        (
            "fact",
            "Ligne d’une fiche",
            (
                _state("Texte", label="SIREN", value="732829320"),
                _state("Lien", label="Type", value="Association", address=ACTORS),
            ),
        ),
        (
            "links_fact",
            "Ligne de liens",
            (
                _state(
                    "Deux sites",
                    label="Réseaux sociaux",
                    addresses=["https://www.linkedin.com/x", "https://essai.example"],
                ),
            ),
        ),
        (
            "media",
            "Image",
            (
                _state(
                    "Avec crédit",
                    address=card,
                    alternative="Un soleil couchant sur la mer",
                    credit="Le réseau",
                    lazy=True,
                ),
                _state(
                    "Sans crédit, d’un autre format",
                    address=mark,
                    alternative="Le signe du réseau",
                    credit="",
                    lazy=True,
                ),
            ),
        ),
        (
            "card",
            "Carte",
            (
                _state(
                    "La plus simple",
                    title="Titre",
                    key="titre",
                    address=ACTORS,
                    kicker="Type",
                    excerpt="",
                ),
            ),
        ),
    ]


def _forms() -> list[tuple]:
    fresh = SampleForm(prefix="vide")
    wrong = SampleForm({"faux-name": "", "faux-siren": "12"}, prefix="faux")
    return [
        (
            "search_box",
            "Recherche",
            (
                _state(
                    "Hors d’un listage",
                    action=ACTORS,
                    label="Chercher un acteur",
                    placeholder="Nom, ville, pays…",
                    kind="",
                ),
            ),
        ),
        (
            "suggestions",
            "Suggestions de la recherche",
            (
                _state("Une de chaque sorte", **said(SUGGESTED)),
                _state("Aucune (dite, et rien n’est montré)", **said([])),
            ),
        ),
        (
            "form_errors",
            "Résumé des erreurs",
            (_state("Deux erreurs", form=wrong),),
        ),
        (
            "field",
            "Champ",
            (
                _state("Vide", field=fresh["name"]),
                _state("Avec une aide", field=fresh["siren"]),
                _state("Avec une erreur", field=wrong["name"]),
                _state("Avec une aide et une erreur", field=wrong["siren"]),
            ),
        ),
        (
            "dialog",
            "Boîte de dialogue",
            (
                _state(
                    "Fermée",
                    name="dialogue",
                    label="Ouvrir",
                    title="Rien n’est envoyé",
                    text="Échap ou « Fermer » la referme.",
                ),
            ),
        ),
        (
            "disclosure",
            "Texte replié",
            (_state("Replié", label="En savoir plus", text="Le reste du texte."),),
        ),
    ]


def _listing() -> list[tuple]:
    facet = sample_facet("essai", "Pays d’essai", few=True)
    long = sample_facet("long", "Pays, nombreux", few=False)
    option = {
        "facet": "seule",
        "is_chosen": True,
        "count": 1843,
        "spelled": "1\u202f843",
    }
    typed = SimpleNamespace(text="eductaion", literal_query="q=%22eductaion%22")
    meant = SimpleNamespace(selection=SimpleNamespace(text="éducation"))
    page = sample_page(5)
    numbers = list(page.paginator.get_elided_page_range(5, on_each_side=1, on_ends=1))
    first = sample_page(1)
    return [
        (
            "facet",
            "Facette",
            (
                _state("Choisie", **facet),
                _state("Les plus fréquentes", **long),
            ),
        ),
        (
            "facets",
            "Facettes",
            (_state("Aucune", panels="", order="verifie", whole=""),),
        ),
        (
            "excerpt",
            "Extrait",
            (_state("Un passage", text="… un puits pour deux écoles du fleuve …"),),
        ),
        (
            "rows",
            "Page de résultats",
            (_state("Vide", layout="rows", cards="", pages=""),),
        ),
        ("chosen", "Nombre de filtres", (_state("Deux", chosen=2),)),
        (
            "option",
            "Valeur d’une facette",
            (_state("Cochée", value=Value("ML", "Mali"), **option),),
        ),
        (
            "filters",
            "Filtres d’un listage",
            (_state("Vides", action=ACTORS, chosen="", facets=""),),
        ),
        ("chips", "Filtres actifs", (_state("Deux filtres", chips=CHIPS),)),
        ("sort", "Tri", (_state("Deux ordres", orders=ORDERS),)),
        (
            "pagination",
            "Pages",
            (
                _state("Au milieu", page=page, numbers=numbers, query=""),
                _state(
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
            (_state("Un mot", repaired=meant, selection=typed),),
        ),
        (
            "empty",
            "Aucun résultat",
            (
                _state("Un filtre de trop", chips=CHIPS, loosened=LOOSENED, text=""),
                _state("Des mots seuls", chips=CHIPS, loosened=[], text="adèche"),
                _state("À cause des filtres", chips=CHIPS, loosened=[], text=""),
                _state("Rien de publié", chips=[], loosened=[], text=""),
            ),
        ),
        (
            "results",
            "Résultats d’un listage",
            (
                _state(
                    "Aucun",
                    said="Aucun acteur.",
                    apply="Aucun acteur",
                    text="",
                    total=0,
                    count="Aucun acteur",
                    notices="",
                    sort="",
                    chips="",
                    repaired="",
                    body="",
                ),
            ),
        ),
    ]


def _layout() -> list[tuple]:
    return [
        (
            "breadcrumb",
            "Fil d’Ariane",
            (
                _state(
                    "Une fiche",
                    address=ACTORS,
                    label="Annuaire des acteurs",
                    here="Les Amis du fleuve",
                ),
            ),
        ),
        ("theme_switch", "Clair ou sombre", (_state("Seul état"),)),
        (
            "skip_links",
            "Liens d’accès rapide (au clavier)",
            (_state("Cachés", label="Accès rapide, exemple"),),
        ),
    ]
