"""Every kind of mail that the site sends: its words are data, its body two templates.

A kind `invitation` has its body in `templates/emails/invitation.txt` and `.html`.
"""

from __future__ import annotations

import datetime
from types import SimpleNamespace

from django.utils.translation import gettext_lazy as _

from .kind import Kind

STRUCTURE = SimpleNamespace(name="Les Amis du Levant", slug="les-amis-du-levant")
SPECIMEN_LINK = "/mon-espace/verification/specimen/"
WARNING = _(
    "Sans réponse, son adresse électronique et son téléphone ne seront plus affichés"
    " après le 14/04/2027."
)
IN_TWO_WEEKS = datetime.date(2027, 3, 14)

INVITATION = Kind(
    name="invitation",
    label=_("Invitation à tenir une fiche"),
    subject=_("Tenez à jour la fiche de «\u00a0{structure.name}\u00a0»"),
    why=_("votre adresse a été donnée par {inviter} pour cette invitation"),
    action=_("Voir l’invitation"),
    # Its link opens the account of the address, so its text is not kept.
    is_secret=True,
    useful_for=datetime.timedelta(days=14),
    specimen={
        "structure": STRUCTURE,
        "inviter": "Camille Essai",
        "role": "Éditeur",
        "expires_on": IN_TWO_WEEKS,
        "path": "/invitation/specimen/",
    },
)

ROLE = Kind(
    name="role",
    label=_("Changement de rôle"),
    subject=_("Votre rôle change pour {structure.name}"),
    why=_("vous tenez à jour la fiche de «\u00a0{structure.name}\u00a0»"),
    action=_("Ouvrir mon espace"),
    specimen={
        "structure": STRUCTURE,
        "by": "Camille Essai",
        "role": "Propriétaire",
        "is_owner": True,
        "path": "/mon-espace/",
    },
)
ACCESS_REMOVED = Kind(
    name="acces-retire",
    label=_("Accès retiré"),
    subject=_("Vous ne tenez plus la fiche de «\u00a0{structure.name}\u00a0»"),
    why=_("vous teniez à jour la fiche de «\u00a0{structure.name}\u00a0»"),
    specimen={"structure": STRUCTURE, "by": "Camille Essai"},
)
REQUEST_RECEIVED = Kind(
    name="demande-recue",
    label=_("«\u00a0C’est ma structure\u00a0»\u00a0: demande à décider"),
    subject=_("{person} demande à tenir la fiche de «\u00a0{structure.name}\u00a0»"),
    why=_("cette adresse est celle du réseau dans l’annuaire"),
    action=_("Décider"),
    specimen={
        "structure": STRUCTURE,
        "person": "Dominique Essai",
        "reason": "Je suis trésorière depuis 2021.\nNotre site a changé.",
        "path": "/admin/members/accessrequest/",
    },
)
REQUEST_ACCEPTED = Kind(
    name="demande-acceptee",
    label=_("«\u00a0C’est ma structure\u00a0»\u00a0: demande acceptée"),
    subject=_("Vous tenez la fiche de «\u00a0{structure.name}\u00a0»"),
    why=_("vous avez demandé à tenir cette fiche"),
    action=_("Ouvrir mon espace"),
    specimen={
        "structure": STRUCTURE,
        "role": "Propriétaire",
        "path": "/mon-espace/",
    },
)
REQUEST_REFUSED = Kind(
    name="demande-refusee",
    label=_("«\u00a0C’est ma structure\u00a0»\u00a0: demande refusée"),
    subject=_("Votre demande pour {structure.name} n’est pas acceptée"),
    why=_("vous avez demandé à tenir cette fiche"),
    specimen={
        "structure": STRUCTURE,
        "answer": "La structure a déjà une personne qui tient sa fiche.",
    },
)
FRESHNESS = Kind(
    name="freshness",
    is_unasked=True,
    # Its link answers for the structure, so its text is not kept.
    is_secret=True,
    label=_("Vérification annuelle d’une fiche"),
    subject=_(
        "La fiche de «\u00a0{structure.name}\u00a0» est-elle encore juste\u00a0?"
    ),
    why=_("vous répondez pour cette fiche de l’annuaire"),
    action=_("Relire la fiche"),
    useful_for=datetime.timedelta(days=14),
    specimen={
        "structure": STRUCTURE,
        "records": [{"name": STRUCTURE.name, "said": WARNING, "path": SPECIMEN_LINK}],
        "expires_on": IN_TWO_WEEKS,
        "path": SPECIMEN_LINK,
    },
)
FRESHNESS_OF_SEVERAL = Kind(
    name="freshness-of-several",
    is_unasked=True,
    # Its link answers for the structure, so its text is not kept.
    is_secret=True,
    label=_("Vérification annuelle de plusieurs fiches"),
    subject=_("Vos {number} fiches de l’annuaire sont-elles encore justes\u00a0?"),
    why=_("vous répondez pour ces fiches de l’annuaire"),
    useful_for=datetime.timedelta(days=14),
    specimen={
        "number": 2,
        "records": [
            {"name": STRUCTURE.name, "said": WARNING, "path": SPECIMEN_LINK},
            {"name": "Semeurs de Sahel", "said": "", "path": SPECIMEN_LINK},
        ],
        "expires_on": IN_TWO_WEEKS,
    },
)

