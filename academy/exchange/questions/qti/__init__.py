"""Questions as QTI 2.1, 2.2 and 3.0: items and packages in, packages out."""

from academy.exchange.questions.qti.reader import read
from academy.exchange.questions.qti.writer import write

__all__ = ["read", "write"]
