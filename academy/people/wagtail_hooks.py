"""What the CMS does with people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import register_permission_policy

from academy.people.domain.visitors import person_of
from academy.people.models import Organisation, User
from academy.people.rules import sees_whole_history
from academy.people.staff.organisations import OrganisationViewSet, organisation_viewset
from academy.people.staff.policies import OrganisationPolicy

register_permission_policy(Organisation, OrganisationPolicy(Organisation))


def keep_the_record(request: HttpRequest) -> None:
    """Say why nobody is deleted."""
    messages.error(
        request,
        _("People are not deleted: their results and certificates stay true. To close an account, clear “Active”."),
    )


@hooks.register("before_delete_user")
def refuse_to_delete_a_person(request: HttpRequest, user: User) -> HttpResponse:
    """Offer the account's form instead, where it can be closed."""
    keep_the_record(request)
    return redirect("wagtailusers_users:edit", user.pk)


@hooks.register("before_bulk_action")
def refuse_to_delete_people(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    """The same for several at once."""
    if action_type != "delete" or User not in action.models:
        return None
    keep_the_record(request)
    return redirect("wagtailusers_users:index")


@hooks.register("register_admin_viewset")
def register_organisations() -> OrganisationViewSet:
    """The tree of organisations."""
    return organisation_viewset


@hooks.register("construct_reports_menu")
def hide_the_whole_history(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Show the way to the site's history to those who may read it."""
    history = [item for item in menu_items if item.name == "site-history"]
    if history and not sees_whole_history(person_of(request)):
        menu_items[:] = [item for item in menu_items if item not in history]
