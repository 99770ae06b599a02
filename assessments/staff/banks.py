"""Question banks in the CMS: whose they are decides who reads the keys of their questions. Nobody deletes one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from academy.people.api import person_of, reach_of
from academy.people.models import Organisation
from assessments.models import ItemBank
from assessments.staff.scope import ADD, CHANGE, banks_of


class BankForm(WagtailAdminModelForm):
    """A bank. Its code is its name for ever."""

    class Meta:
        model = ItemBank
        fields = ["title", "code", "summary", "language", "organisation"]
        error_messages = {"code": {"unique": _("This code is taken. Choose another.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        changes = bool(self.instance.pk)
        self.reach = reach_of(self.for_user, CHANGE if changes else ADD)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Organisation.objects.within(self.reach).filter(closed_at=None) | Organisation.objects.filter(
            pk=self.instance.organisation_id
        )
        field.required = not self.reach.everywhere
        field.help_text = _(
            "Its authors, and those of all that it belongs to, write in this bank. Nobody else sees it."
        )
        field.empty_label = _("The whole site") if self.reach.everywhere else "---------"
        if changes:
            self.fields["code"].disabled = True

    def clean_organisation(self) -> Organisation | None:
        """Refuse to put a bank where one could not reach it any more."""
        place: Organisation | None = self.cleaned_data["organisation"]
        if not self.reach.everywhere and (place is None or not self.reach.covers(place.path)):
            raise ValidationError(gettext("Choose an organisation for which you write."))
        return place


class ChangeColumn(Column):
    """The way to the form of a bank, for those who may change it."""

    cell_template_name = "assessments/staff/bank_cell.html"


class BankIndexView(generic.IndexView):
    """The banks of which one may read the questions."""

    results_template_name = "assessments/staff/banks_results.html"
    default_ordering = "title"
    any_permission_required = ["view"]
    page_title = _("Question banks")
    search_fields = ["title", "code"]
    columns = [
        TitleColumn(
            "title",
            label=_("Bank"),
            sort_key="title",
            get_url=lambda bank: f"{reverse('questions:index')}?bank={bank.pk}",
            width="30%",
        ),
        Column("organisation", label=_("Organisation"), accessor=lambda bank: bank.organisation or _("The whole site")),
        Column("language", label=_("Language"), accessor="get_language_display"),
        Column("ready", label=_("Ready")),
        Column("drafts", label=_("Drafts")),
        Column("retired", label=_("Retired")),
        ChangeColumn("change_url", label=_("Change")),
    ]

    def get_table(self, object_list: Any) -> Any:
        """Add the way to the form to those that one may change."""
        reach = reach_of(person_of(self.request), CHANGE)
        rows: list[Any] = list(object_list)
        for bank in rows:
            may = reach.covers(bank.organisation.path) if bank.organisation else reach.everywhere
            bank.change_url = reverse("question_banks:edit", args=[bank.pk]) if may else ""
        return super().get_table(rows)

    def get_base_queryset(self) -> QuerySet[ItemBank]:
        """Only what somebody may see, with how many questions lie in it."""
        retired = Q(items__retired_at__isnull=False)
        asked = Q(items__ready_version__isnull=False)
        return (
            banks_of(self.request)
            .select_related("organisation")
            .annotate(
                ready=Count("items", filter=asked & ~retired),
                drafts=Count("items", filter=~asked & ~retired & Q(items__isnull=False)),
                retired=Count("items", filter=retired),
            )
        )


class MyBank:
    """Wagtail's views of one bank, for those who write in it."""

    request: HttpRequest

    def get_base_object_queryset(self) -> QuerySet[ItemBank]:
        """Return the banks among which one is looked up."""
        return banks_of(self.request, CHANGE)


class BankEditView(MyBank, generic.EditView):
    """Rename a bank, or say whose it is."""

    def get_queryset(self) -> QuerySet[ItemBank]:
        """The same; here Wagtail asks by Django's name."""
        return banks_of(self.request, CHANGE)


class BankHistoryView(MyBank, generic.HistoryView):
    """What was done to it."""


class BankUsageView(MyBank, generic.UsageView):
    """Where it is used."""


class BankDeleteView(generic.DeleteView):
    """Nobody deletes a bank."""

    def get_object(self, queryset: Any = None) -> ItemBank:
        """There is nothing here."""
        raise Http404


class BankViewSet(ModelViewSet):
    """Banks within reach."""

    model = ItemBank
    name = "question_banks"
    url_prefix = "question-banks"
    icon = "folder-inverse"
    menu_label = _("Question banks")
    menu_order = 351
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = False
    list_per_page = 50
    list_display = BankIndexView.columns
    search_fields = ["title", "code"]
    ordering = ["title"]
    index_view_class = BankIndexView
    edit_view_class = BankEditView
    delete_view_class = BankDeleteView
    history_view_class = BankHistoryView
    usage_view_class = BankUsageView

    def get_form_class(self, for_update: bool = False) -> type[BankForm]:  # noqa: FBT001, FBT002 -- Wagtail's signature
        """Return our form."""
        return BankForm

    def get_edit_handler(self) -> None:
        """The form speaks for itself."""


bank_viewset = BankViewSet()
