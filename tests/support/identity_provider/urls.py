"""The provider's addresses, and those by which a test looks after its people."""

from __future__ import annotations

import json

from allauth.account.models import EmailAddress
from allauth.idp.oidc.models import Client
from django.contrib.auth import login
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from tests.support.identity_provider.adapter import CLAIMS


def put_client(request: HttpRequest) -> HttpResponse:
    """Know the academy: its ID, its secret and where it may be sent back to."""
    told = json.loads(request.body)
    client, _made = Client.objects.get_or_create(id=told["id"], defaults={"name": "Academy", "skip_consent": True})
    client.set_secret(told["secret"])
    client.type = Client.Type.CONFIDENTIAL if told["secret"] else Client.Type.PUBLIC
    client.set_scopes(["openid", "profile", "email"])
    client.set_redirect_uris(told["redirect_uris"])
    client.save()
    return HttpResponse(status=204)


def put_person(request: HttpRequest) -> HttpResponse:
    """Know a person, or know them anew: the address at a provider changes, the subject does not."""
    told = json.loads(request.body)
    user, _made = User.objects.get_or_create(username=told["username"])
    user.first_name, _space, user.last_name = told["name"].partition(" ")
    user.email = told["email"]
    user.save()
    EmailAddress.objects.filter(user=user).delete()
    EmailAddress.objects.create(user=user, email=told["email"], verified=told["verified"], primary=True)
    CLAIMS[user.username] = told["claims"]
    return HttpResponse(str(user.pk))


def enter(request: HttpRequest, username: str) -> HttpResponse:
    """Sign this browser in at the provider."""
    user = User.objects.get(username=username)
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    return HttpResponse(f"You are {username}.")


urlpatterns = [
    path("", include("allauth.idp.urls")),
    path("control/client", put_client),
    path("control/person", put_person),
    path("control/enter/<str:username>", enter),
]
