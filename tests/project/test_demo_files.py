"""The files of the demonstration, and its pictures: no database."""

import datetime
import hashlib
import json
import os
import re
from pathlib import Path

import pytest
from django.conf import settings

from directory.labels import fold
from directory.models import Project, Structure
from territoires.demo import artwork, files
from territoires.demo.projects import dated

#: The surname that the public page gives as representative of Aix-en-Provence.
REAL_SURNAME = "cc6655be9b21c0dd39536fe177c6f2ae9dde28174d04e1fe7d145d1997dd6f9c"
NOT_OURS = {".git", ".venv", "var", "node_modules", "staticfiles", "__pycache__"}
TEXTS = {".py", ".json", ".csv", ".md", ".html", ".toml", ".txt", ".js", ".css"}
ADDRESSES = {
    "website", "email", "phone", "phones", "social_links", "links", "slug", "source",
    "source_url", "published_at", "verified_at",
}  # fmt: skip


# What the files say


@pytest.mark.parametrize(
    ("given", "start", "end", "precision"),
    [
        ("2024", "2024-01-01", "2024-12-31", Project.Precision.YEAR),
        ("2024-02", "2024-02-01", "2024-02-29", Project.Precision.MONTH),
        ("2024-02-10", "2024-02-10", "2024-02-10", Project.Precision.DAY),
    ],
)
def test_a_date_is_as_precise_as_its_source(given, start, end, precision):
    row = dated({"actual_start_on": given, "planned_end_on": given})

    assert row == {
        "actual_start_on": datetime.date.fromisoformat(start),
        "planned_end_on": datetime.date.fromisoformat(end),
        "date_precision": precision,
    }


def test_the_least_precise_date_gives_the_precision():
    row = dated({"actual_start_on": "2024", "actual_end_on": "2025-06-30"})

    assert row["date_precision"] == Project.Precision.YEAR


def test_a_misspelt_key_of_a_data_file_is_refused():
    with pytest.raises(files.UnknownKey, match="websit"):
        files.values(Structure, {"websit": "https://a.example"}, besides=())


def texts(value, key=""):
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from texts(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner, key)
    elif isinstance(value, str) and key not in ADDRESSES:
        yield value


@pytest.mark.parametrize(
    "path", sorted(files.DATA.glob("*.json")), ids=lambda p: p.name
)
def test_texts_are_typographic(path):
    written = list(texts(json.loads(path.read_text(encoding="utf-8"))))

    assert len(written) > 10
    assert [
        text for text in written if re.search(r"['\"]| [;:!?»%€]|« |\.\.\.", text)
    ] == []


def test_the_real_representative_is_named_nowhere():
    aix = files.rows("real_structures.json")[0]
    words = set()
    for path in our_files():
        words.update(re.findall(r"[a-z]+", fold(path.read_text(errors="replace"))))
    found = {hashed(word) for word in words}

    assert hashed(aix["contacts"][0]["last_name"]) in found, "the files are read"
    assert REAL_SURNAME not in found


def hashed(word):
    return hashlib.sha256(fold(word).encode()).hexdigest()


def our_files():
    for folder, folders, names in os.walk(settings.BASE_DIR):
        folders[:] = [
            name
            for name in folders
            if name not in NOT_OURS and not name.endswith("_cache")
        ]
        for name in names:
            if Path(name).suffix in TEXTS:
                yield Path(folder) / name


# Pictures


@pytest.mark.parametrize("motif", artwork.MOTIFS)
def test_a_mark_is_the_same_each_time(motif):
    assert artwork.logo(motif, "a").tobytes() == artwork.logo(motif, "a").tobytes()


@pytest.mark.parametrize("scene", artwork.SCENES)
def test_two_views_of_a_scene_differ_by_their_key(scene):
    first, second = artwork.landscape(scene, "a"), artwork.landscape(scene, "b")

    assert first.size == second.size == artwork.LANDSCAPE_SIZE
    assert first.tobytes() == artwork.landscape(scene, "a").tobytes()
    assert first.tobytes() != second.tobytes()
