"""What the CMS does with people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.log_actions import LogFormatter

from academy.people.enums import ClosingReason
from academy.people.models import User


def keep_the_record(request: HttpRequest) -> None:
    """Say why nobody is deleted."""
    messages.error(
        request,
        _(
            "People are not deleted: their results and certificates stay true. To close one for good, choose “Close account”."
        ),
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
def refuse_to_change_closed_accounts(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    """A shell is nobody: it is neither let in nor made staff."""
    if User not in action.models or all(person.closed_at is None for person in objects):
        return None
    messages.error(request, _("An account that was closed for good stays as it is."))
    return redirect("wagtailusers_users:index")


@hooks.register("register_log_actions")
def privacy_acts(actions: Any) -> None:
    """Acts in the history of an account."""
    actions.register_action(
        "people.download_record", gettext_lazy("Download a record"), gettext_lazy("Downloaded the record")
    )

    @actions.register_action("people.close_account")
    class CloseAccount(LogFormatter):
        label = gettext_lazy("Close an account")

        def format_message(self, log_entry: Any) -> str:
            """Say why."""
            return _("Closed the account: %(reason)s") % {"reason": ClosingReason(log_entry.data["reason"]).label}
