"""The staff's pages of people: accounts, and who answers for which structure."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from directory.admin.base import RegisterAdmin, RegisterInline
from directory.admin.forms import RowForm
from directory.admin.structures import StructureAdmin
from directory.models import Structure
from members import proposal_admin
from members.drift_admin import DriftAdmin
from members.models import Membership, User

__all__ = ["DriftAdmin", "proposal_admin"]


class AccountCreationForm(RowForm, AdminUserCreationForm):
    """A new account: an address, a name, and a password or none."""

    class Meta:
        model = User
        fields = ("email", "name")
        field_classes = {"email": forms.EmailField}


class AccountChangeForm(RowForm, UserChangeForm):
    """An account; its password is changed on a page of its own."""

    class Meta:
        model = User
        fields = "__all__"
        field_classes: dict[str, Any] = {}


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
class UserAdmin(RegisterAdmin, DjangoUserAdmin):
    """The accounts: the e-mail address is the login."""

    form = AccountChangeForm
    add_form = AccountCreationForm
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
    filter_horizontal = ()
    autocomplete_fields = ("groups",)
    readonly_fields = ("last_login", "joined_at")
    inlines = (AccountMembershipInline,)
    fieldsets = (
        (_("Identité"), {"fields": ("email", "name", "password")}),
        (_("Droits"), {"fields": ("is_active", "is_staff", "is_superuser", "groups")}),
        (_("Dates"), {"fields": (("last_login", "joined_at"),)}),
    )
    add_fieldsets = (
        (
            None,
            {
                "classes": ("wide",),
                "fields": (
                    "email",
                    "name",
                    "usable_password",
                    "password1",
                    "password2",
                ),
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """Count the structures of each person in the query of the list."""
        count = models.Count("memberships")
        rows = super().get_queryset(request)
        counted: models.QuerySet = rows.annotate(structure_count=count)
        return counted

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
class MembershipAdmin(RegisterAdmin):
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
class StructureWithPeopleAdmin(StructureAdmin):
    """The structures, with the people who answer for them: the register knows none."""

    inlines: ClassVar[Any] = (*StructureAdmin.inlines, StructureMembershipInline)
