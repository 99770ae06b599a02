"""Organisations in and out, in the CMS: upload, see what would happen, confirm."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from django.views.generic import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from academy.exchange.organisations import (
    ImportPlan,
    ImportRefused,
    Outcome,
    carry_out,
    export_organisations,
    plan_import,
)
from academy.lib.access import STAFF, access
from academy.lib.clock import now
from academy.people.api import Reach, drop_upload, person_of, reach_of, stage_upload, staged_upload
from academy.standards.csv_table import CAP

SEE, CHANGE = "people.view_organisation", "people.change_organisation"
PURPOSE = "organisations"
# More of one kind are counted, not shown.
SHOWN = 200


class UploadForm(forms.Form):
    """The file."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("CSV in UTF-8, with commas or semicolons, up to 5 MB. Start with an export."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("The file is empty. Its first row holds the headings of the columns."),
        },
    )

    def clean_file(self) -> bytes:
        """Read it, unless it is too large to be looked at."""
        file = self.cleaned_data["file"]
        if file.size > CAP:
            raise ValidationError(_("The file is larger than 5 MB. Split it."))
        content: bytes = file.read()
        return content


class ConfirmForm(forms.Form):
    """What was shown, and is accepted."""

    upload = forms.UUIDField(widget=forms.HiddenInput)
    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
    partly = forms.BooleanField(required=False)


@access(STAFF)
class ImportView(WagtailAdminTemplateMixin, View):
    """Check a file; import it when what would happen was confirmed, and is still what would happen."""

    page_title = gettext_lazy("Import organisations")
    header_icon = "upload"
    template_name = "exchange/staff/import_organisations.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """For whoever changes organisations anywhere; for others it is not there."""
        if not reach_of(person_of(request), CHANGE):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Ask for a file."""
        return self.show(form=UploadForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Check what was uploaded, or import what was confirmed."""
        if "upload" in request.POST:
            return self.confirm(ConfirmForm(request.POST))
        form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(form=form)
        by, at = person_of(request), now()
        plan = plan_import(form.cleaned_data["file"], by=by, at=at)
        if plan.problems:
            return self.show(form=UploadForm(), plan=plan)
        upload = stage_upload(purpose=PURPOSE, content=form.cleaned_data["file"], by=by, at=at)
        return self.show(form=UploadForm(), plan=plan, upload=upload)

    def confirm(self, form: ConfirmForm) -> HttpResponse:
        """Make the plan again, and carry it out if it is the one that was shown."""
        by, at = person_of(self.request), now()
        content = None
        if form.is_valid():
            upload = form.cleaned_data["upload"]
            content = staged_upload(uuid=upload, purpose=PURPOSE, by=by, at=at)
        if content is None:
            messages.warning(self.request, _("The file is no longer here. Choose it again; nothing was imported."))
            return redirect("import_organisations")
        plan = plan_import(content, by=by, at=at)
        if plan.digest != form.cleaned_data["digest"]:
            messages.warning(
                self.request, _("Something has changed since you looked. Look again; nothing was imported yet.")
            )
            return self.show(form=UploadForm(), plan=plan, upload=upload)
        try:
            carry_out(plan, by=by, at=at, partly=form.cleaned_data["partly"])
        except ImportRefused as refused:
            messages.error(self.request, _("Nothing was imported. %(reason)s") % {"reason": refused})
            return self.show(form=UploadForm(), plan=plan, upload=upload)
        drop_upload(uuid=upload, by=by)
        told = _(
            "Imported. Rows: %(rows)d; new: %(new)d, changed: %(changed)d, unchanged: %(unchanged)d, left out: %(refused)d."
        )
        messages.success(self.request, told % plan.totals)
        return redirect("organisation:index")

    def show(self, *, form: UploadForm, plan: ImportPlan | None = None, upload: UUID | None = None) -> HttpResponse:
        """Render the page."""
        context: dict[str, Any] = {"form": form, "plan": plan, "upload": upload, "shown": SHOWN}
        if plan:
            context |= {str(outcome): plan.of(outcome) for outcome in Outcome}
        return self.render_to_response(self.get_context_data(**context))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, the list, this."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("organisation:index"), "label": _("Organisations")},
            {"url": "", "label": self.get_page_title()},
        ]


@access(STAFF)
@require_safe
def export_view(request: HttpRequest) -> HttpResponse:
    """Download the organisations that one sees."""
    reach: Reach = reach_of(person_of(request), SEE)
    if not reach:
        raise Http404
    return HttpResponse(
        export_organisations(reach),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="organisations.csv"'},
    )
