"""What pages of the register ask of those who answer for a structure."""

from __future__ import annotations

from typing import Any

from django import template

from directory.models import Structure
from members.models import held_by

register = template.Library()


@register.simple_tag
def holds(user: Any, structure: Structure) -> bool:
    """Whether the person edits or owns the structure; asks nothing for a visitor."""
    return bool(user.is_authenticated) and held_by(user).contains(structure)
