"""The question bank in the CMS: list, write, change. Nobody deletes: see ``permissions``."""

from __future__ import annotations

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import HeaderButton

from academy.people.api import person_of, reach_of
from assessments.models import Item, ItemBank
from assessments.staff.forms import ItemForm


class MyBanks:
    """Shows the questions of the banks that are somebody's to write in; others do not exist for them."""

    request: HttpRequest

    def get_base_queryset(self) -> QuerySet[Item]:
        """Return the questions to list."""
        return self.mine(super().get_base_queryset())  # type: ignore[misc]  # Wagtail is not typed

    def get_base_object_queryset(self) -> QuerySet[Item]:
        """Return the questions among which one is looked up."""
        return self.mine(super().get_base_object_queryset())  # type: ignore[misc]  # Wagtail is not typed

    def mine(self, items: QuerySet[Item]) -> QuerySet[Item]:
        """Leave those of other banks out."""
        return items.filter(bank__in=banks_of(self.request))


def banks_of(request: HttpRequest) -> QuerySet[ItemBank]:
    """Return the banks whose questions somebody may read."""
    return ItemBank.objects.within(reach_of(person_of(request), "assessments.view_item"))


class ItemFilterSet(WagtailFilterSet):
    """By bank, of those that are somebody's."""

    bank = django_filters.ModelChoiceFilter(label=_("Bank"), queryset=banks_of)

    class Meta:
        model = Item
        fields: list[str] = []


class IndexView(MyBanks, generic.IndexView):
    """The questions of one's banks."""

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """Wagtail's own, and whatever other apps offer whoever writes questions: see the hook."""
        buttons = list(super().header_buttons)
        if self.permission_policy.user_has_permission(self.request.user, "add"):
            for hook in hooks.get_hooks("academy_question_buttons"):
                buttons += hook()
        return sorted(buttons)


class EditView(MyBanks, generic.EditView):
    """Change one of them."""

    def get_queryset(self) -> QuerySet[Item]:
        """Return the questions among which one is looked up: here Wagtail asks by Django's name."""
        return self.mine(super().get_queryset())


class HistoryView(MyBanks, generic.HistoryView):
    """What was done to one of them."""

    # Here the rows are what happened, not questions.
    get_base_queryset = generic.HistoryView.get_base_queryset


class UsageView(MyBanks, generic.UsageView):
    """Where one of them is used."""

    # The same: the rows are pages.
    get_base_queryset = generic.UsageView.get_base_queryset


class ItemViewSet(ModelViewSet):
    """Questions by bank and code. The list shows no key."""

    index_view_class = IndexView
    edit_view_class = EditView
    history_view_class = HistoryView
    usage_view_class = UsageView
    filterset_class = ItemFilterSet

    model = Item
    name = "questions"
    url_prefix = "questions"
    icon = "help"
    menu_label = _("Questions")
    menu_order = 350
    add_to_admin_menu = True
    copy_view_enabled = False
    inspect_view_enabled = False
    list_display = [
        "code",
        Column("label", label=_("Question"), sort_key="label"),
        "bank",
        Column("retired_at", label=_("Retired"), sort_key="retired_at"),
    ]
    search_fields = ["code", "label"]
    ordering = ["bank", "code"]
    list_per_page = 50

    def get_form_class(self, for_update: bool = False) -> type[ItemForm]:  # noqa: FBT001, FBT002 -- Wagtail's signature
        return ItemForm

    def get_edit_handler(self) -> None:
        """The form speaks for itself: its options are no fields of the model."""


item_viewset = ItemViewSet()
