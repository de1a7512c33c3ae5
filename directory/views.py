"""The public pages of the register."""

from __future__ import annotations

from typing import Any

from django.urls import reverse_lazy
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from directory import neighbours
from directory.filters import ProjectFilter, StructureFilter
from directory.keeping import versions
from directory.listings.displays import CARDS, Display, Head, Table
from directory.listings.elsewhere import Elsewhere
from directory.listings.feeds import feeds_of
from directory.listings.following import Feed
from directory.listings.listing_pages import ListingView
from directory.listings.results import Results
from directory.listings.shown import Line
from directory.models import Project, Structure
from directory.panorama.totals import totals
from directory.panorama.totals_band import band
from directory.panorama.world_display import WorldDisplay
from directory.previews import PreviewedView
from directory.subject_pages.country_map import project_maps


class StructureListView(ListingView):
    """The annuaire: published structures, narrowed by the query string."""

    register = StructureFilter
    line = Line(
        "directory/_structure_card.html",
        "structure",
        cuts=(("country_names", 5), ("sector_names", 3)),
    )
    none = _("Aucun acteur")
    some = ngettext_lazy("%(n)d acteur", "%(n)d acteurs", "n")
    heading = _("Annuaire des acteurs")
    introduction = _(
        "Collectivités, associations, établissements, entreprises\u00a0: qui agit à"
        " l’international, sur quoi et dans quels pays."
    )
    search_label = _("Chercher un acteur")
    suggestions = reverse_lazy("directory:suggestions")
    elsewhere: tuple[Elsewhere, ...] = (
        Elsewhere(_("Sur la carte de la région"), "directory:map"),
        Elsewhere(
            _("Par pays et par secteur"),
            "directory:matrix",
            beside={"registre": "acteurs"},
        ),
    )
    feeds: tuple[Feed, ...] = feeds_of("directory:structures")


#: A structure with more projects shows so many as cards, the others as lines.
FEW_PROJECTS = 8
CARDS_OF_PROJECTS = 6


class StructureView(PreviewedView):
    """The page of a structure."""

    model = Structure
    context_object_name = "structure"
    template_name = "directory/structure.html"

    def get_queryset(self) -> Any:
        """Load what the page shows."""
        return super().get_queryset().for_page()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add who represents it, its published projects, and who else acts there."""
        involved = Project.objects.published().involving(self.object)
        projects = list(involved.for_cards().with_parts().recent_first())
        shown = len(projects) if len(projects) <= FEW_PROJECTS else CARDS_OF_PROJECTS
        return super().get_context_data(
            **kwargs,
            representative=self.object.contacts.representatives().first(),
            projects=projects[:shown],
            more_projects=projects[shown:],
            others=neighbours.of_structure(
                self.object, versions.of_request(self.request)
            ),
        )


class ProjectListView(ListingView):
    """The panorama: published projects, narrowed by the query string."""

    register = ProjectFilter
    line = Line(
        "directory/_project_card.html",
        "project",
        cuts=(("country_names", 5), ("locality_names", 0)),
    )
    none = _("Aucun projet")
    some = ngettext_lazy("%(n)d projet", "%(n)d projets", "n")
    heading = _("Panorama des projets")
    introduction = _(
        "Les actions de coopération et de solidarité internationales des acteurs du"
        " territoire."
    )
    search_label = _("Chercher un projet")
    elsewhere: tuple[Elsewhere, ...] = (
        Elsewhere(_("Sur la carte de la région"), "directory:project-map"),
        Elsewhere(_("Par pays et par secteur"), "directory:matrix"),
    )
    feeds: tuple[Feed, ...] = feeds_of("directory:projects")
    displays: tuple[Display, ...] = (
        CARDS,
        Table(
            "tableau",
            _("Tableau"),
            caption=_("Les projets de cette page"),
            line=Line(
                "directory/_project_row.html",
                "project",
                cuts=(("country_names", 4), ("sector_names", 3)),
                load="for_table",
            ),
            heads=(
                Head(_("Titre"), "titre"),
                Head(_("Porteur")),
                Head(_("Pays")),
                Head(_("Secteurs")),
                Head(_("Dates"), "recent", "descending"),
                Head(_("État")),
                Head(_("Budget public"), is_number=True),
            ),
        ),
        WorldDisplay("carte", _("Carte")),
    )

    def totals(self, results: Results) -> SafeString | str:
        """How many countries and structures, and the public budgets."""
        return band(results.index.moulds, totals(results))


class ProjectView(PreviewedView):
    """The page of a project."""

    model = Project
    context_object_name = "project"
    template_name = "directory/project.html"

    def get_queryset(self) -> Any:
        """Load what the page shows."""
        return super().get_queryset().for_page()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the maps of its places, and who else works there on the same."""
        return super().get_context_data(
            **kwargs,
            maps=project_maps(self.object),
            others=neighbours.of_project(
                self.object, versions.of_request(self.request)
            ),
        )
