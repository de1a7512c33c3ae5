"""The people who sign in: the e-mail address is the login."""

from __future__ import annotations

import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import Permission, PermissionsMixin
from django.db import models
from django.db.models.functions import Coalesce, Lower
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

#: The domain of the accounts that anybody opens, in the demonstration.
DEMO_DOMAIN = "demo.example"


class UserQuerySet(models.QuerySet["User"]):
    """Every question asked of the accounts."""

    def who_may_sign_in(self) -> UserQuerySet:
        """Keep the accounts that are open here."""
        active = self.filter(is_active=True)
        return active if settings.DEMO else active.exclude(_of_the_demonstration())

    def of_the_demonstration(self) -> UserQuerySet:
        """Keep the accounts that anybody opens, in the demonstration."""
        return self.filter(_of_the_demonstration())

    def unused_since(self, moment: datetime.datetime) -> UserQuerySet:
        """Keep the accounts, but those of the staff, that nobody opened since then."""
        seen = Coalesce("last_login", "joined_at")
        rows = self.filter(is_staff=False).annotate(seen_at=seen)
        return rows.filter(seen_at__lte=moment).order_by("pk")

    def who_decide(self) -> UserQuerySet:
        """Keep the staff who may decide of proposals: with a second factor at hand."""
        right = {"content_type__app_label": "members", "codename": "change_proposal"}
        given = Permission.objects.filter(**right)
        factors = Authenticator.objects.filter(user=models.OuterRef("pk"))
        return (
            self.who_may_sign_in()
            .filter(is_staff=True)
            .filter(
                models.Q(is_superuser=True)
                | models.Exists(given.filter(user=models.OuterRef("pk")))
                | models.Exists(given.filter(group__user=models.OuterRef("pk")))
            )
            .filter(models.Exists(factors) | _of_the_demonstration())
        )

    def with_address(self, address: str | None) -> UserQuerySet:
        """Keep the account of an address, whatever its case: at most one."""
        typed = Lower(models.Value(address or ""))
        return self.filter(Exact(Lower("email"), typed))


def _of_the_demonstration() -> models.Q:
    return models.Q(email__iendswith=f"@{DEMO_DOMAIN}")


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Makes accounts: Django’s commands give a password, and none is kept."""

    def get_by_natural_key(self, username: str | None) -> User:
        """Find the account of an address, whatever its case."""
        found: User = self.with_address(username).get()
        return found

    def create_user(
        self, email: str, password: str | None = None, **fields: Any
    ) -> User:
        """Make an account, which a code sent to its address opens.

        Raises:
            ValueError: without an address.

        """
        if not email:
            message = "An account needs an e-mail address."
            raise ValueError(message)
        user: User = self.model(email=self.normalize_email(email), **fields)
        user.set_unusable_password()
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
    #: Set on the account of a session that proved no second factor.
    rights_are_withheld = False

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
        """Whether anybody opens it, in the demonstration."""
        return self.email.lower().endswith(f"@{DEMO_DOMAIN}")

    def has_usable_password(self) -> bool:
        """Whether a password opens the account: none does, in any account."""
        return False

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Whether the account gives this right, and the session may use it."""
        return not self.rights_are_withheld and super().has_perm(perm, obj)

    def has_module_perms(self, app_label: str) -> bool:
        """Whether the account gives rights in an app, and the session may use them."""
        return not self.rights_are_withheld and super().has_module_perms(app_label)

    def get_full_name(self) -> str:
        """The name, or the address when none is known."""
        return str(self)

    def get_short_name(self) -> str:
        """The name, or the address when none is known."""
        return str(self)
