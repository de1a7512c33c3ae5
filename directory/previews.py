"""The page of one row: published, or a draft that the staff look at beforehand."""

from __future__ import annotations

from typing import Any

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
)
from django.views.generic import DetailView

from directory.former_addresses import row_that_had
from directory.listings.selections import with_query


class PreviewedView(DetailView):
    """The page of a row that this person may see, drafts included for the staff."""

    model: Any

    def get_queryset(self) -> Any:
        """Ask at each request: what is visible depends on the person and the hour."""
        return self.model.objects.visible_to(self.request.user)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the page, or lead to it from an address that the row has had."""
        try:
            return super().get(request, *args, **kwargs)
        except Http404:
            row = self.get_queryset().filter(pk=self._former()).first()
            if row is None:
                raise
        query = request.META["QUERY_STRING"]
        address = row.get_absolute_url()
        return HttpResponsePermanentRedirect(with_query(address, query))

    def _former(self) -> int | None:
        return row_that_had(self.model, self.kwargs["slug"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add why the public does not see the page, or nothing."""
        return super().get_context_data(
            **kwargs, hidden_because=self.object.hidden_because
        )
