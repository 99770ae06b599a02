"""Forms and statuses in the shapes of govuk-frontend."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField

register = template.Library()

# Which control stands for which of Django's widgets; the first that fits.
KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.Select, "select"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Textarea, "textarea"),
    (forms.PasswordInput, "password"),
)
CLASSES = {
    "select": "govuk-select",
    "checkbox": "govuk-checkboxes__input",
    "textarea": "govuk-textarea",
    "password": "govuk-input govuk-password-input__input govuk-js-password-input-input",
    "text": "govuk-input",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class FieldOption:
    """One answer to tick."""

    id: str
    name: str
    value: str
    label: str
    hint: str
    checked: bool
    disabled: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ErrorLink:
    """One error of a form; ``href`` leads to the control, and is empty for an error of the whole form."""

    text: str
    href: str


@register.inclusion_tag("components/form_field.html")
def govuk_field(
    field: BoundField,
    heading: bool = False,  # noqa: FBT001, FBT002 -- a template names it
    boxed: bool = False,  # noqa: FBT001, FBT002 -- the same
    hints: Mapping[str, str] | None = None,
    classes: str = "",
) -> dict[str, Any]:
    """A form's field with its label, hint, error and control.

    ``heading``: the label is the page's h1. ``boxed``: each answer stands in a box of its own. ``hints``:
    words under an answer, by its value. ``classes``: further classes of the control, such as
    ``govuk-input--width-10``.
    """
    kind = _kind(field)
    errors = list(field.errors)
    ids = {"hint": f"{field.auto_id}-hint", "error": f"{field.auto_id}-error"}
    described_by = " ".join([ids["hint"]] * bool(field.help_text) + [ids["error"]] * bool(errors))
    context: dict[str, Any] = {
        "field": field,
        "kind": kind,
        "label": field.label,
        "hint": field.help_text,
        "errors": errors,
        "ids": ids,
        "described_by": described_by,
        "heading": heading,
        "boxed": boxed,
    }
    if kind in ("radios", "checkboxes"):
        return {**context, "options": _options(field, hints or {})}
    return {**context, "widget": field.as_widget(attrs=_attributes(field, kind, described_by, classes))}


@register.inclusion_tag("components/error_summary.html")
def error_summary(*form_list: BaseForm) -> dict[str, Any]:
    """Every error of these forms, each a link to its control. Nothing when there is none."""
    return {"errors": tuple(link for form in form_list for link in _error_links(form))}


@register.inclusion_tag("components/error_summary.html")
def problem_summary(text: str, href: str) -> dict[str, Any]:
    """One problem of a form that Django did not make; ``href`` leads to its control."""
    return {"errors": (ErrorLink(text=text, href=href),)}


@register.inclusion_tag("components/tag.html")
def status_tag(text: str, colour: str | None = "") -> dict[str, Any]:
    """A status. The words carry the meaning; without a colour they are plain, as "Completed" should be."""
    return {"text": text, "colour": colour}


@register.simple_tag
def page_numbers(listing: Page[Any]) -> tuple[int | None, ...]:
    """The numbers of a long list's pages around the present one; None stands for those left out."""
    shown = listing.paginator.get_elided_page_range(listing.number, on_each_side=1, on_ends=1)
    return tuple(number if isinstance(number, int) else None for number in shown)


def _kind(field: BoundField) -> str:
    return next((kind for widget, kind in KINDS if isinstance(field.field.widget, widget)), "text")


def _attributes(field: BoundField, kind: str, described_by: str, classes: str) -> dict[str, str | bool]:
    own = field.field.widget.attrs.get("class", "")
    named = [
        CLASSES[kind],
        own,
        classes,
        f"{CLASSES[kind].split()[0]}--error" if field.errors and kind != "checkbox" else "",
    ]
    attributes: dict[str, str | bool] = {"class": " ".join(name for name in named if name)}
    if described_by:
        attributes["aria-describedby"] = described_by
    if kind == "password":
        attributes |= {"spellcheck": "false", "autocapitalize": "none"}
    return attributes


def _options(field: BoundField, hints: Mapping[str, str]) -> Iterable[FieldOption]:
    return [
        FieldOption(
            id=option.id_for_label,
            name=option.data["name"],
            value=str(option.data["value"]),
            label=option.choice_label,
            hint=hints.get(str(option.data["value"]), ""),
            checked=option.data["selected"],
            disabled=bool(option.data["attrs"].get("disabled")),
        )
        for option in field.subwidgets
    ]


def _error_links(form: BaseForm) -> Iterable[ErrorLink]:
    for name, errors in form.errors.items():
        href = "" if name == "__all__" else f"#{_first_control(form[name])}"
        for text in errors:
            yield ErrorLink(text=str(text), href=href)


def _first_control(field: BoundField) -> str:
    """The id to jump to: of radios and checkboxes the first answer, which is where the error can be mended."""
    if _kind(field) in ("radios", "checkboxes"):
        return f"{field.auto_id}_0"
    return field.id_for_label
