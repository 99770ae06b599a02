"""Inviting and adding people by lists, in the CMS: hand in, see what would happen, confirm, watch."""

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

from academy.exchange.people import MOST_ROWS, PeopleList, read_invitees, read_pasted, read_people, template_file
from academy.lib.access import STAFF, access
from academy.lib.clock import now
from academy.people.api import (
    InvitationRefused,
    Outcome,
    PeoplePlan,
    drop_upload,
    person_of,
    plan_people,
    reach_of,
    stage_upload,
    staged_upload,
    start_import,
)
from academy.people.forms.invitations import InvitingForm
from academy.people.models import User
from academy.standards.csv_table import CAP

CHANGE = "people.change_user"
# More of one kind are counted, not shown.
SHOWN = 200
PASTED_LENGTH = 500_000


class FileMixin(forms.Form):
    """A table in a file."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )

    def clean_file(self) -> bytes | None:
        """Read it, unless it is too large to be looked at."""
        file = self.cleaned_data["file"]
        if not file:
            return None if file is None else b""
        if file.size > CAP:
            raise ValidationError(_("The file is larger than 5 MB. Split it."))
        content: bytes = file.read()
        return content


class InviteListForm(FileMixin, InvitingForm):
    """Addresses, pasted or in a file, and where they are invited to."""

    addresses = forms.CharField(
        label=gettext_lazy("Addresses"),
        required=False,
        max_length=PASTED_LENGTH,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        help_text=gettext_lazy(
            "With commas, semicolons or line breaks between them; with names, if you like: Ana Paz <ana@example.org>."
        ),
    )
    field_order = ["organisation", "addresses", "file", "until", "language", "message"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].label = _("Or a file")
        self.fields["file"].help_text = _(
            "CSV in UTF-8 with a column “email”, and “name” and “language” if you like. Up to 5 MB."
        )

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        data: dict[str, Any] = super().clean() or {}
        if "file" in data and "addresses" in data:
            given = [data["file"] is not None, bool(data["addresses"].strip())]
            if not any(given):
                self.add_error("addresses", _("Paste addresses, or choose a file."))
            if all(given):
                self.add_error("file", _("Paste addresses or choose a file, not both."))
        return data

    def people(self) -> PeopleList:
        """Return what was handed in."""
        data = self.cleaned_data
        where = {"organisation": data["organisation"].code, "language": data["language"]}
        if data["file"] is not None:
            read = read_invitees(data["file"], **where)
        else:
            read = read_pasted(data["addresses"], **where)
        return PeopleList(rows=read.rows, problems=read.problems, message=data["message"], expires_at=data["until"])


class ImportForm(FileMixin):
    """A table of people."""

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["file"]
        field.required = True
        field.error_messages["required"] = _("Choose a file.")
        field.help_text = _("CSV in UTF-8, with commas or semicolons, up to 5 MB and 5,000 rows.")

    def people(self) -> PeopleList:
        """Return what was handed in."""
        return read_people(self.cleaned_data["file"])


class ConfirmForm(forms.Form):
    """What was shown, and is accepted."""

    upload = forms.UUIDField(widget=forms.HiddenInput)
    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)


class PeopleListView(WagtailAdminTemplateMixin, View):
    """Check a list; work through it when what would happen was confirmed, and is still what would happen."""

    form_class: type[Any]
    purpose: str

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """For whoever administers people anywhere; for others it is not there."""
        if not reach_of(person_of(request), CHANGE):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Ask for a list."""
        initial = {"organisation": request.GET.get("organisation", "")}
        return self.show(form=self.form_class(by=person_of(request), initial=initial))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Check what was handed in, or start what was confirmed."""
        if "upload" in request.POST:
            return self.confirm(ConfirmForm(request.POST))
        by, at = person_of(request), now()
        form = self.form_class(request.POST, request.FILES, by=by)
        if not form.is_valid():
            return self.show(form=form)
        people: PeopleList = form.people()
        if len(people.rows) > MOST_ROWS:
            form.add_error(None, _("There are more than %(most)d rows. Split the list.") % {"most": MOST_ROWS})
            return self.show(form=form)
        if people.problems:
            return self.show(form=form, people=people)
        plan = plan_people(people.rows, by=by, at=at)
        upload = stage_upload(purpose=self.purpose, content=people.as_bytes(), by=by, at=at)
        return self.show(form=form, plan=plan, upload=upload)

    def confirm(self, form: ConfirmForm) -> HttpResponse:
        """Make the plan again, and start if it is the one that was shown."""
        by, at = person_of(self.request), now()
        kept = None
        if form.is_valid():
            upload = form.cleaned_data["upload"]
            kept = staged_upload(uuid=upload, purpose=self.purpose, by=by, at=at)
        if kept is None:
            messages.warning(
                self.request, _("The list is no longer here. Hand it in again; nobody was added or invited.")
            )
            return redirect(self.request.path)
        people = PeopleList.from_bytes(kept)
        plan = plan_people(people.rows, by=by, at=at)
        empty = self.form_class(by=by)
        if plan.digest != form.cleaned_data["digest"]:
            messages.warning(
                self.request, _("Something has changed since you looked. Look again; nobody was added or invited yet.")
            )
            return self.show(form=empty, plan=plan, upload=upload)
        try:
            job = start_import(rows=people.rows, by=by, at=at, message=people.message, expires_at=people.expires_at)
        except InvitationRefused as refused:
            messages.error(self.request, str(refused))
            return self.show(form=empty)
        drop_upload(uuid=upload, by=by)
        return redirect("job", job=job.uuid)

    def show(
        self,
        *,
        form: forms.Form,
        people: PeopleList | None = None,
        plan: PeoplePlan | None = None,
        upload: UUID | None = None,
    ) -> HttpResponse:
        """Render the page."""
        context: dict[str, Any] = {"form": form, "plan": plan, "upload": upload, "shown": SHOWN, "media": form.media}
        if people:
            context["problems"] = people.problems
        if plan:
            context |= {str(outcome): plan.of(outcome) for outcome in Outcome}
        return self.render_to_response(self.get_context_data(**context))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, the invitations, this."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("invitations"), "label": _("Invitations")},
            {"url": "", "label": self.get_page_title()},
        ]


@access(STAFF)
class InvitePeopleView(PeopleListView):
    """Invite people by e-mail."""

    page_title = gettext_lazy("Invite people")
    header_icon = "mail"
    template_name = "exchange/staff/invite_people.html"
    form_class = InviteListForm
    purpose = "invitations"


@access(STAFF)
class ImportPeopleView(PeopleListView):
    """Add people from a table."""

    page_title = gettext_lazy("Import people")
    header_icon = "upload"
    template_name = "exchange/staff/import_people.html"
    form_class = ImportForm
    purpose = "people"


@access(STAFF)
@require_safe
def people_template(request: HttpRequest) -> HttpResponse:
    """Download a table to fill in."""
    if not reach_of(person_of(request), CHANGE):
        raise Http404
    return HttpResponse(
        template_file(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="people.csv"'},
    )
