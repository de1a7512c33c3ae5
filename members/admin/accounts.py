"""The accounts, and who answers for which structure."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.admin import EmailAddress
from allauth.mfa.admin import Authenticator
from allauth.usersessions.admin import UserSession
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.models import Group
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from directory.admin.base import RegisterAdmin, RegisterInline
from directory.admin.structures import StructureAdmin
from directory.models import Structure
from members import second_factor
from members.admin.ownerless import TellsOwnerless
from members.models import Membership, User

for model in (Authenticator, EmailAddress, UserSession):
    admin.site.unregister(model)  # each person keeps their own


class AccountMembershipInline(RegisterInline):
    """The structures that a person answers for."""

    model = Membership
    fields = ("structure", "role")
    autocomplete_fields = ("structure",)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).select_related("structure", "user")


class StructureMembershipInline(RegisterInline):
    """The people who answer for a structure."""

    model = Membership
    fields = ("user", "role")
    autocomplete_fields = ("user",)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).select_related("user", "structure")


@admin.register(User)
class UserAdmin(TellsOwnerless, RegisterAdmin):
    """The accounts: the e-mail address is the login, and receives the codes."""

    list_display = (
        "email",
        "name",
        "is_staff",
        "is_active",
        "structure_count",
        "last_login",
    )
    list_filter = ("is_staff", "is_active")
    search_fields = ("email", "name")
    ordering = ("email", "pk")
    actions = ("forget_second_factors",)
    autocomplete_fields = ("groups",)
    readonly_fields = ("last_login", "joined_at")
    inlines = (AccountMembershipInline,)
    fieldsets = (
        (_("Identité"), {"fields": ("email", "name")}),
        (_("Droits"), {"fields": ("is_active", "is_staff", "is_superuser", "groups")}),
        (_("Dates"), {"fields": (("last_login", "joined_at"),)}),
    )

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """Count the structures of each person in the query of the list."""
        count = models.Count("memberships")
        rows = super().get_queryset(request)
        counted: models.QuerySet = rows.annotate(structure_count=count)
        return counted

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Make the account first: rights are given to accounts that exist."""
        return super().get_fieldsets(request, obj) if obj else self.fieldsets[:1]

    def get_inlines(self, request: HttpRequest, obj: Any = None) -> Any:
        """Make the account first."""
        return super().get_inlines(request, obj) if obj else ()

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Let no one give rights that they do not have."""
        fields = super().get_readonly_fields(request, obj)
        if request.user.is_superuser:
            return fields
        return (*fields, "is_staff", "is_superuser", "groups")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Keep the accounts that may do everything from those that may not."""
        may = super().has_change_permission(request, obj)
        return may and not self.outranks(obj, request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Keep the accounts that may do everything from those that may not."""
        may = super().has_delete_permission(request, obj)
        return may and not self.outranks(obj, request.user)

    @admin.action(
        description=_("Retirer les seconds facteurs (téléphone ou clé perdus)"),
        permissions=["change"],
    )
    def forget_second_factors(
        self, request: HttpRequest, accounts: models.QuerySet
    ) -> None:
        """Let those who lost theirs set up another one."""
        for user in accounts:
            if self.outranks(user, request.user):
                said = _("Le compte %s a plus de droits que le vôtre.") % user
                self.message_user(request, said, messages.ERROR)
            else:
                second_factor.forget(user=user)
                said = _("Les seconds facteurs de %s sont retirés.") % user
                self.message_user(request, said, messages.SUCCESS)

    @staticmethod
    def outranks(account: User | None, user: Any) -> bool:
        """Whether the account may, or could once reopened, do more than the user."""
        if account is None or user.is_superuser:
            return False
        return account.is_superuser or not account.rights <= user.rights

    @admin.display(description=_("structures"), ordering="structure_count")
    def structure_count(self, user: User) -> int:
        """Give the number of structures that the person answers for."""
        return user.structure_count  # type: ignore[attr-defined, no-any-return]


admin.site.unregister(Group)


@admin.register(Group)
class GroupAdmin(DjangoGroupAdmin):
    """The groups, which give rights: who has every right keeps them."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Let nobody give rights that they do not have."""
        return self._has_every_right(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let nobody give themselves rights through their group."""
        return self._has_every_right(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let nobody take away rights that they do not have."""
        return self._has_every_right(request)

    @staticmethod
    def _has_every_right(request: HttpRequest) -> bool:
        return bool(request.user.is_active and request.user.is_superuser)


@admin.register(Membership)
class MembershipAdmin(TellsOwnerless, RegisterAdmin):
    """Who answers for which structure."""

    list_display = ("user", "structure", "role", "created_at")
    list_select_related = ("user", "structure")
    list_filter = ("role",)
    search_fields = ("user__email", "user__name", "structure__name")
    ordering = ("structure__name_key", "pk")
    autocomplete_fields = ("user", "structure")
    readonly_fields = ("created_at",)


admin.site.unregister(Structure)


@admin.register(Structure)
class StructureWithPeopleAdmin(TellsOwnerless, StructureAdmin):
    """The structures, with the people who answer for them: the register knows none."""

    inlines: ClassVar[Any] = (*StructureAdmin.inlines, StructureMembershipInline)
