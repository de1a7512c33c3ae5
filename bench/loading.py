"""Write the invented rows through the models of the product."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import Any, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import timezone
from taggit.models import Tag, TaggedItem

from bench.generator import KEYWORDS, Generator, PostRow, ProjectRow, StructureRow
from directory.models import (
    Commune,
    Country,
    Network,
    Participation,
    Project,
    Region,
    Sector,
    Structure,
    StructureType,
)
from news.models import Article, Call, Event, Post
from news.rich_text import paragraphs

BATCH = 1_000
REGION = "93"

Row = TypeVar("Row")


class Loader:
    """Fills an empty, migrated database with the rows of a size."""

    def __init__(self, size: int, progress: Callable[[int], object]) -> None:
        """Read the vocabularies, write the keywords; `progress` is told of batches."""
        self.generator = Generator(size)
        self.progress = progress
        self.structures: list[int] = []
        self._types = _keys(StructureType)
        self._countries = _keys(Country)
        self._sectors = _keys(Sector)
        words = Tag.objects.bulk_create(Tag(name=it, slug=it) for it in KEYWORDS)
        self._tags = {tag.name: tag.pk for tag in words}
        communes = Commune.objects.filter(department__region=REGION)
        self._communes = {
            (department, label): key
            for key, department, label in communes.values_list(
                "pk", "department_id", "label"
            )
        }

    @property
    def total(self) -> int:
        """How many rows there are to write."""
        return self.generator.size + sum(self.generator.numbers.values())

    def load(self) -> dict[str, int]:
        """Write everything; give the number of rows of each kind."""
        network = Network.objects.create(name="Réseau d’essai")
        network.regions.set(Region.objects.filter(code=REGION))
        self._each(self.generator.structures(), self._write_structures)
        self._each(self.generator.projects(), self._write_projects)
        self._each(self.generator.articles(), partial(self._write_posts, _article))
        self._each(self.generator.calls(), partial(self._write_posts, _call))
        self._each(self.generator.events(), partial(self._write_posts, _event))
        return {"structures": self.generator.size, **self.generator.numbers}

    def _each(
        self, rows: Iterable[Row], write: Callable[[Sequence[Row]], object]
    ) -> None:
        for batch in _batches(rows):
            with transaction.atomic():
                write(batch)
            self.progress(len(batch))

    def _write_structures(self, rows: Sequence[StructureRow]) -> None:
        found = Structure.objects.bulk_create(map(self._structure, rows))
        self.structures += [structure.pk for structure in found]
        pairs = list(zip(found, rows, strict=True))
        _link(
            Structure.countries,
            ((s.pk, self._countries[c]) for s, row in pairs for c in row.countries),
        )
        _link(
            Structure.sectors,
            ((s.pk, self._sectors[c]) for s, row in pairs for c in row.sectors),
        )
        _link(Structure.goals, ((s.pk, goal) for s, row in pairs for goal in row.goals))
        _publish(found)

    def _structure(self, row: StructureRow) -> Structure:
        return Structure(
            name=row.name,
            slug=row.slug,
            type_id=self._types[row.type],
            member_from=row.member_from,
            member_until=row.member_until,
            verified_at=row.verified_on and _noon(row.verified_on),
            address=row.address,
            postcode=row.postcode,
            department_id=row.department,
            commune_id=self._communes[row.department, row.commune],
            city=row.commune,
            latitude=row.latitude,
            longitude=row.longitude,
            point_source=Structure.PointSource.ADDRESS,
            website=row.website,
            description=row.description,
        )

    def _write_projects(self, rows: Sequence[ProjectRow]) -> None:
        found = Project.objects.bulk_create(map(_project, rows))
        pairs = list(zip(found, rows, strict=True))
        Participation.objects.bulk_create(
            Participation(
                project=project,
                role=Participation.Role.LEAD,
                structure_id=self.structures[row.structure],
            )
            for project, row in pairs
        )
        _link(
            Project.countries,
            ((p.pk, self._countries[c]) for p, row in pairs for c in row.countries),
        )
        _link(
            Project.sectors,
            ((p.pk, self._sectors[code]) for p, row in pairs for code in row.sectors),
        )
        _publish(found)

    def _write_posts(
        self, make: Callable[[PostRow], Post], rows: Sequence[PostRow]
    ) -> None:
        posts = [make(row) for row in rows]
        model: Any = type(posts[0])
        pairs = list(zip(model.objects.bulk_create(posts), rows, strict=True))
        _link(
            model.structures,
            ((post.pk, self.structures[row.structure]) for post, row in pairs),
        )
        _link(
            model.countries,
            ((p.pk, self._countries[c]) for p, row in pairs for c in row.countries),
        )
        _link(
            model.sectors,
            ((p.pk, self._sectors[code]) for p, row in pairs for code in row.sectors),
        )
        content_type = ContentType.objects.get_for_model(model)
        TaggedItem.objects.bulk_create(
            TaggedItem(
                content_type=content_type, object_id=post.pk, tag_id=self._tags[word]
            )
            for post, row in pairs
            for word in row.keywords
        )
        _publish(posts)


def _project(row: ProjectRow) -> Project:
    return Project(
        title=row.title,
        slug=row.slug,
        kind=row.kind,
        status=Project.Status.RUNNING,
        actual_start_on=row.starts_on,
        actual_end_on=row.ends_on,
        date_precision=Project.Precision.MONTH,
        budget=row.budget,
        budget_is_public=row.budget is not None,
        description=row.description,
    )


def _article(row: PostRow) -> Article:
    return Article(**_words(row), kind=Article.Kind.MEMBER)


def _call(row: PostRow) -> Call:
    first, last = _noon(row.first_on), _noon(row.last_on)
    return Call(**_words(row), opens_at=first, closes_at=last)


def _event(row: PostRow) -> Event:
    first, last = _noon(row.first_on), _noon(row.last_on)
    return Event(**_words(row), starts_at=first, ends_at=last)


def _words(row: PostRow) -> dict[str, Any]:
    return {
        "title": row.title,
        "slug": row.slug,
        "body": paragraphs(row.body),
        "published_at": _noon(row.published_on),
    }


def _keys(model: type[models.Model]) -> dict[str, int]:
    return dict(model._default_manager.values_list("code", "pk"))


def _link(relation: Any, pairs: Iterable[tuple[int, int]]) -> None:
    """Write the pairs in the table of a many-to-many field."""
    field = relation.field
    names = (f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id")
    through = relation.through
    through.objects.bulk_create(
        (through(**dict(zip(names, pair, strict=True))) for pair in pairs),
        batch_size=5 * BATCH,
    )


def _publish(rows: Sequence[Any]) -> None:
    """Show rows that are complete: what they are found by is then read once."""
    type(rows[0]).objects.filter(pk__in=[row.pk for row in rows]).publish()


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    rows = iter(rows)
    while batch := list(islice(rows, BATCH)):
        yield batch


def _noon(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(12)))
