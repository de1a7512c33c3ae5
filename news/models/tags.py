"""Keywords: one for all the ways to write it, whatever the case and the accents.

The keywords are those of django-taggit; a unique index on the fold of their names
(migration `0015_tag_named_once`) and the aliases below are ours.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager, _TaggableManager
from taggit.models import Tag

from directory.models.fields import Fold, not_blank
from directory.slugs import unique_slug
from news.tag_forms import TagsFormField

#: How many times a name is looked for again, when another person makes it meanwhile.
ATTEMPTS = 3


class TagAlias(models.Model):
    """What a keyword was called before it was merged in another; it still leads there.

    Its address redirects, and its name, when it is typed, gives the other keyword.
    """

    name = models.CharField(_("mot-clé fusionné"), max_length=100)
    name_key = models.GeneratedField(
        expression=Fold("name"),
        output_field=models.TextField(),
        db_persist=True,
        verbose_name=_("clé de recherche"),
    )
    slug = models.SlugField(_("ancienne adresse"), max_length=100, unique=True)
    tag = models.ForeignKey(
        Tag,
        verbose_name=_("mot-clé gardé"),
        on_delete=models.CASCADE,
        related_name="aliases",
    )

    class Meta:
        verbose_name = _("mot-clé fusionné")
        verbose_name_plural = _("mots-clés fusionnés")
        constraints = [
            not_blank("tag_alias_has_a_name", "name"),
            models.UniqueConstraint(
                fields=["name_key"],
                name="tag_alias_is_of_one_tag",
                violation_error_message=_("Ce mot-clé est déjà fusionné."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


def tag_named(name: str) -> Tag:
    """The keyword of this name, whatever its case and accents; made if there is none.

    The first spelling stays. A name that was merged gives the keyword it was merged in.
    Two people who make it at once get the same one.
    """
    for _attempt in range(ATTEMPTS):
        if found := find_tag(name):
            return found
        try:
            with transaction.atomic():
                return _make(name)
        except IntegrityError as error:
            refused = error
    raise refused


def find_tag(name: str) -> Tag | None:
    """The keyword of this name or of this former name, if there is one."""
    key = Fold(models.Value(name))
    found: Tag | None = Tag.objects.filter(name__fold=key).first()
    if found is None:
        found = Tag.objects.filter(aliases__name_key=key).first()
    return found


def _make(name: str) -> Tag:
    taken = set(TagAlias.objects.values_list("slug", flat=True))
    made: Tag = Tag.objects.create(name=name, slug=unique_slug(Tag, name, taken=taken))
    return made


class TagsManager(_TaggableManager):
    """The keywords of one row, which names are read as `tag_named` does."""

    def _to_tag_model_instances(
        self, tags: Iterable[Tag | str], tag_kwargs: Any
    ) -> list[Tag]:
        found = (tag_named(tag) if isinstance(tag, str) else tag for tag in tags)
        return list(dict.fromkeys(found))


class TagsField(TaggableManager):
    """The keywords of a publication."""

    def __init__(self, **options: Any) -> None:
        """Take what taggit's takes; how names are read is not a choice."""
        super().__init__(
            **{
                "verbose_name": _("mots-clés"),
                "blank": True,
                "help_text": _(
                    "Séparés par des virgules ou par des dièses\u00a0: «\u00a0eau"
                    " potable, #CoopérationDécentralisée\u00a0»."
                ),
                "manager": TagsManager,
                **options,
            }
        )

    def formfield(self, **options: Any) -> Any:
        """A field that reads hashtags too."""
        return super().formfield(**{"form_class": TagsFormField, **options})
