"""Ways to sign in beside the password."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context

from academy.people.domain.connections import SignIns, sign_ins_of
from academy.people.domain.providers import enabled_providers
from academy.people.models import User

register = template.Library()


@register.inclusion_tag("people/sign_in_with.html", takes_context=True)
def sign_in_with(context: Context) -> dict[str, Any]:
    """A button for each provider that is switched on. One query."""
    return {
        "providers": enabled_providers(),
        "redirect_field": context.get("redirect_field", ""),
        "csrf_token": context.get("csrf_token", ""),
    }


@register.simple_tag
def connected_sign_ins(user: User) -> SignIns:
    """What a person has connected, and what they could. Two queries."""
    return sign_ins_of(user=user)
