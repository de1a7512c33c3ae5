"""The public pages of the register."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from directory.filters import ProjectFilter, StructureFilter
from directory.listings import ListingView
from directory.models import Project, Structure
from directory.previews import PreviewedView


class StructureListView(ListingView):
    """The annuaire: published structures, narrowed by the query string."""

    queryset = Structure.objects.published().for_cards()
    filterset_class = StructureFilter
    context_object_name = "structures"
    results_template = "directory/_structure_results.html"
    heading = _("Annuaire des acteurs")
    introduction = _(
        "Collectivités, associations, établissements, entreprises\u00a0: qui agit à"
        " l’international, sur quoi et dans quels pays."
    )
    search_label = _("Chercher un acteur")


class StructureView(PreviewedView):
    """The page of a structure."""

    model = Structure
    context_object_name = "structure"
    template_name = "directory/structure.html"

    def get_queryset(self) -> Any:
        """Load what the page shows."""
        return super().get_queryset().for_cards()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add who represents the structure, and its published projects."""
        projects = Project.objects.published().involving(self.object)
        return super().get_context_data(
            **kwargs,
            representative=self.object.contacts.representatives().first(),
            projects=projects.for_cards().recent_first(),
        )


class ProjectListView(ListingView):
    """The panorama: published projects, narrowed by the query string."""

    queryset = Project.objects.published().for_cards()
    filterset_class = ProjectFilter
    context_object_name = "projects"
    results_template = "directory/_project_results.html"
    heading = _("Panorama des projets")
    introduction = _(
        "Les actions de coopération et de solidarité internationales des acteurs du"
        " territoire."
    )
    search_label = _("Chercher un projet")


class ProjectView(PreviewedView):
    """The page of a project."""

    model = Project
    context_object_name = "project"
    template_name = "directory/project.html"

    def get_queryset(self) -> Any:
        """Load what the page shows."""
        return super().get_queryset().for_page()
