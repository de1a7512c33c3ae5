"""The addresses of accounts and of « Mon espace ».

Those that allauth names are in `accounts/urls.py`.
"""

from django.contrib.auth.views import LogoutView
from django.urls import path

from directory.models import Project, Structure
from members.accounts import keeping, sign_in
from members.alerts import pages as alerts
from members.proposals import edit_pages, proposal_pages
from members.teams import access_pages, invitation_pages, team_pages

from . import (
    consent,
    consent_pages,
    drift_pages,
    freshness_pages,
    report_pages,
    space_pages,
    views,
)

app_name = "members"
SPACE = "mon-espace/"
ACCOUNT = f"{SPACE}compte/"
ALERTS = f"{SPACE}alertes/"
STRUCTURE = f"{SPACE}structures/<slug:slug>/"
TEAM = f"{STRUCTURE}equipe/"
EDIT = f"{STRUCTURE}modifier/"
PROPOSED = f"{SPACE}propositions/<uuid:pk>/"
urlpatterns = [
    path("connexion/", sign_in.SignInView.as_view(), name="login"),
    path("connexion/suite/", views.after_login, name="after-login"),
    path(
        "connexion/demonstration/",
        sign_in.sign_in_to_demonstration,
        name="demonstration",
    ),
    path(ACCOUNT, keeping.AccountView.as_view(), name="account"),
    path(f"{ACCOUNT}donnees/", keeping.account_data, name="account-data"),
    path(f"{ACCOUNT}supprimer/", keeping.account_delete, name="account-delete"),
    path(f"{ACCOUNT}adresse/", keeping.AddressView.as_view(), name="address"),
    path(f"{ACCOUNT}adresse/codes/", keeping.address_codes, name="address-codes"),
    path(
        f"{ACCOUNT}sessions/<int:pk>/fermer/", keeping.end_session, name="end-session"
    ),
    path(
        "mon-espace/verification/<str:token>/", freshness_pages.answer, name="freshness"
    ),
    path(
        "annuaire/<slug:slug>/signaler/",
        report_pages.report,
        {"model": Structure},
        name="report-structure",
    ),
    path(
        "projets/<slug:slug>/signaler/",
        report_pages.report,
        {"model": Project},
        name="report-project",
    ),
    path("deconnexion/", LogoutView.as_view(), name="logout"),
    path(SPACE, space_pages.space, name="space"),
    path(f"{SPACE}courriels-de-demo/", space_pages.demo_mails, name="demo-mails"),
    path(
        f"{SPACE}invitations/", space_pages.accept_invitation, name="accept-invitation"
    ),
    path(
        f"{SPACE}invitations/<str:token>/",
        invitation_pages.invitation,
        name="invitation",
    ),
    path(ALERTS, alerts.mine, name="alerts"),
    path(f"{ALERTS}changer/", alerts.change, name="alert-change"),
    path(f"{ALERTS}nouvelle/<path:listing>", alerts.follow, name="follow"),
    path(f"{ALERTS}confirmer/<str:token>/", alerts.confirm, name="alert-confirm"),
    path(f"{ALERTS}desabonnement/<str:token>/", alerts.end, name="alerts-end"),
    path(f"{STRUCTURE}suggestions/", drift_pages.answer, name="drift"),
    path(f"{SPACE}accord/<str:token>/", consent_pages.answer, name="consent"),
    path(
        f"{SPACE}accord/fin/<str:token>/",
        consent_pages.answer,
        {"purpose": consent.TAKE_BACK},
        name="consent-end",
    ),
    path(f"{STRUCTURE}confirmer/", freshness_pages.confirm, name="confirm"),
    path(f"{STRUCTURE}demande/", access_pages.ask_access, name="ask-access"),
    path(TEAM, team_pages.team, name="team"),
    path(f"{TEAM}role/", team_pages.change_role, name="team-role"),
    path(f"{TEAM}retirer/", team_pages.remove, name="team-remove"),
    path(f"{TEAM}transmettre/", team_pages.hand_over, name="team-hand-over"),
    path(
        f"{TEAM}invitations/renvoyer/",
        team_pages.renew_invitation,
        name="team-renew-invitation",
    ),
    path(
        f"{TEAM}invitations/annuler/",
        team_pages.cancel_invitation,
        name="team-cancel-invitation",
    ),
    path(STRUCTURE, proposal_pages.space, name="structure-space"),
    path(EDIT, edit_pages.edit, name="edit"),
    path(f"{EDIT}<slug:key>/", edit_pages.rows, name="edit-rows"),
    path(f"{EDIT}<slug:key>/nouveau/", edit_pages.edit, name="edit-new"),
    path(f"{EDIT}<slug:key>/<int:pk>/", edit_pages.edit, name="edit-row"),
    path(
        f"{EDIT}<slug:key>/<int:pk>/retirer/",
        edit_pages.remove,
        name="edit-remove",
    ),
    path(PROPOSED, proposal_pages.proposal, name="proposal"),
    path(f"{PROPOSED}modifier/", edit_pages.edit_draft, name="proposal-edit"),
    path(f"{PROPOSED}retirer/", proposal_pages.withdraw, name="proposal-withdraw"),
    path(f"{PROPOSED}reprendre/", proposal_pages.resume, name="proposal-resume"),
    path(
        f"{PROPOSED}fichiers/<uuid:file>/",
        proposal_pages.proposal_file,
        name="proposal-file",
    ),
]
