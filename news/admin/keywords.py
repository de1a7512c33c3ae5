"""The staff's pages of keywords, and the form of what has some."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.contrib.admin.models import CHANGE, DELETION, LogEntry
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from taggit.admin import TagAdmin
from taggit.models import Tag

from directory.admin.base import ChildAdmin, RegisterAdmin, RegisterInline
from directory.admin.forms import PageForm, RowForm
from directory.labels import fold
from news import keywords, tagging
from news.models import TagAlias
from news.models.tags import find_tag

#: How many publications of a keyword the preview of a merge names.
MOST_NAMED = 5
PROPOSAL = ValidationError(
    _(
        "Le texte finit par des mots-dièse, proposés ci-dessous comme mots-clés. Rien"
        " n’est encore enregistré\u00a0: décochez ceux qui doivent rester dans le"
        " texte, puis enregistrez."
    ),
    code="proposal",
)


class TaggedForm(PageForm):
    """A row with a text and keywords: hashtags at the end of the text are proposed.

    Nothing is saved until the person has seen them. Those that they keep ticked become
    keywords and leave the text; the others stay where they are.
    """

    text_field = "body"

    def clean(self) -> dict[str, Any]:
        """Propose the hashtags that end a text just changed, or take those accepted."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "tags" in self.fields and self.text_field in self.changed_data:
            found = keywords.at_end(cleaned.get(self.text_field) or "")
            self._propose(found, cleaned)
        return cleaned

    def _propose(self, found: list[keywords.Hashtag], cleaned: dict[str, Any]) -> None:
        name, widget = self.add_prefix("tags"), self.fields["tags"].widget
        sent: Any = self.data
        names = list({fold(it.name): it.name for it in found}.values())
        seen = sent.getlist(f"{name}-seen")
        if not set(names) <= set(seen):
            widget.proposed = names
            self.add_error("tags", PROPOSAL)
            return
        widget.seen, widget.kept = seen, sent.getlist(f"{name}-kept")
        kept = {fold(name) for name in widget.kept}
        accepted = [it for it in found if fold(it.name) in kept]
        if accepted:
            text = cleaned[self.text_field]
            cleaned[self.text_field] = keywords.without(text, accepted)


class TagForm(RowForm):
    """A keyword, whose address is in small letters and whose name is its own."""

    def clean_slug(self) -> str:
        """Write the address in small letters; refuse one that redirects."""
        slug = str(self.cleaned_data["slug"]).lower()
        if TagAlias.objects.filter(slug=slug).exists():
            raise ValidationError(_("Cette adresse mène déjà à un autre mot-clé."))
        return slug

    def clean_name(self) -> str:
        """Refuse a name that another keyword has, but for case and accents."""
        name = " ".join(self.cleaned_data["name"].split())
        if not keywords.is_name(name):
            raise ValidationError(
                _("Un mot-clé a au moins une lettre ou un chiffre, et aucun guillemet.")
            )
        other = find_tag(name)
        if other is not None and other != self.instance:
            message = _(
                "C’est déjà un nom du mot-clé «\u00a0%(other)s\u00a0»\u00a0: pour les"
                " réunir, cochez-les dans la liste et choisissez"
                " «\u00a0Fusionner les mots-clés\u00a0»."
            )
            raise ValidationError(message, params={"other": other.name})
        return name


class AliasInline(RegisterInline):
    """What was merged in a keyword; taken away, it no longer leads there."""

    model = TagAlias
    fields = readonly_fields = ("name", "slug")
    show_change_link = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let merging alone add one."""
        return False


class IsUsed(admin.SimpleListFilter):
    """Whether any publication has the keyword."""

    title = _("utilisation")
    parameter_name = "utilise"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("oui", _("Utilisés")), ("non", _("Inutilisés"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Ask the number of uses."""
        match self.value():
            case "oui":
                return queryset.filter(uses__gt=0)
            case "non":
                return queryset.filter(uses=0)
        return queryset


apps.get_app_config("taggit").verbose_name = _("Mots-clés")
admin.site.unregister(Tag)


