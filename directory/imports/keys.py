"""What identifies a row in its source, so that a second import finds it again."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from directory.imports.columns import Plan
from directory.imports.places import city_key
from directory.imports.reports import Kind, Warn
from directory.imports.rows import Row
from directory.labels import fold

#: The column holds 200 characters; room is left for the rank of repeated rows.
LONGEST = 190


def shortened(key: str) -> str:
    """The key, its end replaced by a digest when the column cannot hold it."""
    if len(key) <= LONGEST:
        return key
    digest = hashlib.sha256(key.encode()).hexdigest()[:16]
    return f"{key[: LONGEST - 17]}~{digest}"


def of_structure(name: str, city: str, postcode: str) -> str:
    """The key of an organisation without number: its name and its town."""
    return shortened(f"{fold(name)}|{city_key(city) or postcode}")


def assign(rows: Iterable[Row], plan: Plan, derive: Callable[[Row], str]) -> None:
    """Give each good row its key: its own cells, or what `derive` says.

    A key of the file that comes back is refused. A derived key that comes back takes
    a rank, so that two rows alike stay two rows; a warning says so.
    """
    lines: dict[str, list[Row]] = {}
    for row in rows:
        if not row.is_good:
            continue
        key = _own_key(row, plan) if plan.key else derive(row)
        twins = lines.setdefault(key, [])
        if plan.key and not key:
            row.refuse(_("L’identifiant est vide."))
        elif plan.key and twins:
            message = _("Même identifiant que la ligne %(line)s.")
            row.refuse(message % {"line": twins[0].raw.number})
        elif twins:
            row.report.warnings.append(_twin_warning(row, twins))
        twins.append(row)
        row.key = f"{key}#{len(twins)}" if len(twins) > 1 else key


def _own_key(row: Row, plan: Plan) -> str:
    parts = [re.sub(r"(?<=\d)\.0$", "", row.text(index)) for index in plan.key]
    return shortened("|".join(parts)) if any(parts) else ""


def _twin_warning(row: Row, twins: list[Row]) -> Warn:
    same = next((t for t in twins if t.raw.cells == row.raw.cells), None)
    if same:
        message = _("Ligne identique à la ligne %(line)s\u00a0: les deux sont gardées.")
    else:
        message = _("Ressemble à la ligne %(line)s\u00a0: les deux sont gardées.")
    return Warn(Kind.DUPLICATE, message % {"line": (same or twins[0]).raw.number})
