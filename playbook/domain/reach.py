"""Plays as the framework's pages refer to them."""

from __future__ import annotations

from typing import Any

from wagtail.models import Locale

from playbook.models import PlayPage


def plays_for_role(role_id: int) -> list[PlayPage]:
    """Return the published plays written for a role, in the language of the address. Two queries."""
    return list(_here(PlayPage.objects.filter(audience_links__role=role_id)))


def plays_for_skill(skill_id: int) -> list[PlayPage]:
    """Return the published plays that explain a skill, in the language of the address. Two queries."""
    return list(_here(PlayPage.objects.filter(skill_links__skill=skill_id)))


def _here(plays: Any) -> Any:
    """Those of ``plays``, a Wagtail page queryset, that readers of this language may see, in the tree's order."""
    return (
        plays.live()
        .filter(locale=Locale.get_active())
        .defer("body")
        .select_related("locale")
        .distinct()
        .order_by("path")
    )
