"""The addresses of allauth that the site has, in French, under allauth's names.

Only the pages named here exist: no password, no list of addresses.
"""

from django.urls import path

from members.accounts import keeping, sign_in

urlpatterns = [
    path("connexion/", sign_in.SignInView.as_view(), name="account_login"),
    path(
        "connexion/code/",
        sign_in.CodeView.as_view(),
        name="account_confirm_login_code",
    ),
    path(
        "connexion/second-facteur/",
        sign_in.SecondFactorView.as_view(),
        name="mfa_authenticate",
    ),
    path(
        "connexion/cle/",
        sign_in.PasskeySignInView.as_view(),
        name="mfa_login_webauthn",
    ),
    path("inscription/", sign_in.SignUpView.as_view(), name="account_signup"),
    path(
        "mon-espace/compte/double-authentification/",
        keeping.FactorsView.as_view(),
        name="mfa_index",
    ),
    path(
        "mon-espace/compte/application/",
        keeping.AddApplicationView.as_view(),
        name="mfa_activate_totp",
    ),
    path(
        "mon-espace/compte/application/retirer/",
        keeping.RemoveApplicationView.as_view(),
        name="mfa_deactivate_totp",
    ),
    path(
        "mon-espace/compte/cles/",
        keeping.PasskeysView.as_view(),
        name="mfa_list_webauthn",
    ),
    path(
        "mon-espace/compte/cles/ajouter/",
        keeping.AddPasskeyView.as_view(),
        name="mfa_add_webauthn",
    ),
    path(
        "mon-espace/compte/cles/<int:pk>/",
        keeping.RenamePasskeyView.as_view(),
        name="mfa_edit_webauthn",
    ),
    path(
        "mon-espace/compte/cles/<int:pk>/retirer/",
        keeping.RemovePasskeyView.as_view(),
        name="mfa_remove_webauthn",
    ),
    path(
        "mon-espace/compte/codes-de-secours/",
        keeping.RecoveryCodesView.as_view(),
        name="mfa_view_recovery_codes",
    ),
    path(
        "mon-espace/compte/codes-de-secours/refaire/",
        keeping.NewRecoveryCodesView.as_view(),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "mon-espace/compte/confirmation/",
        keeping.AskAgainView.as_view(),
        name="account_request_reauthentication_code",
    ),
    path(
        "mon-espace/compte/confirmation/code/",
        keeping.CodeAgainView.as_view(),
        name="account_confirm_reauthentication_code",
    ),
    path(
        "mon-espace/compte/confirmation/second-facteur/",
        keeping.FactorAgainView.as_view(),
        name="mfa_reauthenticate",
    ),
    path(
        "mon-espace/compte/confirmation/cle/",
        keeping.PasskeyAgainView.as_view(),
        name="mfa_reauthenticate_webauthn",
    ),
    path(
        "mon-espace/compte/sessions/",
        keeping.SessionsView.as_view(),
        name="usersessions_list",
    ),
]
