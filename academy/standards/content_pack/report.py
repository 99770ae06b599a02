"""What is wrong with one file, collected, so that reading goes on to its end."""

from __future__ import annotations

from academy.lib.problems import Problem


class Report:
    """Problems of one file, in the order in which they were found."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def add(self, line: int, message: str) -> None:
        """Note what is wrong in ``line`` (from 1; 0 for the whole file) and how to mend it."""
        self.problems.append(Problem(file=self.file, line=line, message=message))
