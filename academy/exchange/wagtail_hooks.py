"""What exchange adds to the CMS."""

from __future__ import annotations

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button

from academy.exchange.staff import ImportView, export_view
from academy.people.api import Reach


@hooks.register("register_admin_urls")
def organisation_urls() -> list[URLPattern]:
    """Beside the tree."""
    return [
        path("organisations/import/", ImportView.as_view(), name="import_organisations"),
        path("organisations/export/", export_view, name="export_organisations"),
    ]


@hooks.register("academy_organisation_buttons")
def organisation_buttons(reach: Reach) -> list[Button]:
    """The ways to them; who changes nothing imports nothing."""
    export = Button(_("Export"), url=reverse("export_organisations"), icon_name="download", priority=20)
    if not reach:
        return [export]
    return [Button(_("Import"), url=reverse("import_organisations"), icon_name="upload", priority=10), export]
