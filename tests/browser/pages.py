"""Every kind of page of the site: the one list that each limit is held to.

A new kind of page is added here; `test_kinds.py` fails as long as it is missing.
"""

from __future__ import annotations

import datetime

from django.urls import URLPattern, get_resolver
from django.utils import timezone

from tests.browser.kind import MEMBER, PEOPLE, STAFF, VISITOR, Kind

NOTHING = "?q=introuvable&pays=ML&secteur=sante"
IGNORED = "?pays=ML&pays=ZZ&secteur=rien&page=9"
#: A month of the agenda that has something: see `rows.publish`.
A_MONTH = f"?vue=mois&mois={timezone.now() + datetime.timedelta(days=30):%Y-%m}"
EVERY_KIND = (
    Kind("home", "Accueil", "home", people=PEOPLE),
    Kind("annuaire", "Annuaire", "directory:structures", people=PEOPLE),
    Kind(
        "annuaire-filtered",
        "Annuaire filtré",
        "directory:structures",
        query="?pays=SN&pays=ML&odd=6&adherent=oui",
    ),
    Kind(
        "annuaire-zero", "Annuaire sans résultat", "directory:structures", query=NOTHING
    ),
    Kind(
        "annuaire-ignored",
        "Annuaire, adresse périmée",
        "directory:structures",
        query=IGNORED,
    ),
    Kind(
        "structure",
        "Fiche riche",
        "directory:structure",
        slug="rich structure",
        people=PEOPLE,
    ),
    Kind(
        "structure-poor",
        "Fiche pauvre",
        "directory:structure",
        slug="poor structure",
    ),
    Kind("search", "Recherche sur le site", "search", query="?q=mali"),
    Kind("search-start", "Recherche, avant les mots", "search"),
    Kind("search-zero", "Recherche sans résultat", "search", query="?q=introuvable"),
    Kind("projects", "Panorama des projets", "directory:projects"),
    Kind(
        "projects-table",
        "Panorama en tableau",
        "directory:projects",
        query="?vue=tableau&tri=titre",
    ),
    Kind(
        "projects-map",
        "Panorama sur la carte",
        "directory:projects",
        query="?vue=carte&pays=ML",
    ),
    Kind(
        "projects-zero",
        "Panorama sans résultat",
        "directory:projects",
        query="?q=introuvable&pays=ML",
    ),
    Kind(
        "project",
        "Projet riche",
        "directory:project",
        slug="rich project",
        people=(VISITOR, STAFF),
    ),
    Kind("project-poor", "Projet pauvre", "directory:project", slug="poor project"),
    Kind("matrix", "Matrice de couverture", "directory:matrix"),
    Kind(
        "matrix-goals",
        "Matrice des acteurs par ODD",
        "directory:matrix",
        query="?registre=acteurs&colonnes=odd&lignes=011&pays=ZZ",
    ),
    Kind("map", "Carte des acteurs", "directory:map", people=(VISITOR, STAFF)),
    Kind("map-zero", "Carte sans résultat", "directory:map", query=NOTHING),
    Kind("map-projects", "Carte des projets", "directory:project-map"),
    Kind("countries", "Pays", "directory:countries"),
    Kind("country", "Pays riche", "directory:country", slug="mali"),
    Kind("country-poor", "Pays pauvre", "directory:country", slug="andorre"),
    Kind("country-sheet", "Fiche d’un pays", "directory:country-sheet", slug="mali"),
    Kind("sectors", "Secteurs", "directory:sectors"),
    Kind("sector", "Secteur", "directory:sector", slug="eau-assainissement"),
    Kind("goals", "ODD", "directory:goals"),
    Kind("goal", "Un ODD", "directory:goal", slug="6"),
    Kind("news", "Actualités", "news:articles"),
    Kind("news-zero", "Actualités sans résultat", "news:articles", query="?q=aucune"),
    Kind(
        "article",
        "Actualité riche",
        "news:article",
        slug="rich article",
        people=(VISITOR, STAFF),
    ),
    Kind("article-poor", "Actualité pauvre", "news:article", slug="poor article"),
    Kind("calls", "Appels à projets", "news:calls"),
    Kind("events", "Agenda", "news:events"),
    Kind("events-month", "Agenda du mois", "news:events", query=A_MONTH),
    Kind("offers", "Offres", "news:offers"),
    Kind(
        "call",
        "Appel à projets riche",
        "news:call",
        slug="rich call",
        people=(VISITOR, STAFF),
    ),
    Kind("call-poor", "Appel à projets pauvre", "news:call", slug="poor call"),
    Kind(
        "event",
        "Événement riche",
        "news:event",
        slug="rich event",
        people=(VISITOR, STAFF),
    ),
    Kind("offer", "Offre", "news:offer", slug="rich offer"),
    Kind("tag", "Mot-clé", "news:tag", slug="pnud"),
    Kind(
        "network", "Le réseau", "news:page", slug="le-reseau", people=(VISITOR, STAFF)
    ),
    Kind("legal", "Mentions légales", "news:page", slug="mentions-legales"),
    Kind("privacy", "Données personnelles", "news:page", slug="donnees-personnelles"),
    Kind("site-map", "Plan du site", "site-map"),
    Kind("accessibility", "Accessibilité", "accessibility"),
    Kind("styleguide", "Guide de style", "styleguide", people=(STAFF,)),
    Kind("sign-in", "Connexion", "members:login"),
    Kind("sign-up", "Créer un compte", "account_signup"),
    Kind("account", "Mon compte", "members:account", people=(MEMBER,)),
    Kind("address", "Changer d’adresse", "members:address", people=(STAFF,)),
    Kind("factors", "Seconds facteurs", "mfa_index", people=(MEMBER, STAFF)),
    Kind(
        "application", "Ajouter une application", "mfa_activate_totp", people=(STAFF,)
    ),
    Kind("passkeys", "Clés d’accès", "mfa_list_webauthn", people=(MEMBER,)),
    Kind("passkey", "Ajouter une clé d’accès", "mfa_add_webauthn", people=(STAFF,)),
    Kind(
        "recovery",
        "Nouveaux codes de secours",
        "mfa_generate_recovery_codes",
        people=(STAFF,),
    ),
    Kind("sessions", "Sessions", "usersessions_list", people=(MEMBER,)),
    Kind(
        "again",
        "Confirmer qui l’on est",
        "account_request_reauthentication_code",
        people=(MEMBER,),
    ),
    Kind("space", "Mon espace", "members:space", people=(MEMBER, STAFF)),
    Kind("team", "Équipe", "members:team", slug="held structure", people=(MEMBER,)),
    Kind(
        "ask-access",
        "C’est ma structure",
        "members:ask-access",
        slug="poor structure",
        people=(MEMBER,),
    ),
    Kind(
        "link-refused",
        "Lien incomplet",
        "members:invitation",
        slug="lien-abime",
        status=404,
    ),
    Kind("demo-mails", "Courriels de la démonstration", "members:demo-mails"),
    Kind(
        "space-structure",
        "Espace d’une structure",
        "members:structure-space",
        slug="held structure",
        people=(MEMBER,),
    ),
    Kind(
        "edit",
        "Modifier sa fiche",
        "members:edit",
        slug="held structure",
        people=(MEMBER,),
    ),
    Kind(
        "edit-rows",
        "Ses contacts",
        "members:edit-rows",
        slug="held structure",
        rest=("contact",),
        people=(MEMBER,),
    ),
    Kind(
        "edit-new",
        "Ajouter un contact",
        "members:edit-new",
        slug="held structure",
        rest=("contact",),
        people=(MEMBER,),
    ),
    Kind(
        "edit-event",
        "Proposer un événement",
        "members:edit-new",
        slug="held structure",
        rest=("evenement",),
        people=(MEMBER,),
    ),
    Kind(
        "edit-row",
        "Modifier un contact",
        "members:edit-row",
        slug="held structure",
        rest=("contact", "its contact"),
        people=(MEMBER,),
    ),
    Kind(
        "proposal",
        "Une proposition",
        "members:proposal",
        slug="proposal",
        people=(MEMBER,),
    ),
    Kind(
        "proposal-edit",
        "Un brouillon",
        "members:proposal-edit",
        slug="draft",
        people=(MEMBER,),
    ),
    Kind(
        "report",
        "Signaler une erreur",
        "members:report-structure",
        "rich structure",
    ),
    Kind(
        "report-project",
        "Signaler une erreur (projet)",
        "members:report-project",
        "rich project",
    ),
    Kind(
        "follow",
        "Créer une alerte",
        "members:follow",
        "annuaire/",
        query="?pays=ML",
        people=(VISITOR, MEMBER),
    ),
    Kind("alerts", "Mes alertes", "members:alerts", people=(MEMBER,)),
    Kind(
        "freshness-problem",
        "Lien de vérification inconnu",
        "members:freshness",
        "n-importe-quoi",
        status=404,
    ),
    Kind("country-missing", "Pays introuvable", address="/pays/congo/", status=404),
    Kind("missing", "Page introuvable", address="/nulle-part/", status=404),
    Kind("refused", "Demande refusée", address="/essai/400/", status=400),
    Kind("forbidden", "Formulaire périmé", address="/essai/403/", status=403),
    Kind("limited", "Trop de demandes", address="/essai/429/", status=429),
    Kind("broken", "Panne", address="/essai/500/", status=500),
)
#: Pages that show in the middle of something alone: `test_accounts.py` looks at them.
STEPS = {
    "account_confirm_login_code",
    "account_confirm_reauthentication_code",
    "members:address-codes",
    "mfa_authenticate",
    "mfa_deactivate_totp",
    "mfa_edit_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_remove_webauthn",
    "mfa_view_recovery_codes",
}
#: Addresses that show no page: an action, a redirection, a part of a page, files.
NOT_PAGES = {
    "directory:matrix-csv",
    "directory:map-points",
    "directory:project-map-points",
    "directory:projects-atom",
    "directory:projects-rss",
    "directory:structures-atom",
    "directory:structures-rss",
    "directory:name-suggestions",
    "directory:suggestions",
    "members:accept-invitation",
    "members:after-login",
    "members:demonstration",
    "members:end-session",
    "members:account-data",
    "members:account-delete",  # see `test_accounts.py`: one proves again who one is
    "members:alert-change",
    "members:alert-confirm",  # see `test_alert_links.py`: each link is of one person
    "members:alerts-end",
    "members:confirm",
    "members:consent",  # see `test_consent_link.py`: each link is of one person
    "members:consent-end",
    "members:drift",
    "members:logout",
    "account_login",
    "mfa_login_webauthn",
    "members:team-cancel-invitation",
    "members:team-hand-over",
    "members:team-remove",
    "members:team-renew-invitation",
    "members:team-role",
    "members:edit-remove",
    "members:proposal-file",
    "members:proposal-resume",
    "members:proposal-withdraw",
    "media",
    "news:articles-atom",
    "news:articles-rss",
    "news:calls-atom",
    "news:calls-calendar",
    "news:calls-rss",
    "news:event-calendar",
    "news:events-atom",
    "news:events-calendar",
    "news:events-rss",
    "news:offers-atom",
    "news:offers-rss",
    "robots",
    "sitemap-index",
    "sitemap-section",
    "news:country-feed",
} | STEPS


def views(patterns=None, prefix=""):
    """The names of the addresses of the site outside the admin."""
    for entry in patterns or get_resolver("territoires.urls").url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{prefix}{entry.name}"
        elif entry.namespace != "admin":
            inner = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            yield from views(entry.url_patterns, inner)


def kinds() -> list[Kind]:
    """The kinds of page that the site has."""
    there = set(views())
    return [kind for kind in EVERY_KIND if kind.address or kind.view in there]


def sights() -> list[tuple[Kind, str]]:
    """Each kind with each person who looks at it."""
    return [(kind, person) for kind in kinds() for person in kind.people]


def named(sight) -> str:
    """How a test names a kind of page, or a kind with the person who looks at it."""
    if isinstance(sight, Kind):
        return sight.key
    return str(sight)
