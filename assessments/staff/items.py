"""The question bank in the CMS: list, write, change. Nothing is deleted: records rest on it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from assessments.item_forms import ItemForm
from assessments.models import Item


class NeverDelete(ModelPermissionPolicy):
    """Django's model permissions, without deleting for anyone."""

    def user_has_permission(self, user: AbstractBaseUser, action: str) -> bool:
        return action != "delete" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: AbstractBaseUser, actions: Any) -> bool:
        return super().user_has_any_permission(user, set(actions) - {"delete"})

    def user_has_permission_for_instance(self, user: AbstractBaseUser, action: str, instance: Any) -> bool:
        return action != "delete" and super().user_has_permission_for_instance(user, action, instance)


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
    permission_policy = NeverDelete(Item)
    list_display = ["code", "label", "bank", Column("retired_at", label=_("Retired"), sort_key="retired_at")]
    list_filter = ["bank"]
    search_fields = ["code", "label"]
    ordering = ["bank", "code"]
    list_per_page = 50

    def get_form_class(self, for_update: bool = False) -> type[ItemForm]:  # noqa: FBT001, FBT002 -- Wagtail's signature
        return ItemForm

    def get_edit_handler(self) -> None:
        """The form speaks for itself: its options are no fields of the model."""


item_viewset = ItemViewSet()
