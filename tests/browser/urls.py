"""The addresses of the site, and four that show its pages of errors."""

from allauth.core.ratelimit import respond_429
from django.core.exceptions import SuspiciousOperation
from django.urls import path
from django.views import csrf

from territoires.urls import urlpatterns as addresses


def crash(request):
    message = "asked for"
    raise RuntimeError(message)


def refuse(request):
    message = "asked for"
    raise SuspiciousOperation(message)


urlpatterns = [
    *addresses,
    path("essai/400/", refuse),
    path("essai/403/", csrf.csrf_failure),
    path("essai/429/", respond_429),
    path("essai/500/", crash),
]