@admin.register(Tag)
class KeywordAdmin(RegisterAdmin):
    """The keywords, with how many publications have each."""

    form = TagForm
    list_display = ("name", "uses")
    list_filter = (IsUsed,)
    search_fields = ("name",)
    ordering = ("name", "pk")
    fields = ("name", "slug")
    fixed_fields = ("slug",)
    inlines = (AliasInline,)
    actions = ("merge", "remove_unused")
    prepopulated_fields = TagAdmin.prepopulated_fields

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """Count the uses of each keyword in the query of the list."""
        uses = models.Count("taggit_taggeditem_items")
        rows = super().get_queryset(request)
        counted: models.QuerySet = rows.annotate(uses=uses)
        return counted

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        """Show what was merged in a keyword that is there."""
        return self.inlines if obj else ()

    @admin.display(description=_("publications"), ordering="uses")
    def uses(self, tag: Tag) -> int:
        """Give the number of publications that have the keyword."""
        return tag.uses  # type: ignore[no-any-return]

    @admin.action(
        description=_("Fusionner les mots-clés"), permissions=["change", "delete"]
    )
    def merge(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        """Show what moves and ask which keyword to keep; then merge the others."""
        tags = list(queryset.order_by("pk"))
        if len(tags) < 2:  # noqa: PLR2004 - a merge takes two
            message = _("Cochez au moins deux mots-clés à fusionner.")
            self.message_user(request, message, messages.WARNING)
            return None
        kept = next((t for t in tags if str(t.pk) == request.POST.get("keep")), None)
        if kept is None:
            return self._preview(request, tags)
        self._merge(request, kept, [tag for tag in tags if tag != kept])
        return None

    def _preview(self, request: HttpRequest, tags: list[Tag]) -> HttpResponse:
        uses = tagging.uses(tags)
        rows = {(type(row), row.pk) for use in uses for row in use.rows}  # type: ignore[attr-defined]
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Fusionner les mots-clés"),
            "opts": self.opts,
            "uses": uses,
            "most": MOST_NAMED,
            "total": len(rows),
            "checkbox": helpers.ACTION_CHECKBOX_NAME,
            "has_chosen": "apply" not in request.POST,
        }
        return TemplateResponse(request, "admin/news/merge_tags.html", context)

    def _merge(self, request: HttpRequest, kept: Tag, others: list[Tag]) -> None:
        names = ", ".join(tag.name for tag in others)
        told = {"kept": kept.name, "names": names}
        message = (
            gettext("«\u00a0%(kept)s\u00a0» remplace désormais\u00a0: %(names)s.")
            % told
        )
        try:
            with transaction.atomic():
                moved = tagging.merge(into=kept, others=others)
                self._log(request, [kept], CHANGE, message)
        except tagging.NothingToMerge:
            message = gettext(
                "Un de ces mots-clés n’existe plus\u00a0: rien n’a changé."
            )
            self.message_user(request, message, messages.ERROR)
            return
        count = ngettext(
            "%d publication change de mot-clé.",
            "%d publications changent de mot-clé.",
            moved,
        )
        self.message_user(request, f"{message} {count % moved}", messages.SUCCESS)

    @admin.action(
        description=_("Supprimer ceux qui ne servent pas"), permissions=["delete"]
    )
    def remove_unused(self, request: HttpRequest, queryset: Any) -> None:
        """Delete the selected keywords that no publication has; keep the others."""
        selected = queryset.count()
        with transaction.atomic():
            removed = tagging.remove_unused(queryset)
            self._log(request, removed, DELETION, "")
        count = ngettext(
            "%d mot-clé supprimé.", "%d mots-clés supprimés.", len(removed)
        ) % len(removed)
        kept = selected - len(removed)
        used = (
            ngettext("%d qui sert est gardé.", "%d qui servent sont gardés.", kept)
            % kept
        )
        told = f"{count} {used}" if kept else count
        self.message_user(request, told, messages.SUCCESS)

    def _log(self, request: HttpRequest, tags: list[Tag], what: int, how: str) -> None:
        user = request.user.pk
        LogEntry.objects.log_actions(user, tags, what, how)  # type: ignore[arg-type]


@admin.register(TagAlias)
class TagAliasAdmin(ChildAdmin):
    """What was merged in another keyword; it is seen on that one's page."""

    list_display = ("name", "slug", "tag")
    list_select_related = ("tag",)
    search_fields = ("name_key",)
    ordering = ("name_key", "pk")
    fields = ("name", "slug", "tag")
    autocomplete_fields = ("tag",)
