"""What people read when they could not be signed in."""

from __future__ import annotations

import enum
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from academy.standards.openid_connect import Reason


class Refusal(enum.Enum):
    """Why somebody was not signed in, as far as it is of use to them."""

    CLOSED = "closed"
    UNREACHABLE = "unreachable"
    NOT_STARTED_HERE = "not_started_here"
    PROVIDER_SAID_NO = "provider_said_no"
    TOO_LATE = "too_late"
    NOT_BELIEVED = "not_believed"
    ADDRESS_HAS_ACCOUNT = "address_has_account"
    AT_THE_SAME_TIME = "at_the_same_time"


WORDS = {
    Refusal.CLOSED: _(
        "This way of signing in is switched off. Use another one, or ask the person who runs your course."
    ),
    Refusal.UNREACHABLE: _("Its server does not answer as it should. Nothing was changed. Try again in a few minutes."),
    Refusal.NOT_STARTED_HERE: _(
        "This sign-in was not started in this browser, it was used already, or it took longer than ten minutes. "
        "Start again from the sign-in page."
    ),
    Refusal.PROVIDER_SAID_NO: _(
        "It did not confirm who you are. Try again, or ask the people who look after your account there."
    ),
    Refusal.TOO_LATE: _("Its answer came too late, or its clock is wrong. Start again from the sign-in page."),
    Refusal.NOT_BELIEVED: _(
        "Its answer could not be checked, so nobody was signed in. If this happens again, tell the person who runs "
        "your course."
    ),
    Refusal.ADDRESS_HAS_ACCOUNT: _(
        "There is an account with your e-mail address already. Sign in as you did before, then connect this way of "
        "signing in under “Your settings”. If you have forgotten your password, you can choose a new one."
    ),
    Refusal.AT_THE_SAME_TIME: _("You signed in twice at the same moment. Nothing is lost: start again."),
}
STATUS = {Refusal.UNREACHABLE: HTTPStatus.BAD_GATEWAY}
# What a person can do something about; anything else was not believed.
BY_REASON = {Reason.EXPIRED: Refusal.TOO_LATE, Reason.NOT_YET: Refusal.TOO_LATE}


class SignInRefused(Exception):
    """Nobody is signed in; ``refusal`` says why, and the message tells an operator more."""

    def __init__(self, refusal: Refusal, detail: str = "") -> None:
        super().__init__(detail or refusal.value)
        self.refusal = refusal


def refused(request: HttpRequest, *, provider: str, refusal: Refusal) -> HttpResponse:
    """Answer with words. ``provider`` is its name."""
    return render(
        request,
        "socialaccount/authentication_error.html",
        {
            "provider_name": provider,
            "words": WORDS[refusal],
            "address_has_account": refusal is Refusal.ADDRESS_HAS_ACCOUNT,
        },
        status=STATUS.get(refusal, HTTPStatus.FORBIDDEN),
    )
