"""What the CMS does with people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from academy.lib.clock import now
from academy.people.api import NotYourAccount, disable_account, person_of
from academy.people.models import User


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


@hooks.register("before_bulk_action")
def close_accounts_as_one_by_one(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    """Sign people out whom Wagtail is about to mark as inactive: it would only change their rows."""
    if action_type != "set_active_state" or action.cleaned_form.cleaned_data["mark_as_active"]:
        return None
    try:
        with transaction.atomic():
            for person in objects:
                disable_account(person=person, by=person_of(request), at=now())
    except NotYourAccount:
        messages.error(request, _("Only an administrator can close the account of an administrator."))
        return redirect("wagtailusers_users:index")
    return None


@hooks.register("register_log_actions")
def name_what_happens_to_accounts(actions: LogActionRegistry) -> None:
    """What an account's history calls it."""
    actions.register_action("people.disable", gettext_lazy("Close"), gettext_lazy("Account closed"))
    actions.register_action(
        "people.sessions.end", gettext_lazy("End sessions"), gettext_lazy("Signed out on other devices")
    )
    actions.register_action(
        "people.factors.remove", gettext_lazy("Remove second factors"), gettext_lazy("Second factors removed")
    )
