"""One's own settings, and the one way in."""

from __future__ import annotations

from typing import Any

from allauth.account.views import ConfirmEmailView as AllauthConfirmEmailView
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods

from academy.lib.access import NOBODY, PUBLIC, SIGNED_IN, access
from academy.lib.clock import now
from academy.people.api import person_of, require_recent_authentication, update_profile
from academy.people.domain.audit import recent_sign_ins
from academy.people.domain.factors import factors_of
from academy.people.domain.sessions import NoSuchSession, end_session, sessions_of, sign_out_elsewhere
from academy.people.forms import ProfileForm


@access(SIGNED_IN)
def my_settings(request: HttpRequest) -> HttpResponse:
    """Name, language and time zone; links to all that signing in needs."""
    user: Any = request.user
    form = ProfileForm(request.POST if request.method == "POST" else None, user=user)
    if form.is_valid():
        update_profile(user=user, **form.cleaned_data, by=user, at=now())
        # Say it, and show the page, in the language that was chosen just now.
        with override(user.language):
            messages.success(request, _("Your settings are saved."))
            return redirect("my_settings")
    return render(
        request,
        "people/my_settings.html",
        {"form": form, "factors": factors_of(user), "sign_ins": recent_sign_ins(user=user)},
    )


@access(SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def my_sessions(request: HttpRequest) -> HttpResponse:
    """Where one is signed in, and signing out there: in one place (`session`), or everywhere else."""
    person = person_of(request)
    if request.method != "POST":
        key = request.session.session_key
        return render(
            request, "people/my_sessions.html", {"sessions": sessions_of(person=person, current_key=key, at=now())}
        )
    require_recent_authentication(request)
    chosen = request.POST.get("session", "")
    if chosen == "others":
        sign_out_elsewhere(request=request, at=now())
        messages.success(request, _("You are signed out everywhere else."))
    else:
        try:
            end_session(person=person, session_id=int(chosen), by=person, at=now())
        except (ValueError, OverflowError, NoSuchSession):
            messages.info(request, _("You were not signed in there any more."))
        else:
            messages.success(request, _("You are signed out there."))
    return redirect("my_sessions")


@access(PUBLIC)
def sign_in_here(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    """Lead from a sign-in form that a package brings along to ours, which has the limits and the verification."""
    target = request.GET.get(REDIRECT_FIELD_NAME, "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        target = reverse("wagtailadmin_home")
    return redirect(f"{reverse('account_login')}?{urlencode({REDIRECT_FIELD_NAME: target})}")


@access(PUBLIC)
def reset_password_here(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    """Lead from the CMS's password reset to ours."""
    return redirect("account_reset_password")


@access(NOBODY)
def no_such_page(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    """Stand in front of what a package brings along and we do not use."""
    raise Http404


@access(PUBLIC)
class ConfirmEmailView(AllauthConfirmEmailView):
    """Confirm an address. A link that has become too old between opening and pressing is explained, not a 404."""

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """Confirm, or say that the link is of no use any more."""
        try:
            return super().post(*args, **kwargs)
        except Http404:
            self.object = None
            return self.render_to_response(self.get_context_data())
