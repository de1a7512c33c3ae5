"""The addresses of the site. Paths are French and public: they never break."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from django.views.static import serve

from territoires.styleguide import styleguide
from territoires.views import HomeView

urlpatterns: list[URLPattern | URLResolver] = [
    path("", HomeView.as_view(), name="home"),
    path("", include("directory.urls")),
    path("", include("news.urls")),
    path("", include("members.urls")),
    path("styleguide/", styleguide, name="styleguide"),
    path("admin/", admin.site.urls),
]

if settings.DEMO or settings.DEBUG:  # elsewhere the web server in front serves them
    media = {"document_root": settings.MEDIA_ROOT}
    urlpatterns.append(path("media/<path:path>", serve, media, name="media"))
