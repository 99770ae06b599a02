"""Moodle XML: what Moodle exports as its questions, in and out.

A question that Moodle would mark otherwise than anybody expects is refused, with a sentence on how to mend it. A
question of ours that Moodle could not mark as we do is not written, and the same is said.
"""

from academy.exchange.questions.moodle_xml.reading import read
from academy.exchange.questions.moodle_xml.writing import write

__all__ = ["read", "write"]
