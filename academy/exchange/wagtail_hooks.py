"""What exchange adds to the CMS."""

from __future__ import annotations

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button, HeaderButton

from academy.exchange.people_staff import ImportPeopleView, InvitePeopleView, people_template
from academy.exchange.questions_staff import ExportQuestionsView, ImportQuestionsView
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


@hooks.register("register_admin_urls")
def people_urls() -> list[URLPattern]:
    """Beside the list of invitations."""
    return [
        path("people/invitations/new/", InvitePeopleView.as_view(), name="invite_people"),
        path("people/import/", ImportPeopleView.as_view(), name="import_people"),
        path("people/import/template.csv", people_template, name="people_template"),
    ]


@hooks.register("academy_invitation_buttons")
def invitation_buttons() -> list[HeaderButton]:
    """The ways to them."""
    return [
        HeaderButton(_("Invite people"), url=reverse("invite_people"), icon_name="plus", priority=10),
        HeaderButton(_("Import people"), url=reverse("import_people"), icon_name="upload", priority=30),
    ]


@hooks.register("register_admin_urls")
def question_urls() -> list[URLPattern]:
    """Beside the list of questions."""
    return [
        path("questions/import/", ImportQuestionsView.as_view(), name="import_questions"),
        path("questions/export/", ExportQuestionsView.as_view(), name="export_questions"),
    ]


@hooks.register("academy_question_buttons")
def question_buttons(reach: Reach) -> list[Button]:
    """The ways to them, for whoever writes questions somewhere."""
    if not reach:
        return []
    return [
        Button(_("Import"), url=reverse("import_questions"), icon_name="upload", priority=40),
        Button(_("Export"), url=reverse("export_questions"), icon_name="download", priority=50),
    ]
