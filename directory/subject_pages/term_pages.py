"""The pages of countries, sectors and goals: who is at work on each, and how."""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
)
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import DetailView, TemplateView

from directory.listings.selections import with_query
from directory.models import Country, Goal, Locality, Project, Sector
from directory.panorama.world_map import Entry, world_map
from directory.subject_pages import world
from directory.subject_pages.at_work import AtWork, at_work
from directory.subject_pages.country_map import country_map
from directory.subject_pages.headcounts import totals
from directory.subject_pages.misspelled import meant, near
from directory.subject_pages.subjects import KINDS, kind_of, query_of

#: How many neighbours are proposed to who finds nobody, and places are named.
NEIGHBOURS, LOCALITIES = 8, 60
#: How many of the actors that other rows show are named: no listing has them.
REACHED = 200


class SubjectView(DetailView):
    """The page of a subject, at one address; other ways to name it lead there.

    An address that names no subject gets the list of those that have a page.
    """

    model: Any
    #: The shape of the addresses that are looked for as they are.
    addresses = re.compile(r"[-\w]{1,100}", re.ASCII)
    #: What is said where nothing has the address, and above the list of what has.
    missing: Any
    all_of_them: Any
    context_object_name = "subject"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().get(request, *args, **kwargs)
        except Http404:
            return self._elsewhere(kwargs["end"])

    def get_object(self, queryset: Any = None) -> Any:
        end = self.kwargs["end"]
        if not self.addresses.fullmatch(end):
            raise Http404
        found = (queryset or self.get_queryset()).filter(**{KINDS[self.model].end: end})
        if (subject := found.first()) is None:
            raise Http404
        return subject

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add who is at work on the subject."""
        return super().get_context_data(
            work=self.get_work(),
            query=query_of(self.object),
            is_country=self.model is Country,
            **kwargs,
        )

    def get_work(self) -> AtWork:
        """Load as many rows as the page shows."""
        return at_work(self.object, reached=REACHED)

    def shown_of(self, subjects: list[Any]) -> Container[Any]:
        """The keys of those that are listed at once; the others are folded."""
        return {subject.pk for subject in subjects}

    def _elsewhere(self, end: str) -> HttpResponse:
        subjects = list(self.model.objects.all())
        found = meant(end, subjects)
        if found is not None:
            return moved_to(self.request, found)
        shown = self.shown_of(subjects)
        return TemplateResponse(
            self.request,
            "directory/no_such_subject.html",
            {
                "missing": self.missing,
                "all_of_them": self.all_of_them,
                "near": near(end, subjects),
                "subjects": [subject for subject in subjects if subject.pk in shown],
                "others": [row for row in subjects if row.pk not in shown],
                "are_goals": self.model is Goal,
            },
            status=404,
        )


def moved_to(request: HttpRequest, subject: Any) -> HttpResponsePermanentRedirect:
    """Lead for ever to the same page of this subject, at its own address."""
    view = request.resolver_match.view_name  # type: ignore[union-attr]
    address = reverse(view, args=[getattr(subject, kind_of(subject).end)])
    query = request.META["QUERY_STRING"]
    return HttpResponsePermanentRedirect(with_query(address, query))


def _in_words(number: int) -> str:
    """How many actors and projects a country has."""
    if not number:
        return _("aucun acteur ni projet")
    return ngettext("%d acteur ou projet", "%d acteurs et projets", number) % number


class CountryListView(TemplateView):
    """The countries where somebody acts, by region of the world, then the others."""

    template_name = "directory/countries.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the countries, counted now."""
        acting, others = world.places()
        continents = world.by_continent(acting)
        return super().get_context_data(
            **kwargs,
            acting=acting,
            continents=continents,
            others=others,
            map=self.map(acting, others) if acting else "",
        )

    def map(self, acting: list[world.Place], others: list[Country]) -> SafeString:
        """The map of the world, each country in the tint of its actors and projects."""
        counts = [(place.country, place.actors + place.projects) for place in acting]
        counts += [(country, 0) for country in others]
        return world_map(
            (
                Entry(country.code, str(country), count, country.get_absolute_url())
                for country, count in counts
            ),
            title=_("Carte du monde\u00a0: acteurs et projets par pays"),
            unit=_("Acteurs et projets"),
            counted=_in_words,
        )


