"""What the house adds to the CMS."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button

from academy.home.staff.closing import close_somebodys_account
from academy.home.staff.styleguide import styleguide
from academy.people.api import may_close
from academy.people.models import User


@hooks.register("register_admin_urls")
def styleguide_url() -> list[URLPattern]:
    """Where the gallery stands."""
    return [path("styleguide/", styleguide, name="styleguide")]


@hooks.register("register_help_menu_item")
def styleguide_item() -> MenuItem:
    """The way to it, under Help."""
    return MenuItem(
        _("Style guide of the site"), reverse("styleguide"), name="styleguide", icon_name="view", order=1000
    )


@hooks.register("register_admin_urls")
def closing_url() -> list[URLPattern]:
    """Where an account is closed on request."""
    return [path("people/<int:pk>/close/", close_somebodys_account, name="close_somebodys_account")]


@hooks.register("register_user_listing_buttons")
def closing_button(user: User, request_user: User) -> Iterator[Button]:
    """The way to it, beside each person in the list."""
    if (
        user != request_user
        and request_user.has_perm("people.close_account")
        and may_close(person=user, by=request_user)
    ):
        yield Button(
            _("Close account"), reverse("close_somebodys_account", args=[user.pk]), icon_name="bin", priority=90
        )
