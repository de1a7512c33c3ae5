"""What a profile lacks, as templates ask for it: who sees which suggestions."""

from __future__ import annotations

from typing import Any

from django import template

from directory.models import Structure
from members.drift import Drift, drifts
from members.models.drifts import deciding_on

register = template.Library()


@register.simple_tag
def suggested(user: Any, structure: Structure) -> list[Drift]:
    """What is suggested to a structure; nothing but to those who may answer."""
    if not user.is_authenticated:
        return []
    return drifts(deciding_on(user).filter(pk=structure.pk))
