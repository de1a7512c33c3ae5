"""The words that people look for: what they typed, understood, and the rows it finds.

PostgreSQL keeps what each published row is found by (migration `0004_text_search`): its
names, what is known of it, and the whole. Here a text becomes a `Query`, a `Query`
becomes `Matches` in one statement, and a word that nobody wrote is repaired.
"""

from __future__ import annotations

import re
import sys
from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from django.db import connection, models
from django.db.models import Exists, OuterRef
from django.db.models.expressions import RawSQL
from pyroaring import BitMap

from directory.labels import fold
from directory.lexicon import nearest

#: How many words of a search are looked for.
MOST_WORDS = 10
#: How many letters of a word are looked for: PostgreSQL refuses words of 2,000.
MOST_LETTERS = 60

WORD = re.compile(r"[^\W_]+")
QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"'))
#: A word, or words between quotes; a minus counts before them and after a space only.
ITEM = re.compile(
    r'(?P<minus>(?<!\S)[-\u2010\u2011\u2212](?=["\w]))?'
    r'(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))'
)

Rows = TypeVar("Rows", bound=models.QuerySet)


@dataclass(frozen=True)
class Query:
    """What somebody typed, understood. Every text is folded: letters and digits."""

    #: Each is the beginning of a word, or another form of it.
    words: tuple[str, ...] = ()
    #: Words in this order, as they are written: « "eau potable" ».
    phrases: tuple[str, ...] = ()
    #: Words or phrases that must not be found: « -sport ».
    excluded: tuple[str, ...] = ()
    #: Whether words after the first `MOST_WORDS` were left out.
    is_cut: bool = False

    def __bool__(self) -> bool:
        """Whether there is something to find."""
        return bool(self.words or self.phrases or self.excluded)

    @property
    def text(self) -> str:
        """The shortest text that says the same."""
        phrases = [f'"{phrase}"' for phrase in self.phrases]
        excluded = [f'-"{it}"' if " " in it else f"-{it}" for it in self.excluded]
        return " ".join([*self.words, *phrases, *excluded])


@dataclass(frozen=True)
class Matches:
    """The published rows that a query finds, by their primary keys."""

    model: type[models.Model]
    query: Query
    #: The rows whose names say it all, those of which it is known (None: not asked
    #: yet), and all those in which it is found; each contains the former.
    names: BitMap
    known: BitMap | None
    rows: BitMap
    #: Each word that was looked for, and its other forms that published rows have.
    forms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: When nothing is found: for each word that no row has, words near it that some
    #: row has, the most common first.
    candidates: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def tiers(self) -> Iterator[BitMap]:
        """The best matches, then wider ones; one more statement if known is not."""
        yield self.names
        yield _known(self.model, self.query) if self.known is None else self.known
        yield self.rows


def words_of(text: str) -> list[str]:
    """The folded words of a text; one that begins another is found with it."""
    return _longest(fold(text).split())


def _longest(words: Iterable[str]) -> list[str]:
    found = list(dict.fromkeys(words))
    return [
        word
        for word in found
        if not any(other != word and other.startswith(word) for other in found)
    ]


def _split(text: str) -> list[str]:
    return [word[:MOST_LETTERS] for word in WORD.findall(fold(text))]


def parse(text: str) -> Query:
    """Understand what somebody typed; any text will do.

    A quote that is not closed is ignored: it is being typed.
    """
    text = text.translate(QUOTES)
    if text.count('"') % 2:
        text = " ".join(text.rsplit('"', 1))
    words, phrases, excluded = [], [], []
    for item in ITEM.finditer(text):
        if item["minus"]:
            excluded.append(_split(item["phrase"] or item["word"] or ""))
        elif item["phrase"] is not None:
            phrases.append(_split(item["phrase"]))
        else:
            words.append(item["word"])
    return _within_limits(_longest(_split(" ".join(words))), phrases, excluded)


def _within_limits(
    words: list[str], phrases: list[list[str]], excluded: list[list[str]]
) -> Query:
    left = MOST_WORDS - len(words)
    kept: list[tuple[str, ...]] = []
    for texts in (phrases, excluded):
        found: dict[str, None] = {}
        for text in texts:
            found[" ".join(text[: max(left, 0)])] = None
            left -= len(text)
        kept.append(tuple(filter(None, found)))
    return Query(tuple(words[:MOST_WORDS]), kept[0], kept[1], is_cut=left < 0)


def find(
    model: type[models.Model], query: Query, *, with_known: bool = False
) -> Matches:
    """The published rows of the model that the query finds: one statement."""
    known = _keys_in("known", query) if with_known else "NULL::bytea"
    found = _answer(FIND.replace("{known}", known), model, query)
    names, known, rows, forms, candidates = found
    return Matches(
        model,
        query,
        names=BitMap(unpacked(names)),
        known=BitMap(unpacked(known)) if with_known else None,
        rows=BitMap(unpacked(rows)),
        forms=_by_word(forms),
        candidates=_by_word(candidates),
    )


def _known(model: type[models.Model], query: Query) -> BitMap:
    """The published rows of which all that is asked is known: one statement."""
    (known,) = _answer(f"{{asked}} SELECT {_keys_in('known', query)}", model, query)
    return BitMap(unpacked(known))


