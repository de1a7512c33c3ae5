"""The addresses of the site. Paths are French and public: they never break."""

from django.conf import settings
from django.contrib import admin
from django.contrib.sitemaps import views as sitemaps
from django.urls import URLPattern, URLResolver, include, path
from django.views.static import serve

from directory.keeping.kept_pages import kept_page
from territoires import about
from territoires.robots import SITEMAPS, robots
from territoires.search_page import SearchView
from territoires.styleguide import styleguide
from territoires.views import HomeView

urlpatterns: list[URLPattern | URLResolver] = [
    path("", kept_page(HomeView.as_view()), name="home"),
    path("", include("directory.urls")),
    path("", include("members.urls")),
    path("", include("members.accounts.urls")),
    path("recherche/", SearchView.as_view(), name="search"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemaps.index, SITEMAPS, name="sitemap-index"),
    path(
        "sitemap-<section>.xml",
        sitemaps.sitemap,
        {"sitemaps": SITEMAPS["sitemaps"]},
        name="sitemap-section",
    ),
    path("styleguide/", styleguide, name="styleguide"),
    path("admin/", admin.site.urls),
    path("plan-du-site/", kept_page(about.SiteMapView.as_view()), name="site-map"),
    path(
        "accessibilite/",
        kept_page(about.AccessibilityView.as_view()),
        name="accessibility",
    ),
    path("", include("news.urls")),  # last: its last address takes all that is left
]

if settings.DEMO or settings.DEBUG:  # elsewhere the web server in front serves them
    media = {"document_root": settings.MEDIA_ROOT}
    urlpatterns.append(path("media/<path:path>", serve, media, name="media"))
