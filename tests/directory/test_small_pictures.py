"""The smaller pictures that cards show: made beside wide ones, gone with them."""

import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from PIL import Image

from directory.models.images import CARD_WIDTH
from tests.directory.test_images import files, photograph, picture
from tests.factories import ArticleFactory
from tests.pages import Page

WIDE = (1200, 800)


def article(content=None, name="image.jpg", **values):
    content = content or picture("JPEG", size=WIDE)
    image = SimpleUploadedFile(name, content)
    return ArticleFactory(published=True, image=image, image_alt="Un puits", **values)


def small(image):
    with Image.open(Path(image.path).with_suffix(f".{CARD_WIDTH}.webp")) as opened:
        opened.load()
        return opened


def commanded():
    said, refused = io.StringIO(), io.StringIO()
    call_command("make_small_pictures", stdout=said, stderr=refused)
    return said.getvalue().strip(), refused.getvalue()


def without_small(image):
    Path(image.path).with_suffix(f".{CARD_WIDTH}.webp").unlink()


def test_a_card_shows_a_smaller_picture_and_the_page_the_whole(client, db):
    image = article(title="Le puits coule", slug="le-puits").image

    card = Page(client.get("/actualites/")).images
    page = Page(client.get("/actualites/le-puits/")).images

    source = f"{image.url.removesuffix('.jpg')}.640.webp"
    assert source in [seen["src"] for seen in card]
    assert image.url in [seen["src"] for seen in page]
    assert small(image).size == (640, 427)


def test_a_smaller_picture_is_upright_and_bare(db):
    found = small(article(photograph(size=WIDE)).image)

    assert found.format == "WEBP"
    assert found.height > found.width
    assert not found.getexif()


@pytest.mark.parametrize("mode", ["RGBA", "L", "P"])
def test_every_kind_of_pixels_is_made_smaller(mode, db):
    image = Image.new(mode, WIDE)
    file = io.BytesIO()
    image.save(file, "PNG")

    assert small(article(file.getvalue(), "image.png").image).width == CARD_WIDTH


def test_a_picture_that_is_not_wide_stands_for_itself(client, db, settings):
    image = article(picture("JPEG", size=(640, 900))).image

    assert len(files(settings)) == 1
    assert image.url in [
        seen["src"] for seen in Page(client.get("/actualites/")).images
    ]


def test_a_smaller_picture_goes_with_its_row(
    db, settings, django_capture_on_commit_callbacks
):
    written = article()

    with django_capture_on_commit_callbacks(execute=True):
        written.delete()

    assert files(settings) == set()


def test_a_replaced_picture_takes_the_smaller_one_away(
    db, settings, django_capture_on_commit_callbacks
):
    written = article()

    with django_capture_on_commit_callbacks(execute=True):
        written.image = SimpleUploadedFile("autre.jpg", picture("JPEG", size=(9, 9)))
        written.save()

    assert files(settings) == {written.image.name}


def test_a_picture_of_before_is_shown_whole_until_the_command_runs(client, db):
    image = article().image
    without_small(image)

    before = Page(client.get("/actualites/")).images
    said, refused = commanded()

    assert image.url in [seen["src"] for seen in before]
    assert small(image).width == CARD_WIDTH
    assert (said, refused) == ("1 petite(s) image(s) fabriquée(s)", "")


def test_the_command_makes_nothing_twice_and_goes_past_a_missing_file(db):
    article()
    lost, kept = article().image, article().image
    for image in (lost, kept):
        without_small(image)
    Path(lost.path).unlink()

    said, refused = commanded()

    assert said == "1 petite(s) image(s) fabriquée(s)"
    assert lost.name in refused
    assert small(kept).width == CARD_WIDTH
