"""The annuaire as Django's documentation would have it: django-filter and prefetch.

What the product is compared with. No counts, no text, nothing kept between requests.
"""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django_filters.views import FilterView

from directory.models import (
    Country,
    Department,
    Goal,
    Sector,
    Structure,
    StructureType,
)


def _choice(field_name: str, queryset: Any, key: str) -> filters.Filter:
    return filters.ModelMultipleChoiceFilter(
        field_name=f"{field_name}__{key}", queryset=queryset, to_field_name=key
    )


class PlainFilter(filters.FilterSet):
    """The five facets of the annuaire, under the names that it gives them."""

    type = _choice("type", StructureType.objects.by_level(), "code")
    departement = _choice("department", Department.objects.filter(region="93"), "code")
    pays = _choice("countries", Country.objects.all(), "code")
    secteur = _choice("sectors", Sector.objects.all(), "code")
    odd = _choice("goals", Goal.objects.all(), "number")


class PlainListView(FilterView):
    """The listing, 24 cards a page."""

    queryset = (
        Structure.objects.published()
        .select_related("type", "commune")
        .prefetch_related("countries", "sectors", "goals")
        .by_name()
    )
    filterset_class = PlainFilter
    context_object_name = "structures"
    template_name = "bench/plain_list.html"
    paginate_by = 24
