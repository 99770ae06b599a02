"""The question bank in the CMS: list, write, change. Nobody deletes: see ``permissions``."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet

from assessments.models import Item
from assessments.staff.forms import ItemForm


class ItemViewSet(ModelViewSet):
    """Questions by bank and code. The list shows no key."""

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
    list_filter = ["bank"]
    search_fields = ["code", "label"]
    ordering = ["bank", "code"]
    list_per_page = 50

    def get_form_class(self, for_update: bool = False) -> type[ItemForm]:  # noqa: FBT001, FBT002 -- Wagtail's signature
        return ItemForm

    def get_edit_handler(self) -> None:
        """The form speaks for itself: its options are no fields of the model."""


item_viewset = ItemViewSet()
