"""Pictures that people send: checked, and drawn again.

What a visitor downloads is never the file that was sent. It is drawn again from its
pixels, upright, without metadata (a photograph tells where it was taken), under a name
that nobody guesses. Animated pictures are refused: the site shows none that move.

Cards show a smaller picture, made at the same time beside a wide one.
"""

from __future__ import annotations

import io
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.db import models
from django.db.models.fields.files import ImageFieldFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from directory.models.files import GoesWithItsRow

MOST_BYTES = 5 * 1024 * 1024
MOST_PIXELS = 25_000_000
#: Extension -> the format of Pillow that it promises.
FORMATS = {
    ".jpg": "JPEG",
    ".jpeg": "JPEG",
    ".png": "PNG",
    ".webp": "WEBP",
    ".gif": "GIF",
    ".avif": "AVIF",
}
#: Photographs of telephones may hold several views: the first is a JPEG.
SEEN_AS = {"MPO": "JPEG"}
#: How a format is written, when its defaults would spoil a photograph.
QUALITY = {"JPEG": 90, "WEBP": 90, "AVIF": 85}
#: How wide the picture of a card is at most, and how it is written.
CARD_WIDTH = 640
CARD_QUALITY = 80
TOO_MANY_PIXELS = _("Image trop grande\u00a0: 25 millions de pixels au plus.")


def read_picture(file: File, name: str) -> Image.Image:
    """The pixels of a file, decoded.

    Raises:
        ValidationError: when it is too heavy, too large, animated, not a picture, or
            not of the kind that its name promises.

    """
    kind = FORMATS.get(PurePath(name).suffix.lower())
    if kind is None:
        message = _("Formats d’image acceptés\u00a0: JPG, PNG, WebP, GIF et AVIF.")
        raise ValidationError(message, code="format")
    if file.size > MOST_BYTES:
        raise ValidationError(_("Image trop lourde\u00a0: 5 Mo au plus."), code="heavy")
    picture = _opened(file)
    if SEEN_AS.get(picture.format or "", picture.format) != kind:
        message = _(
            "Le contenu de cette image ne correspond pas à son extension\u00a0:"
            " enregistrez-la de nouveau, puis renvoyez-la."
        )
        raise ValidationError(message, code="extension")
    if picture.width * picture.height > MOST_PIXELS:
        raise ValidationError(TOO_MANY_PIXELS, code="large")
    if picture.format not in SEEN_AS and getattr(picture, "is_animated", False):
        message = _("Image animée\u00a0: envoyez une image fixe.")
        raise ValidationError(message, code="animated")
    return _decoded(picture)


def _opened(file: File) -> Image.Image:
    file.seek(0)
    try:
        return Image.open(file, formats=sorted(set(FORMATS.values())))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValidationError(TOO_MANY_PIXELS, code="large") from error
    except Exception as error:
        raise _unreadable() from error


def _decoded(picture: Image.Image) -> Image.Image:
    try:
        picture.load()
        upright = ImageOps.exif_transpose(picture)
        mode = "RGBA" if upright.has_transparency_data else "RGB"
        bare = upright if upright.mode == "L" else upright.convert(mode)
    except Exception as error:
        raise _unreadable() from error
    # The profile of colours is right for the pixels it came with, and for them only.
    same_colours = upright.mode in {"L", "RGB", "RGBA"}
    profile = picture.info.get("icc_profile") if same_colours else None
    bare.info = {"icc_profile": profile}
    return bare


def _unreadable() -> ValidationError:
    message = _("Cette image est illisible\u00a0: fichier abîmé, ou d’un autre genre.")
    return ValidationError(message, code="unreadable")


def redrawn(file: File, name: str) -> ContentFile:
    """The same picture, made of its pixels alone. Raises as `read_picture`."""
    picture = read_picture(file, name)
    kind = FORMATS[PurePath(name).suffix.lower()]
    options: dict[str, Any] = {"icc_profile": picture.info.pop("icc_profile", None)}
    if kind in QUALITY:
        options["quality"] = QUALITY[kind]
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return ContentFile(buffer.getvalue())


def small_name(name: str) -> str:
    """The name of the smaller picture that goes with a stored one."""
    return str(PurePath(name).with_suffix(f".{CARD_WIDTH}.webp"))


def shrunk(file: File) -> ContentFile | None:
    """The same picture as wide as a card, in WebP; None when it is not wider."""
    file.seek(0)
    with Image.open(file) as picture:
        if picture.width <= CARD_WIDTH:
            return None
        picture.thumbnail((CARD_WIDTH, picture.height), Image.Resampling.LANCZOS)
        buffer = io.BytesIO()
        profile = picture.info.get("icc_profile")
        picture.save(buffer, "WEBP", quality=CARD_QUALITY, icc_profile=profile)
    return ContentFile(buffer.getvalue())


def validate_picture(value: PictureFile) -> None:
    """Refuse what has just been sent and cannot be shown; stored files are trusted."""
    if not getattr(value, "_committed", True):
        read_picture(value.file, value.name or "")


class PictureFile(ImageFieldFile):
    """The file of a `PictureField`: whatever the way in, it is drawn again."""

    def save(self, name: str, content: File, save: bool = True) -> None:  # noqa: FBT001, FBT002 - Django's signature
        """Store the picture drawn again, under a name of ours, and a smaller one."""
        picture = redrawn(content, name)
        super().save(name, picture, save)
        self._add_small(picture)

    def make_small(self) -> bool:
        """Make the smaller picture if it is missing; tell whether there was need to.

        Raises:
            OSError: when the file is missing or is no picture.

        """
        if self.storage.exists(self._small_name):
            return False
        with self.open() as file:
            return self._add_small(file)

    def _add_small(self, picture: File) -> bool:
        if small := shrunk(picture):
            self.storage.save(self._small_name, small)
        return small is not None

    @property
    def _small_name(self) -> str:
        return small_name(self.name or "")

    @property
    def small_url(self) -> str:
        """The address of the picture of a card: the smaller one, if there is one."""
        has_small = self.storage.exists(self._small_name)
        return self.storage.url(self._small_name) if has_small else self.url


class PictureInput(forms.FileField):
    """Where a picture is sent; the model's field says what is wrong with it."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Let the browser propose only what is accepted."""
        return {**super().widget_attrs(widget), "accept": ",".join(FORMATS)}


class PictureField(GoesWithItsRow, models.ImageField):
    """A picture that people send; `upload_to` is its folder."""

    attr_class = PictureFile
    default_validators = [validate_picture]

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": PictureInput, **kwargs})

    def _throw_away(self, name: str) -> None:
        """Delete the smaller picture too."""
        super()._throw_away(name)
        self.storage.delete(small_name(name))
