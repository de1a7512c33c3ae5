"""Small abstract pictures for cards and pages: the same from one machine to the next.

Drawn rather than shipped: no photographer to credit, no weight in the repository.
"""

from __future__ import annotations

import hashlib
import io
import math
from collections.abc import Callable, Iterator
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

CREDIT = "Illustration de démonstration"
#: Shapes are drawn this many times too large, then reduced: smooth edges.
SCALE = 2
LOGO_SIZE = 320
LANDSCAPE_SIZE = (960, 540)

Color = tuple[int, int, int]
Draw = ImageDraw.ImageDraw
Picture = Callable[[str, str], Image.Image]

SEA, DEEP, SKY = (23, 92, 128), (12, 52, 82), (206, 226, 232)
TERRACOTTA, OCHRE, SAND = (193, 92, 58), (224, 164, 88), (246, 237, 222)
OLIVE, SAGE, PINE = (118, 130, 74), (170, 182, 134), (58, 86, 66)
ROSE, PLUM = (236, 190, 170), (98, 62, 88)
#: Paper, then two inks.
LOGO_INKS = (
    (SAND, SEA, TERRACOTTA),
    (SAND, PINE, OCHRE),
    (SKY, DEEP, TERRACOTTA),
    (SAND, PLUM, OCHRE),
    (DEEP, OCHRE, SKY),
)
#: Top and foot of the sky, sun, farthest and nearest ground.
LIGHTS = (
    (SKY, SAND, OCHRE, (150, 186, 196), DEEP),
    (ROSE, SAND, TERRACOTTA, (206, 150, 130), PLUM),
    (SAND, ROSE, OCHRE, SAGE, PINE),
    ((180, 208, 214), SAND, (250, 244, 232), (198, 178, 140), TERRACOTTA),
)


def attach(field_file: Any, picture: Picture, subject: str, key: str) -> None:
    """Give the image field a picture of the subject, drawn only if no file holds it.

    Its name is the key's, not a secret: loading again finds it.
    """
    field, storage = field_file.field, field_file.storage
    name = f"{field.upload_to}/demo-{key}.webp"
    if not storage.exists(name):
        buffer = io.BytesIO()
        picture(subject, key).save(buffer, "WEBP", quality=82, method=2)
        name = storage.save(name, ContentFile(buffer.getvalue()))
    setattr(field_file.instance, field.name, name)


def logo(motif: str, key: str) -> Image.Image:
    """A square mark; the key chooses its inks."""
    side = LOGO_SIZE * SCALE
    inks = LOGO_INKS[int(next(_chances(key)) * len(LOGO_INKS))]
    image = Image.new("RGB", (side, side), inks[0])
    MOTIFS[motif](ImageDraw.Draw(image), side, inks)
    return image.resize((LOGO_SIZE, LOGO_SIZE), Image.Resampling.LANCZOS)


def landscape(scene: str, key: str) -> Image.Image:
    """A wide view; the key chooses its light and the line of its hills."""
    width, height = (length * SCALE for length in LANDSCAPE_SIZE)
    chances = _chances(key)
    top, foot, sun, far, near = LIGHTS[int(next(chances) * len(LIGHTS))]
    sky = Image.new("RGB", (1, 2))
    sky.putdata([top, foot])
    image = sky.resize((width, height), Image.Resampling.BILINEAR)
    draw = ImageDraw.Draw(image)
    x, y = width * (0.15 + 0.7 * next(chances)), height * (0.18 + 0.22 * next(chances))
    _disc(draw, x, y, height * 0.1, sun)
    steepness, layers = SCENES[scene]
    for layer in range(layers):
        share = layer / (layers - 1)
        base = height * (0.48 + 0.42 * share)
        line = _ridge(width, base, height * steepness * (1 - share / 2), chances)
        draw.polygon([*line, (width, height), (0, height)], fill=_mix(far, near, share))
    return image.resize(LANDSCAPE_SIZE, Image.Resampling.BILINEAR)


#: Height of the ridges, as a share of the picture, and number of planes.
SCENES = {
    "montagnes": (0.16, 5),
    "collines": (0.08, 5),
    "mer": (0.012, 6),
    "dunes": (0.05, 3),
    "plaine": (0.025, 4),
}


