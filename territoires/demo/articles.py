"""The articles of the demonstration.

Calls for projects and events are articles too, until they have tables of their own.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from directory.models import Project, Publication, Structure
from news.models import Article
from news.rich_text import paragraphs
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
    """Create the missing articles; give how many.

    People may change the address of an article: its source and its title tell it too.
    """
    files = rows("real_articles.json", "articles.json")
    sources = Counter(row.get("source_url") for row in files)
    known = {name: _values(name) for name in ("slug", "title", "source_url")}

    def is_known(row: Row) -> bool:
        names = ["slug", "title"]
        if "source_url" in row and sources[row["source_url"]] == 1:
            names.append("source_url")
        return any(row[name] in known[name] for name in names)

    missing = [row for row in files if not is_known(row)]
    for row in missing:
        article = _create(row, vocabularies)
        article.structures.set(
            structures.by_name[name] for name in row.get("structures", ())
        )
        article.projects.set(
            projects.by_name[title] for title in row.get("projects", ())
        )
    return len(missing)


def _values(name: str) -> set[str]:
    return set(Article.objects.values_list(name, flat=True))


def _create(row: Row, vocabularies: Vocabularies) -> Article:
    article = Article(
        **{
            "publication": Publication.PUBLISHED,
            **values(Article, row, besides=READ_HERE),
        }
    )
    article.body = paragraphs(row.get("body", ""))
    if "scene" in row:
        artwork.attach(article.image, artwork.landscape, row["scene"], article.slug)
        article.image_credit = artwork.CREDIT
    article.save()
    vocabularies.link(article, row, of=article.title)
    article.tags.set(row.get("tags", ()))
    return article
