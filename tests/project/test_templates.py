"""Templates: none unused, none that prints a variable it was not given."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from members.mails.mail_kinds import KINDS
from tests.factories import (
    ArticleFactory,
    ContactFactory,
    LocalityFactory,
    NetworkFactory,
    NetworkPartnerFactory,
    OfficeFactory,
    PageFactory,
    ParticipationFactory,
    ProjectFactory,
    StructureFactory,
)

TEMPLATES = Path(settings.BASE_DIR, "templates")
#: The texts that are shown: what is between the quotes, or between the two tags.
TRANSLATED = re.compile(
    r"""\{% translate "([^"]*)"|\{% translate '([^']*)'"""
    r"""|\b_\("([^"]*)"\)|\{% blocktranslate[^%]*%\}(.*?)\{% endblocktranslate""",
    re.DOTALL,
)
#: What is not text: comments, then tags of Django, then tags of HTML.
MARKUP = re.compile(
    r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}|<!--.*?-->"
    r"|<style>.*?</style>|\{%.*?%\}|\{\{.*?\}\}|<(?:\{%.*?%\}|\{\{.*?\}\}|[^>])*>",
    re.DOTALL,
)
#: An ordinary space where French wants one that does not break.
BARE = re.compile(r"[^\n]{0,20} [:;?!»]|« [^\n]{0,20}")
#: Found by name by Django itself, and the last one by allauth.
FOUND = {
    *("400.html", "403.html", "403_csrf.html", "404.html", "500.html"),
    "429.html",
}
#: Named after each kind of mail: `tests/members/test_emails.py` holds them together.
OF_MAILS = {f"emails/{n}.{end}" for n in (*KINDS, "layout") for end in ("txt", "html")}
#: Ready for the pages to come: only the page of components shows them.
SHOWN_ALONE = {"components/dialog.html"}


def sources():
    """The texts in which a template may be named."""
    for app in ("territoires", "directory", "news", "members"):
        yield from Path(settings.BASE_DIR, app).rglob("*.py")
    yield from TEMPLATES.rglob("*.html")


def test_no_template_is_unused():
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources())
    templates = {
        str(path.relative_to(TEMPLATES))
        for path in TEMPLATES.rglob("*")
        if path.is_file() and "admin" not in path.relative_to(TEMPLATES).parts
    }

    unused = {
        name
        for name in templates - FOUND - SHOWN_ALONE - OF_MAILS
        if f'"{name}"' not in text and f"'{name}'" not in text
    }

    assert templates
    assert unused == set()


def test_partials_say_what_they_take():
    silent = {
        str(path.relative_to(TEMPLATES))
        for path in TEMPLATES.rglob("*.html")
        if (path.name.startswith("_") or path.parent.name == "components")
        and not re.match(r"\s*\{(#|% comment)", path.read_text(encoding="utf-8"))
    }

    assert silent == set()


def test_french_punctuation_never_begins_a_line():
    bare = []
    for path in TEMPLATES.rglob("*.html"):
        for words in TRANSLATED.findall(path.read_text(encoding="utf-8")):
            text = "".join(words)
            if re.search(r"\S [:;!?»](?!\S)|« |[a-zà-ÿ]'[a-zà-ÿ]", text):
                bare.append((path.name, text))

    assert bare == []


def test_no_ordinary_space_stands_beside_french_punctuation_in_a_text():
    bare = []
    for path in (p for p in TEMPLATES.rglob("*") if p.suffix in {".html", ".txt"}):
        text = MARKUP.sub("\0", path.read_text(encoding="utf-8"))
        bare += [(path.name, found) for found in BARE.findall(text)]

    assert bare == []


def test_no_template_holds_an_inline_script_style_or_handler():
    inline = re.compile(
        r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", re.IGNORECASE
    )

    guilty = {
        str(path.relative_to(TEMPLATES))
        for path in TEMPLATES.rglob("*.html")
        if path.parent.name != "emails"  # what reads a mail loads no file
        and inline.search(path.read_text(encoding="utf-8"))
    }

    assert guilty == set()


