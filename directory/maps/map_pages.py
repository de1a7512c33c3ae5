"""The map of the region: the rows of a register, where they are, and their list."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory import contours
from directory.glance import RegionMap, drawn
from directory.keeping import versions
from directory.keeping.pieces import rendered
from directory.keeping.stores import kept_as_of, new_store
from directory.listings.displays import CARDS
from directory.listings.elsewhere import Elsewhere, Way
from directory.listings.following import Feed
from directory.listings.listing_pages import ListingView
from directory.listings.results import Results
from directory.listings.selections import Selection, with_query
from directory.listings.shown import Shown
from directory.maps.map_filters import POSITION, ProjectMapFilter, StructureMapFilter
from directory.models import Department
from directory.models.network import READ_WITH_NETWORK
from directory.models.whereabouts import Whereabouts, current_area
from directory.views import ProjectListView, StructureListView

BODY = "directory/_map_rows.html"
REGISTERS = "directory/_map_registers.html"
#: Whose contours the map and the drawing are made of, and their licence.
CREDIT = gettext_lazy("Contours\u00a0: IGN, Licence Ouverte")
#: The facet of the drawing, where a register has it.
DEPARTMENT = "departement"
_departments: dict[Any, tuple[Any, list[Department]]] = new_store()


class MapView(ListingView):
    """A listing whose rows are on a map too: all of them, not those of the page."""

    template_name = "directory/map.html"
    #: What its register is called, and the names of its own address and of its points.
    name: Any = ""
    address = ""
    points = ""
    feeds: tuple[Feed, ...] = ()
    #: What the drawing of the départements says of itself.
    drawing_label: Any = gettext_lazy("Carte par département")

    @property
    def contours(self) -> dict[str, str]:
        """For each level, the files that draw it, with spaces between them."""
        regions = current_area().regions
        return {
            level: " ".join(contours.addresses(regions, level))
            for level in contours.LEVELS
        }

    @property
    def bounds(self) -> str:
        """The box that the map shows at first: south, west, north, east; or nothing."""
        return json.dumps(current_area().bounds or [])

    @property
    def words(self) -> str:
        """What the script says, as JSON; {n} is a number, {total} another one."""
        one, some = str(self.some % {"n": 1}), str(self.some % {"n": 2})
        some = some.replace("2", "{n}")
        shown = _("%s sur la partie affichée, {total} en tout")
        return json.dumps(
            {
                "none": shown % self.none,
                "one": shown % one,
                "some": shown % some,
                "cluster": _("%s, agrandir") % some,
                "together": _("%s à cet endroit") % some,
                "listed": _("%s à cet endroit, afficher la liste") % some,
                "others": _("et {n} de plus, dans la liste à côté de la carte"),
                "more": _("Afficher la suite"),
                "closer": _("Agrandir"),
                "farther": _("Réduire"),
                "close": _("Fermer"),
                "credit": str(CREDIT),
                "failed": _(
                    "La carte n’a pas pu être chargée\u00a0: voici la liste. Rechargez"
                    " la page pour réessayer."
                ),
            }
        )

    def whole(self, request: HttpRequest, pieces: dict[str, str]) -> HttpResponse:
        """The page, with the way to the other register."""
        return super().whole(request, {**pieces, "registers": self.registers()})

    def changes(
        self, request: HttpRequest, selection: Selection, pieces: dict[str, str]
    ) -> HttpResponse:
        """What a change replaces: the way to the other register follows the filters."""
        response = super().changes(request, selection, pieces)
        response.write(self.registers())
        return response

    def results(self, results: Results, *, asked: Selection) -> SafeString:
        """What was found, and what was asked, which other pieces need."""
        self.asked = asked
        return super().results(results, asked=asked)

    def registers(self) -> SafeString:
        """The two registers, each with the filters that it shares with this one."""
        return rendered(REGISTERS, {"registers": list(self._ways())})

    def _ways(self) -> Iterator[Way]:
        for view in (StructureMapView, ProjectMapView):
            shared = [
                (name, value.key)
                for name, answer in self.asked.answers.items()
                if name in view.register.parameters()
                and name != self.register.sort().name
                for value in answer.values
            ]
            address = reverse(view.address)
            query = f"?{urlencode(shared)}" if shared else ""
            yield Way(str(view.name), f"{address}{query}", isinstance(self, view))

    def rows(self, shown: Shown) -> SafeString:
        """Where the points are, how many are not on the map, the drawing, the cards."""
        results, asked = shown.results, shown.asked
        context = {
            "points": f"{reverse(self.points)}?{asked.query}",
            "total": results.total,
            "absent": list(self._absent(results, asked)),
            "drawing": self.drawing(results, asked),
            "drawing_label": self.drawing_label,
            "credit": CREDIT,
            "rows": super().rows(shown),
        }
        return rendered(BODY, context)

    def _absent(self, results: Results, asked: Selection) -> Iterator[Way]:
        """The ways to the rows that the map does not show, until one is followed."""
        if asked.answers[POSITION].values:
            return
        sentences = {
            Whereabouts.OUTSIDE: _("%s hors de la région"),
            Whereabouts.UNKNOWN: _("%s sans position connue"),
        }
        for kind, sentence in sentences.items():
            found = results.rows & results.index.having(POSITION, [kind])
            if found:
                query = asked.query_with(POSITION, [kind])
                yield Way(sentence % self.counted(len(found)), f"?{query}")

    def drawing(self, results: Results, asked: Selection) -> RegionMap | None:
        """The départements, each the way to its rows; None if rows have none."""
        if DEPARTMENT not in results.index.rows:
            return None
        chosen = asked.answers[DEPARTMENT].keys
        return drawn(
            self._network_departments(),
            results.counts(DEPARTMENT),
            lambda code: f"?{asked.query_with(DEPARTMENT, {*chosen, code})}",
        )

    def _network_departments(self) -> list[Department]:
        tables = (*READ_WITH_NETWORK, Department._meta.db_table)
        version = versions.of_request(self.request).of(tables)
        return kept_as_of(
            _departments,
            (),
            version,
            lambda: list(Department.objects.of_the_network()),
        )


class StructureMapView(MapView, StructureListView):
    """The map of the actors."""

    name = gettext_lazy("Acteurs")
    elsewhere: tuple[Elsewhere, ...] = (
        Elsewhere(
            gettext_lazy("En liste"),
            "directory:structures",
            without=frozenset({POSITION}),
        ),
    )
    address = "directory:map"
    points = "directory:map-points"
    register = StructureMapFilter
    suggestions: Any = ""
    heading = gettext_lazy("Carte des acteurs")
    introduction = gettext_lazy(
        "Qui agit à l’international près de chez vous\u00a0: zoomez, filtrez, ouvrez"
        " une fiche."
    )

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the actors, or send to the projects who asks for them here."""
        if request.GET.get("registre") == "projets":
            query = request.GET.copy()
            del query["registre"]
            address = reverse(ProjectMapView.address)
            return HttpResponseRedirect(with_query(address, query.urlencode()))
        return super().get(request)


class ProjectMapView(MapView, ProjectListView):
    """The map of the projects."""

    name = gettext_lazy("Projets")
    elsewhere: tuple[Elsewhere, ...] = (
        Elsewhere(
            gettext_lazy("En liste, en tableau ou sur la carte du monde"),
            "directory:projects",
            without=frozenset({POSITION}),
        ),
    )
    address = "directory:project-map"
    points = "directory:project-map-points"
    register = ProjectMapFilter
    displays = (CARDS,)
    drawing_label = gettext_lazy("Carte par département du porteur")
    heading = gettext_lazy("Carte des projets")
    introduction = gettext_lazy(
        "D’où partent les projets de coopération\u00a0: chacun est à son lieu dans la"
        " région, sinon chez son porteur."
    )

    def totals(self, results: Results) -> SafeString | str:
        """Nothing: the panorama adds up, the map shows."""
        return ""
