"""Moodle XML: what Moodle exports as its questions, in and out.

A question that Moodle would mark otherwise than anybody expects is refused, with a sentence on how to mend it.
"""

from academy.exchange.questions.moodle_xml.reading import read

__all__ = ["read"]
