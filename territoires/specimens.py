"""What the living page shows of each component: one list, so that none is forgotten."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.contrib.messages.constants import SUCCESS
from django.contrib.messages.storage.base import Message
from django.templatetags.static import static
from django.utils import timezone

from directory.glance import Place
from directory.models import Goal, Sector, Structure
from directory.suggestions import said
from territoires.listing_specimens import listing, state
from territoires.samples import (
    ACTORS,
    COUNTED,
    NEIGHBOURS,
    NOTICES,
    ORDERS,
    PLACES,
    SUGGESTED,
    SampleForm,
)
from territoires.world_specimens import world

#: Components that are a part of something, and what they are a part of.
INSIDE = {
    "fact": "dl",
    "links_fact": "dl",
    "total": "ul",
    "place_row": "tbody",
    "table_group": "table",
    "world_place": "svg",
}


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
    def inside(self) -> str:
        """The element in which alone the component may stand, or nothing."""
        return INSIDE.get(self.name, "")


def specimens() -> list[Specimen]:
    """Every file of templates/components/, in the order of the page."""
    groups = (
        *(_words(), _terms(), _figures(), world()),
        *(_forms(), listing(), _layout()),
    )
    return [Specimen(*row) for group in groups for row in group]


def _words() -> list[tuple]:
    message = Message(SUCCESS, "Fiche enregistrée.")
    return [
        (
            "button",
            "Bouton",
            (
                state("Principal", label="Rechercher", kind=""),
                state("Accent", label="Découvrir le réseau", kind="accent"),
                state("Vers une page", label="Effacer", kind="quiet", address=ACTORS),
                state("Inactif", label="Envoyer", kind="", disabled=True),
            ),
        ),
        (
            "link",
            "Lien vers la suite",
            (state("Seul état", address=ACTORS, label="Tout l’annuaire"),),
        ),
        ("edit_link", "Lien de l’équipe", (state("Seul état", address="/admin/"),)),
        (
            "badge",
            "Pastille",
            (
                state("Adhérent", label="ADHÉRENT", kind=""),
                state("À remarquer", label="Clôture demain", kind="accent"),
                state("Discrète", label="En cours", kind="quiet"),
            ),
        ),
        (
            "unpublished",
            "Page que le public ne voit pas",
            (state("Brouillon", reason="Brouillon\u00a0: visible de l’équipe seule."),),
        ),
        (
            "verified",
            "Vérification",
            (
                *(
                    state(
                        str(words),
                        row=Structure(verified_at=timezone.now() - timedelta(days)),
                    )
                    for words, days in (
                        ("Depuis moins de 12 mois", 20),
                        ("Depuis 12 à 24 mois", 500),
                        ("Depuis plus de 24 mois", 900),
                    )
                ),
                state("Jamais", row=Structure()),
            ),
        ),
        (
            "alert",
            "Message",
            (
                state("Information", text=NOTICES[1], level="info"),
                state("Réussite", text="Fiche enregistrée.", level="success"),
                state("Attention", text="Fiche dépubliée.", level="warning"),
                state("Erreur", text="Le fichier est illisible.", level="error"),
            ),
        ),
        ("messages", "Messages", (state("Un message", messages=[message]),)),
        ("notices", "Filtres ignorés", (state("Deux phrases", notices=NOTICES),)),
    ]


def _terms() -> list[tuple]:
    goals = list(Goal.objects.all())
    sectors = list(Sector.objects.all()[:6])
    return [
        (
            "tags",
            "Étiquettes",
            (state("Liens", values=sectors, action=ACTORS, parameter="secteur"),),
        ),
        (
            "goals",
            "Objectifs de développement durable",
            (
                state("Liens vers une liste", goals=goals, action=ACTORS),
                state("Sans lien", goals=goals[:3], action=""),
            ),
        ),
        ("goal_dots", "Objectifs, en petit", (state("Les 17", goals=goals),)),
        (
            "counts",
            "Nombres par terme",
            (
                state("En tête", rows=COUNTED, kind="lead"),
                state("Ordinaires", rows=COUNTED, kind=""),
            ),
        ),
        (
            "counts_disclosure",
            "Nombres repliés",
            (state("Replié", label="Les autres pays", rows=COUNTED),),
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
                state("Avec un lien", value=1_843, label="acteurs", address=ACTORS),
                state("Sans lien", value=103, label="pays", address=""),
            ),
        ),
        (
            "table",
            "Tableau",
            (
                state(
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
            (state("Un département", view_box="0 0 400 200", places=places),),
        ),
        (
            "neighbours",
            "Qui d’autre\u00a0?",
            (
                state(
                    "Deux acteurs",
                    title="Des acteurs",
                    heading_id="exemple-acteurs",
                    items=NEIGHBOURS,
                    address=ACTORS,
                    label="Tous les acteurs\u00a0: Mali · Éducation",
                ),
            ),
        ),
        (
            "switch",
            "Choix d’un clic",
            (state("Deux choix", label="Trier par", options=ORDERS),),
        ),
        (
            "country_map",
            "Localités d’un pays",
            (
                state("Deux localités dessinées, une troisième", map=PLACES),
                state("Sans dessin", map=replace(PLACES, view_box="")),
            ),
        ),
        (
            "fact",
            "Ligne d’une fiche",
            (
                state("Texte", label="SIREN", value="732829320"),
                state("Lien", label="Type", value="Association", address=ACTORS),
            ),
        ),
        (
            "links_fact",
            "Ligne de liens",
            (
                state(
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
                state(
                    "Avec crédit",
                    address=card,
                    alternative="Un soleil couchant sur la mer",
                    credit="Le réseau",
                    lazy=True,
                ),
                state(
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
                state(
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
                state(
                    "Hors d’une liste",
                    action=ACTORS,
                    label="Chercher un acteur",
                    placeholder="Nom, ville, pays…",
                    kind="",
                    text="",
                    focus="",
                ),
            ),
        ),
        (
            "suggestions",
            "Suggestions de la recherche",
            (
                state("Une de chaque sorte", **said(SUGGESTED)),
                state("Aucune (dite, et rien n’est montré)", **said([])),
            ),
        ),
        (
            "form_errors",
            "Résumé des erreurs",
            (state("Deux erreurs", form=wrong),),
        ),
        (
            "field",
            "Champ",
            (
                state("Vide", field=fresh["name"]),
                state("Avec une aide", field=fresh["siren"]),
                state("Avec une erreur", field=wrong["name"]),
                state("Avec une aide et une erreur", field=wrong["siren"]),
                state("Plusieurs cases", field=fresh["goals"]),
                state("Une case", field=fresh["is_public"]),
            ),
        ),
        (
            "dialog",
            "Boîte de dialogue",
            (
                state(
                    "Fermée",
                    name="dialogue",
                    label="Ouvrir",
                    title="Rien n’est envoyé",
                    text="Échap ou «\u00a0Fermer\u00a0» la referme.",
                ),
            ),
        ),
        (
            "disclosure",
            "Texte replié",
            (state("Replié", label="En savoir plus", text="Le reste du texte."),),
        ),
    ]


def _layout() -> list[tuple]:
    return [
        (
            "breadcrumb",
            "Fil d’Ariane",
            (
                state(
                    "Une fiche",
                    address=ACTORS,
                    label="Annuaire des acteurs",
                    here="Les Amis du fleuve",
                ),
            ),
        ),
        ("theme_switch", "Clair ou sombre", (state("Seul état"),)),
        (
            "skip_links",
            "Liens d’accès rapide (au clavier)",
            (state("Cachés", label="Accès rapide, exemple"),),
        ),
    ]
