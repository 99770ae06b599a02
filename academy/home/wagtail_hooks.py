"""What the house adds to the CMS."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page

from academy.home.staff.audit import AuditEntryView, AuditExportView, AuditView
from academy.home.staff.closing import close_somebodys_account
from academy.home.staff.files_api import DocumentsView, ImagesView
from academy.home.staff.others import pages_to_choose
from academy.home.staff.styleguide import styleguide
from academy.people.api import may_read_audit


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
def audit_urls() -> list[URLPattern]:
    """Where the audit stands."""
    return [
        path("reports/audit/", AuditView.as_view(), name="audit"),
        path("reports/audit/results/", AuditView.as_view(results_only=True), name="audit_results"),
        path("reports/audit/export/", AuditExportView.as_view(), name="audit_export"),
        path("reports/audit/<slug:source>/<int:key>/", AuditEntryView.as_view(), name="audit_entry"),
    ]


class AuditItem(MenuItem):
    """The way to the audit, for those who may read it."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Hide it from everybody else."""
        return may_read_audit(request.user)


@hooks.register("register_reports_menu_item")
def audit_item() -> MenuItem:
    """The way to it, under Reports."""
    return AuditItem(_("Audit"), reverse("audit"), name="audit", icon_name="history", order=990)


@hooks.register("register_admin_urls")
def closing_url() -> list[URLPattern]:
    """Where somebody's account is closed on request. Its form in the CMS leads there."""
    return [path("people/<uuid:public_id>/close/", close_somebodys_account, name="close_somebodys_account")]


@hooks.register("construct_page_chooser_queryset")
def pages_to_choose_from(pages: QuerySet[Page], request: HttpRequest) -> QuerySet[Page]:
    """Offer in choosers what is published, and one's own."""
    return pages_to_choose(request, pages)


@hooks.register("construct_admin_api", order=100)
def own_files_alone(router: Any) -> None:
    """Put views in place of Wagtail's that answer about one's own images and documents."""
    router.register_endpoint("images", ImagesView)
    router.register_endpoint("documents", DocumentsView)
