"""The addresses of accounts."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from members import drift_pages, views

app_name = "members"
urlpatterns = [
    path("connexion/", views.SignInView.as_view(), name="login"),
    path("connexion/suite/", views.after_login, name="after-login"),
    path(
        "mon-espace/structures/<slug:slug>/suggestions/",
        drift_pages.answer,
        name="drift",
    ),
    path("deconnexion/", LogoutView.as_view(), name="logout"),
]