def _keys_in(column: str, query: Query) -> str:
    """The packed keys of the rows in which a column says it all, as SQL."""
    says = f"{column} @@ {WANTED}" if _asks(query) else "false"
    return f"(SELECT {PACKED} FROM {{texts}} WHERE {says} {{unless}})"  # noqa: S608 - constants


def _answer(statement: str, model: type[models.Model], query: Query) -> Any:
    table = connection.ops.quote_name(_texts_of(model))
    composed = statement.replace("{names}", _keys_in("names", query)).format(
        asked=ASKED,
        texts=table,
        packed=PACKED,
        whole=_found_in_whole(query),
        unless=_unless_excluded(query, table),
    )
    with connection.cursor() as cursor:
        cursor.execute(composed, _parameters(query))
        return cursor.fetchone()


def narrow(rows: Rows, text: str) -> Rows:
    """Keep the published rows that the text finds; all of them if it has no word."""
    query = parse(text)
    if not query:
        return rows
    table = connection.ops.quote_name(_texts_of(rows.model))
    statement = ONLY_KEYS.format(
        asked=ASKED,
        texts=table,
        whole=_found_in_whole(query),
        unless=_unless_excluded(query, table),
    )
    # Composed of the constants below alone: what is typed goes in the parameters.
    keys = RawSQL(statement, _parameters(query))  # noqa: S611
    return rows.filter(pk__in=keys)


#: Primary keys as bytes, four for each, the most significant first.
PACKED = "string_agg(int4send(id::int4), '')"
#: A sub-query, so that the planner goes through the index whatever the words: to look
#: at the texts one by one costs a hundred times more than it believes.
WANTED = "(SELECT wanted FROM asked)"
ASKED = """
WITH typed AS MATERIALIZED (
    SELECT %s::text[] AS words, %s::text[] AS phrases, %s::text[] AS excluded
), asked AS MATERIALIZED (
    SELECT
        directory_wanted(words, phrases) AS wanted,
        directory_unwanted(excluded) AS unwanted
    FROM typed
)
"""
ONLY_KEYS = "{asked} SELECT id FROM {texts} WHERE {whole} {unless}"
FIND = """
{asked}, found AS MATERIALIZED (
    SELECT
        {names} AS names,
        {known} AS known,
        (SELECT {packed} FROM {texts} WHERE {whole} {unless}) AS whole
), telling AS MATERIALIZED (
    SELECT unnest(directory_telling(words, phrases)) AS word FROM typed
)
SELECT
    names, known, whole,
    (SELECT json_object_agg(word, directory_forms(word)) FROM telling),
    CASE WHEN whole IS NULL THEN (
        SELECT json_object_agg(word, ARRAY(
            SELECT near FROM directory_near(word) WITH ORDINALITY AS words (near, rank)
            CROSS JOIN LATERAL (
                SELECT count(*) AS rows FROM (
                    SELECT FROM {texts} WHERE whole @@ directory_phrase(near) LIMIT 100
                ) AS capped
            ) AS said
            WHERE rows > 0 ORDER BY rows DESC, rank
        ))
        FROM telling
        CROSS JOIN LATERAL (SELECT directory_any_form(word) AS query OFFSET 0) AS forms
        WHERE NOT EXISTS (SELECT FROM {texts} WHERE whole @@ query)
    ) END
FROM found
"""


def _texts_of(model: type[models.Model]) -> str:
    return f"{model._meta.db_table}_text"


def _asks(query: Query) -> bool:
    return bool(query.words or query.phrases)


def _found_in_whole(query: Query) -> str:
    return f"whole @@ {WANTED}" if _asks(query) else "true"


def _unless_excluded(query: Query, table: str) -> str:
    if not query.excluded:
        return ""
    excluded = f"SELECT id FROM {table} WHERE whole @@ (SELECT unwanted FROM asked)"  # noqa: S608 - the name of a table of ours
    return f"AND id NOT IN ({excluded})"


def _parameters(query: Query) -> list[list[str]]:
    return [list(query.words), list(query.phrases), list(query.excluded)]


def unpacked(keys: bytes | memoryview | None) -> array[int]:
    """Primary keys from four bytes for each, the most significant first."""
    numbers = array("I", bytes(keys or b""))
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers


def _by_word(found: Mapping[str, list[str]] | None) -> dict[str, tuple[str, ...]]:
    return {word: tuple(others) for word, others in (found or {}).items()}


def repair(query: Query, matches: Matches) -> Query | None:
    """The query as it was probably meant, each unknown word replaced.

    None when every word is known, or when one of them is near nothing.
    """
    meant = {word: nearest(word, near) for word, near in matches.candidates.items()}
    if not meant or None in meant.values():
        return None
    words = [meant.get(word) or word for word in query.words]
    return replace(query, words=tuple(dict.fromkeys(words)))


def linked(
    model: type[models.Model],
    name: str,
    targets: Iterable[models.Model] | models.QuerySet,
) -> Exists:
    """The condition that a many-to-many field reaches one of the targets.

    A sub-query, not a join: a row linked to two targets is found once.
    """
    relation: Any = model._meta.get_field(name)
    through = relation.remote_field.through._default_manager
    return Exists(
        through.filter(
            **{
                relation.m2m_field_name(): OuterRef("pk"),
                f"{relation.m2m_reverse_field_name()}__in": targets,
            }
        )
    )