class CountryView(SubjectView):
    """The page of a country: who acts there, on what, with which projects."""

    model = Country
    template_name = "directory/country.html"
    missing = gettext_lazy("Aucun pays n’a cette adresse")
    all_of_them = gettext_lazy("Les pays où quelqu’un agit")

    def shown_of(self, subjects: list[Any]) -> Container[Any]:
        """List those where somebody acts: all of them are too many stops for a key."""
        return totals(KINDS[Country])

    def get_queryset(self) -> Any:
        """Load the regions of the country, and the places of published projects."""
        places = Locality.objects.filter(
            country=OuterRef("pk"), project__in=Project.objects.published()
        )
        place = JSONObject(
            name="name",
            latitude="latitude",
            longitude="longitude",
            title="project__title",
            slug="project__slug",
        )
        found = places.order_by("name", "project__title_key").values(place=place)
        return Country.objects.select_related("world_region__parent__parent").annotate(
            places=ArraySubquery(found[: LOCALITIES + 1])
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the regions, the map of places, and neighbours when nobody is there."""
        country = self.object
        context = super().get_context_data(
            where=country.where,
            regions=world.regions_of(country)[::-1],
            map=country_map(country, _places(country), with_projects=True),
            has_other_localities=len(country.places) > LOCALITIES,
            **kwargs,
        )
        if context["work"].is_nothing:
            context["neighbours"] = _neighbours(country)
        return context


class SectorListView(TemplateView):
    """The sectors, with who works on each."""

    template_name = "directory/sectors.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the sectors that are offered or used, counted now."""
        counts = totals(KINDS[Sector])
        shown = Sector.objects.filter(Q(is_active=True) | Q(pk__in=counts))
        rows = [(sector, *counts.get(sector.pk, (0, 0))) for sector in shown]
        return super().get_context_data(**kwargs, sectors=rows)


class SectorView(SubjectView):
    """The page of a sector: who works on it, and where."""

    model = Sector
    template_name = "directory/sector.html"
    missing = gettext_lazy("Aucun secteur n’a cette adresse")
    all_of_them = gettext_lazy("Tous les secteurs")

    def get_queryset(self) -> Any:
        """Load the goals and the codes of the sector."""
        sectors = Sector.objects.select_related("crs_main", "main_goal")
        return sectors.prefetch_related("goals", "crs_codes")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add its goals and codes, the main ones first."""
        sector = self.object
        where = _("du secteur «\u00a0%s\u00a0»") % sector
        return super().get_context_data(
            where=where,
            goals=_once(sector.main_goal, sector.goals.all()),
            codes=_once(sector.crs_main, sector.crs_codes.all()),
            **kwargs,
        )


class GoalListView(TemplateView):
    """The seventeen goals, with who serves each."""

    template_name = "directory/goals.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the goals, counted now."""
        counts = totals(KINDS[Goal])
        rows = [(goal, *counts.get(goal.pk, (0, 0))) for goal in Goal.objects.all()]
        return super().get_context_data(**kwargs, goals=rows)


class GoalView(SubjectView):
    """The page of a goal: its targets, who serves it, and how."""

    model = Goal
    addresses = re.compile(r"[1-9]|1[0-7]", re.ASCII)
    template_name = "directory/goal.html"
    missing = gettext_lazy("Aucun objectif n’a cette adresse")
    all_of_them = gettext_lazy("Les dix-sept objectifs")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add its targets, the sectors that serve it, and the goals beside it."""
        goal = self.object
        serving = Sector.objects.filter(Q(main_goal=goal) | Q(goals=goal)).distinct()
        others = Goal.objects.in_bulk([goal.number - 1, goal.number + 1])
        return super().get_context_data(
            where=_("de l’ODD\u00a0%d") % goal.number,
            serving=serving,
            before=others.get(goal.number - 1),
            after=others.get(goal.number + 1),
            **kwargs,
        )


def _places(country: Country) -> list[Locality]:
    """The places that were loaded with the country, each with its project."""
    found: Any = country
    return [
        Locality(
            name=place["name"],
            latitude=place["latitude"],
            longitude=place["longitude"],
            project=Project(title=place["title"], slug=place["slug"]),
        )
        for place in found.places[:LOCALITIES]
    ]


def _neighbours(country: Country) -> list[world.Place]:
    """The countries of the same region of the world where most actors are."""
    acting, _others = world.places()
    near = [
        it for it in acting if it.country.world_region_id == country.world_region_id
    ]
    return sorted(near, key=lambda place: -place.actors - place.projects)[:NEIGHBOURS]


def _once(first: Any, others: Any) -> list[Any]:
    """The main term, then the others, each once."""
    return list(dict.fromkeys([*([first] if first else []), *others]))
