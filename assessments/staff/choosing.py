"""The dialogue in which a question is chosen for a lesson: ready ones of one's own banks."""

from __future__ import annotations

from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import chooser
from wagtail.models import Page

from academy.framework.enums import Proficiency
from academy.framework.models import Skill
from assessments.domain.item_lists import listed, searched
from assessments.enums import ItemKind
from assessments.models import Item, ItemBank
from assessments.staff.forms import skills_of_today
from assessments.staff.item_list import fail_rate_of, name_in, used
from assessments.staff.scope import banks_of, items_of

# Which argument of an editor's address names a page in the language that is written in.
EDITORS = {"wagtailadmin_pages:edit": "page_id", "wagtailadmin_pages:add": "parent_page_id"}


def language_of_page(request: HttpRequest) -> str:
    """Return the language of the page from whose editor the dialogue was opened; empty when nobody can say."""
    came_from = urlsplit(request.headers.get("referer", ""))
    if came_from.netloc != request.get_host():
        return ""
    try:
        match = resolve(came_from.path)
    except Resolver404:
        return ""
    number = match.kwargs.get(EDITORS.get(match.view_name, ""))
    code = Page.objects.filter(pk=number or 0).values_list("locale__language_code", flat=True).first()
    return str(code) if code in dict(settings.LANGUAGES) else ""


def any_of(choices: Any) -> list[Any]:
    """Return choices with none before them."""
    return [("", _("All")), *choices]


class FilterForm(BaseFilterForm):
    """The filters of the list, those of use here."""

    q = forms.CharField(label=_("Search"), required=False, max_length=200)
    language = forms.ChoiceField(label=_("Language"), required=False)
    skill = forms.ModelChoiceField(
        label=_("Skill"), required=False, queryset=Skill.objects.none(), empty_label=_("All")
    )
    level = forms.ChoiceField(label=_("Level"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    bank = forms.ModelChoiceField(
        label=_("Bank"), required=False, queryset=ItemBank.objects.none(), empty_label=_("All")
    )
    category = forms.CharField(label=_("Category"), required=False, max_length=500)
    jurisdiction = forms.CharField(label=_("Jurisdiction"), required=False, max_length=2)

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = any_of(settings.LANGUAGES)
        self.fields["level"].choices = any_of(Proficiency.choices)
        self.fields["kind"].choices = any_of(ItemKind.choices)
        self.fields["skill"].queryset = skills_of_today()
        self.fields["bank"].queryset = banks_of(request)
        for field in self.fields.values():
            field.widget.attrs["data-chooser-modal-search-filter"] = True

    def filter(self, items: QuerySet[Item]) -> QuerySet[Item]:
        """Return those that fit."""
        said = self.cleaned_data
        wanted = {
            "spoken_in": said["language"],
            "latest_skill": said["skill"] and said["skill"].pk,
            "latest_level": said["level"],
            "latest_kind": said["kind"],
            "bank": said["bank"],
            "category__istartswith": said["category"],
            "jurisdiction__iexact": said["jurisdiction"],
        }
        items = items.filter(**{name: value for name, value in wanted.items() if value})
        self.search_query = said["q"]
        self.is_searching = bool(said["q"])
        return searched(items, said["q"]) if said["q"] else items


class Offered:
    """Ready questions of the banks that are somebody's, with what is known of each."""

    request: HttpRequest
    filter_form: FilterForm
    results: Any

    def get_object_list(self) -> QuerySet[Item]:
        """Return what may be chosen."""
        return listed(items_of(self.request).asked()).select_related("bank")

    def get_filter_form(self) -> FilterForm:
        """Begin with the language of the page that is written."""
        sent = self.request.GET.copy()
        if "language" not in sent:
            sent["language"] = language_of_page(self.request)
        return FilterForm(sent, request=self.request)

    def get_results_page(self, request: HttpRequest) -> Any:
        """Add the use of those that are shown."""
        page = super().get_results_page(request)  # type: ignore[misc]  # Wagtail is not typed
        page.object_list = used(page.object_list)
        return page

    @property
    def columns(self) -> list[Column]:
        """Show what helps to choose."""
        return [
            *super().columns,  # type: ignore[misc]  # Wagtail is not typed
            Column("kind", label=_("Kind"), accessor=lambda item: name_in(ItemKind, item.latest_kind)),
            Column("skill", label=_("Skill"), accessor=lambda item: item.latest_skill_name or "–"),
            Column("level", label=_("Level"), accessor=lambda item: name_in(Proficiency, item.latest_level)),
            Column("uses", label=_("Used in"), accessor=lambda item: item.use.uses if item.use else 0),
            Column("fail_rate", label=_("Wrong"), accessor=fail_rate_of),
        ]

    @cached_property
    def add_address(self) -> str:
        """Where a new question is written."""
        return reverse("questions:add")


class ChooseView(Offered, chooser.ChooseView):
    """The dialogue."""

    template_name = "assessments/staff/chooser.html"


class ChooseResultsView(Offered, chooser.ChooseResultsView):
    """What a search in it finds."""


class ChosenView(chooser.ChosenView):
    """The one that was chosen: it may have been retired since."""

    def get_object(self, pk: Any) -> Item:
        """Return it, when it is somebody's."""
        return items_of(self.request).get(pk=pk)


class ChosenMultipleView(chooser.ChosenMultipleView):
    """Those that were chosen."""

    def get_objects(self, pks: Any) -> QuerySet[Item]:
        """Return those that are somebody's."""
        return items_of(self.request).filter(pk__in=pks)
