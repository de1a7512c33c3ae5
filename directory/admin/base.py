"""What every page of the staff's admin does the same way."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.contrib.postgres.fields import ArrayField
from django.db import DatabaseError, DataError, IntegrityError, models
from django.forms import BaseModelFormSet, ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

from directory.admin.forms import (
    LinedTextField,
    LinesField,
    LoadedAutocomplete,
    RowForm,
    SiblingFormSet,
    choosing_only,
)
from directory.admin.haystack import Haystack, every_word

logger = logging.getLogger(__name__)

FORM_FIELDS: Any = {
    ArrayField: {"form_class": LinesField},
    models.TextField: {"form_class": LinedTextField},
}
#: The database alone saw what is wrong -> what the staff read.
REFUSALS: dict[type[DatabaseError], Any] = {
    IntegrityError: _(
        "Rien n’a été enregistré\u00a0: ces données en contredisent d’autres,"
        " enregistrées entre-temps. Vérifiez et recommencez."
    ),
    DataError: _(
        "Rien n’a été enregistré\u00a0: une valeur contient un caractère illisible,"
        " ou dépasse ce que la base peut garder."
    ),
}


class RegisterAdmin(admin.ModelAdmin):
    """A page of the admin, searched as people type: « ecole » finds « École ».

    `search_fields` are paths of texts, folded already when they end in `_key`;
    `search_arrays` are paths of arrays of texts.
    """

    save_on_top = True
    list_per_page = 50
    form = RowForm
    formfield_overrides = FORM_FIELDS
    search_arrays: Sequence[str] = ()
    #: What identifies a row: typed when it is added, and never changed.
    fixed_fields: Sequence[str] = ()
    #: The attribute, true of one row of an inline at most, that passes between them.
    title: str = ""

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet, search_term: str
    ) -> tuple[models.QuerySet, bool]:
        """Find the rows in which each word is found, accents or not."""
        paths = self.get_search_fields(request)
        haystack = Haystack(
            keys=tuple(path for path in paths if path.endswith("_key")),
            columns=tuple(path for path in paths if not path.endswith("_key")),
            arrays=tuple(self.search_arrays),
        )
        return every_word(queryset, search_term, haystack), False

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest, **kwargs: Any
    ) -> Any:
        """Let a choice be a choice: lists are kept on their own pages."""
        return choosing_only(super().formfield_for_dbfield(db_field, request, **kwargs))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Keep what identifies a saved row."""
        fixed = self.fixed_fields if obj else ()
        return (*super().get_readonly_fields(request, obj), *fixed)

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Propose addresses and codes for new rows only: the others are public."""
        return {} if obj else super().get_prepopulated_fields(request, obj)

    def save_formset(
        self,
        request: HttpRequest,
        form: ModelForm,
        formset: BaseModelFormSet,
        change: bool,  # noqa: FBT001 - Django's signature
    ) -> None:
        """Save last the row that takes a title, once another has given it up."""
        rows = formset.save(commit=False)
        for row in formset.deleted_objects:
            row.delete()
        for row in sorted(rows, key=lambda row: getattr(row, self.title, False)):
            row.save()
        formset.save_m2m()

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Say it when the database alone saw what is wrong, as in a race."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except (IntegrityError, DataError) as error:
            return self._refused(request, error)

    def _refused(self, request: HttpRequest, error: DatabaseError) -> HttpResponse:
        logger.error("Refused by the database: %s", request.path, exc_info=error)
        messages.error(request, REFUSALS[type(error)])
        return HttpResponseRedirect(request.get_full_path())


class RegisterInline(admin.TabularInline):
    """Rows edited on the page of what they belong to, in a fixed number of queries."""

    extra = 0
    form = RowForm
    formset = SiblingFormSet
    formfield_overrides = FORM_FIELDS
    show_change_link = True

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest, **kwargs: Any
    ) -> Any:
        """Let a choice be a choice: lists are kept on their own pages."""
        return choosing_only(super().formfield_for_dbfield(db_field, request, **kwargs))

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> Any:
        """Show chosen rows without a query for each."""
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = LoadedAutocomplete(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class ChildAdmin(RegisterAdmin):
    """A page of rows that are edited on the page of another.

    It is reached from there and from the warnings of deletions, not from the menu.
    """

    def get_model_perms(self, request: HttpRequest) -> dict[str, bool]:
        """Stay out of the menu."""
        return {}
