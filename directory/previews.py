"""The page of one row: published, or a draft that the staff look at beforehand."""

from __future__ import annotations

from typing import Any

from django.views.generic import DetailView


class PreviewedView(DetailView):
    """The page of a row that this person may see, drafts included for the staff."""

    model: Any

    def get_queryset(self) -> Any:
        """Ask at each request: what is visible depends on the person and the hour."""
        return self.model.objects.visible_to(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add why the public does not see the page, or nothing."""
        return super().get_context_data(
            **kwargs, hidden_because=self.object.hidden_because
        )
