"""Tables from spreadsheet programs, and every way in which they can be wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.standards.csv_table import CAP, Column, Fault, Finding, read_table, write_table

COLUMNS = (Column(name="code", required=True), Column(name="name"))
GOOD = "code,name\na,Añá\nb,Bee\n"


def read(text: str | bytes) -> list[tuple[int, int, str, str]]:
    table = read_table(text if isinstance(text, bytes) else text.encode(), columns=COLUMNS)
    assert table.findings == ()
    return [(row.number, row.line, row.cells["code"], row.cells["name"]) for row in table.rows]


def findings(text: str | bytes, **options: int) -> list[Finding]:
    table = read_table(text if isinstance(text, bytes) else text.encode(), columns=COLUMNS, **options)
    assert table.rows == ()
    return list(table.findings)


@pytest.mark.parametrize(
    "data",
    [
        GOOD.encode(),
        GOOD.encode("utf-8-sig"),
        GOOD.replace("\n", "\r\n").encode(),
        GOOD.replace(",", ";").encode(),
        ("sep=;\n" + GOOD.replace(",", ";")).encode(),
        GOOD.replace("code,name", " Code , NAME ").encode(),
        GOOD.replace("\n", ",,\n").encode(),
        GOOD.replace("a,Añá", '"a","Añá "').encode(),
    ],
    ids=["plain", "mark", "crlf", "semicolons", "sep", "case", "empty cells at the end", "quotes"],
)
def test_what_spreadsheet_programs_write_is_read_alike(data: bytes) -> None:
    assert [row[2:] for row in read(data)] == [("a", "Añá"), ("b", "Bee")]


def test_rows_are_counted_and_their_lines_named_past_empty_ones_and_breaks_in_cells() -> None:
    assert read('code,name\n\n,\na,"two\nlines"\nb,B\n') == [(1, 4, "a", "two\nlines"), (2, 6, "b", "B")]


def test_row_of_the_wrong_width_keeps_its_number_and_the_others_stay() -> None:
    table = read_table(b"code,name\na\nb,B\nc,C,x\n", columns=COLUMNS)

    assert table.findings == ()
    assert [row.finding for row in table.rows] == [
        Finding(line=2, fault=Fault.WRONG_WIDTH, values=("1", "2")),
        None,
        Finding(line=4, fault=Fault.WRONG_WIDTH, values=("3", "2")),
    ]


@pytest.mark.parametrize(
    ("text", "line", "fault", "values"),
    [
        (b"", 0, Fault.NO_HEADINGS, ()),
        (b"\n ,\n", 0, Fault.NO_HEADINGS, ()),
        (b"code,name\n", 0, Fault.NO_ROWS, ()),
        (b"name\nAnn\n", 1, Fault.MISSING_COLUMN, ("code",)),
        (b"code,nmae\na,b\n", 1, Fault.UNKNOWN_COLUMN, ("nmae",)),
        (b"code,,name\na,,b\n", 1, Fault.UNKNOWN_COLUMN, ("",)),
        (b"code,Code\na,b\n", 1, Fault.REPEATED_COLUMN, ("code",)),
        (b'code,name\na,"b\n', 2, Fault.STRAY_QUOTE, ()),
        ("code,name\na,Añá\n".encode("latin-1"), 2, Fault.NOT_UTF8, ()),
        (GOOD.encode("utf-16"), 1, Fault.NOT_UTF8, ()),
        (b"code,name\na,\x00\n", 2, Fault.NOT_TEXT, ()),
        (b"PK\x03\x04\x00", 1, Fault.NOT_TEXT, ()),
    ],
)
def test_table_that_cannot_be_read_says_where_and_why(
    text: bytes, line: int, fault: Fault, values: tuple[str, ...]
) -> None:
    assert findings(text) == [Finding(line=line, fault=fault, values=values)]


def test_size_and_number_of_rows_have_an_end() -> None:
    assert CAP == 5 * 1024 * 1024
    assert findings(b"x" * (CAP + 1)) == [Finding(line=0, fault=Fault.TOO_BIG, values=("5",))]
    assert findings(GOOD, most_rows=1) == [Finding(line=3, fault=Fault.TOO_MANY_ROWS, values=("1",))]


def test_export_is_no_formula_and_comes_back_as_it_was() -> None:
    names = ["=1+1", "@x", "-2", " +3", "\uff1d1", "'quoted'", "plain", "a,b;c", "'=kept?"]
    written = write_table(["code", "name"], [{"code": str(n), "name": name} for n, name in enumerate(names)])

    assert written.startswith(b"\xef\xbb\xbfcode,name\r\n")
    assert b"'=1+1" in written
    cells = [line.partition(",")[2].strip('"') for line in written.decode("utf-8-sig").splitlines()[1:]]
    assert [cell for cell in cells if cell.lstrip()[:1] in "=@+-\uff1d"] == []
    assert [row[3] for row in read(written)][:4] == ["=1+1", "@x", "-2", "+3"]


@given(st.binary(max_size=200) | st.text(alphabet="code,nam;\"'\n\r=\ufeff", max_size=100).map(str.encode))
def test_nothing_breaks_the_reader(data: bytes) -> None:
    table = read_table(data, columns=COLUMNS)

    assert bool(table.rows) != bool(table.findings)


@given(st.lists(st.text(alphabet="'=+-@ \t\n\rab\uff1d", max_size=6), min_size=1, max_size=5))
def test_verbatim_cells_come_back_whatever_they_are(names: list[str]) -> None:
    written = write_table(["code", "name"], [{"code": "x", "name": name} for name in names])

    table = read_table(written, columns=COLUMNS, verbatim=True)

    assert [row.cells["name"] for row in table.rows] == names
