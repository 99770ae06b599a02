"""Choosing a question in the CMS. What is offered and how it is found: ``staff.choosing``, which needs the models."""

from __future__ import annotations

from typing import Any

from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.chooser import ChooserViewSet


class ItemChooserViewSet(ChooserViewSet):
    """Lists questions that may be asked; shows no key."""

    model = "assessments.Item"
    icon = "help"
    choose_one_text = _("Choose a question")
    choose_another_text = _("Choose another question")
    edit_item_text = _("Change this question")
    per_page = 20

    def get_urlpatterns(self) -> Any:
        """Look the views up when addresses are made: a chooser is needed before the models are there."""
        for name in ("Choose", "ChooseResults", "Chosen", "ChosenMultiple"):
            word = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)
            setattr(self, f"{word[1:]}_view_class", import_string(f"assessments.staff.choosing.{name}View"))
        return super().get_urlpatterns()


item_chooser_viewset = ItemChooserViewSet("item_chooser")
