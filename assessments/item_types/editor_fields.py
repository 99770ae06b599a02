"""Fields of the form in which a question is written: texts with a format, numbers, shares of the mark."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.item_types.amounts import is_sane, told
from assessments.item_types.rich import EMPTY, Rich, TextFormat

LONGEST_TEXT = 100_000
LONGEST_NUMBER = 80
PERCENT_PLACES = 2

FORMAT_NAMES: dict[TextFormat, Promise] = {
    TextFormat.PLAIN: _("Plain text"),
    TextFormat.MARKDOWN: _("Markdown"),
    TextFormat.HTML: _("HTML"),
    TextFormat.MOODLE: _("HTML in which a line break breaks the line"),
}
# A field grows with what is typed into it.
GROWS = {"data-controller": "w-autosize"}
# Empty: as the question is written.
AS_THE_QUESTION = ""
FORMATS_OF_A_TEXT = [
    (AS_THE_QUESTION, _("As the question")),
    *((one.value, name) for one, name in FORMAT_NAMES.items()),
]


def typed(text: str) -> str:
    """Return a text without the line breaks that browsers add."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


class TextField(forms.CharField):
    """Words without a format. What blanks stand round it stay: a file may mean them."""

    def __init__(self, *, rows: int = 1, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", LONGEST_TEXT)
        super().__init__(
            strip=False,
            widget=forms.Textarea(attrs={"rows": rows, **GROWS}) if rows > 1 else forms.TextInput(),
            **kwargs,
        )

    def to_python(self, value: Any) -> str:
        """Return what was typed; nothing but blanks is nothing."""
        text = typed(super().to_python(value) or "")
        return text if text.strip() else ""


class RichWidget(forms.MultiWidget):
    """A text, and its format where that is not the question's own."""

    def __init__(self, *, rows: int) -> None:
        name = {"aria-label": _("Format of the text above")}
        super().__init__(
            [forms.Textarea(attrs={"rows": rows, **GROWS}), forms.Select(attrs=name, choices=FORMATS_OF_A_TEXT)]
        )
        # How the question is written; set by the form.
        self.writing = TextFormat.PLAIN

    def id_for_label(self, id_: str) -> str:
        """The label is that of the text."""
        return f"{id_}_0" if id_ else ""

    def decompress(self, value: Rich | None) -> list[str]:
        """Return the text and the word for its format."""
        if value is None:
            return ["", AS_THE_QUESTION]
        own = value.format == self.writing or value == EMPTY
        return [value.text, AS_THE_QUESTION if own else value.format.value]

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Hide the choice of a format where there is nothing to choose."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        words = value if isinstance(value, list) else self.decompress(value)
        if not words[1:] or not words[1]:
            context["widget"]["subwidgets"][1] = forms.HiddenInput().get_context(f"{name}_1", "", {})["widget"]
        return context


class RichField(forms.MultiValueField):
    """A text with a format."""

    widget: RichWidget

    def __init__(self, *, rows: int = 2, required: bool = False, **kwargs: Any) -> None:
        fields = [
            forms.CharField(strip=False, required=False, max_length=LONGEST_TEXT),
            forms.ChoiceField(choices=FORMATS_OF_A_TEXT, required=False),
        ]
        super().__init__(
            fields=fields, widget=RichWidget(rows=rows), require_all_fields=False, required=required, **kwargs
        )

    def compress(self, values: list[str]) -> Rich:
        """Return the text."""
        text, named = values or ["", AS_THE_QUESTION]
        if named == AS_THE_QUESTION:
            return Rich(typed(text), self.widget.writing) if text and text.strip() else EMPTY
        return Rich(typed(text or ""), TextFormat(named))

    def clean(self, value: Any) -> Rich:
        """Return the text; a text of blanks is none."""
        cleaned: Rich = super().clean(value) or EMPTY
        if self.required and not cleaned:
            raise ValidationError(self.error_messages["required"], code="required")
        return cleaned


class NumberField(forms.Field):
    """A number, with a point or a comma before its places."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def prepare_value(self, value: Any) -> Any:
        """Return it as people write it."""
        return told(value) if isinstance(value, Decimal) else value

    def to_python(self, value: Any) -> Decimal | None:
        """Return the number."""
        text = str(value if value is not None else "").strip().replace("\u2212", "-")
        if not text:
            return None
        if text.count(",") == 1 and "." not in text:
            text = text.replace(",", ".")
        try:
            number = Decimal(text) if len(text) <= LONGEST_NUMBER else None
        except InvalidOperation:
            number = None
        if number is None or not is_sane(number):
            raise ValidationError(gettext("Write a number, such as 5 or 0.25."), code="invalid")
        return number


class PercentField(NumberField):
    """A share of the mark, typed as per cent."""

    def prepare_value(self, value: Any) -> Any:
        """Return it in per cent."""
        sane = isinstance(value, Decimal) and is_sane(value)
        return told(value.scaleb(PERCENT_PLACES)) if sane else super().prepare_value(value)

    def to_python(self, value: Any) -> Decimal | None:
        """Return the share."""
        number = super().to_python(value)
        return None if number is None else number.scaleb(-PERCENT_PLACES)


class CountField(forms.IntegerField):
    """A whole number from zero; nothing typed is the usual one."""

    def __init__(self, *, usual: int, **kwargs: Any) -> None:
        self.usual = usual
        super().__init__(required=False, min_value=0, max_value=1_000_000, initial=usual, **kwargs)

    def clean(self, value: Any) -> int:
        """Return the number."""
        number = super().clean(value)
        return self.usual if number is None else int(number)