class UndefinedVariable(str):
    """What the engine prints for a variable that does not exist: here, a failure."""

    __slots__ = ()

    def __contains__(self, item):
        return True

    def __mod__(self, name):
        pytest.fail(f"undefined template variable: {name}")


@pytest.fixture
def strict_templates(settings):
    """Fail on a variable that the context does not hold."""
    engine = settings.TEMPLATES[0]
    options = {**engine["OPTIONS"], "string_if_invalid": UndefinedVariable("%s")}
    settings.TEMPLATES = [{**engine, "OPTIONS": options}]


def rich_site():
    """One row of each kind with everything, and one with nothing."""
    network = NetworkFactory(regions=["93"])
    OfficeFactory(network=network)
    NetworkPartnerFactory(network=network)
    facts = {
        "countries": ["ML"],
        "sectors": ["education"],
        "goals": [4],
        "published": True,
    }
    structure = StructureFactory(
        slug="riche",
        member=True,
        acronym="ABC",
        type_code="association-locale",
        address="1, rue d’Essai",
        city="Aix-en-Provence",
        website="https://essai.example",
        email="bonjour@essai.example",
        phone="04 00 00 00 00",
        description="Présentation.",
        founded_in=1999,
        siren="732829320",
        rna="W131000123",
        social_links=["https://reseau.example/abc"],
        **facts,
    )
    ContactFactory(structure=structure, consenting=True)
    project = ProjectFactory(
        slug="riche",
        lead=structure,
        summary="Résumé.",
        kind="jumelage",
        status="en-cours",
        planned_start_on="2024-01-01",
        budget=1000,
        budget_is_public=True,
        beneficiaries="Des élèves",
        beneficiary_count=12,
        links=["https://essai.example/projet"],
        **facts,
    )
    ParticipationFactory(project=project, named=True)
    LocalityFactory(project=project)
    ArticleFactory(
        slug="riche",
        structures=[structure],
        projects=[project],
        tags=["PNUD"],
        summary="Chapeau.",
        source_url="https://essai.example/article",
        **facts,
    )
    PageFactory(published=True, slug="page-riche")
    StructureFactory(published=True, slug="pauvre")
    ProjectFactory(published=True, slug="pauvre")
    ArticleFactory(published=True, slug="pauvre", body="")


@pytest.mark.parametrize("who", ["client", "staff_client", "owner_client"])
def test_no_page_prints_an_undefined_variable(request, strict_templates, who, db):
    rich_site()
    visitor = request.getfixturevalue(who)
    paths = ["/", "/connexion/", "/nulle-part/", "/styleguide/"]
    paths += ["/page-riche/", "/plan-du-site/", "/accessibilite/"]
    paths += ["/panorama/matrice/", "/panorama/matrice/?colonnes=odd&lignes=011&x=1"]
    paths += ["/panorama/matrice/?registre=acteurs&q=introuvable&pays=ZZ"]
    paths += ["/annuaire/suggestions/?q=mali", "/annuaire/suggestions/?q=introuvable"]
    paths += ["/annuaire/suggestions/communes/?q=aix"]
    paths += [f"/pays/{end}/" for end in ("mali", "mali/fiche", "andorre", "congo")]
    paths += ["/pays/", "/odd/", "/odd/4/", "/odd/13/", "/odd/0/"]
    paths += ["/mots-cles/pnud/", "/mots-cles/pnud/?page=9"]
    paths += [f"/secteurs/{end}" for end in ("", "education/", "sport/", "rien/")]
    for listing, page in [
        ("directory:structures", "directory:structure"),
        ("directory:projects", "directory:project"),
        ("news:articles", "news:article"),
    ]:
        paths += [
            reverse(listing),
            f"{reverse(listing)}?q=essai&pays=ML&pays=ZZ&page=9",
            f"{reverse(listing)}?q=introuvable",
            reverse(page, args=["riche"]),
            reverse(page, args=["pauvre"]),
        ]

    statuses = {path: visitor.get(path).status_code for path in paths}

    assert set(statuses.values()) <= {200, 302, 404}, statuses
