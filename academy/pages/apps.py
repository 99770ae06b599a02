from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """What every page is made of."""

    name = "academy.pages"
    label = "pages"

    def ready(self) -> None:
        """Mend two things in the bases of Wagtail's own classes, so that none of them is forgotten.

        The cells of its exports are made safe, and its choosers show what is no key as nothing chosen.
        """
        from wagtail.admin.views.mixins import SpreadsheetExportMixin  # noqa: PLC0415 -- models are not loaded before ready()
        from wagtail.admin.widgets.chooser import BaseChooser  # noqa: PLC0415 -- models are not loaded before ready()

        from academy.lib.csv_cells import with_safe_cells  # noqa: PLC0415 -- models are not loaded before ready()

        SpreadsheetExportMixin.preprocess_field_value = with_safe_cells(SpreadsheetExportMixin.preprocess_field_value)
        BaseChooser.get_instance = forgiving(BaseChooser.get_instance)


def forgiving(get_instance: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap the method by which a chooser finds what a form sent: the form has its error, and is shown with it."""

    @wraps(get_instance)
    def found(widget: Any, value: Any) -> Any:
        try:
            return get_instance(widget, value)
        except (TypeError, ValueError):
            return None  # no key of any row

    return found
