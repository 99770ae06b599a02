"""Plays on the pages of roles and skills."""

from __future__ import annotations

from django import template

from playbook.domain.reach import plays_for_role, plays_for_skill
from playbook.models import PlayPage

register = template.Library()


@register.simple_tag
def role_plays(role_id: int) -> list[PlayPage]:
    """The plays written for a role."""
    return plays_for_role(role_id)


@register.simple_tag
def skill_plays(skill_id: int) -> list[PlayPage]:
    """The plays that explain a skill."""
    return plays_for_skill(skill_id)
