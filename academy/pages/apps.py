from django.apps import AppConfig


class PagesConfig(AppConfig):
    """What every page is made of."""

    name = "academy.pages"
    label = "pages"

    def ready(self) -> None:
        """Make the cells of every export of the CMS safe: their views have this method from one base."""
        from wagtail.admin.views.mixins import SpreadsheetExportMixin  # noqa: PLC0415 -- models are not loaded before ready()

        from academy.lib.csv_cells import with_safe_cells  # noqa: PLC0415 -- models are not loaded before ready()

        SpreadsheetExportMixin.preprocess_field_value = with_safe_cells(SpreadsheetExportMixin.preprocess_field_value)
