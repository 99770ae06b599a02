"""Questions as a table for spreadsheet programs: our own form, which holds every kind exactly. See docs/questions.md."""

from academy.exchange.questions.csv.reader import read
from academy.exchange.questions.csv.writer import write

__all__ = ["read", "write"]
