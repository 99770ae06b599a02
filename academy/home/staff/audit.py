"""The audit in the CMS: a report to filter, one entry at a time, and a spreadsheet of what was filtered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import HeaderButton

from academy.home.domain.audit import AuditFilter, is_within, kinds, matching, object_types
from academy.home.domain.audit_lines import AuditLine, NoSuchEntry, line, lines
from academy.lib.access import access
from academy.lib.clock import now
from academy.people.api import AUDITOR, ActKind, person_of, person_url, reach_of, record_act, zone_of
from academy.people.models import AuditEvent, User, sees_members

WORDS_LENGTH = 200
# Entries that are looked up at once for a spreadsheet.
CHUNK = 500
COLUMNS = {
    "at": _("Time (UTC)"),
    "actor": _("Who"),
    "what": _("What"),
    "object_type": _("Type of thing"),
    "object_name": _("Thing"),
    "changes": _("Before and after"),
    "reason": _("Reason"),
    "origin": _("From where"),
}


def _words(label: Any, help_text: Any = "") -> django_filters.CharFilter:
    return django_filters.CharFilter(label=label, help_text=help_text, max_length=WORDS_LENGTH)


class AuditFilterSet(WagtailFilterSet):
    """What one may ask for. The domain does the filtering, source by source."""

    period = django_filters.DateFromToRangeFilter(label=_("Period"), widget=DateRangePickerWidget)
    actor = _words(_("Who did it"), _("A name or an e-mail address."))
    about = _words(_("Done to whom"), _("A name or an e-mail address."))
    kind = django_filters.ChoiceFilter(label=_("What"), choices=kinds)
    object_type = django_filters.ChoiceFilter(label=_("Type of thing"), choices=object_types)
    thing = _words(_("Thing"), _("Part of its name, or its number."))
    reason = _words(_("Reason"), _("Part of what was written."))

    class Meta:
        model = AuditEvent
        fields: list[str] = []

    def wanted(self, **more: Any) -> AuditFilter | None:
        """Return what is asked for; None when that makes no sense."""
        if not self.is_valid():
            return None
        given = {name: value for name, value in self.form.cleaned_data.items() if value}
        period = given.pop("period", None)
        if period:
            given |= {"since": period.start, "until": period.stop}
        return AuditFilter(**given, **more)


class InOwnZoneMixin:
    """Shows times in the reader's own zone: Wagtail would show them in that of the installation."""

    request: Any

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer, and render, with the zone active."""
        with timezone.override(zone_of(person_of(request))):
            response = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # beside a view
            return response.render() if hasattr(response, "render") else response


class AuditFilterMixin:
    """Reads the filters of the address."""

    request: Any

    def wanted(self, **more: Any) -> AuditFilter | None:
        """Return what the address asks for."""
        reach = reach_of(person_of(self.request), "people.view_audit")
        return AuditFilterSet(self.request.GET, request=self.request).wanted(reach=reach, **more)

    def rows(self, wanted: AuditFilter | None) -> Any:
        """Return the rows of the union; none when the filters make no sense."""
        return AuditEvent.objects.none() if wanted is None else matching(wanted)


def linked(shown: list[AuditLine], *, reader: Any) -> list[tuple[AuditLine, str]]:
    """Return each line with the address of its thing, empty where there is none or the reader may not open it."""
    wanted = defaultdict(set)
    for one in shown:
        if one.ref:
            wanted[one.ref[0]].add(one.ref[1])
    things = {
        (model, str(key)): thing for model, keys in wanted.items() for key, thing in _in_bulk(model, keys).items()
    }
    finder = AdminURLFinder(reader)
    found = {ref: finder.get_edit_url(thing) or "" for ref, thing in things.items() if ref[0] is not User}
    found |= {(User, str(person.pk)): person_url(person) for person in _seen(wanted[User], reader=reader)}
    return [(one, found.get(one.ref, "") if one.ref else "") for one in shown]


def _seen(keys: Iterable[str], *, reader: User) -> QuerySet[User]:
    """Return the people among ``keys`` whom the reader may open. One query for all."""
    numbers = [key for key in keys if key.isdecimal()]
    return User.objects.filter(sees_members(reach_of(reader, "people.view_user")), pk__in=numbers)


def _in_bulk(model: Any, keys: Iterable[str]) -> dict[Any, Any]:
    field = model._meta.pk
    usable = []
    for key in keys:
        try:
            usable.append(field.to_python(key))
        except forms.ValidationError:
            continue  # the key of something else that had this name once
    return model._meta.base_manager.in_bulk(usable)


@access(AUDITOR)
class AuditView(InOwnZoneMixin, AuditFilterMixin, ReportView):
    """The report: newest first, fifty at a time."""

    page_title = _("Audit")
    header_icon = "history"
    index_url_name = "audit"
    index_results_url_name = "audit_results"
    filterset_class = AuditFilterSet
    results_template_name = "home/staff/audit_results.html"
    verbose_name_plural = _("entries")

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        """Never answer a GET with a spreadsheet: an export is an act, and told."""
        super().setup(request, *args, **kwargs)
        self.is_export = False

    def get_filtered_queryset(self) -> Any:
        """Return rows of the union."""
        return self.rows(self.wanted())

    def decorate_paginated_queryset(self, object_list: Any) -> list[tuple[AuditLine, str]]:
        """Look up what is on this page."""
        return linked(lines(object_list), reader=self.request.user)

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """Lead to the export of what is shown."""
        query = self.request.GET.copy()
        for name in ("p", "_w_filter_fragment"):
            query.pop(name, None)
        address = f"{reverse('audit_export')}?{query.urlencode()}"
        return [HeaderButton(_("Export"), url=address, icon_name="download")]


@access(AUDITOR)
class AuditEntryView(InOwnZoneMixin, WagtailAdminTemplateMixin, TemplateView):
    """One entry, with everything that is known of it."""

    template_name = "home/staff/audit_entry.html"
    header_icon = "history"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Look the entry up."""
        reach = reach_of(person_of(self.request), "people.view_audit")
        try:
            self.line = line(source=self.kwargs["source"], key=self.kwargs["key"])
        except NoSuchEntry as missing:
            raise Http404 from missing
        if not is_within(source=self.line.source, key=self.line.key, reach=reach):
            raise Http404
        [(entry, url)] = linked([self.line], reader=self.request.user)
        return {**super().get_context_data(**kwargs), "line": entry, "url": url}

    def get_page_title(self) -> str:
        """Say what was done."""
        return self.line.what

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the report."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("audit"), "label": _("Audit")},
            {"url": "", "label": self.get_page_title()},
        ]


