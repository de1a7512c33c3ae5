"""The iCalendar format (RFC 5545): its lines, its texts, its moments.

Nothing here knows of events: `calendars.py` says what goes in.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

CONTENT_TYPE = "text/calendar; charset=utf-8"
#: The longest line, in octets, the end of the line not counted.
LONGEST = 75
#: What a text may not hold; line feeds are written otherwise.
UNSPEAKABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
LINE_ENDS = re.compile(r"\r\n|[\r\n\x85\u2028\u2029]")
#: What the texts of the format write with a backslash.
SPECIAL = re.compile(r"[\\;,]")
#: What would end an address that is not a text.
NOT_IN_ADDRESS = re.compile(r"[\s\x00-\x1f\x7f]")

Line = tuple[str, str]


@dataclass(frozen=True)
class Span:
    """When something is: between two moments, or on whole days, the last included."""

    start: datetime.date
    end: datetime.date | None = None

    def lines(self) -> Iterator[Line]:
        """The properties that say it; what has no length has no end."""
        if not isinstance(self.start, datetime.datetime):
            last = self.end or self.start
            yield "DTSTART;VALUE=DATE", day(self.start)
            yield "DTEND;VALUE=DATE", day(last + datetime.timedelta(days=1))
            return
        yield "DTSTART", moment(self.start)
        if isinstance(self.end, datetime.datetime) and self.end > self.start:
            yield "DTEND", moment(self.end)


def calendar(name: str, events: Iterable[Iterable[Line]]) -> bytes:
    """A whole calendar; each event is given by its properties, values as written."""
    lines: list[Line] = [
        ("BEGIN", "VCALENDAR"),
        ("VERSION", "2.0"),
        ("PRODID", "-//Territoires solidaires//Agenda//FR"),
        ("CALSCALE", "GREGORIAN"),
        ("NAME", text(name)),
        ("X-WR-CALNAME", text(name)),
        ("REFRESH-INTERVAL;VALUE=DURATION", "PT6H"),
        ("X-PUBLISHED-TTL", "PT6H"),
    ]
    for event in events:
        lines += [("BEGIN", "VEVENT"), *event, ("END", "VEVENT")]
    lines.append(("END", "VCALENDAR"))
    return b"".join(folded(f"{name}:{value}") for name, value in lines)


def text(value: str) -> str:
    """A text as the format writes it, whatever it holds: it stays in its line."""
    plain = UNSPEAKABLE.sub(" ", LINE_ENDS.sub("\n", value))
    return SPECIAL.sub(r"\\\g<0>", plain).replace("\n", "\\n")


def address(value: str) -> str:
    """A web address, which the format does not escape."""
    return NOT_IN_ADDRESS.sub("", value)


def moment(value: datetime.datetime) -> str:
    """A moment, in universal time: no program has to know when the hour changes."""
    return value.astimezone(datetime.UTC).strftime("%Y%m%dT%H%M%SZ")


def day(value: datetime.date) -> str:
    """A day."""
    return value.strftime("%Y%m%d")


def folded(line: str) -> bytes:
    """A line, continued on others if it is long; no character is cut in two."""
    parts, part = [], b""
    for character in line:
        octets = character.encode()
        # The space that begins a continuation counts.
        if len(part) + len(octets) > LONGEST:
            parts.append(part)
            part = b" "
        part += octets
    return b"\r\n".join([*parts, part]) + b"\r\n"
