"""The people who sign in: the e-mail address is the login."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import Permission, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

#: The domain of the accounts whose password everyone knows.
DEMO_DOMAIN = "demo.example"


class UserManager(BaseUserManager["User"]):
    """Makes accounts."""

    def get_by_natural_key(self, username: str | None) -> User:
        """Find the account of an address, whatever its case: at most one."""
        typed = Lower(models.Value(username or ""))
        return self.get(Exact(Lower("email"), typed))

    def create_user(
        self, email: str, password: str | None = None, **fields: Any
    ) -> User:
        """Make an account; without a password none will open it.

        Raises:
            ValueError: without an address.

        """
        if not email:
            message = "An account needs an e-mail address."
            raise ValueError(message)
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(
        self, email: str, password: str | None = None, **fields: Any
    ) -> User:
        """Make an account that may do everything in the admin."""
        return self.create_user(
            email, password, **{**fields, "is_staff": True, "is_superuser": True}
        )


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in."""

    email = models.EmailField(
        _("adresse électronique"),
        unique=True,
        error_messages={"unique": _("Un compte existe déjà avec cette adresse.")},
    )
    name = models.CharField(_("nom"), max_length=150, blank=True)
    is_staff = models.BooleanField(
        _("équipe du réseau"),
        default=False,
        help_text=_("Peut ouvrir l’administration."),
    )
    is_active = models.BooleanField(
        _("actif"),
        default=True,
        help_text=_("Décochez plutôt que de supprimer le compte."),
    )
    joined_at = models.DateTimeField(_("inscrit le"), auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    objects = UserManager()

    class Meta:
        verbose_name = _("compte")
        verbose_name_plural = _("comptes")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_is_unique_in_any_case",
                violation_error_code="email",
                violation_error_message=_("Un compte existe déjà avec cette adresse."),
            ),
            models.CheckConstraint(
                name="user_email_is_plain_before_the_at",
                condition=models.Q(email__regex="^[!-~]+@"),
                violation_error_code="email",
                violation_error_message=_(
                    "Avant l’arobase, ni accent ni lettre d’un autre alphabet\u00a0:"
                    " deux adresses qui se ressemblent seraient deux comptes."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def rights(self) -> set[int]:
        """The keys of the permissions given to the account, even while it is closed."""
        given = models.Q(user=self) | models.Q(group__user=self)
        return set(Permission.objects.filter(given).values_list("pk", flat=True))

    @property
    def is_demonstration(self) -> bool:
        """Whether its password is public: an account of the demonstration."""
        return self.email.lower().endswith(f"@{DEMO_DOMAIN}")

    def get_full_name(self) -> str:
        """The name, or the address when none is known."""
        return str(self)

    def get_short_name(self) -> str:
        """The name, or the address when none is known."""
        return str(self)
