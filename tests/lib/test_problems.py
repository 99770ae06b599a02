from __future__ import annotations

from academy.lib.problems import Problem


def test_problem_reads_as_a_place_that_editors_open() -> None:
    assert str(Problem(file="en/play.md", line=3, message="Give it a title.")) == "en/play.md:3: Give it a title."


def test_problems_sort_by_file_and_line() -> None:
    first = Problem(file="a.md", line=2, message="z")
    second = Problem(file="a.md", line=10, message="a")
    third = Problem(file="b.md", line=0, message="a")

    assert sorted([third, second, first]) == [first, second, third]
