"""The areas of the site."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import get_language, gettext
from wagtail.models import Page

# Where the areas that are pages stand in the tree: below a home page, which stands below Wagtail's root.
AREA_DEPTH = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class NavigationItem:
    """One area. ``active`` when the reader is somewhere within it, ``current`` when on its very page."""

    label: str
    url: str
    active: bool
    current: bool


def navigation_items(*, request: HttpRequest) -> tuple[NavigationItem, ...]:
    """The areas that this reader may enter, in order. One query, and for somebody signed in those of their permissions.

    The playbook and the courses are pages: they are named only where one is published in the present language.
    """
    areas = area_urls(request=request)
    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    labelled = [
        (gettext("Playbook"), areas.get("playbookindexpage")),
        (gettext("Framework"), reverse("wagtail_serve", args=["framework/"])),
        (gettext("Courses"), areas.get("courseindexpage")),
        (gettext("My learning"), reverse("wagtail_serve", args=["my/"])),
        (gettext("CMS"), reverse("wagtailadmin_home") if signed_in and user.has_perm("wagtailadmin.access_admin") else None),
    ]
    return tuple(
        NavigationItem(label=label, url=url, active=request.path.startswith(url), current=request.path == url)
        for label, url in labelled
        if url
    )


def area_urls(*, request: HttpRequest) -> dict[str, str]:
    """Addresses of the published playbook and list of courses in the present language, by model name. One query."""
    areas = Page.objects.live().filter(
        depth=AREA_DEPTH,
        locale__language_code=get_language(),
        content_type__model__in=["playbookindexpage", "courseindexpage"],
    )
    found = areas.select_related("locale", "content_type").order_by("-path")
    return {area.content_type.model: area.get_url(request) for area in found}


def sign_in_url(*, request: HttpRequest) -> str:
    """The sign-in page, which then comes back here; from a page of the account itself there is no way back to keep."""
    url = reverse("account_login")
    if request.path.startswith(reverse("wagtail_serve", args=["account/"])):
        return url
    back = QueryDict(mutable=True)
    back["next"] = request.path
    return f"{url}?{back.urlencode(safe='/')}"
