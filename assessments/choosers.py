"""Choosing a question in the CMS."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet

from academy.people.api import person_of, reach_of


class MyQuestions:
    """Offers, and tells about, the questions of the banks that are somebody's."""

    request: HttpRequest

    def mine(self) -> QuerySet[Any]:
        """Return what may be chosen. By name: a chooser is needed before the models are there."""
        reach = reach_of(person_of(self.request), "assessments.view_item")
        banks = apps.get_model("assessments.ItemBank").objects.within(reach)
        return apps.get_model("assessments.Item").objects.filter(bank__in=banks)


class ChooseView(MyQuestions, chooser.ChooseView):
    """The dialogue."""

    def get_object_list(self) -> QuerySet[Any]:
        return self.mine()


class ChooseResultsView(MyQuestions, chooser.ChooseResultsView):
    """What a search in it finds."""

    def get_object_list(self) -> QuerySet[Any]:
        return self.mine()


class ChosenView(MyQuestions, chooser.ChosenView):
    """The one that was chosen."""

    def get_object(self, pk: Any) -> Any:
        return self.mine().get(pk=pk)


class ChosenMultipleView(MyQuestions, chooser.ChosenMultipleView):
    """Those that were chosen."""

    def get_objects(self, pks: Any) -> QuerySet[Any]:
        return self.mine().filter(pk__in=pks)


class ItemChooserViewSet(ChooserViewSet):
    """Lists questions by code; shows no key."""

    model = "assessments.Item"
    icon = "help"
    choose_one_text = _("Choose a question")
    choose_another_text = _("Choose another question")
    choose_view_class = ChooseView
    choose_results_view_class = ChooseResultsView
    chosen_view_class = ChosenView
    chosen_multiple_view_class = ChosenMultipleView
    url_filter_parameters = ["bank"]
    per_page = 20


item_chooser_viewset = ItemChooserViewSet("item_chooser")
