"""The addresses of the register. Paths are French and public: they never break."""

from django.urls import path

from directory import namings, suggestions, views
from directory.coverage import matrix_page
from directory.keeping.kept_pages import kept_page
from directory.listings import feeds
from directory.maps import map_pages, points
from directory.subject_pages import country_sheet, term_pages

app_name = "directory"
urlpatterns = [
    path("annuaire/", views.StructureListView.as_view(), name="structures"),
    *feeds.paths("annuaire/", "structures", views.StructureListView),
    # Before the structures: `slugs.RESERVED` keeps its address from them.
    path("annuaire/suggestions/", suggestions.suggestions, name="suggestions"),
    path(
        "annuaire/suggestions/<slug:kind>/",
        namings.name_suggestions,
        name="name-suggestions",
    ),
    path(
        "annuaire/<slug:slug>/",
        kept_page(views.StructureView.as_view()),
        name="structure",
    ),
    path("projets/", views.ProjectListView.as_view(), name="projects"),
    *feeds.paths("projets/", "projects", views.ProjectListView),
    path(
        "projets/<slug:slug>/", kept_page(views.ProjectView.as_view()), name="project"
    ),
    path("panorama/matrice/", kept_page(matrix_page.matrix_page), name="matrix"),
    path("panorama/matrice.csv", matrix_page.matrix_csv, name="matrix-csv"),
    path("carte/", map_pages.StructureMapView.as_view(), name="map"),
    path("carte/points/", points.structure_points, name="map-points"),
    path("carte/projets/", map_pages.ProjectMapView.as_view(), name="project-map"),
    path("carte/projets/points/", points.project_points, name="project-map-points"),
    path("pays/", kept_page(term_pages.CountryListView.as_view()), name="countries"),
    # Any text: an address that is not that of a page leads to it, or tells where it is.
    path(
        "pays/<str:end>/", kept_page(term_pages.CountryView.as_view()), name="country"
    ),
    path(
        "pays/<str:end>/fiche/",
        kept_page(country_sheet.CountrySheetView.as_view()),
        name="country-sheet",
    ),
    path("secteurs/", kept_page(term_pages.SectorListView.as_view()), name="sectors"),
    path(
        "secteurs/<str:end>/",
        kept_page(term_pages.SectorView.as_view()),
        name="sector",
    ),
    path("odd/", kept_page(term_pages.GoalListView.as_view()), name="goals"),
    path("odd/<str:end>/", kept_page(term_pages.GoalView.as_view()), name="goal"),
]
