"""The addresses of accounts; those that allauth names are in `accounts/urls.py`."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from members import drift_pages, views
from members.accounts import keeping, sign_in

app_name = "members"
urlpatterns = [
    path("connexion/", sign_in.SignInView.as_view(), name="login"),
    path("connexion/suite/", views.after_login, name="after-login"),
    path(
        "connexion/demonstration/",
        sign_in.sign_in_to_demonstration,
        name="demonstration",
    ),
    path(
        "mon-espace/structures/<slug:slug>/suggestions/",
        drift_pages.answer,
        name="drift",
    ),
    path("deconnexion/", LogoutView.as_view(), name="logout"),
    path("mon-espace/compte/", keeping.AccountView.as_view(), name="account"),
    path("mon-espace/compte/adresse/", keeping.AddressView.as_view(), name="address"),
    path(
        "mon-espace/compte/adresse/codes/",
        keeping.address_codes,
        name="address-codes",
    ),
    path(
        "mon-espace/compte/sessions/<int:pk>/fermer/",
        keeping.end_session,
        name="end-session",
    ),
]
