"""The areas of the site."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext


@dataclass(frozen=True, kw_only=True, slots=True)
class NavigationItem:
    """One area. ``active`` when the reader is somewhere within it, ``current`` when on its very page."""

    label: str
    url: str
    active: bool
    current: bool


def navigation_items(*, request: HttpRequest, areas: Mapping[str, str]) -> tuple[NavigationItem, ...]:
    """The areas that this reader may enter, in order. No query, except those of a signed-in person's permissions.

    ``areas`` are the addresses of the areas that are pages, by the name of their model: what is not published
    in the present language is not named.
    """
    user = getattr(request, "user", None)
    may_edit = user is not None and user.is_authenticated and user.has_perm("wagtailadmin.access_admin")
    labelled = [
        (gettext("Playbook"), areas.get("playbookindexpage")),
        (gettext("Framework"), reverse("framework:index")),
        (gettext("Courses"), areas.get("courseindexpage")),
        (gettext("My learning"), reverse("my")),
        (
            gettext("CMS"),
            reverse("wagtailadmin_home") if may_edit else None,
        ),
    ]
    return tuple(
        NavigationItem(label=label, url=url, active=request.path.startswith(url), current=request.path == url)
        for label, url in labelled
        if url
    )


def sign_in_url(*, request: HttpRequest) -> str:
    """The sign-in page, which then comes back here; from a page of the account itself there is no way back to keep."""
    url = reverse("account_login")
    if request.path.startswith(reverse("wagtail_serve", args=["account/"])):
        return url
    back = QueryDict(mutable=True)
    back["next"] = request.path
    return f"{url}?{back.urlencode(safe='/')}"
