"""The articles of the demonstration.

Calls for projects and events are articles too, until they have tables of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from directory.models import Project, Publication, Structure
from news.models import Article
from territoires.demo import artwork
from territoires.demo.files import Loaded, Row, rows, values

if TYPE_CHECKING:
    from territoires.demo.vocabularies import Vocabularies

#: Keys that are not columns, or that need more than a copy.
READ_HERE = ("tags", "structures", "projects", "scene")


def load(
    vocabularies: Vocabularies,
    structures: Loaded[Structure],
    projects: Loaded[Project],
) -> int:
    """Create the missing articles, known by their address; give how many."""
    known = set(Article.objects.values_list("slug", flat=True))
    missing = [
        row
        for row in rows("real_articles.json", "articles.json")
        if row["slug"] not in known
    ]
    for row in missing:
        article = _create(row, vocabularies)
        article.structures.set(
            structures.by_name[name] for name in row.get("structures", ())
        )
        article.projects.set(
            projects.by_name[title] for title in row.get("projects", ())
        )
    return len(missing)


def _create(row: Row, vocabularies: Vocabularies) -> Article:
    article = Article(
        **{
            "publication": Publication.PUBLISHED,
            **values(Article, row, besides=READ_HERE),
        }
    )
    if "scene" in row:
        artwork.attach(article.image, artwork.landscape, row["scene"], article.slug)
        article.image_credit = artwork.CREDIT
    article.save()
    vocabularies.link(article, row, of=article.title)
    article.tags.set(row.get("tags", ()))
    return article
