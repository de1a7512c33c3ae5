"""The call matcher as templates ask for it: who sees which matches."""

from __future__ import annotations

from typing import Any

from django import template

from directory.models import Structure
from members.models import held_by
from news.matching import Matches, matches
from news.models import Call

register = template.Library()


@register.simple_tag
def matching_calls(user: Any, structure: Structure) -> Matches:
    """The calls held against a structure; none but for its members and the staff."""
    if not (
        _is_staff(user) or held_by(user).published().filter(pk=structure.pk).exists()
    ):
        return Matches([])
    return matches(Call.objects.published().for_matching(), [structure])


@register.simple_tag
def matching_structures(user: Any, call: Call) -> Matches:
    """A call held against a member's structures; for the staff, the network's members.

    Once the call is closed nobody has to know.
    """
    if not user.is_authenticated or call.is_closed:
        return Matches([])
    structures = held_by(user).published()
    if _is_staff(user):
        structures = Structure.objects.published().members()
    return matches([call], structures.for_page())


def _is_staff(user: Any) -> bool:
    """Whether the person is of the network's staff, and may read the register."""
    return bool(user.is_staff and user.has_perm("directory.view_structure"))
