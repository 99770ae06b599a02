"""What we do when allauth says that somebody signed in, or changed how they do."""

from __future__ import annotations

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest

from academy.lib.clock import now
from academy.people.domain.factors import FACTORS
from academy.people.domain.sessions import SEEN, STARTED, close_sessions, end_other_sessions
from academy.people.models import User


def connect() -> None:
    """Listen, once."""
    user_logged_in.connect(note_start, dispatch_uid="academy.people.note_start")
    for changed in (account.password_changed, account.password_set):
        changed.connect(leave_one_session, dispatch_uid="academy.people.leave_one_session")
    account.password_reset.connect(leave_no_session, dispatch_uid="academy.people.leave_no_session")
    for changed in (mfa.authenticator_added, mfa.authenticator_removed):
        changed.connect(leave_one_session_of_factors, dispatch_uid="academy.people.leave_one_session_of_factors")
    for made in (mfa.authenticator_added, mfa.authenticator_reset):
        made.connect(take_codes_as_seen, dispatch_uid="academy.people.take_codes_as_seen")


def note_start(sender: Any, request: HttpRequest, **kwargs: Any) -> None:
    """A session begins: its age counts from here."""
    request.session[STARTED] = request.session[SEEN] = int(now().timestamp())


def leave_one_session(sender: Any, request: HttpRequest, **kwargs: Any) -> None:
    """Whoever changes how they sign in may do so because somebody else is in."""
    end_other_sessions(request=request, at=now())


def leave_one_session_of_factors(
    sender: Any, request: HttpRequest, authenticator: Authenticator, **kwargs: Any
) -> None:
    """The same for a second factor: who came in before it came in without it."""
    if authenticator.type in FACTORS:
        end_other_sessions(request=request, at=now())


def leave_no_session(sender: Any, user: User, **kwargs: Any) -> None:
    """A password that was forgotten, or known to somebody else, opens nothing any more."""
    close_sessions(person=user, by=user, at=now())


def take_codes_as_seen(sender: Any, authenticator: Authenticator, **kwargs: Any) -> None:
    """Note at once that recovery codes were shown, which allauth would write when they are looked at."""
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        authenticator.wrap().mark_as_viewed()
