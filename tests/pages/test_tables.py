"""Tables of authors."""

from __future__ import annotations

import pytest

from academy.pages.domain.tables import Cell, Table, as_table


def test_as_table_figures_and_words_are_told_apart() -> None:
    table = as_table([["Bid", "Score"], ["A", "2"], ["B", "–"]])

    assert table == Table(
        head=(Cell(text="Bid", figure=False), Cell(text="Score", figure=True)),
        rows=(
            (Cell(text="A", figure=False), Cell(text="2", figure=True)),
            (Cell(text="B", figure=False), Cell(text="–", figure=True)),
        ),
    )


def test_as_table_short_row_is_filled_up() -> None:
    table = as_table([["Bid", "Score"], ["A"]])

    assert table.rows == ((Cell(text="A", figure=False), Cell(text="", figure=False)),)


def test_as_table_without_rows_is_empty() -> None:
    assert as_table([]) == Table(head=(), rows=())


@pytest.mark.parametrize("text", ["12", "1,234.50", "-3", "79.40 %", "£120", "2:1", "12/2026"])
def test_as_table_figure_of_any_shape_makes_a_column_of_figures(text: str) -> None:
    assert as_table([["Head"], [text]]).head == (Cell(text="Head", figure=True),)


@pytest.mark.parametrize("text", ["two", "3 of 4", "–", ""])
def test_as_table_word_or_nothing_makes_a_column_of_words(text: str) -> None:
    assert as_table([["Head"], [text]]).head == (Cell(text="Head", figure=False),)
