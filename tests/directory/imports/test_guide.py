"""The staff's guide: what it shows works as it is written."""

import io
import json
import re
import shlex
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from directory.imports import mapping as mappings
from directory.imports import project_fields, projects, structure_fields, structures
from directory.imports.reports import State
from directory.models import Project, Structure
from territoires.demo import grants
from tests.directory.imports.tables import refusals, xlsx_bytes

pytestmark = pytest.mark.django_db

ROOT = Path(settings.BASE_DIR)
GUIDE = (ROOT / "docs/guide/importer.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
KINDS = {
    "Pour des structures": (structures, structure_fields.FIELDS),
    "Pour des projets": (projects, project_fields.FIELDS),
}


def blocks(language=""):
    """(text before, content) of every block of code in the guide."""
    pattern = rf"([^\n]+)\n\n```{language}\n(.*?)```"
    return re.findall(pattern, GUIDE, re.DOTALL)


def commands(text):
    """The import commands of a page, as lists of words."""
    lines = text.replace("\\\n", " ").splitlines()
    found = [shlex.split(line) for line in lines if "manage.py import_" in line]
    return [words[2:] for words in found if "FICHIER" not in words]


def test_the_guide_has_an_example_of_each_kind():
    assert [before.rstrip("\u00a0 :") for before, _ in blocks("json")] == list(KINDS)


@pytest.mark.parametrize(("before", "example"), blocks("json"))
def test_an_example_of_correspondence_imports_a_file(before, example):
    verb, fields = KINDS[before.rstrip("\u00a0 :")]
    data = json.loads(example)
    mapping = mappings.parse(data, fields)
    headers = list(dict.fromkeys([*data["columns"], *mapping.key]))
    cells = ["10" if data["columns"].get(h) == "amount" else "ML" for h in headers]

    report = verb.run(
        xlsx_bytes(headers, cells, title=mapping.sheet or "Feuil1"),
        source="guide",
        mapping=mapping,
    )

    assert refusals(report) == []
    assert report.state == State.WRITTEN


@pytest.mark.parametrize("words", commands(GUIDE), ids=lambda words: words[0])
def test_a_command_of_the_guide_is_a_dry_run_that_works(words, monkeypatch):
    monkeypatch.chdir(ROOT)
    out = io.StringIO()

    call_command(*words, stdout=out)

    assert (
        out.getvalue().replace("\u00a0", " ").endswith("Essai : rien n’a été écrit.\n")
    )
    assert not Structure.objects.exists()
    assert not Project.objects.exists()


def test_the_pages_and_the_demonstration_name_the_same_source():
    sources = {
        words[words.index("--source") + 1]
        for page in (GUIDE, README)
        for words in commands(page)
        if words[0] == "import_projects"
    }

    assert len(commands(GUIDE)) == len(commands(README)) == 2
    assert sources == {grants.SOURCE}
