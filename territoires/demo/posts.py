"""The publications of the demonstration: news, calls for projects, events, offers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from directory.models import Commune, Project, Publication, Structure
from news.models import Article, Call, Event, EventParticipation, Offer
from news.rich_text import paragraphs
from territoires.demo import artwork
from territoires.demo.files import Loaded, Row, rows, values

if TYPE_CHECKING:
    from territoires.demo.vocabularies import Vocabularies

#: Keys that are not columns, or that need more than a copy.
READ_HERE = (
    *("tags", "structures", "projects", "scene", "structure", "commune"),
    *("organisers", "partners", "funders", "themes"),
    *("eligible_types", "excluded_countries"),
)
#: Many-to-many fields -> the vocabulary of their labels.
TERMS = {
    "funders": "funder",
    "themes": "theme",
    "eligible_types": "type",
    "excluded_countries": "countries",
}


@dataclass(frozen=True)
class Kind:
    """A kind of publication, and the files of its rows."""

    label: str
    model: type[Any]
    files: tuple[str, ...]


KINDS = (
    Kind("Actualités", Article, ("real_articles.json", "articles.json")),
    Kind("Appels à projets", Call, ("real_calls.json", "calls.json")),
    Kind("Événements", Event, ("real_events.json", "events.json")),
    Kind("Offres", Offer, ("offers.json",)),
)


@dataclass
class Loader:
    """Creates the missing publications."""

    vocabularies: Vocabularies
    structures: Loaded[Structure]
    projects: Loaded[Project]

    def load(self) -> Iterator[tuple[str, int]]:
        """Create those of each kind; give its label and how many."""
        for kind in KINDS:
            missing = list(_missing(kind))
            for row in missing:
                self.create(kind.model, row)
            yield kind.label, len(missing)

    def create(self, model: type[Any], row: Row) -> None:
        """Create a row, and what it is linked to."""
        columns = values(model, row, besides=READ_HERE)
        post = model(**{"publication": Publication.PUBLISHED, **columns})
        post.body = paragraphs(row.get("body", ""))
        if "structure" in row:
            post.structure = self.structures.by_name[row["structure"]]
        if "commune" in row:
            post.commune = Commune.objects.get(code=row["commune"])
        if "scene" in row:
            artwork.attach(post.image, artwork.landscape, row["scene"], post.slug)
            post.image_credit = artwork.CREDIT
        post.save()
        self.link(post, row)
        self.invite(post, row)

    def link(self, post: Any, row: Row) -> None:
        """Set the terms, the keywords, the structures and the projects."""
        self.vocabularies.link(post, row, of=post.title)
        for name, vocabulary in TERMS.items():
            labels = row.get(name, ())
            if found := self.vocabularies.find_all(vocabulary, labels, of=post.title):
                getattr(post, name).set(found)
        post.tags.set(row.get("tags", ()))
        named = row.get("structures", ())
        post.structures.set(self.structures.by_name[name] for name in named)
        titled = row.get("projects", ())
        post.projects.set(self.projects.by_name[title] for title in titled)

    def invite(self, post: Any, row: Row) -> None:
        """Write who organises an event, and with whom."""
        roles = EventParticipation.Role
        for key, role in (("organisers", roles.ORGANISER), ("partners", roles.PARTNER)):
            for position, name in enumerate(row.get(key, ())):
                known = self.structures.by_name.get(name)
                post.participations.create(
                    role=role,
                    structure=known,
                    name="" if known else name,
                    position=position,
                )


def _missing(kind: Kind) -> Iterator[Row]:
    """The rows of the files that the table misses.

    People may change its address: its source and its title tell a publication too.
    """
    files = rows(*kind.files)
    sources = Counter(row.get("source_url") for row in files)
    known = {
        name: set(kind.model.objects.values_list(name, flat=True))
        for name in ("slug", "title", "source_url")
    }
    for row in files:
        names = ["slug", "title"]
        if "source_url" in row and sources[row["source_url"]] == 1:
            names.append("source_url")
        if not any(row[name] in known[name] for name in names):
            yield row
