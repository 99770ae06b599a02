"""Questions in and out, in the CMS: choose a file, see what would happen, confirm, watch; or choose what to write."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from academy.exchange.questions.export import stored_questions
from academy.exchange.questions.formats import (
    FORMATS,
    QTI_VERSION,
    QTI_VERSIONS,
    WRITERS,
    guessed_format,
    write_questions,
)
from academy.exchange.questions.job import ADD, confirmed, start
from academy.exchange.questions.judging import LONGEST_CATEGORY
from academy.exchange.questions.plan import Plan
from academy.exchange.questions.preview import shown_of
from academy.exchange.questions.reading import Writing
from academy.exchange.questions.staged import PURPOSE, HowToRead, StagedFile
from academy.lib.access import STAFF, access
from academy.lib.clock import now
from academy.people.api import person_of, reach_of, stage_upload, staged_upload
from assessments.api import category_of
from assessments.models import ItemBank

MEGABYTES = 20
# More are counted, not shown.
SHOWN = 200
# Two forms of a page have fields of the same names.
OTHER_IDS = "other_%s"


class WhatAndWhere(forms.Form):
    """How a file is read, and into which bank."""

    form = forms.ChoiceField(label=gettext_lazy("Format"), required=False)
    bank = forms.ModelChoiceField(
        label=gettext_lazy("Question bank"), queryset=ItemBank.objects.none(), empty_label=None
    )
    category = forms.CharField(
        label=gettext_lazy("Category"),
        required=False,
        max_length=LONGEST_CATEGORY,
        help_text=gettext_lazy("Everything goes below it, if you like: Law/Tenders."),
    )

    def __init__(self, *args: Any, banks: QuerySet[ItemBank], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(one.name, one.label) for one in FORMATS.values()]
        self.fields["form"].choices = [("", _("As the file looks")), *named]  # type: ignore[attr-defined]
        self.fields["bank"].queryset = banks  # type: ignore[attr-defined]

    def how(self, data: bytes) -> HowToRead:
        """Return what was chosen; the format is guessed where it was not."""
        chosen = self.cleaned_data
        form = chosen["form"] or guessed_format(data)
        return HowToRead(form=form, bank=chosen["bank"].pk, category=chosen["category"])


class UploadForm(WhatAndWhere):
    """The file."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("GIFT, Aiken, Moodle XML, QTI (an item or a package) or CSV, up to 20 MB."),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("The file is empty."),
        },
    )
    field_order = ["file", "form", "bank", "category"]

    def clean_file(self) -> bytes:
        """Read it, unless it is too large to be looked at."""
        file = self.cleaned_data["file"]
        if file.size > MEGABYTES * 1024 * 1024:
            raise ValidationError(_("The file is larger than 20 MB. Split it."))
        content: bytes = file.read()
        return content


class KeptForm(forms.Form):
    """A file that was shown, and what is to be done with it."""

    upload = forms.UUIDField(widget=forms.HiddenInput)
    digest = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    keep_good = forms.BooleanField(required=False)


class QuestionsView(WagtailAdminTemplateMixin, View):
    """A page for whoever writes questions anywhere; for others it is not there."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find the banks that are somebody's."""
        reach = reach_of(person_of(request), ADD)
        if not reach:
            raise Http404
        self.banks = ItemBank.objects.within(reach)
        named = request.POST.get("bank") or request.GET.get("bank")
        if named and not (named.isdecimal() and self.banks.filter(pk=named).exists()):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, the questions, this."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("questions:index"), "label": _("Questions")},
            {"url": "", "label": self.get_page_title()},
        ]


