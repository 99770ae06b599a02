"""Measure how fast questions are imported and responses marked, and hold the figures against their limits.

Works on a database of its own in a new folder: nothing of the installation's is read or written.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
QUESTIONS, RESPONSES = 5_000, 20_000
MOST_SECONDS, LEAST_A_SECOND = 60, 10_000
A_HUNDRED = 100
OF_TRANSACTIONS = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")


def main() -> int:
    """Print the figures as JSON; return whether a limit was missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=QUESTIONS)
    parser.add_argument("--responses", type=int, default=RESPONSES)
    options = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "academy.settings.test")
        import_module("django").setup()
        figures = measured(questions=options.questions, responses=options.responses)
    print(json.dumps(figures, indent=2))
    return 1 if figures["missed"] else 0


def measured(*, questions: int, responses: int) -> dict[str, Any]:
    """Return all figures; ``missed`` names the limits that were not kept."""
    connection = import_module("django.db").connection
    import_module("django.core.management").call_command("migrate", verbosity=0)
    data = file_of(questions)
    importing = imported(data)
    marking = marked(data, responses)
    missed = []
    if importing["seconds"] >= MOST_SECONDS:
        missed.append(f"importing took {MOST_SECONDS} s or more")
    if importing["statements_a_hundred"]["fewest"] != importing["statements_a_hundred"]["most"]:
        missed.append("the statements a hundred questions are not constant")
    if marking["a_second_a_core"] < LEAST_A_SECOND:
        missed.append(f"fewer than {LEAST_A_SECOND:,} responses a second were marked")
    if marking["statements"]:
        missed.append("marking asked the database")
    connection.close()
    return {"database": connection.vendor, "importing": importing, "marking": marking, "missed": missed}


def file_of(count: int) -> bytes:
    """Return that many questions of all kinds as our own CSV."""
    many_questions = import_module("tests.support.many_questions").many_questions
    data: bytes = (
        import_module("academy.exchange.questions.csv").write([one for one, _said in many_questions(count)]).data
    )
    return data


def imported(data: bytes) -> dict[str, Any]:
    """Import a file as the command does: read, judged, planned, stored in one transaction."""
    started = perf_counter()
    done, statements = import_counted(data)
    seconds = perf_counter() - started
    hundreds = {"fewest": min(statements), "most": max(statements)}
    return {"questions": done, "seconds": round(seconds, 2), "statements_a_hundred": hundreds}


def import_counted(data: bytes) -> tuple[int, list[int]]:
    """Return how many questions were stored, and how many statements each full hundred of them took."""
    execute = import_module("academy.exchange.questions.execute")
    plan_import = import_module("academy.exchange.questions.plan").plan_import
    read = import_module("academy.exchange.questions.csv").read
    connection = import_module("django.db").connection
    counts: list[int] = []

    def count(run: Any, sql: str, params: Any, many: Any, context: Any) -> Any:
        # A hundred begins with the look-up of its items.
        if sql.startswith("SELECT") and '"assessments_item"."code" IN' in sql:
            counts.append(0)
        if counts and not sql.startswith(OF_TRANSACTIONS):
            counts[-1] += 1
        return run(sql, params, many, context)

    bank = execute.imported_bank()
    plan = plan_import(read(data), bank=bank)
    if plan.problems:
        raise SystemExit(f"The questions of the bench are refused: {plan.problems[0]}")
    now = import_module("django.utils.timezone").now()
    with connection.execute_wrapper(count):
        done = execute.carry_out(plan, bank=bank, by=None, at=now)
    return done.made, counts[: done.made // A_HUNDRED]


def marked(data: bytes, count: int) -> dict[str, Any]:
    """Mark responses to the questions of a file as mark_responses does, on one core."""
    marking = import_module("academy.exchange.questions.marking")
    judge = import_module("academy.exchange.questions.judging").judge
    read = import_module("academy.exchange.questions.csv").read
    connection = import_module("django.db").connection
    many_questions = import_module("tests.support.many_questions").many_questions
    judged = judge(read(data))
    said = [
        marking.Asked(item=one.name, response=response) for one, response in many_questions(len(judged)) if response
    ]
    asked = (said * (count // len(said) + 1))[:count]
    statements: list[str] = []

    def note(run: Any, sql: str, params: Any, many: Any, context: Any) -> Any:
        statements.append(sql)
        return run(sql, params, many, context)

    with connection.execute_wrapper(note):
        started = process_time()
        results = marking.mark_all(judged, asked)
        seconds = process_time() - started
    states = [str(one.state) for one in results]
    return {
        "responses": len(results),
        "cpu_seconds": round(seconds, 3),
        "a_second_a_core": round(len(results) / seconds),
        "states": {state: states.count(state) for state in sorted(set(states))},
        "statements": len(statements),
    }


if __name__ == "__main__":
    sys.exit(main())
