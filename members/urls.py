"""The addresses of accounts, and of « Mon espace »."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from directory.models import Project, Structure
from members import (
    access_pages,
    drift_pages,
    freshness_pages,
    invitation_pages,
    report_pages,
    space_pages,
    team_pages,
    views,
)

app_name = "members"
SPACE = "mon-espace/"
STRUCTURE = f"{SPACE}structures/<slug:slug>/"
TEAM = f"{STRUCTURE}equipe/"
urlpatterns = [
    path("connexion/", views.SignInView.as_view(), name="login"),
    path("connexion/suite/", views.after_login, name="after-login"),
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
    path(f"{STRUCTURE}suggestions/", drift_pages.answer, name="drift"),
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
]
