"""Writing a question in the CMS: choose its kind, write it, save it as a draft or make it ready."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from academy.lib.clock import now
from academy.people.api import person_of
from assessments.domain.checks import readiness_problems
from assessments.domain.items import latest_version, make_ready
from assessments.domain.questions import question_of
from assessments.domain.writing import CodeTaken, Overtaken, add_question, change_question, state_of
from assessments.enums import ItemKind
from assessments.item_types import item_type
from assessments.item_types.editor_rows import changed_rows
from assessments.item_types.editors import editor_of
from assessments.models import Item, ItemVersion
from assessments.staff.scope import ADD, CHANGE, banks_of, item_or_404
from assessments.staff.whole_form import WholeForm


class InTheBank(WagtailAdminTemplateMixin, View):
    """A page about questions, with the way back to their list."""

    header_icon = "help"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, the list, what lies between, this."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("questions:index"), "label": _("Questions")},
            *self.between(),
            {"url": "", "label": self.get_page_title()},
        ]

    def between(self) -> list[dict[str, Any]]:
        """What lies between the list and this page."""
        return []


def refused(request: HttpRequest) -> HttpResponse:
    """Say, as Wagtail does, that this is not for somebody."""
    messages.error(request, _("Sorry, you do not have permission to access this area."))
    return redirect("wagtailadmin_home")


class KindView(InTheBank):
    """Choose of which kind the new question is."""

    template_name = "assessments/staff/kinds.html"
    page_title = gettext_lazy("Add a question")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Let those in who may write somewhere."""
        return super().dispatch(request, *args, **kwargs) if banks_of(request, ADD).exists() else nowhere(request)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the kinds with a sentence each."""
        kinds = [{"kind": kind.value, "name": kind.label, "says": editor_of(kind.value).says} for kind in ItemKind]
        return self.render_to_response(self.get_context_data(kinds=kinds, bank=request.GET.get("bank", "")))


def nowhere(request: HttpRequest) -> HttpResponse:
    """Somebody may write, and there is no bank yet; or they may not write."""
    if request.user.has_perm(ADD):
        messages.warning(request, _("A question lies in a bank. Add a bank first."))
        return redirect("question_banks:add")
    return refused(request)


class WritingView(InTheBank):
    """The form."""

    template_name = "assessments/staff/question_form.html"
    kind: str
    form: WholeForm
    seen = ""
    problems: list[str]
    overtaken: Overtaken | None = None

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Add or move a row, or save."""
        data, files = request.POST, request.FILES
        if "rows" in data:
            self.form = self.make_form(data=changed_rows(data, str(data["rows"])), files=files)
            self.form.quiet()
            return self.show()
        self.form = self.make_form(data=data, files=files)
        if not self.form.is_valid():
            messages.error(request, _("It is not saved: something is missing or wrong. See below."))
            return self.show()
        try:
            version, made = self.store()
        except CodeTaken:
            self.form.common.add_error("code", _("This code is taken. Choose another, or leave it empty."))
            messages.error(request, _("It is not saved: something is missing or wrong. See below."))
            return self.show()
        except Overtaken as overtaken:
            self.overtaken, self.seen = overtaken, state_of(overtaken.version.item, overtaken.version)
            return self.show(status=409)
        self.form.pictures.drop()
        self.tell(version, made=made, ready="ready" in data)
        return redirect("questions:edit", version.item_id)

    def tell(self, version: ItemVersion, *, made: bool, ready: bool) -> None:
        """Make it ready if that is wished and can be, and say what happened."""
        if ready and not readiness_problems(version):
            make_ready(version=version, by=person_of(self.request), at=now())
            messages.success(self.request, _("Saved and ready: new attempts ask it."), buttons=self.ways(version))
        elif ready:
            messages.warning(self.request, _("Saved as a draft. It is not ready yet: below you see what is missing."))
        elif made:
            messages.success(
                self.request, _("Saved as a draft. Nobody is asked it until it is ready."), buttons=self.ways(version)
            )
        else:
            messages.success(self.request, _("Saved. What is asked did not change, so there is no new version."))

    def ways(self, version: ItemVersion) -> list[Any]:
        """Return where to go from here."""
        address = reverse("questions:preview", args=[version.item_id, version.number])
        return [messages.button(address, _("Preview"), new_window=True)]

    def make_form(self, **sent: Any) -> WholeForm:
        """Return the form."""
        raise NotImplementedError

    def store(self) -> tuple[ItemVersion, bool]:
        """Call the verb."""
        raise NotImplementedError

    def show(self, *, status: int = 200) -> HttpResponse:
        """Render the form."""
        response = self.render_to_response(self.get_context_data())
        response.status_code = status
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the form and what is to be said of it."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "whole": self.form,
            "media": self.form.media,
            "form_is_multipart": True,
            "action_url": self.request.get_full_path(),
            "kind_name": ItemKind(self.kind).label,
            "seen": self.seen,
            "overtaken": self.told_overtaken(),
            "has_unsaved_changes": self.request.method == "POST",
        }

    def told_overtaken(self) -> dict[str, str] | None:
        """Who changed it meanwhile, when, and where that is to be seen."""
        if self.overtaken is None:
            return None
        version, by, at = self.overtaken.version, self.overtaken.by, self.overtaken.at
        return {
            "by": by.display_name if by else "",
            "at": date_format(localtime(at), "DATETIME_FORMAT") if at else "",
            "address": reverse("questions:inspect", args=[version.item_id]),
        }