ASKED = _("quelqu’un, sans doute vous, a donné cette adresse sur l’annuaire")
#: A code sent later than it can be used is of no use.
CODE_LASTS = datetime.timedelta(minutes=10)
CODE = Kind(
    name="code",
    label=_("Code de connexion"),
    # Without the code: what a mail says is forgotten once it has left, not its subject.
    subject=_("Votre code de connexion"),
    why=ASKED,
    is_secret=True,
    useful_for=CODE_LASTS,
    specimen={"code": "407316"},
)
UNKNOWN_ACCOUNT = Kind(
    name="compte-inconnu",
    label=_("Adresse sans compte"),
    subject=_("Aucun compte à cette adresse"),
    why=ASKED,
    action=_("Créer un compte"),
    specimen={"email": "camille@exemple.example", "path": "/connexion/"},
)
NEW_ADDRESS = Kind(
    name="adresse-nouvelle",
    label=_("Changement d’adresse\u00a0: code à la nouvelle"),
    subject=_("Votre code pour changer d’adresse"),
    why=ASKED,
    is_secret=True,
    useful_for=CODE_LASTS,
    specimen={"code": "407316"},
)
FORMER_ADDRESS = Kind(
    name="adresse-ancienne",
    label=_("Changement d’adresse\u00a0: code à l’ancienne"),
    subject=_("Votre compte change d’adresse"),
    why=_("cette adresse est celle de votre compte"),
    is_secret=True,
    useful_for=CODE_LASTS,
    specimen={
        "code": "407316",
        "old": "camille@exemple.example",
        "new": "camille.essai@exemple.example",
    },
)
ADDRESS_TAKEN = Kind(
    name="adresse-prise",
    label=_("Changement d’adresse\u00a0: adresse déjà prise"),
    subject=_("Un compte existe déjà à cette adresse"),
    why=ASKED,
    action=_("Se connecter"),
    specimen={"email": "camille@exemple.example", "path": "/connexion/"},
)
ACCOUNT_CHANGED = Kind(
    name="compte-change",
    label=_("Compte modifié"),
    subject=_("Votre compte a changé"),
    why=_("cette adresse est celle de votre compte"),
    action=_("Se connecter"),
    specimen={
        "what": _("une clé d’accès a été ajoutée à votre compte"),
        "email": "camille@exemple.example",
        "path": "/connexion/",
    },
)

