"""Pages whose frame is kept, in which pieces are put at each request."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.cache import patch_vary_headers
from django.utils.safestring import SafeString
from django.views.generic import View

from directory.keeping import versions
from directory.keeping.compression import public_page
from directory.keeping.pieces import Mould
from directory.keeping.stores import kept_as_of, new_store

#: The tables that the frame of every page reads, whatever is in it.
_tables: dict[str, None] = {}
_frames: dict[Any, tuple[Any, Mould]] = new_store()


def add_to_frame(*tables: str) -> None:
    """Say that the frame of every page reads these tables."""
    _tables.update(dict.fromkeys(tables))


def frame_version(request: HttpRequest) -> tuple[str | int, ...]:
    """What moves when the frame of pages would be another one."""
    return versions.of_request(request).of(_tables)


class FramedView(View):
    """A page made of pieces of HTML, in a template where nothing else varies."""

    http_method_names = ["get", "head", "options"]
    template_name: str

    def whole(self, request: HttpRequest, pieces: dict[str, str]) -> HttpResponse:
        """The page, whose frame is kept for those who come without a cookie."""
        if request.COOKIES:
            context = {"view": self, **pieces}
            response: HttpResponse = TemplateResponse(
                request, self.template_name, context
            )
        else:
            html = self.frame(request, self.template_name, pieces)
            response = public_page(request, html.encode())
        patch_vary_headers(response, ["Cookie", "HX-Request"])
        return response

    def frame(
        self, request: HttpRequest, template: str, pieces: dict[str, str]
    ) -> SafeString:
        """The pieces in a template, which is the same for every visitor."""
        mould = kept_as_of(
            _frames,
            (type(self), template, request.build_absolute_uri(request.path)),
            frame_version(request),
            lambda: Mould(template, {"view": self}, pieces, request),
        )
        return mould.filled(**pieces)
