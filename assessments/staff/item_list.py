"""The list of questions: search, filters, and what is known of each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import django_filters
from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, Table, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import Button

from academy.framework.enums import Proficiency
from academy.people.api import Reach, person_of, reach_of
from assessments.domain.item_lists import listed, searched
from assessments.domain.item_use import ItemUse, usage_and_fail_rates
from assessments.enums import ItemKind, ItemState
from assessments.models import Item
from assessments.staff.forms import skills_of_today
from assessments.staff.scope import ADD, banks_of, items_of

# Who adds a way to do something with questions, returns buttons: f(reach) -> [Button].
BUTTONS = "academy_question_buttons"


class ItemFilterSet(WagtailFilterSet):
    """By what the latest version says, and where it is filed."""

    state = django_filters.ChoiceFilter(label=_("State"), choices=ItemState.choices)
    kind = django_filters.ChoiceFilter(label=_("Kind"), field_name="latest_kind", choices=ItemKind.choices)
    skill = django_filters.ModelChoiceFilter(
        label=_("Skill"), field_name="latest_skill", queryset=lambda _request: skills_of_today(), method="of_skill"
    )
    level = django_filters.ChoiceFilter(label=_("Level"), field_name="latest_level", choices=Proficiency.choices)
    language = django_filters.ChoiceFilter(label=_("Language"), field_name="spoken_in", choices=settings.LANGUAGES)
    bank = django_filters.ModelChoiceFilter(label=_("Bank"), queryset=banks_of)
    category = django_filters.CharFilter(label=_("Category"), field_name="category", lookup_expr="istartswith")
    jurisdiction = django_filters.CharFilter(label=_("Jurisdiction"), field_name="jurisdiction", lookup_expr="iexact")

    class Meta:
        model = Item
        fields: list[str] = []

    def of_skill(self, items: QuerySet[Item], name: str, skill: Any) -> QuerySet[Item]:
        """Return those of a skill."""
        return items.filter(**{name: skill.pk})


def used(items: Sequence[Item]) -> list[Any]:
    """Return questions of one page of a list, each with its ``use``. As many queries as for one."""
    uses = usage_and_fail_rates([item.pk for item in items])
    rows: list[Any] = list(items)
    for row in rows:
        row.use = uses.get(row.pk)
    return rows


def fail_rate_of(item: Any) -> str:
    """Return which share of answers was wrong; a dash while too few have answered."""
    use: ItemUse | None = item.use
    return "–" if use is None or use.fail_rate is None else f"{number_format(use.fail_rate * 100, 0)}\u00a0%"


class AddressedColumn(TitleColumn):
    """The question, its code, and the way to its page."""

    cell_template_name = "assessments/staff/listed_cell.html"

    def get_link_url(self, instance: Item, parent_context: Any) -> str:
        return reverse("questions:inspect", args=[instance.pk])


class IndexView(generic.IndexView):
    """The questions of one's banks."""

    results_template_name = "assessments/staff/items_results.html"
    filterset_class = ItemFilterSet
    default_ordering = ("bank__title", "code")
    any_permission_required = ["view"]
    page_title = _("Questions")
    search_fields = ["code", "label"]
    columns = [
        AddressedColumn("label", label=_("Question"), accessor=str, sort_key="code", width="34%"),
        Column("kind", label=_("Kind"), accessor=lambda item: name_in(ItemKind, item.latest_kind)),
        Column("skill", label=_("Skill"), accessor=lambda item: item.latest_skill_name or "–"),
        Column("level", label=_("Level"), accessor=lambda item: name_in(Proficiency, item.latest_level)),
        Column("state", label=_("State"), accessor=lambda item: name_in(ItemState, item.state)),
        Column("uses", label=_("Used in"), accessor=lambda item: item.use.uses if item.use else 0),
        Column("fail_rate", label=_("Wrong"), accessor=fail_rate_of),
    ]

    def get_base_queryset(self) -> QuerySet[Item]:
        """Return the questions to list."""
        return listed(items_of(self.request)).select_related("bank")

    def search_queryset(self, queryset: QuerySet[Item]) -> QuerySet[Item]:
        """Search codes, labels, names and tags."""
        return searched(queryset, self.search_query) if self.is_searching else queryset

    def get_table(self, object_list: Sequence[Item]) -> Table:
        """Add the use of those that are shown."""
        return super().get_table(used(object_list))

    @cached_property
    def reach(self) -> Reach:
        """Where one may write."""
        return reach_of(person_of(self.request), ADD)

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """The banks, and what other apps offer."""
        banks = Button(_("Banks"), url=reverse("question_banks:index"), icon_name="folder-inverse", priority=10)
        return [banks, *(button for offer in hooks.get_hooks(BUTTONS) for button in offer(self.reach))]


def name_in(words: Any, value: Any) -> str:
    """Return the word that people read for a value; a dash for none."""
    return "–" if value is None else str(words(value).label)
