"""Two versions of a question side by side, in the words of its form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail.admin.compare import diff_text

from assessments.domain.questions import question_of
from assessments.enums import ItemKind
from assessments.item_types.amounts import told as number_told
from assessments.item_types.editing import Told, told_by, told_rows
from assessments.item_types.editor_fields import FORMAT_NAMES
from assessments.item_types.editor_rows import Rows
from assessments.item_types.editors import editor_of
from assessments.models import Item, ItemVersion
from assessments.staff.forms import HINTS
from assessments.staff.scope import item_or_404, version_or_404
from assessments.staff.writing import InTheBank


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """One thing that the two say differently; ``marked``: both in one, with what came and what went."""

    label: str
    before: str
    after: str

    @property
    def marked(self) -> SafeString:
        """Both texts in one."""
        return mark_safe(diff_text(self.before, self.after).to_html())  # noqa: S308 -- it escapes both


def all_told(version: ItemVersion) -> Iterator[Told]:
    """Return what a version says, thing by thing."""
    question = question_of(version)
    verdicts = question.verdicts
    common = [
        (_("Kind"), ItemKind(version.kind).label),
        (_("Name"), question.name),
        (_("How its texts are written"), FORMAT_NAMES[question.stem.format]),
        (_("Question"), question.stem.text),
        (_("Explanation"), question.explanation.text),
        (_("To who got it right"), verdicts.right.text),
        (_("To who got it partly right"), verdicts.partly.text),
        (_("To who got it wrong"), verdicts.wrong.text),
        (_("A wrong try costs, in %"), number_told(question.penalty.scaleb(2))),
        (_("Marks"), number_told(question.mark)),
        (_("Skill"), version.skill.name if version.skill else ""),
        (_("Level"), version.get_proficiency_display() if version.proficiency else ""),
        (_("Difficulty"), question.difficulty or ""),
        (_("Pictures"), ", ".join(row.name for row in version.pictures.all())),
    ]
    for label, value in common:
        yield Told(label=label, value=str(value))
    yield from told_by(editor_of(version.kind)(writing=question.stem.format, body=question.body))
    hints = [{"text": one.text, "clear_wrong": one.clear_wrong, "show_count": one.show_count} for one in question.hints]
    yield from told_rows(Rows(HINTS, prefix="hints", writing=question.stem.format, data=None, initial=hints))


def differences(before: ItemVersion, after: ItemVersion) -> list[Difference]:
    """Return what two versions say differently; rows are the same when their keys are, wherever they stand."""
    old = {(one.row, one.label.rpartition(": ")[2]): one for one in all_told(before)}
    new = {(one.row, one.label.rpartition(": ")[2]): one for one in all_told(after)}
    found = []
    for place in dict.fromkeys([*old, *new]):
        was, is_ = old.get(place), new.get(place)
        first, second = was.value if was else "", is_.value if is_ else ""
        if first != second:
            label = is_.label if is_ else was.label if was else ""
            found.append(Difference(label=label, before=first, after=second))
    return found


class CompareView(InTheBank):
    """What changed between two versions."""

    template_name = "assessments/staff/compare.html"
    item: Item

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the differences of versions ``a`` and ``b``, the older first; by default of the last two."""
        self.item = item_or_404(request, pk)
        numbers = list(self.item.versions.order_by("number").values_list("number", flat=True))
        if not numbers:
            raise Http404
        chosen = sorted({self.number("a", numbers[-2:][0]), self.number("b", numbers[-1])})
        older, newer = version_or_404(self.item, chosen[0]), version_or_404(self.item, chosen[-1])
        return self.render_to_response(
            self.get_context_data(
                item=self.item,
                numbers=numbers,
                older=older,
                newer=newer,
                differences=differences(older, newer),
            )
        )

    def number(self, name: str, otherwise: int) -> int:
        """Return the number of a version that was asked for."""
        sent = self.request.GET.get(name, "")
        return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 6 else otherwise

    def get_page_title(self) -> str:
        return _("Compare versions")

    def between(self) -> list[dict[str, Any]]:
        return [{"url": reverse("questions:inspect", args=[self.item.pk]), "label": str(self.item)}]
