"""Invented rows: the same ones each time for a size, on any machine.

Structures, then three projects for each, up to 30,000, one article for ten, one call
for projects and one event for fifty. The
shapes are those of the register of a regional network: six départements of very unequal
weight, a few countries that half of the actors work in and a long tail, two or three
sectors each.
The structures of a small size are the first ones of a larger one.

Rows name the vocabularies by code, départements and communes included.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.text import slugify

from bench.words import Weighted, Writer

#: Code of a type -> its share, in a hundred.
TYPES = {
    "association-locale": 20,
    "association-si": 18,
    "osim": 9,
    "comite-de-jumelage": 6,
    "education-populaire": 4,
    "centre-social": 2,
    "antenne": 1,
    "commune": 8,
    "epci": 2,
    "departement": 1,
    "syndicat": 1,
    "etablissement-scolaire": 8,
    "universite": 4,
    "recherche": 1,
    "entreprise": 3,
    "cooperative-ess": 2,
    "fondation": 3,
    "hopital": 3,
    "reseau": 4,
}
#: The countries, those where most actors work first.
COUNTRIES = (
    "SN MG MA BF ML TG BJ CM CI TN KH IN HT NP VN LB CD GN NE PS BR PE KM DZ ET RW MR"
    " BI TD GA CG DJ LA PH CO BO EC AM UA GE RO MD AL RS KE UG TZ GH NG MZ ZM ZW MW ZA"
    " AO NA BW LS SZ GM GW SL LR CV ST GQ CF SS SD ER SO EG LY JO SY IQ IR AF PK BD LK"
    " MM TH ID MY CN MN KZ UZ KG TJ TM AZ TR GR CY BG HU PL CZ SK SI HR BA ME MK XK IT"
    " ES PT DE BE NL LU CH AT DK SE NO FI IS IE GB EE LV LT BY RU US CA MX GT BZ SV HN"
    " NI CR PA CU JM DO TT BB LC VC GD AG DM KN BS VE GY SR PY UY CL AR JP KR KP TW SG"
    " BN TL PG FJ SB VU WS TO TV KI NR PW FM MH AU NZ MU SC MV BT OM YE AE QA BH KW SA"
    " IL AD MC SM VA LI MT FR RE YT"
).split()
#: The sectors, those of most actors first.
SECTORS = (
    "education sante eau-assainissement culture agriculture-alimentation "
    " jeunesse-mobilite enseignement-formation environnement-biodiversite-climat"
    " droits-enfance genre education-citoyennete-mondiale croissance-economique-emploi"
    " droits-humains energie economie-sociale-solidaire appui-conseil-formation"
    " migrations urgence-rehabilitation gouvernance sport tourisme numerique dechets"
    " urbanisme-habitat patrimoine recherche-innovation protection-sociale"
    " paix-securite multisectoriel"
).split()
GOALS = range(1, 18)
STREETS = (
    "de la République",
    "des Écoles",
    "du Marché",
    "de la Fontaine",
    "de la Liberté",
)
KINDS = (
    *("microprojet", "cooperation-decentralisee", "ecsi", "jumelage", "urgence"),
    *("chantier-de-jeunes", "eau-1-pour-cent", "echange-culturel"),
)
MOST_PROJECTS = 30_000
KEYWORDS = tuple(f"mot-{number}" for number in range(1, 21))
MOST_AHEAD = 1_500  # days from the publication to what it announces
FIRST_DAY = datetime.date(2023, 1, 1)  # of the verifications
DAYS = 1_095  # of them: three years

Days = tuple[datetime.date | None, datetime.date | None]


@dataclass(frozen=True)
class Area:
    """A département: its communes, around what point, and its share in a hundred."""

    code: str
    share: int
    center: tuple[float, float]
    communes: tuple[str, ...]


AREAS = (
    Area("04", 4, (44.1, 6.2), ("Digne-les-Bains", "Manosque", "Sisteron")),
    Area("05", 4, (44.6, 6.3), ("Gap", "Briançon", "Embrun", "Veynes")),
    Area("06", 20, (43.9, 7.2), ("Nice", "Antibes", "Cannes", "Grasse", "Menton")),
    Area("13", 45, (43.5, 5.1), ("Marseille", "Aix-en-Provence", "Arles", "Aubagne")),
    Area("83", 15, (43.4, 6.2), ("Toulon", "Fréjus", "Hyères", "Draguignan")),
    Area("84", 12, (44.0, 5.2), ("Avignon", "Orange", "Carpentras", "Cavaillon")),
)


@dataclass(frozen=True)
class StructureRow:
    """An invented structure."""

    name: str
    slug: str
    type: str
    member_from: datetime.date | None
    member_until: datetime.date | None
    verified_on: datetime.date | None
    address: str
    postcode: str
    department: str
    commune: str
    latitude: float
    longitude: float
    website: str
    description: str
    countries: tuple[str, ...]
    sectors: tuple[str, ...]
    goals: tuple[int, ...]


@dataclass(frozen=True)
class ProjectRow:
    """An invented project; `structure` is the rank of the one that leads it."""

    structure: int
    title: str
    slug: str
    kind: str
    starts_on: datetime.date
    ends_on: datetime.date | None
    #: None: it is not public.
    budget: int | None
    countries: tuple[str, ...]
    sectors: tuple[str, ...]
    description: str


@dataclass(frozen=True)
class PostRow:
    """An invented publication; `structure` is the rank of the one it is about."""

    structure: int
    title: str
    slug: str
    published_on: datetime.date
    #: From when until when, of calls and events.
    first_on: datetime.date
    last_on: datetime.date
    countries: tuple[str, ...]
    sectors: tuple[str, ...]
    keywords: tuple[str, ...]
    body: str


#: How many values an actor has: number -> share in a hundred.
COUNTRIES_EACH = {1: 35, 2: 22, 3: 14, 4: 9, 5: 6, 6: 4, 7: 3, 8: 3, 9: 2, 10: 1, 11: 1}
COUNTRIES_OF_A_PROJECT = {0: 10, 1: 75, 2: 10, 3: 5}
SECTORS_EACH = {1: 20, 2: 28, 3: 22, 4: 12, 5: 8, 6: 5, 7: 3, 8: 2}
GOALS_EACH = {0: 15, 1: 20, 2: 22, 3: 20, 4: 13, 5: 10}


def _weighted(shares: dict) -> Weighted:
    return Weighted(list(shares), list(shares.values()))


class Generator:
    """The rows of a size: that many structures, and what goes with them."""

    def __init__(self, size: int) -> None:
        """Prepare to draw; nothing is kept in memory but the words."""
        self.size = size
        projects = min(3 * size, MOST_PROJECTS)
        self.numbers = {
            "projects": projects,
            "articles": size // 10,
            "calls": size // 50,
            "events": size // 50,
        }
        self._writer = Writer()
        self._types = _weighted(TYPES)
        self._areas = Weighted(AREAS, [area.share for area in AREAS])
        self._countries = Weighted.by_rank(COUNTRIES, 1.5)
        self._sectors = Weighted.by_rank(SECTORS, 6)
        self._goals = Weighted(GOALS, [1] * len(GOALS))
        self._countries_each = _weighted(COUNTRIES_EACH)
        self._project_countries = _weighted(COUNTRIES_OF_A_PROJECT)
        self._sectors_each = _weighted(SECTORS_EACH)
        self._goals_each = _weighted(GOALS_EACH)

    def structures(self) -> Iterator[StructureRow]:
        """The structures, in the order of their keys."""
        chance = random.Random("structures")
        for number in range(1, self.size + 1):
            yield self._structure(chance, number)

    def projects(self) -> Iterator[ProjectRow]:
        """The projects, each led by a structure."""
        chance = random.Random("projects")
        for number in range(1, self.numbers["projects"] + 1):
            yield ProjectRow(
                structure=self._rank(chance),
                title=self._title(chance, "Projet", number),
                slug=f"projet-{number}",
                kind=chance.choice(KINDS),
                **_period(chance),
                budget=_budget(chance),
                countries=self._countries.several(
                    chance, self._project_countries.one(chance)
                ),
                sectors=self._sectors.several(chance, chance.randint(1, 2)),
                description=self._text(chance),
            )

    def articles(self) -> Iterator[PostRow]:
        """The news, each about a structure."""
        return self._posts("articles", "Actualité")

    def calls(self) -> Iterator[PostRow]:
        """The calls for projects."""
        return self._posts("calls", "Appel")

    def events(self) -> Iterator[PostRow]:
        """The events of the agenda."""
        return self._posts("events", "Rencontre")

    def _posts(self, kind: str, word: str) -> Iterator[PostRow]:
        chance = random.Random(kind)
        for number in range(1, self.numbers[kind] + 1):
            published = datetime.date(
                chance.randint(2018, 2025), chance.randint(1, 12), 15
            )
            first = published + datetime.timedelta(days=chance.randrange(MOST_AHEAD))
            yield PostRow(
                structure=self._rank(chance),
                title=self._title(chance, word, number),
                slug=f"{word.lower()}-{number}".replace("é", "e"),
                published_on=published,
                first_on=first,
                last_on=first + datetime.timedelta(days=chance.choice((0, 2, 60))),
                countries=self._countries.several(
                    chance, self._project_countries.one(chance)
                ),
                sectors=self._sectors.several(chance, chance.randint(1, 2)),
                # Each of them has some, whatever the size.
                keywords=tuple(
                    {KEYWORDS[number % len(KEYWORDS)]: 1, chance.choice(KEYWORDS): 1}
                ),
                body=self._text(chance),
            )

    def _structure(self, chance: random.Random, number: int) -> StructureRow:
        area = self._areas.one(chance)
        about_education = chance.random() < 0.02  # noqa: PLR2004 - of the names
        name = self._name(chance, number, about_education=about_education)
        slug = slugify(name.replace("œ", "oe").replace("Œ", "Oe"))
        member_from, member_until = _membership(chance)
        return StructureRow(
            name=name,
            slug=slug,
            type=self._types.one(chance),
            member_from=member_from,
            member_until=member_until,
            verified_on=_verified_on(chance),
            **_place(chance, area),
            website=f"https://www.{slug}.example.org/",
            description=self._text(chance, certainly=about_education),
            countries=self._countries.several(chance, self._countries_each.one(chance)),
            sectors=self._sectors.several(chance, self._sectors_each.one(chance)),
            goals=self._goals.several(chance, self._goals_each.one(chance)),
        )

    def _name(
        self, chance: random.Random, number: int, *, about_education: bool
    ) -> str:
        first, second = chance.choices(self._writer.naming, k=2)
        if about_education:
            first = "éducation"
        kinds = ("Association", "Collectif", "Réseau", "Maison", "Comité", "Fonds")
        links = ("et", "pour", "sans", "en")
        return (
            f"{chance.choice(kinds)} {first} {chance.choice(links)} {second} {number}"
        )

    def _title(self, chance: random.Random, kind: str, number: int) -> str:
        return f"{kind} {' '.join(chance.choices(self._writer.naming, k=2))} {number}"

    def _text(self, chance: random.Random, *, certainly: bool = False) -> str:
        about_education = certainly or chance.random() < 0.12  # noqa: PLR2004
        return self._writer.text(chance, about_education=about_education)

    def _rank(self, chance: random.Random) -> int:
        return chance.randrange(self.size)


def _membership(chance: random.Random) -> Days:
    """First and last day: two actors in five are members, one in twenty was."""
    draw, year = chance.random(), chance.randint(2015, 2024)
    if draw >= 0.45:  # noqa: PLR2004 - a share
        return None, None
    until = datetime.date(year, 12, 31) if draw >= 0.4 else None  # noqa: PLR2004
    return datetime.date(year, 1, 1), until


def _period(chance: random.Random) -> dict[str, Any]:
    """Two projects in three have an end, one to four years later."""
    start = datetime.date(chance.randint(2012, 2025), chance.randint(1, 12), 1)
    draw, years = chance.random(), chance.randint(1, 4)
    has_end = draw < 0.66  # noqa: PLR2004 - a share
    end = start.replace(year=start.year + years) if has_end else None
    return {"starts_on": start, "ends_on": end}


def _budget(chance: random.Random) -> int | None:
    """Three budgets in four are public: hundreds of euros, to the euro for some."""
    draw, amount = chance.random(), chance.randint(1, 400) * 500
    if draw >= 0.75:  # noqa: PLR2004 - a share
        return None
    return amount + (chance.randint(1, 499) if draw < 0.1 else 0)  # noqa: PLR2004


def _verified_on(chance: random.Random) -> datetime.date | None:
    """Seven records in ten were confirmed once."""
    day = FIRST_DAY + datetime.timedelta(days=chance.randrange(DAYS))
    return day if chance.random() < 0.7 else None  # noqa: PLR2004 - a share


def _place(chance: random.Random, area: Area) -> dict[str, Any]:
    latitude, longitude = area.center
    return {
        "address": f"{chance.randint(1, 180)} rue {chance.choice(STREETS)}",
        "postcode": f"{area.code}{chance.randint(0, 999):03d}",
        "department": area.code,
        "commune": chance.choice(area.communes),
        "latitude": round(latitude + chance.gauss(0, 0.2), 5),
        "longitude": round(longitude + chance.gauss(0, 0.2), 5),
    }
