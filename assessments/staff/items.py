"""The question bank in the CMS: the addresses of questions. Nobody deletes: see ``permissions``."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from assessments.models import Item
from assessments.staff.acts import AskAgainView, ReadyView, RestoreView, RetireView
from assessments.staff.comparing import CompareView
from assessments.staff.item_list import IndexView
from assessments.staff.item_page import ItemView
from assessments.staff.preview import PreviewView
from assessments.staff.scope import CHANGE, banks_of, items_of
from assessments.staff.writing import AddView, EditView, KindView

__all__ = ["ItemViewSet", "banks_of", "item_viewset"]


class MyBanks:
    """Wagtail's views of one question, for those who may change it; others do not exist for them."""

    request: HttpRequest

    def get_base_object_queryset(self) -> QuerySet[Item]:
        """Return the questions among which one is looked up."""
        return items_of(self.request, CHANGE)


class HistoryView(MyBanks, generic.HistoryView):
    """What was done to one of them."""


class UsageView(MyBanks, generic.UsageView):
    """Where one of them is used."""


class DeleteView(generic.DeleteView):
    """Nobody deletes: a question is retired."""

    def get_object(self, queryset: Any = None) -> Item:
        """There is nothing here."""
        raise Http404


class ItemViewSet(ModelViewSet):
    """Questions by bank and code. The list shows no key."""

    index_view_class = IndexView
    add_view_class = KindView
    edit_view_class = EditView
    delete_view_class = DeleteView
    inspect_view_class = ItemView
    history_view_class = HistoryView
    usage_view_class = UsageView

    model = Item
    name = "questions"
    url_prefix = "questions"
    icon = "help"
    menu_label = _("Questions")
    menu_order = 350
    add_to_admin_menu = True
    copy_view_enabled = False
    inspect_view_enabled = True
    list_display = IndexView.columns
    search_fields = ["code", "label"]
    ordering = ["bank", "code"]
    list_per_page = 50

    def get_form_class(self, for_update: bool = False) -> None:  # noqa: FBT001, FBT002 -- Wagtail's signature
        """None: the views have their own."""

    def get_edit_handler(self) -> None:
        """None: the form speaks for itself."""

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add what else is done with a question and its versions."""
        return [
            *super().get_urlpatterns(),
            path("new/<slug:kind>/", AddView.as_view(), name="add_kind"),
            path("<int:pk>/compare/", CompareView.as_view(), name="compare"),
            path("<int:pk>/retire/", RetireView.as_view(), name="retire"),
            path("<int:pk>/restore/", RestoreView.as_view(), name="restore"),
            path("<int:pk>/<int:number>/preview/", PreviewView.as_view(), name="preview"),
            path("<int:pk>/<int:number>/ready/", ReadyView.as_view(), name="ready"),
            path("<int:pk>/<int:number>/again/", AskAgainView.as_view(), name="ask_again"),
        ]


item_viewset = ItemViewSet()
