"""What can be wrong with a table, in the words of the reader. For every import that reads one."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from academy.standards.csv_table import Fault, Finding

SENTENCES: dict[Fault, Callable[[], str]] = {
    Fault.TOO_BIG: lambda: _("The file is larger than %(first)s MB. Split it."),
    Fault.NOT_UTF8: lambda: _("This is not UTF-8 from here on. Save the file again as “CSV UTF-8”."),
    Fault.NOT_TEXT: lambda: _("This is no CSV file. Save the table as “CSV UTF-8” and choose that file."),
    Fault.NO_HEADINGS: lambda: _("The file is empty. Its first row holds the headings of the columns."),
    Fault.NO_ROWS: lambda: _("There are headings and no rows below them."),
    Fault.TOO_MANY_ROWS: lambda: _("There are more than %(first)s rows. Split the file."),
    Fault.MISSING_COLUMN: lambda: _("The column “%(first)s” is missing."),
    Fault.UNKNOWN_COLUMN: lambda: _("There is no column “%(first)s” here. Correct its heading, or remove it."),
    Fault.REPEATED_COLUMN: lambda: _("The column “%(first)s” is there twice. Remove one."),
    Fault.WRONG_WIDTH: lambda: _(
        "This row has %(first)s cells, and the headings are %(second)s. Look for a stray separator or quotation mark."
    ),
    Fault.STRAY_QUOTE: lambda: _("A quotation mark that opens here has no end. Double it, or remove it."),
}


def sentence(finding: Finding) -> str:
    """Return what is wrong and how to mend it."""
    first, second = (*finding.values, "", "")[:2]
    return SENTENCES[finding.fault]() % {"first": first, "second": second}
