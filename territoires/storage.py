"""Static files as they are served: hashed, compressed, and one style sheet a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import dirname, join
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

#: Style sheets whose imports are put inside them.
BUNDLES = ("css/site.css", "css/admin/brand.css")
IMPORT = re.compile(r'@import url\("(?P<name>[^":]+)"\)(?: layer\((?P<layer>\w+)\))?;')
COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)
ADDRESS = re.compile(r'url\("(?!data:|https?:|/)(?P<path>[^"]+)"\)')


class SiteStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """The storage of `collectstatic`, which first inlines the imports of style sheets.

    In development the browser follows the imports; the cascade layers are the same.
    """

    #: A module names the others that it imports as they are served.
    support_js_module_import_aggregation = True

    def post_process(self, paths: dict[str, Any], **options: Any) -> Iterator[Any]:
        """Write the bundles, then hash and compress everything."""
        if not options.get("dry_run"):
            for name in filter(paths.__contains__, BUNDLES):
                text = bundled(name, lambda path: _text(*paths[path]))
                self.delete(name)
                self._save(name, ContentFile(text.encode()))
                paths[name] = (self, name)
        yield from super().post_process(paths, **options)


def bundled(name: str, read: Any) -> str:
    """The style sheet with what it imports in place of each import.

    `read` gives the text of a path. Comments go; relative addresses follow the text.
    """
    folder = dirname(name)

    def put(found: re.Match[str]) -> str:
        path = _joined(folder, found["name"])
        text = _moved(bundled(path, read), dirname(path), folder)
        layer = found["layer"]
        return f"@layer {layer} {{\n{text}}}" if layer else text

    return IMPORT.sub(put, COMMENT.sub("", read(name)))


def _text(storage: Any, path: str) -> str:
    with storage.open(path) as file:
        return str(file.read().decode())


def _joined(folder: str, path: str) -> str:
    parts: list[str] = []
    for part in join(folder, path).split("/"):
        if part == "..":
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)


def _moved(text: str, old: str, new: str) -> str:
    if old == new:
        return text
    up = "../" * len(new.split("/"))
    return ADDRESS.sub(lambda m: f'url("{up}{_joined(old, m["path"])}")', text)
