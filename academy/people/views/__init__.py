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

from academy.lib.access import NOBODY, PUBLIC, SIGNED_IN, access
from academy.lib.clock import now
from academy.people.api import update_profile
from academy.people.forms import ProfileForm


@access(SIGNED_IN)
def my_settings(request: HttpRequest) -> HttpResponse:
    """Name, language and time zone; links to change the e-mail address and the password."""
    user: Any = request.user
    form = ProfileForm(request.POST if request.method == "POST" else None, user=user)
    if form.is_valid():
        update_profile(user=user, **form.cleaned_data, by=user, at=now())
        # Say it, and show the page, in the language that was chosen just now.
        with override(user.language):
            messages.success(request, _("Your settings are saved."))
            return redirect("my_settings")
    return render(request, "people/my_settings.html", {"form": form})


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
