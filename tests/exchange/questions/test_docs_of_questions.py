"""What docs/questions.md shows is true."""

from __future__ import annotations

import json
import re
from pathlib import Path

from academy.exchange.questions.csv.columns import NAMES
from academy.exchange.questions.formats import FORMATS, QTI_VERSIONS
from academy.exchange.questions.marking import State
from assessments.item_types import all_types
from tests.support.commands import no_queries, run

DOCS = (Path(__file__).parents[3] / "docs" / "questions.md").read_text()


def example(language: str, number: int = 0) -> str:
    return re.findall(rf"```{language}\n(.*?)```", DOCS, re.DOTALL)[number]


def test_example_of_a_table_is_read_and_marked_as_it_says(tmp_path: Path) -> None:
    table, responses = tmp_path / "a.csv", tmp_path / "r.json"
    table.write_text(example("csv"))
    responses.write_text(example("json", 1))

    with no_queries():
        status, out, err = run("import_questions", str(table), "--format", "csv", "--dry-run", "--json")
        marked = json.loads(run("mark_responses", str(table), str(responses), "--format", "csv")[1])

    assert (status, err) == (0, "")
    told = json.loads(out)
    assert [one["type"] for one in told["questions"]] == [
        "single_choice",
        "multiple_choice",
        "true_false",
        "short_text",
        "numeric",
        "matching",
        "ordering",
        "open_text",
        "description",
    ]
    assert set(told) == set(json.loads(example("json")))
    assert [(row["fraction"], row["state"]) for row in marked] == [
        ("1.0000000", "right"),
        ("0.0000000", "wrong"),
        ("1.0000000", "right"),
        ("0.5000000", "partly_right"),
        ("1.0000000", "right"),
        ("0.5000000", "partly_right"),
        ("1.0000000", "right"),
        (None, "needs_marking"),
        (None, "unanswered"),
    ]


def test_every_column_kind_format_and_state_is_explained() -> None:
    numbered = {re.sub(r" \d+$", " 1", name) for name in NAMES}
    words = {*numbered, *FORMATS, *QTI_VERSIONS, *all_types(), *map(str, State)}

    assert sorted(word for word in words if word not in DOCS) == []