def _chances(key: str) -> Iterator[float]:
    """Numbers from 0 to 1 (excluded) that depend on the key alone."""
    rank = 0
    while True:
        for byte in hashlib.sha256(f"{key}/{rank}".encode()).digest():
            yield byte / 256
        rank += 1


def _mix(first: Color, last: Color, share: float) -> Color:
    red, green, blue = (
        round(a + (b - a) * share) for a, b in zip(first, last, strict=True)
    )
    return red, green, blue


def _ridge(
    width: int, base: float, relief: float, chances: Iterator[float]
) -> list[tuple[float, float]]:
    waves = [
        (relief / rank, rank * (1 + next(chances)), math.tau * next(chances))
        for rank in (1, 2, 4)
    ]
    return [
        (
            x,
            base
            - sum(
                high * math.sin(math.tau * often * x / width + shift)
                for high, often, shift in waves
            ),
        )
        for x in range(0, width + 12, 12)
    ]


def _disc(draw: Draw, x: float, y: float, radius: float, fill: Color) -> None:
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=fill)


def _waves(draw: Draw, side: int, inks: tuple[Color, Color, Color]) -> None:
    _, ink, accent = inks
    _disc(draw, side * 0.66, side * 0.32, side * 0.13, accent)
    for row in (0.5, 0.64, 0.78):
        for x in range(int(side * 0.16), int(side * 0.84), 2):
            y = side * (row + 0.04 * math.sin(x / side * 3 * math.tau))
            _disc(draw, x, y, side * 0.03, ink)


def _sun(draw: Draw, side: int, inks: tuple[Color, Color, Color]) -> None:
    paper, ink, accent = inks
    centre = side / 2
    for ray in range(12):
        angle = math.tau * ray / 12
        start, end = side * 0.27, side * 0.39
        draw.line(
            [
                (centre + start * math.cos(angle), centre + start * math.sin(angle)),
                (centre + end * math.cos(angle), centre + end * math.sin(angle)),
            ],
            fill=ink,
            width=int(side * 0.035),
        )
    _disc(draw, centre, centre, side * 0.2, accent)
    _disc(draw, centre, centre, side * 0.1, paper)


def _bridge(draw: Draw, side: int, inks: tuple[Color, Color, Color]) -> None:
    paper, ink, accent = inks
    draw.rectangle((side * 0.12, side * 0.42, side * 0.88, side * 0.74), fill=ink)
    for centre in (0.27, 0.5, 0.73):
        _disc(draw, side * centre, side * 0.66, side * 0.09, paper)
        draw.rectangle(
            (side * (centre - 0.09), side * 0.66, side * (centre + 0.09), side * 0.76),
            fill=paper,
        )
    draw.rectangle((side * 0.12, side * 0.36, side * 0.88, side * 0.42), fill=accent)


def _leaf(draw: Draw, side: int, inks: tuple[Color, Color, Color]) -> None:
    _, ink, accent = inks
    mask = Image.new("1", (side, side))
    other = Image.new("1", (side, side))
    _mask_disc(mask, side * 0.32, side * 0.32, side * 0.5)
    _mask_disc(other, side * 0.68, side * 0.68, side * 0.5)
    both = Image.composite(mask, Image.new("1", (side, side)), other)
    draw.bitmap((0, 0), both, fill=ink)
    draw.line(
        [(side * 0.2, side * 0.8), (side * 0.74, side * 0.26)],
        fill=accent,
        width=int(side * 0.04),
    )


def _mask_disc(image: Image.Image, x: float, y: float, radius: float) -> None:
    ImageDraw.Draw(image).ellipse(
        (x - radius, y - radius, x + radius, y + radius), fill=1
    )


def _mosaic(draw: Draw, side: int, inks: tuple[Color, Color, Color]) -> None:
    _, ink, accent = inks
    near, far, radius = side * 0.14, side * 0.86, side * 0.36
    corners = ((near, near), (far, near), (far, far), (near, far))
    for rank, (x, y) in enumerate(corners):
        box = (x - radius, y - radius, x + radius, y + radius)
        draw.pieslice(box, 90 * rank, 90 * (rank + 1), fill=(ink, accent)[rank % 2])


MOTIFS = {
    "vagues": _waves,
    "soleil": _sun,
    "pont": _bridge,
    "feuille": _leaf,
    "mosaique": _mosaic,
}
