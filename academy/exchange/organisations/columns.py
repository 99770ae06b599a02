"""The columns of the table."""

from __future__ import annotations

from django.conf import settings

from academy.standards.csv_table import Column

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
COLUMNS = (
    Column(name="code", required=True),
    Column(name="parent_code"),
    Column(name="kind"),
    Column(name="name"),
    Column(name="language"),
    Column(name="time_zone"),
    *(Column(name=f"name_{code}") for code in LANGUAGES),
    Column(name="domains"),
    Column(name="takes_requests"),
)
NAMES = tuple(column.name for column in COLUMNS)
YES, NO = "yes", "no"
ANSWERS = {YES: True, "true": True, "1": True, NO: False, "false": False, "0": False}
MOST_ROWS = 5_000
