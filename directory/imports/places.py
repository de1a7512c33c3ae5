"""Where an organisation is, from whatever its file says of it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from directory.imports.casing import readable_town
from directory.imports.reports import Kind, Warn
from directory.labels import fold
from directory.models import Commune, Country, Department

#: Territories that are both a département and a country of ISO 3166.
FRENCH = frozenset((
    "FR", "GP", "MQ", "GF", "RE", "YT", "PM", "BL", "MF", "WF", "PF", "NC", "TF",
))  # fmt: skip
#: Code that administrations give to what is abroad.
ABROAD = "99"
SHORTEST_COUNTRY_NAME = 4
LONGEST_COUNTRY_NAME = 3
POSTCODE_LENGTH = 5
FIRST_POSTCODE_OF_NORTH_CORSICA = "202"
TAILS = (
    re.compile(r"\s+cedex(\s+\d{1,2})?$"),
    re.compile(r"\s+\d{1,2}\s*(er|ere|e|eme)?(\s+arr(ondissement|dt)?)?$"),
    re.compile(r"^\d{5}\s+|\s+\d{5}$"),
)


@dataclass(frozen=True)
class PlaceCells:
    """What a row says of a place, as typed."""

    city: str = ""
    postcode: str = ""
    department: str = ""
    insee: str = ""

    def __bool__(self) -> bool:
        return any((self.city, self.postcode, self.department, self.insee))


@dataclass
class Place:
    """What was understood. Without commune, the city and département may be known."""

    city: str = ""
    postcode: str = ""
    commune: Commune | None = None
    department: Department | None = None
    is_abroad: bool = False
    warnings: list[Warn] = field(default_factory=list)

    def doubt(self, about: str, message: str, kind: Kind = Kind.PLACE) -> None:
        """Add a warning about one of the cells, whose name goes in its column."""
        self.warnings.append(Warn(kind, message, about))


def city_key(city: str) -> str:
    """The name of a town without case, accents, cedex, arrondissement or postcode."""
    key = fold(re.sub(r"\bs/\s*", "sur ", city, flags=re.IGNORECASE))
    previous = ""
    while previous != key:
        previous = key
        for tail in TAILS:
            key = tail.sub("", key)
    words = {"st": "saint", "ste": "sainte"}
    return " ".join(words.get(word, word) for word in key.split())


class Gazetteer:
    """The départements of France and the communes of the region, by all their names."""

    def __init__(
        self,
        departments: Iterable[Department],
        communes: Iterable[Commune],
        countries: Iterable[Country] = (),
    ) -> None:
        """`countries` serve to recognise the towns that are followed by one."""
        self._departments: dict[str, Department] = {}
        for department in departments:
            for name in (
                department.code,
                department.code.lstrip("0"),
                department.label,
            ):
                self._departments[fold(name)] = department
        self._by_code: dict[str, Commune] = {}
        self._by_name: dict[str, list[Commune]] = defaultdict(list)
        self._by_postcode: dict[str, list[Commune]] = defaultdict(list)
        for commune in communes:
            self._by_code[commune.code] = commune
            for name in {city_key(name) for name in (commune.label, *commune.synonyms)}:
                self._by_name[name].append(commune)
            for postcode in commune.postcodes:
                self._by_postcode[postcode].append(commune)
        self._covered = {commune.department_id for commune in self._by_code.values()}
        self._towns_abroad: set[str] = set()
        self._abroad = {
            fold(name)
            for country in countries
            if country.code not in FRENCH
            for name in (country.label, *country.synonyms)
            if len(fold(name)) >= SHORTEST_COUNTRY_NAME
        }

    def add_towns_abroad(self, towns: Iterable[str]) -> None:
        """Take these towns for abroad, alone or at the end of a longer name."""
        self._towns_abroad.update(map(fold, towns))

    @classmethod
    def load(cls, countries: Iterable[Country] = ()) -> Gazetteer:
        """Read the tables once."""
        return cls(
            Department.objects.all(),
            Commune.objects.select_related("department"),
            countries,
        )

    def find(self, cells: PlaceCells) -> Place:
        """The place that these cells tell; warnings say what is missing or odd."""
        place = Place()
        place.postcode = self._postcode(cells.postcode, place)
        place.city = self._city(cells.city, place)
        place.is_abroad = self.is_abroad(cells)
        if place.is_abroad:
            return place
        place.department = self._department(cells.department, place)
        place.commune = self._commune(cells, place)
        if place.commune is not None:
            place.department = place.commune.department
            if city_key(place.city) == fold(place.city) and place.city:
                self._use_official_name(place)
        elif place.department is None:
            place.department = self._department_of(place.postcode)
        return place

    def _city(self, typed: str, place: Place) -> str:
        city = " ".join(typed.strip(" ()/–-").split())
        if typed and not re.search(r"[^\W\d_]", city):
            place.doubt(
                "city",
                _("Ville illisible\u00a0: «\u00a0%(typed)s\u00a0».") % {"typed": typed},
            )
            return ""
        return readable_town(city)

    def _postcode(self, typed: str, place: Place) -> str:
        bare = re.sub(r"(?<=\d)[.,]0$|\s", "", typed)
        if re.fullmatch(r"\d{4}", bare, re.ASCII):
            message = _("Code postal «\u00a0%(typed)s\u00a0» lu 0%(typed)s.") % {
                "typed": bare
            }
            place.doubt("postcode", message, Kind.REPAIRED)
            return f"0{bare}"
        return bare if re.fullmatch(r"\d{5}", bare, re.ASCII) else typed

    def _department(self, typed: str, place: Place) -> Department | None:
        if not typed:
            return None
        found = self._departments.get(fold(re.sub(r"(?<=\d)[.,]0$", "", typed)))
        if found is None:
            message = _(
                "Département inconnu\u00a0: «\u00a0%(typed)s\u00a0», laissé de côté."
            )
            place.doubt("department", message % {"typed": typed}, Kind.LABEL)
        return found

    def is_abroad(self, cells: PlaceCells) -> bool:
        """Whether the town is followed by a country, or the département says so."""
        if cells.department == ABROAD:
            return True
        words = fold(cells.city).split()
        ends = [" ".join(words[-n:]) for n in range(1, LONGEST_COUNTRY_NAME + 1)]
        return any(
            end in self._towns_abroad
            or (end in self._abroad and end != " ".join(words))
            for end in ends
        )

    def _department_of(self, postcode: str) -> Department | None:
        if len(postcode) != POSTCODE_LENGTH or not postcode.isdecimal():
            return None
        if postcode.startswith("20"):
            is_south = postcode < FIRST_POSTCODE_OF_NORTH_CORSICA
            return self._departments.get("2a" if is_south else "2b")
        length = 3 if postcode[:2] in ("97", "98") else 2
        return self._departments.get(postcode[:length])

    def _commune(self, cells: PlaceCells, place: Place) -> Commune | None:
        if cells.insee:
            return self._by_insee(cells.insee, place)
        name = city_key(place.city)
        here = place.department or self._department_of(place.postcode)
        named = self._by_name.get(name, []) if name else []
        fitting = _fitting(named, place.postcode, here)
        if len(fitting) == 1:
            if here is None:
                self._say_supposed(fitting[0], place)
            return fitting[0]
        delivered = self._by_postcode.get(place.postcode, [])
        if len(delivered) == 1 and not named:
            if name:
                self._say_supposed(delivered[0], place)
            return delivered[0]
        if name and (here is None or here.code in self._covered):
            self._say_missing(place, here)
        return None

    def _by_insee(self, typed: str, place: Place) -> Commune | None:
        code = re.sub(r"(?<=\d)[.,]0$|\s", "", typed).upper().zfill(5)
        if "13201" <= code <= "13216":  # arrondissements of Marseille
            code = "13055"
        found = self._by_code.get(code)
        if found is None and code[:2] in self._covered:
            message = _("Code INSEE inconnu\u00a0: «\u00a0%(typed)s\u00a0».") % {
                "typed": typed
            }
            place.doubt("insee", message)
        return found

    def _use_official_name(self, place: Place) -> None:
        if place.commune and city_key(place.commune.label) == city_key(place.city):
            place.city = place.commune.label

    def _say_supposed(self, commune: Commune, place: Place) -> None:
        message = _(
            "«\u00a0%(city)s\u00a0»\u00a0: la commune est supposée être %(commune)s."
        )
        place.doubt("city", message % {"city": place.city, "commune": commune})

    def _say_missing(self, place: Place, here: Department | None) -> None:
        where = _("dans %(here)s") % {"here": here} if here else _("sans département")
        message = _("Commune non trouvée\u00a0: «\u00a0%(city)s\u00a0» %(where)s.")
        place.doubt("city", message % {"city": place.city, "where": where})


def _fitting(
    communes: list[Commune], postcode: str, department: Department | None
) -> list[Commune]:
    """Those with this postcode; else those of the département, when it is known."""
    delivered = [commune for commune in communes if postcode in commune.postcodes]
    if delivered or department is None:
        return delivered or communes
    return [c for c in communes if c.department_id == department.code]