class ExportForm(forms.Form):
    """In which form, and what for."""

    format = forms.ChoiceField(
        label=_("Format"), choices=[("csv", "CSV"), ("xlsx", "XLSX")], initial="csv", widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("What do you need it for?"),
        help_text=_("The audit tells that you exported it, and this."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Say what you need it for."),
            "max_length": _("What you need it for must be 500 characters or fewer."),
        },
    )


@access(AUDITOR)
class AuditExportView(InOwnZoneMixin, AuditFilterMixin, SpreadsheetExportMixin, WagtailAdminTemplateMixin, FormView):
    """A spreadsheet of what the report shows, every page of it. The export is in the audit before it begins."""

    template_name = "home/staff/audit_export.html"
    page_title = _("Export the audit")
    header_icon = "download"
    form_class = ExportForm
    list_export = list(COLUMNS)
    export_headings = COLUMNS
    show_export_buttons = False

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say how much it would be."""
        return {**super().get_context_data(**kwargs), "count": self.rows(self.wanted()).count()}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the report, filtered as it was."""
        back = f"{reverse('audit')}?{self.request.GET.urlencode()}"
        return [
            *self.breadcrumbs_items,
            {"url": back, "label": _("Audit")},
            {"url": "", "label": self.get_page_title()},
        ]

    def form_valid(self, form: ExportForm) -> HttpResponse:
        """Tell the audit, then send the file."""
        at = now()
        rows = list(self.rows(self.wanted(before=at)))
        kind = form.cleaned_data["format"]
        record_act(
            kind=ActKind.EXPORTED,
            actor=person_of(self.request),
            at=at,
            after={
                "what": "audit",
                "format": kind,
                "rows": len(rows),
                "filters": {name: value for name, value in self.request.GET.items() if value},
            },
            reason=form.cleaned_data["reason"],
        )
        return self.as_spreadsheet(in_chunks(rows), kind)

    def get_filename(self) -> str:
        """Name the file by the day."""
        return f"audit-{now():%Y-%m-%d}"

    def to_row_dict(self, item: AuditLine) -> dict[str, str]:
        """Return the cells of an entry."""
        cells = {name: str(getattr(item, name)) for name in ("actor", "what", "object_type", "object_name")}
        cells |= {"reason": item.reason, "origin": item.origin}
        cells |= {"at": f"{item.at:%Y-%m-%d %H:%M:%S}", "changes": "; ".join(str(change) for change in item.changes)}
        return {name: cells[name] for name in COLUMNS}


def in_chunks(rows: list[Any]) -> Iterator[AuditLine]:
    """Yield the entries of the rows, some hundreds looked up at once."""
    for start in range(0, len(rows), CHUNK):
        yield from lines(rows[start : start + CHUNK])
