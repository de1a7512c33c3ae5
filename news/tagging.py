"""What the staff do to keywords: merge them, remove those that serve no more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from taggit.models import Tag, TaggedItem

from directory.history.traces import because
from directory.models.fields import Fold
from news.models import TagAlias


class NothingToMerge(ValueError):
    """A merge takes a keyword to keep, still there, and others."""


@dataclass(frozen=True)
class Use:
    """A keyword, and the publications that have it."""

    tag: Tag
    rows: list[object]


def uses(tags: Iterable[Tag]) -> list[Use]:
    """Each keyword with its publications, the most used first."""
    found: dict[Tag, list[object]] = {tag: [] for tag in tags}
    items = TaggedItem.objects.filter(tag__in=found).select_related("tag")
    for item in items.prefetch_related("content_object").order_by("-object_id"):
        if item.content_object is not None:
            found[item.tag].append(item.content_object)
    in_order = sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0].pk))
    return [Use(tag, rows) for tag, rows in in_order]


@transaction.atomic
def merge(*, into: Tag, others: Iterable[Tag]) -> int:
    """Give the keyword `into` to all that has one of the others; give how many rows.

    The others are no more; their addresses and their names lead to the one kept.

    Raises:
        NothingToMerge: when `into` or all the others are gone meanwhile.
    """
    keys = {tag.pk for tag in others} - {into.pk}
    locked = Tag.objects.select_for_update().order_by("pk")
    found = {tag.pk: tag for tag in locked.filter(pk__in=[into.pk, *keys])}
    kept, merged = found.pop(into.pk, None), list(found.values())
    if kept is None or not merged:
        raise NothingToMerge
    with because("mots-cles", kept=kept.name):
        moved = _move(TaggedItem.objects.filter(tag__in=merged), kept)
        TagAlias.objects.filter(tag__in=merged).update(tag=kept)
        for tag in merged:
            said = Q(slug=tag.slug) | Q(name_key=Fold(Value(tag.name)))
            TagAlias.objects.filter(said).delete()
            TagAlias.objects.create(name=tag.name, slug=tag.slug, tag=kept)
        Tag.objects.filter(pk__in=found).delete()
    return moved


@transaction.atomic
def remove_unused(tags: QuerySet) -> list[Tag]:
    """Delete those of the keywords that nothing has; give them.

    One that somebody begins to use meanwhile is kept.
    """
    locked = Tag.objects.select_for_update().filter(pk__in=tags.values("pk"))
    keys = list(locked.order_by("pk").values_list("pk", flat=True))
    items = TaggedItem.objects.filter(tag=OuterRef("pk"))
    unused = list(Tag.objects.filter(~Exists(items), pk__in=keys))
    Tag.objects.filter(pk__in=[tag.pk for tag in unused]).delete()
    return unused


def _move(items: QuerySet, tag: Tag) -> int:
    """Give the tag in the place of these, once for each row."""
    has_it = TaggedItem.objects.filter(
        tag=tag,
        content_type=OuterRef("content_type"),
        object_id=OuterRef("object_id"),
    )
    row = ("content_type", "object_id")
    one_each = items.exclude(Exists(has_it)).order_by(*row, "pk").distinct(*row)
    keys = list(one_each.values_list("pk", flat=True))
    moved: int = TaggedItem.objects.filter(pk__in=keys).update(tag=tag)
    return moved
