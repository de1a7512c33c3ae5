"""Pictures that people send: what is refused, what is stored, what is thrown away."""

import io
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models, transaction
from PIL import Image

from directory.models import Project, ProjectImage, Structure
from directory.models.images import MOST_BYTES, PictureField
from members.models import ProposalFile
from news.models import CallDocument, EventDocument
from news.models.documents import DocumentField
from tests.admin_forms import added, errors, page_of, save
from tests.factories import (
    ArticleFactory,
    NetworkFactory,
    NetworkPartnerFactory,
    ProjectFactory,
    ProjectImageFactory,
    StructureFactory,
)

LATITUDE = (43.0, 31.0, 46.8)


def picture(kind="PNG", *, size=(6, 4), mode="RGB", **options):
    """The bytes of a picture: red on the left, blue on the right."""
    image = Image.new(mode, size, "red")
    image.paste("blue", (size[0] // 2, 0, *size))
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def photograph(kind="JPEG", **options):
    """A picture that tells where it was taken, and that it lies on its side."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "Appareil secret"
    exif.get_ifd(0x8825).update({1: "N", 2: LATITUDE, 3: "E", 4: LATITUDE})
    return picture(kind, exif=exif, **options)


def animation(kind="GIF"):
    frames = [Image.new("RGB", (4, 4), color) for color in ("red", "blue")]
    file = io.BytesIO()
    frames[0].save(file, kind, save_all=True, append_images=frames[1:], duration=100)
    return file.getvalue()


def upload(content, name="image.png"):
    return SimpleUploadedFile(name, content)


def stored(image):
    with Image.open(image.path) as opened:
        opened.load()
        return opened


def files(settings):
    root = Path(settings.MEDIA_ROOT)
    return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}


def with_logo(**values):
    return StructureFactory(logo=upload(picture()), logo_alt="Une goutte", **values)


# Every field


def test_every_file_of_the_site_is_a_picture_or_a_document():
    fields = [
        field
        for app in ("directory", "news", "members")
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.FileField)
    ]

    # What a proposal keeps is checked by the form of the row that it is for.
    kept_apart = {ProposalFile._meta.get_field("file")}
    fields = set(fields) - kept_apart

    assert {type(field) for field in fields} == {PictureField, DocumentField}
    assert {field.model for field in fields if type(field) is DocumentField} == {
        CallDocument,
        EventDocument,
    }


# What is refused


REFUSED = [
    ("image.svg", b"<svg/>", "Formats d’image acceptés\u00a0: JPG, PNG"),
    ("image.bmp", picture("BMP"), "Formats d’image acceptés"),
    ("image", picture(), "Formats d’image acceptés"),
    ("image.html.png", b"<script>alert(1)</script>", "Cette image est illisible"),
    ("image.jpg", picture("JPEG", size=(200, 200))[:900], "Cette image est illisible"),
    ("image.jpg", picture("PNG"), "ne correspond pas à son extension"),
    ("image.webp", photograph(), "ne correspond pas à son extension"),
    ("image.png", picture("BMP"), "Cette image est illisible"),
    ("image.png", picture() + b"0" * MOST_BYTES, "Image trop lourde\u00a0: 5 Mo"),
    ("image.png", picture(size=(6000, 4200)), "25 millions de pixels au plus"),
    ("image.png", picture(size=(12000, 8000)), "25 millions de pixels au plus"),
    ("image.gif", animation("GIF"), "Image animée"),
    ("image.webp", animation("WEBP"), "Image animée"),
    ("image.png", animation("PNG"), "Image animée"),
]


@pytest.mark.parametrize(
    ("name", "content", "message"), REFUSED, ids=range(len(REFUSED))
)
def test_what_cannot_be_shown_is_refused_on_its_field(
    name, content, message, staff_client, settings
):
    structure = StructureFactory()
    changes = {"logo": upload(content, name), "logo_alt": "Une goutte"}

    response = save(staff_client, structure, changes)

    form = response.context["adminform"].form
    assert set(form.errors) == {"logo"}
    assert message in form.errors["logo"][0]
    assert files(settings) == set()


def test_pictures_of_an_inline_and_of_an_article_are_refused_alike(staff_client):
    project = ProjectFactory()
    row = added("images", 0, image=upload(b"<svg/>", "x.svg"), alternative="Un puits")

    inline = save(staff_client, project, row)
    article = save(
        staff_client,
        ArticleFactory(),
        {"image": upload(animation(), "x.gif"), "image_alt": "Un puits"},
    )

    assert "Formats d’image acceptés" in errors(inline)[0]
    assert "Image animée" in errors(article)[0]


def test_code_that_stores_a_bad_picture_fails_before_anything_is_written(db, settings):
    structure = with_logo()

    with pytest.raises(ValidationError), transaction.atomic():
        StructureFactory(logo=upload(b"<svg/>", "x.svg"), logo_alt="Une goutte")
    with pytest.raises(ValidationError):
        structure.logo.save("x.gif", ContentFile(animation()))

    assert Structure.objects.count() == 1
    assert len(files(settings)) == 1


# What is stored


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("IMG_0001.JPG", "JPEG"),
        ("photo.jpeg", "JPEG"),
        ("photo.png", "PNG"),
        ("photo.webp", "WEBP"),
        ("photo.gif", "GIF"),
        ("photo.avif", "AVIF"),
    ],
)
def test_each_format_is_stored_as_itself_under_a_name_of_ours(
    name, kind, staff_client, settings
):
    structure = StructureFactory()
    changes = {"logo": upload(picture(kind), name), "logo_alt": "Une goutte"}

    response = save(staff_client, structure, changes)

    structure.refresh_from_db()
    assert response.status_code == 302
    assert re.fullmatch(r"logos/[0-9a-f]{32}\.[a-z]{3,4}", structure.logo.name)
    assert stored(structure.logo).format == kind
    assert files(settings) == {structure.logo.name}


@pytest.mark.parametrize(
    ("name", "kind"), [("a.jpg", "JPEG"), ("a.webp", "WEBP"), ("a.png", "PNG")]
)
def test_a_photograph_is_set_upright_and_forgets_where_it_was_taken(name, kind, db):
    image = stored(
        StructureFactory(logo=upload(photograph(kind), name), logo_alt="x").logo
    )

    top, bottom = image.convert("RGB").getpixel((1, 0)), image.getpixel((1, 5))
    assert image.size == (4, 6)
    assert top[0] > 200
    assert bottom[2] > 200
    assert dict(image.getexif()) == {}
    assert b"secret" not in Path(image.filename).read_bytes()


def test_comments_and_texts_are_forgotten(db):
    content = picture("GIF", comment=b"le secret")
    structure = StructureFactory(logo=upload(content, "a.gif"), logo_alt="x")

    assert b"secret" not in Path(structure.logo.path).read_bytes()


def test_what_is_hidden_after_a_picture_is_forgotten(db):
    content = picture("JPEG") + b"<?php secret"
    structure = StructureFactory(logo=upload(content, "a.jpg"), logo_alt="x")

    assert b"secret" not in Path(structure.logo.path).read_bytes()


@pytest.mark.parametrize(
    ("mode", "kind", "kept"),
    [
        ("RGBA", "PNG", "RGBA"),
        ("L", "PNG", "L"),
        ("CMYK", "JPEG", "RGB"),
        ("P", "GIF", "P"),
        ("1", "PNG", "RGB"),
    ],
)
def test_every_kind_of_pixels_is_drawn_again(mode, kind, kept, db):
    file = io.BytesIO()
    Image.new(mode, (4, 4)).save(file, kind)
    name = f"a.{'jpg' if kind == 'JPEG' else kind.lower()}"

    structure = StructureFactory(logo=upload(file.getvalue(), name), logo_alt="x")

    assert stored(structure.logo).mode == kept


def test_pictures_created_in_bulk_are_drawn_again_too(db, settings):
    project = ProjectFactory()

    ProjectImage.objects.bulk_create(
        ProjectImage(
            project=project, image=upload(photograph(), "a.jpg"), alternative=t
        )
        for t in ("Un", "Deux")
    )

    names = set(ProjectImage.objects.values_list("image", flat=True))
    assert files(settings) == names
    assert len(names) == 2
    for row in ProjectImage.objects.all():
        assert dict(stored(row.image).getexif()) == {}


def test_an_untouched_picture_is_not_read_again(staff_client, settings):
    structure = with_logo()
    Path(structure.logo.path).write_bytes(b"changed by hand")

    response = save(staff_client, structure, {"name": "Autre nom"})

    assert response.status_code == 302
    assert Path(structure.logo.path).read_bytes() == b"changed by hand"


# What is thrown away


@pytest.fixture
def commits(django_capture_on_commit_callbacks):
    """Run what follows as if each transaction were committed."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_a_file_goes_with_its_row(db, settings, commits):
    structure = with_logo()

    with commits():
        structure.delete()

    assert files(settings) == set()


def test_files_go_with_rows_deleted_in_bulk_and_in_cascade(db, settings, commits):
    project = ProjectFactory()
    ProjectImageFactory(project=project)
    partner = NetworkPartnerFactory(network=NetworkFactory(), logo=upload(picture()))
    with_logo()

    with commits():
        Project.objects.all().delete()
        Structure.objects.all().delete()

    assert files(settings) == {partner.logo.name}


def test_a_replaced_picture_leaves_no_file(staff_client, settings, commits):
    structure = with_logo()

    with commits():
        save(staff_client, structure, {"logo": upload(picture("GIF"), "b.gif")})

    structure.refresh_from_db()
    assert files(settings) == {structure.logo.name}
    assert structure.logo.name.endswith(".gif")


def test_a_picture_taken_away_leaves_no_file(staff_client, settings, commits):
    structure = with_logo()

    with commits():
        save(staff_client, structure, {"logo-clear": "on"})

    structure.refresh_from_db()
    assert structure.logo.name == ""
    assert files(settings) == set()


def test_a_file_stays_as_long_as_the_change_may_be_undone(
    staff_client, settings, django_capture_on_commit_callbacks
):
    structure = with_logo()

    with django_capture_on_commit_callbacks(execute=False):
        save(staff_client, structure, {"logo-clear": "on"})

    assert files(settings) == {structure.logo.name}


def test_a_file_that_another_row_uses_stays(db, settings, commits):
    first = with_logo()
    second = StructureFactory(logo=first.logo.name, logo_alt="La même")

    with commits():
        first.delete()

    assert files(settings) == {second.logo.name}


def test_saving_again_changes_no_file(db, settings, commits):
    structure = with_logo()
    before = structure.logo.name

    with commits():
        structure.name = "Autre nom"
        structure.save()
        Structure.objects.get().save()

    assert files(settings) == {before}


def test_the_browser_proposes_what_is_accepted(staff_client):
    assert 'accept=".jpg,.jpeg,' in staff_client.get(page_of(StructureFactory())).text
