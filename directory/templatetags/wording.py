"""How dates, amounts, lists and addresses are worded in French."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from decimal import Decimal
from urllib.parse import urlsplit

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.models import Country, Project, Structure
from directory.panorama.money import CENTS, worded
from directory.subject_pages import reach
from directory.subject_pages.reach import Reason

register = template.Library()

VOWELS = "aeiouy"
#: The spaces of a name at which a line would begin badly.
LOOSE = re.compile(r" (?=[-–] |\(\w{2,3}\)$)")
#: Sites that people know by another name than their host.
SITES = {
    "facebook.com": "Facebook",
    "instagram.com": "Instagram",
    "linkedin.com": "LinkedIn",
    "twitter.com": "X",
    "x.com": "X",
    "youtube.com": "YouTube",
    "helloasso.com": "HelloAsso",
    "bsky.app": "Bluesky",
    "tiktok.com": "TikTok",
    "vimeo.com": "Vimeo",
    "flickr.com": "Flickr",
}


@register.filter
def day(moment: datetime.datetime) -> str:
    """The day of a moment, in Paris: « 1er mars 2025 »."""
    return day_in_words(timezone.localtime(moment).date())


@register.filter
def period(project: Project) -> str:
    """When the project takes place, as exactly as it is known; empty when it is not.

    « 2015 », « de septembre à novembre 2024 », « du 3 au 7 février 2025 ».
    """
    ends = _ends(project)
    if ends is None:
        return ""
    first, last = ends
    if project.date_precision == Project.Precision.YEAR:
        return _between(_year(first), _year(last), of=_("de"))
    if project.date_precision == Project.Precision.MONTH:
        return _months(first, last)
    return days(first, last)


@register.filter
def short_period(project: Project) -> str:
    """The months of the project, where there is little room: « 12/2026 → 11/2028 ».

    Years alone when no more is known: « 2015 → 2018 ».
    """
    ends = _ends(project)
    if ends is None:
        return ""
    is_by_year = project.date_precision == Project.Precision.YEAR
    first, last = (date_format(end, "Y" if is_by_year else "m/Y") for end in ends)
    return first if first == last else f"{first}\u00a0→\u00a0{last}"


@register.filter
def period_label(project: Project) -> str:
    """What the period is: planned or real, a beginning, an end, or both."""
    if project.starts_on is None:
        label = _("Fin")
    elif project.ends_on is None:
        label = _("Début")
    else:
        label = _("Dates")
    if project.actual_start_on or project.actual_end_on:
        return label
    return _("%s (prévision)") % label


@register.filter
def money(amount: Decimal | None, currency: str) -> str:
    """An amount: « 15 000 € », « 2 500,50 € », « 10 000 000 XOF »; empty for none."""
    return "" if amount is None else worded(round(amount * CENTS), currency)


@register.filter
def bound(name: object) -> str:
    """The name of a thing, whose dash or whose number begins no line.

    « Agriculture - Alimentation », « Cavaillon (84) »: names are kept as people type
    them, and shown with spaces that do not break.
    """
    return LOOSE.sub("\u00a0", str(name))


@register.filter
def some(items: Iterable[object], most: int) -> str:
    """The first items, and how many others: « Mali, Sénégal et 3 autres »."""
    names = [bound(item) for item in items]
    more = len(names) - most
    if more <= 0:
        return ", ".join(names)
    others = ngettext("%d\u00a0autre", "%d\u00a0autres", more) % more
    return _("%(some)s et\u00a0%(others)s") % {
        "some": ", ".join(names[:most]),
        "others": others,
    }


@register.filter(is_safe=True)
def lines(text: str) -> str:
    """The lines that say something, without what surrounds them."""
    return "\n".join(filter(None, map(str.strip, text.splitlines())))


@register.filter
def ldc(country: Country) -> str:
    """What the list of the least developed countries says of it; empty when nothing."""
    if not country.is_ldc:
        return ""
    if country.ldc_until is None:
        return _("Sur la liste des pays les moins avancés (PMA)")
    if country.is_ldc_on(timezone.localdate()):
        said = _(
            "Sur la liste des pays les moins avancés (PMA), sortie prévue le %(day)s"
        )
    else:
        said = _("Sorti de la liste des pays les moins avancés (PMA) le %(day)s")
    return said % {"day": day_in_words(country.ldc_until)}


@register.filter
def reasons(structure: Structure) -> list[Reason]:
    """What shows an actor at work where its profile is silent."""
    return reach.reasons(structure)


@register.filter
def site_name(address: str) -> str:
    """The name of a site from an address: « Facebook », else its host."""
    host = urlsplit(address).netloc.lower().removeprefix("www.")
    for known, name in SITES.items():
        if host == known or host.endswith(f".{known}"):
            return name
    return host


@register.filter
def roles_of(project: Project, structure: Structure) -> str:
    """What the structure does in the project: « Porteur, Financeur »."""
    return ", ".join(
        part.get_role_display()
        for part in project.participations.all()
        if part.structure_id == structure.pk
    )


def days(first: datetime.date, last: datetime.date) -> str:
    """Some days in words: « 3 février 2025 », « du 3 au 7 février 2025 »."""
    whole = day_in_words(last)
    if first == last:
        return whole
    if (first.year, first.month) == (last.year, last.month):
        start = _day_number(first)
    elif first.year == last.year:
        start = f"{_day_number(first)} {date_format(first, 'F')}"
    else:
        start = day_in_words(first)
    return _("du %(start)s au %(end)s") % {"start": start, "end": whole}


def day_in_words(day: datetime.date) -> str:
    """A day in words: « 1er mars 2025 »."""
    return f"{_day_number(day)} {date_format(day, 'F Y')}"


def _ends(project: Project) -> tuple[datetime.date, datetime.date] | None:
    """The first day and the last, the same one when no other is known."""
    start, end = project.starts_on, project.ends_on
    if start and end and end < start:
        end = None
    first, last = start or end, end or start
    return (first, last) if first and last else None


def _day_number(day: datetime.date) -> str:
    return _("1er") if day.day == 1 else str(day.day)


def _months(first: datetime.date, last: datetime.date) -> str:
    end = date_format(last, "F Y")
    same_year = first.year == last.year
    start = date_format(first, "F" if same_year and first != last else "F Y")
    if (first.year, first.month) == (last.year, last.month):
        return end
    elided = start[0] in VOWELS
    return _between(start, end, of=_("d’") if elided else _("de"))


def _year(day: datetime.date) -> str:
    return str(day.year)


def _between(start: str, end: str, *, of: str) -> str:
    if start == end:
        return end
    joined = f"{of}{start}" if of.endswith("’") else f"{of} {start}"
    return _("%(from)s à %(end)s") % {"from": joined, "end": end}