ACCOUNT_UNUSED = Kind(
    name="compte-inutilise",
    is_unasked=True,
    label=_("Compte que personne n’ouvre"),
    subject=_("Votre compte va être supprimé"),
    why=_("cette adresse est celle de votre compte"),
    action=_("Se connecter"),
    useful_for=datetime.timedelta(days=14),
    specimen={
        "day": IN_TWO_WEEKS,
        "email": "camille@exemple.example",
        "path": "/connexion/",
    },
)
CONSENT = Kind(
    name="accord",
    is_unasked=True,
    label=_("Accord pour être nommé\u00a0: demande"),
    subject=_(
        "Acceptez-vous que la fiche de «\u00a0{structure.name}\u00a0» vous nomme\u00a0?"
    ),
    why=_("l’annuaire a votre adresse comme contact de «\u00a0{structure.name}\u00a0»"),
    action=_("Lire et répondre"),
    # Its link answers for the person, so its text is not kept.
    is_secret=True,
    useful_for=datetime.timedelta(days=14),
    specimen={
        "person": "Mme Camille Essai",
        "role": "Présidente",
        "structure": STRUCTURE,
        "until": IN_TWO_WEEKS,
        "path": "/mon-espace/accord/specimen/",
    },
)
CONSENT_GIVEN = Kind(
    name="accord-donne",
    label=_("Accord pour être nommé\u00a0: donné"),
    subject=_("Votre nom figure sur la fiche de «\u00a0{structure.name}\u00a0»"),
    why=_("vous avez accepté que cette fiche vous nomme"),
    action=_("Retirer mon nom"),
    is_secret=True,
    useful_for=datetime.timedelta(days=14),
    specimen={
        "person": "Mme Camille Essai",
        "structure": STRUCTURE,
        "until": IN_TWO_WEEKS,
        "path": "/mon-espace/accord/fin/specimen/",
    },
)
ALERT_ASKED = Kind(
    name="alerte-a-confirmer",
    label=_("Alerte\u00a0: adresse à confirmer"),
    # Without the words that were searched: anybody may have typed them.
    subject=_("Confirmez votre alerte\u00a0: {listing}"),
    why=ASKED,
    action=_("Confirmer l’alerte"),
    is_secret=True,
    useful_for=datetime.timedelta(days=7),
    specimen={
        "listing": "Appels à projets",
        "path": "/mon-espace/alertes/confirmer/specimen/",
    },
)
ALERT_KEPT = Kind(
    name="alerte-a-garder",
    label=_("Alerte\u00a0: à garder ou non"),
    subject=_("Gardez-vous votre alerte\u00a0? {listing}"),
    why=_("vous suivez une recherche depuis deux ans"),
    action=_("Garder l’alerte"),
    is_secret=True,
    is_unasked=True,
    useful_for=datetime.timedelta(days=7),
    specimen={
        "listing": "Appels à projets",
        "path": "/mon-espace/alertes/confirmer/specimen/",
    },
)
ALERTS = Kind(
    name="alertes",
    label=_("Alertes\u00a0: les nouveautés"),
    subject=_("Vos alertes\u00a0: {what}"),
    why=_("vous avez demandé ces alertes"),
    action=_("Gérer mes alertes"),
    # Its links answer for the person, so its text is not kept.
    is_secret=True,
    is_unasked=True,
    useful_for=datetime.timedelta(days=5),
    specimen={
        "what": "13 nouveautés",
        "parts": [
            {
                "title": "Mali · Éducation – Appels à projets",
                "notices": [],
                "rows": [
                    {
                        "title": "Des puits pour les écoles",
                        "text": "Une aide pour l’eau dans les écoles rurales.",
                        "path": "/appels-a-projets/des-puits-pour-les-ecoles/",
                    }
                ],
                "more": "et 12 autres",
                "path": "/appels-a-projets/?pays=ML",
            },
            {
                "title": "Annuaire des acteurs",
                "notices": ["«\u00a0XX\u00a0» n’est pas un pays connu."],
                "rows": [],
                "more": "",
                "path": "/annuaire/",
            },
        ],
        "path": "/mon-espace/alertes/desabonnement/specimen/",
        "unsubscribe_path": "/mon-espace/alertes/desabonnement/specimen/",
    },
)
PROPOSED = _("vous avez proposé une modification")
A_PROPOSAL = {
    "record": STRUCTURE.name,
    "reason": "Merci\u00a0! Il manque peu de chose.",
    "returned": [
        {"label": "Année de création", "reason": "Le registre dit 1987."},
        {"label": "Ville", "reason": ""},
    ],
    "path": "/mon-espace/propositions/specimen/",
}
PROPOSAL_ACCEPTED = Kind(
    name="proposition-acceptee",
    label=_("Proposition acceptée"),
    subject=_("Votre proposition pour {record} est acceptée"),
    why=PROPOSED,
    action=_("Voir ma proposition"),
    specimen={**A_PROPOSAL, "reason": "", "returned": []},
)
PROPOSAL_PARTLY = Kind(
    name="proposition-en-partie",
    label=_("Proposition acceptée en partie"),
    subject=_("Votre proposition pour {record} est acceptée en partie"),
    why=PROPOSED,
    action=_("Voir ma proposition"),
    specimen=A_PROPOSAL,
)
PROPOSAL_RETURNED = Kind(
    name="proposition-renvoyee",
    label=_("Proposition renvoyée"),
    subject=_("Votre proposition pour {record} est à reprendre"),
    why=PROPOSED,
    action=_("La reprendre"),
    specimen=A_PROPOSAL,
)

#: Each kind by its name.
KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        INVITATION,
        ROLE,
        ACCESS_REMOVED,
        REQUEST_RECEIVED,
        REQUEST_ACCEPTED,
        REQUEST_REFUSED,
        CODE,
        UNKNOWN_ACCOUNT,
        NEW_ADDRESS,
        FORMER_ADDRESS,
        ADDRESS_TAKEN,
        ACCOUNT_CHANGED,
        ACCOUNT_UNUSED,
        CONSENT,
        CONSENT_GIVEN,
        ALERT_ASKED,
        ALERT_KEPT,
        ALERTS,
        PROPOSAL_ACCEPTED,
        PROPOSAL_PARTLY,
        PROPOSAL_RETURNED,
        FRESHNESS,
        FRESHNESS_OF_SEVERAL,
    )
}
#: The names of those that the site writes unasked.
UNASKED = [kind.name for kind in KINDS.values() if kind.is_unasked]
