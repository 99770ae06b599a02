"""Choosing a question in the CMS."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.chooser import ChooserViewSet


class ItemChooserViewSet(ChooserViewSet):
    """Lists questions by code; shows no key."""

    model = "assessments.Item"
    icon = "help"
    choose_one_text = _("Choose a question")
    choose_another_text = _("Choose another question")
    url_filter_parameters = ["bank"]
    per_page = 20


item_chooser_viewset = ItemChooserViewSet("item_chooser")
