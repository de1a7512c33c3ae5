"""The addresses of accounts."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from members import drift_pages, edit_pages, proposal_pages, views

app_name = "members"
HELD = "mon-espace/structures/<slug:slug>"
PROPOSED = "mon-espace/propositions/<uuid:pk>"
urlpatterns = [
    path("connexion/", views.SignInView.as_view(), name="login"),
    path("connexion/suite/", views.after_login, name="after-login"),
    path(
        "mon-espace/structures/<slug:slug>/suggestions/",
        drift_pages.answer,
        name="drift",
    ),
    path("deconnexion/", LogoutView.as_view(), name="logout"),
    path(f"{HELD}/", proposal_pages.space, name="structure-space"),
    path(f"{HELD}/modifier/", edit_pages.edit, name="edit"),
    path(f"{HELD}/modifier/<slug:key>/", edit_pages.rows, name="edit-rows"),
    path(f"{HELD}/modifier/<slug:key>/nouveau/", edit_pages.edit, name="edit-new"),
    path(f"{HELD}/modifier/<slug:key>/<int:pk>/", edit_pages.edit, name="edit-row"),
    path(
        f"{HELD}/modifier/<slug:key>/<int:pk>/retirer/",
        edit_pages.remove,
        name="edit-remove",
    ),
    path(f"{PROPOSED}/", proposal_pages.proposal, name="proposal"),
    path(f"{PROPOSED}/modifier/", edit_pages.edit_draft, name="proposal-edit"),
    path(f"{PROPOSED}/retirer/", proposal_pages.withdraw, name="proposal-withdraw"),
    path(f"{PROPOSED}/reprendre/", proposal_pages.resume, name="proposal-resume"),
    path(
        f"{PROPOSED}/fichiers/<uuid:file>/",
        proposal_pages.proposal_file,
        name="proposal-file",
    ),
]
