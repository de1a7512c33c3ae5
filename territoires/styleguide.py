"""The living page of components: what each takes, and how it looks in each state."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from members import second_factor
from territoires.specimens import Specimen, specimens

#: The colours of static/css/tokens.css, by use.
SWATCHES = (
    "ground",
    "surface",
    "sunk",
    "line",
    "line-strong",
    "text",
    "text-soft",
    "link",
    "accent",
    "button",
    "band",
    "member",
    "focus",
)
#: A text longer than this is called by its name.
QUOTED = 60


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component in every state, for the staff; others do not find it."""
    if not request.user.is_staff:
        raise Http404
    if not second_factor.proved(request):
        return second_factor.ask(request)
    shown = [
        {"specimen": specimen, "states": list(shown_states(specimen, request))}
        for specimen in specimens()
    ]
    return render(request, "styleguide.html", {"shown": shown, "swatches": SWATCHES})


def shown_states(specimen: Specimen, request: HttpRequest) -> Iterator[dict[str, str]]:
    """Each state of a component: its name, its call in a template, its HTML."""
    for name, values in specimen.states:
        yield {
            "name": name,
            "call": call(specimen.path, values),
            "html": render_to_string(specimen.path, values, request),
        }


def call(path: str, values: dict[str, Any]) -> str:
    """The line of a template that gives this state."""
    taken = " ".join(f"{name}={_written(name, v)}" for name, v in values.items())
    return f'{{% include "{path}"{" with " if taken else ""}{taken} only %}}'


def _written(name: str, value: Any) -> str:
    if isinstance(value, str) and len(value) < QUOTED:
        return f'"{value}"'
    return str(value) if isinstance(value, bool) else name
