"""Static files as `collectstatic` leaves them: one style sheet, the same rules."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command

from territoires.storage import bundled

SOURCES = Path(settings.BASE_DIR, "static", "css")


@pytest.fixture
def collected(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path / "collected"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "territoires.storage.SiteStaticFilesStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    return settings.STATIC_ROOT


def served(name):
    return Path(staticfiles_storage.path(staticfiles_storage.stored_name(name)))


def test_the_style_sheet_is_one_file_with_its_layers(collected):
    css = served("css/site.css").read_text("utf-8")

    assert "@import" not in css
    for path in SOURCES.glob("*.css"):
        for selector in re.findall(r"^\.[\w-]+", path.read_text("utf-8"), re.MULTILINE):
            assert selector in css
    for layer in ("tokens", "base", "layout", "components", "utilities", "print"):
        assert f"@layer {layer} {{" in css
    assert css.count("{") == css.count("}")


def test_files_named_in_the_style_sheet_are_there(collected):
    css = served("css/site.css").read_text("utf-8")

    addresses = re.findall(r'url\("([^"]+)"\)', css)

    assert addresses
    for address in addresses:
        assert Path(collected, "css", address).resolve().is_file()
        assert re.search(r"\.[0-9a-f]{12}\.", address)


def test_collecting_twice_gives_the_same(collected):
    before = served("css/site.css")

    call_command("collectstatic", interactive=False, verbosity=0)

    assert served("css/site.css") == before


def test_style_and_scripts_are_light(collected):
    style = served("css/site.css").with_suffix(".css.gz").stat().st_size
    scripts = sum(
        len(gzip.compress(served(f"js/{path.name}").read_bytes()))
        for path in (SOURCES.parent / "js").glob("*.js")
    )

    assert style < 25_000
    assert scripts < 30_000


def test_a_sheet_of_another_folder_keeps_its_addresses_true():
    files = {
        "css/admin/brand.css": '@import url("../font.css") layer(tokens);\nb {}',
        "css/font.css": '/* note */ a { src: url("../fonts/a.woff2"); }',
    }

    text = bundled("css/admin/brand.css", files.__getitem__)

    assert text == ('@layer tokens {\na { src: url("../../fonts/a.woff2"); }}\nb {}')


def test_every_file_that_a_template_names_is_there():
    named = {
        (path.name, name)
        for path in Path(settings.BASE_DIR, "templates").rglob("*.html")
        for name in re.findall(r"{% static ['\"]([^'\"]+)['\"]", path.read_text())
    }

    assert ("listing.html", "js/listing.js") in named
    assert {row for row in named if finders.find(row[1]) is None} == set()