class AddView(WritingView):
    """A new question of a kind."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Know the kind. Raises Http404."""
        super().setup(request, *args, **kwargs)
        self.kind = kwargs["kind"]
        if self.kind not in ItemKind.values:
            raise Http404

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Let those in who may write somewhere."""
        return super().dispatch(request, *args, **kwargs) if banks_of(request, ADD).exists() else nowhere(request)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show an empty form."""
        self.form = self.make_form()
        return self.show()

    def make_form(self, **sent: Any) -> WholeForm:
        """Offer the banks in which one may write, first the one from which one came."""
        banks = banks_of(self.request, ADD)
        asked = self.request.GET.get("bank", "")
        number = int(asked) if asked.isdecimal() and len(asked) < 10 else 0
        first = banks.filter(pk=number).first() or (banks.first() if banks.count() == 1 else None)
        return WholeForm(
            kind=self.kind, by=person_of(self.request), banks=banks, first={"bank": first.pk if first else None}, **sent
        )

    def store(self) -> tuple[ItemVersion, bool]:
        """Add it."""
        version = add_question(
            code=self.form.common.cleaned_data["code"],
            question=self.form.question(),
            by=person_of(self.request),
            at=now(),
            **self.form.placed(),
        )
        return version, True

    def get_page_title(self) -> str:
        return _("Add a question: %(kind)s") % {"kind": ItemKind(self.kind).label}

    def between(self) -> list[dict[str, Any]]:
        return [{"url": reverse("questions:add"), "label": _("Add a question")}]


class EditView(WritingView):
    """Change a question that is within reach."""

    item: Item
    version: ItemVersion | None

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find it. Raises Http404."""
        super().setup(request, *args, **kwargs)
        self.item = item_or_404(request, kwargs["pk"], CHANGE)
        self.version = latest_version(self.item)
        if self.version is None:
            # No way here makes such a row; a kind is needed to show a form.
            raise Http404
        self.kind = self.version.kind

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show what it says today."""
        self.seen = state_of(self.item, self.version)
        self.form = self.make_form()
        return self.show()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Remember on what the form was built."""
        self.seen = str(request.POST.get("seen", ""))[:40]
        return super().post(request, *args, **kwargs)

    def make_form(self, **sent: Any) -> WholeForm:
        banks = banks_of(self.request, CHANGE)
        return WholeForm(kind=self.kind, by=person_of(self.request), banks=banks, version=self.version, **sent)

    def store(self) -> tuple[ItemVersion, bool]:
        """Change it."""
        return change_question(
            item=self.item,
            seen=self.seen,
            question=self.form.question(),
            by=person_of(self.request),
            at=now(),
            **self.form.placed(),
        )

    def get_page_title(self) -> str:
        return f"{_('Change this question')}: {self.item.code}"

    def between(self) -> list[dict[str, Any]]:
        return [{"url": reverse("questions:inspect", args=[self.item.pk]), "label": str(self.item)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what it still lacks, and what would make it better."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        version = self.version
        assert version is not None
        functions = item_type(version.kind)
        missing = readiness_problems(version)
        return context | {
            "item": self.item,
            "version": version,
            "missing": missing,
            "advice": [] if missing else functions.advice(question_of(version).body),
            "is_draft": not hasattr(version, "readiness"),
        }
