"""The pages of countries, sectors and goals."""

from __future__ import annotations

from django.views.generic import DetailView, ListView

from directory.models import Country, Goal, Sector


class CountryListView(ListView):
    """The countries, from which each one's page is reached."""

    model = Country
    context_object_name = "countries"
    template_name = "directory/countries.html"


class CountryView(DetailView):
    """The page of a country: who acts there, and how."""

    model = Country
    context_object_name = "country"
    template_name = "directory/country.html"


class SectorView(DetailView):
    """The page of a sector: who works on it, and where."""

    model = Sector
    slug_field = "code"
    context_object_name = "sector"
    template_name = "directory/sector.html"


class GoalListView(ListView):
    """The seventeen goals."""

    model = Goal
    context_object_name = "goals"
    template_name = "directory/goals.html"


class GoalView(DetailView):
    """The page of a goal: its targets, who serves it, and how."""

    model = Goal
    pk_url_kwarg = "number"
    context_object_name = "goal"
    template_name = "directory/goal.html"
