"""Our words in place of Django's: the compiled file says what the source says."""

import ast
import gettext
import re
from pathlib import Path

from django.conf import settings

from directory.models import Structure
from news.models import Article
from tests.admin_forms import address
from tests.factories import ArticleFactory, StructureFactory

FOLDER = Path(settings.BASE_DIR, "locale", "fr", "LC_MESSAGES")


def source():
    """The messages of the source: one line each, but for the header."""
    text = (FOLDER / "django.po").read_text(encoding="utf-8")
    pairs = re.findall(r'^msgid (".+")\nmsgstr (".+")$', text, re.MULTILINE)
    return {ast.literal_eval(i): ast.literal_eval(s) for i, s in pairs if i != '""'}


def test_the_compiled_messages_are_those_of_the_source():
    with (FOLDER / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)._catalog

    assert len(source()) >= 8
    assert {key: text for key, text in compiled.items() if key} == source()


def test_messages_name_no_value_that_django_does_not_give():
    placeholder = re.compile(r"%(?:\(\w+\))?s")

    for given, said in source().items():
        assert set(placeholder.findall(said)) <= set(placeholder.findall(given))


def test_the_admin_speaks_our_words(staff_client):
    ArticleFactory(tags=["eau"])
    structure = StructureFactory()
    url = {
        "added": address(Article, "add"),
        "listed": address(Structure, "changelist"),
        "changed": address(Structure, "change", structure.pk),
        "menu": "/admin/",
    }

    shown = {name: staff_client.get(path).text for name, path in url.items()}

    assert "Ajouter\u00a0: actualité" in shown["added"]
    assert "Supprimer la sélection" in shown["listed"]
    assert "Ajouter un objet" not in shown["changed"]
    assert "Site Web" in shown["changed"]
    assert "Site web" not in shown["changed"]
    assert "Mots-clés" in shown["menu"]
    assert ">Tags<" not in shown["menu"]
