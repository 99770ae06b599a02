"""What we do when allauth says that an address was confirmed."""

from __future__ import annotations

from typing import Any

from allauth.account import signals
from allauth.account.models import EmailAddress
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from academy.lib.clock import now
from academy.people.domain.memberships import join_by_domain


def connect() -> None:
    """Listen, once."""
    signals.email_confirmed.connect(join_where_they_work, dispatch_uid="academy.people.join_where_they_work")


def join_where_they_work(sender: Any, request: HttpRequest | None, email_address: EmailAddress, **kwargs: Any) -> None:
    """Let a person into the organisation of the address that they confirmed just now, and say so."""
    for membership in join_by_domain(person=email_address.user, at=now()):
        if request is not None:
            name = {"name": membership.organisation.local_name}
            messages.success(request, _("You now belong to “%(name)s”.") % name)
