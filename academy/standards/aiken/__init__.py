"""Aiken, the plainest format of questions: a text, options with capital letters, and ``ANSWER: B``.

``read_aiken(data)`` is the whole of it. Texts may go over several lines; a blank line between a text and its options,
or between options, is no harm. Grammar alone: faults have names and values, and whoever reads a file says them.
"""

from academy.standards.aiken.model import AikenFile, AikenQuestion, Entry, Fault, Finding
from academy.standards.aiken.reader import MOST_QUESTIONS, read_aiken

__all__ = ["MOST_QUESTIONS", "AikenFile", "AikenQuestion", "Entry", "Fault", "Finding", "read_aiken"]