@access(STAFF)
class ImportQuestionsView(QuestionsView):
    """Check a file; import it when what would happen was confirmed, and is still what would happen."""

    page_title = gettext_lazy("Import questions")
    header_icon = "upload"
    template_name = "exchange/staff/import_questions.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Ask for a file."""
        return self.show(form=self.upload_form())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Check what was uploaded, look at it otherwise, or import what was confirmed."""
        if "upload" in request.POST:
            return self.go_on(KeptForm(request.POST))
        form = UploadForm(request.POST, request.FILES, banks=self.banks)
        if not form.is_valid():
            return self.show(form=form)
        data = form.cleaned_data["file"]
        return self.check(StagedFile(how=form.how(data), data=data))

    def upload_form(self) -> UploadForm:
        """Return the form for a file."""
        return UploadForm(banks=self.banks, initial={"bank": self.request.GET.get("bank")})

    def check(self, staged: StagedFile) -> HttpResponse:
        """Show what a file would do, and keep it until it is confirmed."""
        plan = staged.plan(self.banks.get(pk=staged.how.bank))
        by, at = person_of(self.request), now()
        upload = stage_upload(purpose=PURPOSE, content=staged.as_bytes(), by=by, at=at)
        return self.show(form=self.upload_form(), staged=staged, plan=plan, upload=upload)

    def go_on(self, form: KeptForm) -> HttpResponse:
        """Read a kept file in another way, or start its import if it would still do what was shown."""
        by, at = person_of(self.request), now()
        content = None
        if form.is_valid():
            upload = form.cleaned_data["upload"]
            content = staged_upload(uuid=upload, purpose=PURPOSE, by=by, at=at)
        if content is None:
            messages.warning(self.request, _("The file is no longer here. Choose it again; nothing was imported."))
            return redirect("import_questions")
        staged = StagedFile.from_bytes(content)
        bank = self.banks.filter(pk=staged.how.bank).first()
        if bank is None:
            raise Http404
        if "again" in self.request.POST:
            return self.check_again(staged, bank, upload)
        plan = staged.plan(bank)
        keep_good = form.cleaned_data["keep_good"]
        if plan.digest != form.cleaned_data["digest"]:
            messages.warning(
                self.request, _("Something has changed since you looked. Look again; nothing was imported yet.")
            )
            return self.show(form=self.upload_form(), staged=staged, plan=plan, upload=upload)
        if not plan.taken or (plan.problems and not keep_good):
            messages.error(self.request, _("Nothing was imported. Some questions cannot be imported."))
            return self.show(form=self.upload_form(), staged=staged, plan=plan, upload=upload)
        job = start(
            staged=confirmed(staged, digest=plan.digest, keep_good=keep_good),
            upload=upload,
            total=len(plan.rows),
            by=by,
            at=at,
        )
        return redirect("job", job=job.uuid)

    def check_again(self, staged: StagedFile, bank: ItemBank, upload: UUID) -> HttpResponse:
        """Read the same file as another format, or into another place."""
        form = WhatAndWhere(self.request.POST, banks=self.banks, auto_id=OTHER_IDS)
        if form.is_valid():
            return self.check(replace(staged, how=form.how(staged.data)))
        plan = staged.plan(bank)
        return self.show(form=self.upload_form(), staged=staged, plan=plan, upload=upload, other=form)

    def show(
        self,
        *,
        form: UploadForm,
        staged: StagedFile | None = None,
        plan: Plan | None = None,
        upload: UUID | None = None,
        other: WhatAndWhere | None = None,
    ) -> HttpResponse:
        """Render the page."""
        context: dict[str, Any] = {"form": form, "no_bank": not self.banks.exists(), "shown": SHOWN}
        if plan and staged:
            how = staged.how
            chosen = {"form": how.form, "bank": how.bank, "category": how.category}
            context |= {
                "plan": plan,
                "upload": upload,
                "rows": shown_of(plan, most=SHOWN),
                "of_the_file": [note for note in plan.problems if not plan.rows],
                "read_as": FORMATS[how.form].label,
                "bank": self.banks.get(pk=how.bank),
                "other": other or WhatAndWhere(banks=self.banks, initial=chosen, auto_id=OTHER_IDS),
            }
        return self.render_to_response(self.get_context_data(**context))


class ExportForm(forms.Form):
    """What to write, and as what."""

    form = forms.ChoiceField(label=gettext_lazy("Format"))
    version = forms.ChoiceField(
        label=gettext_lazy("Version of QTI"),
        choices=[(one, one) for one in QTI_VERSIONS],
        initial=QTI_VERSION,
        required=False,
    )
    bank = forms.ModelChoiceField(
        label=gettext_lazy("Question bank"),
        queryset=ItemBank.objects.none(),
        required=False,
        empty_label=gettext_lazy("All that are yours"),
    )
    category = forms.CharField(label=gettext_lazy("Category"), required=False, max_length=LONGEST_CATEGORY)
    drafts = forms.BooleanField(
        label=gettext_lazy("Drafts too"),
        required=False,
        help_text=gettext_lazy("The latest version of each question, whether it is asked already or not."),
    )

    def __init__(self, *args: Any, banks: QuerySet[ItemBank], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["form"].choices = [(name, FORMATS[name].label) for name in WRITERS]  # type: ignore[attr-defined]
        self.fields["bank"].queryset = banks  # type: ignore[attr-defined]


@access(STAFF)
class ExportQuestionsView(QuestionsView):
    """Say what a file would hold and what not; then hand it out. Changes nothing, so all of it is asked for by GET."""

    page_title = gettext_lazy("Export questions")
    header_icon = "download"
    template_name = "exchange/staff/export_questions.html"
    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Ask what to write, show what that is, or hand it out."""
        asked = "form" in request.GET
        form = ExportForm(request.GET if asked else None, banks=self.banks, initial={"bank": request.GET.get("bank")})
        context: dict[str, Any] = {"form": form, "no_bank": not self.banks.exists(), "shown": SHOWN}
        if asked and form.is_valid():
            count, writing = self.written(form)
            if count and "file" in request.GET:
                return _download(writing, form.cleaned_data["form"])
            query = request.GET.copy()
            query["file"] = "1"
            context |= {"count": count, "lost": writing.lost, "checked": True, "query": query.urlencode()}
        return self.render_to_response(self.get_context_data(**context))

    def written(self, form: ExportForm) -> tuple[int, Writing]:
        """Return how many questions were asked for, and the file."""
        chosen = form.cleaned_data
        banks = [chosen["bank"]] if chosen["bank"] else list(self.banks)
        under = category_of(chosen["category"])
        questions = list(stored_questions(banks, under=under, drafts=chosen["drafts"]))
        return len(questions), write_questions(questions, chosen["form"], version=chosen["version"] or QTI_VERSION)


def _download(writing: Writing, name: str) -> HttpResponse:
    form = FORMATS[name]
    return HttpResponse(
        writing.data,
        content_type=form.content_type,
        headers={"Content-Disposition": f'attachment; filename="questions{form.extension}"'},
    )
