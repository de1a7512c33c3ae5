"""The addresses of the site, and that of the plain listing, after them all."""

from django.urls import path

from bench.plain import PlainListView
from territoires.urls import urlpatterns as addresses

urlpatterns = [*addresses, path("banc/annuaire/", PlainListView.as_view())]
