"""Read a calendar as a program does, by the grammar of RFC 5545 and nothing else."""

import datetime
import re

LINE = re.compile(r"([A-Z0-9-]+)((?:;[A-Z-]+=[^;:]+)*):(.*)", re.DOTALL)
ESCAPED = re.compile(r"\\([\\;,nN])")
ALONE = re.compile(r"(?<!\\)(?:\\\\)*[;,]")
ONCE = ("UID", "DTSTAMP", "DTSTART", "SUMMARY")
TEXTS = ("SUMMARY", "DESCRIPTION", "LOCATION", "NAME", "X-WR-CALNAME")


def unfolded(body):
    """The lines of a document, which must all end as they should."""
    assert body.endswith(b"\r\n")
    lines = body.removesuffix(b"\r\n").split(b"\r\n")
    for line in lines:
        assert 0 < len(line) <= 75
        assert not re.search(rb"[\x00-\x08\x0a-\x1f\x7f]", line)
        line.decode()  # no character is cut in two
    whole = []
    for line in lines:
        if line.startswith(b" "):
            whole[-1] += line[1:]
        else:
            whole.append(line)
    return [line.decode() for line in whole]


def plain(value):
    """What a text says; its separators must be escaped."""
    assert not ALONE.search(value)
    assert "\\" not in ESCAPED.sub("", value)
    return ESCAPED.sub(lambda m: "\n" if m[1] in "nN" else m[1], value)


def moment(value, parameters):
    """A day, or a moment in universal time; nothing else is written here."""
    if parameters == ";VALUE=DATE":
        return datetime.datetime.strptime(value, "%Y%m%d").date()  # noqa: DTZ007
    assert not parameters
    read = datetime.datetime.strptime(value, "%Y%m%dT%H%M%SZ")  # noqa: DTZ007
    return read.replace(tzinfo=datetime.UTC)


def read(response):
    """The properties of the calendar, and those of each of its events."""
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    head, events, open_ones = {}, [], []
    for line in unfolded(response.content):
        found = LINE.fullmatch(line)
        assert found, line
        name, parameters, value = found.groups()
        if name == "BEGIN":
            open_ones.append(value)
            assert open_ones in (["VCALENDAR"], ["VCALENDAR", "VEVENT"])
            events += [{}] if value == "VEVENT" else []
            continue
        if name == "END":
            assert open_ones.pop() == value
            continue
        if name in TEXTS:
            value = plain(value)
        elif name.startswith("DT") or name == "LAST-MODIFIED":
            value = moment(value, parameters)
        target = head if open_ones == ["VCALENDAR"] else events[-1]
        assert name not in target
        target[name] = value
    assert not open_ones
    check(head, events)
    return head, events


def check(head, events):
    """Fail unless what the format requires is there."""
    assert head["VERSION"] == "2.0"
    assert head["PRODID"]
    for event in events:
        assert all(event[name] for name in ONCE)
        if "DTEND" in event:
            assert type(event["DTEND"]) is type(event["DTSTART"])
            assert event["DTEND"] > event["DTSTART"]
        assert event["STATUS"] in {"TENTATIVE", "CONFIRMED", "CANCELLED"}
        assert event["SEQUENCE"].isdigit()
    keys = [event["UID"] for event in events]
    assert len(set(keys)) == len(keys)
