"""The pages that compose several apps."""

from __future__ import annotations

from typing import Any

from django.views.generic import TemplateView

from directory.glance import actors_by_country, by_name, region_map, used_by
from directory.models import Country, Goal, Network, Project, Sector, Structure
from news.models import Article
from news.upcoming import upcoming

NEWS = 3
STRUCTURES = 6
TOP_COUNTRIES = 12


class HomeView(TemplateView):
    """The front door: search, figures, news, and ways into the register."""

    template_name = "home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add figures counted now, and the latest of each register."""
        structures = Structure.objects.published()
        projects = Project.objects.published()
        countries = Country.objects.filter(
            used_by(structures, "countries") | used_by(projects, "countries")
        )
        verified = structures.filter(verified_at__isnull=False)
        by_country = actors_by_country(structures)
        return super().get_context_data(
            **kwargs,
            figures={
                "structures": structures.count(),
                "members": structures.members().count(),
                "projects": projects.count(),
                "countries": countries.count(),
            },
            map=region_map(Network.objects.current(), structures),
            top_countries=by_country[:TOP_COUNTRIES],
            other_countries=by_name(by_country[TOP_COUNTRIES:]),
            upcoming=upcoming(),
            articles=Article.objects.published().for_cards().latest_first()[:NEWS],
            structures=verified.for_cards().recently_verified()[:STRUCTURES],
            sectors=Sector.objects.filter(used_by(structures, "sectors")),
            goals=Goal.objects.filter(used_by(structures, "goals")),
        )
