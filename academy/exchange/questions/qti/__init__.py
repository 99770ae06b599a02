"""Questions as QTI 2.1, 2.2 and 3.0: items and packages in, packages out."""

from academy.exchange.questions.qti.reader import read

__all__ = ["read"]
