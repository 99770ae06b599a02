"""What the house adds to the CMS."""

from __future__ import annotations

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from academy.home.staff.styleguide import styleguide


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
