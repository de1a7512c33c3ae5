"""Make one keyword of those that differ by case and accents alone: the oldest stays.

The others' addresses lead to it. Each keyword gets an address that a page can have, in
small letters; those that say nothing go.
"""

import re

from django.db import migrations

from directory.models.fields import Fold

ADDRESS = re.compile(r"[-a-z0-9_]+")


def merge(apps, schema_editor):
    tags = apps.get_model("taggit", "Tag").objects
    families = {}
    for tag in tags.annotate(key=Fold("name")).order_by("pk"):
        families.setdefault(tag.key, []).append(tag)
    tags.filter(pk__in=[tag.pk for tag in families.pop("", ())]).delete()
    for first, *others in families.values():
        for other in others:
            _lead(apps, other, first)
            tags.filter(pk=other.pk).delete()
    for first, *_others in families.values():
        slug = _address(first)
        if slug != first.slug:
            taken = tags.filter(slug=slug).exists()
            tags.filter(pk=first.pk).update(
                slug=f"{slug}-{first.pk}" if taken else slug
            )


def _lead(apps, other, first):
    items = apps.get_model("taggit", "TaggedItem").objects
    for item in items.filter(tag_id=other.pk):
        row = {"content_type": item.content_type_id, "object_id": item.object_id}
        if not items.filter(tag_id=first.pk, **row).exists():
            items.filter(pk=item.pk).update(tag_id=first.pk)
    slug = _address(other)
    if slug != _address(first):
        # Its name is the kept one's already: the alias is there for the address.
        aliases = apps.get_model("news", "TagAlias").objects
        aliases.get_or_create(slug=slug, defaults={"name": slug, "tag_id": first.pk})


def _address(tag):
    slug = tag.slug.lower()
    return slug if ADDRESS.fullmatch(slug) else f"mot-cle-{tag.pk}"


class Migration(migrations.Migration):
    dependencies = [("news", "0013_tag_aliases")]

    operations = [migrations.RunPython(merge, migrations.RunPython.noop)]
