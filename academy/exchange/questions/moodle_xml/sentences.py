"""What is said of files that cannot be read, and of questions that cannot be asked here."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from academy.standards.moodle_xml import Finding, Problem

OF_FILE: dict[Problem, Callable[[], str]] = {
    Problem.TOO_BIG: lambda: _("The file is larger than %(value)s MB. Export the categories one by one."),
    Problem.NOT_XML: lambda: _("This is no well-formed XML: %(value)s. Export the file from Moodle again."),
    Problem.UNKNOWN_ENCODING: lambda: _("The file's encoding cannot be read: %(value)s. Save it as UTF-8."),
    Problem.HAS_DTD: lambda: _("The file has a DOCTYPE, which Moodle never writes. Take it out."),
    Problem.NOT_MOODLE: lambda: _(
        "The file starts with <%(value)s>. A file of Moodle XML starts with <quiz>: choose that format in Moodle."
    ),
    Problem.TOO_DEEP: lambda: _("Elements stand too deep within each other from here on. This is no export of Moodle."),
    Problem.TOO_MANY_ENTRIES: lambda: _("There are more questions than one file may have. Split it here."),
    Problem.TOO_MANY_ELEMENTS: lambda: _("There are more elements than a file of questions can need. Split it here."),
    Problem.NO_ENTRIES: lambda: _("The file has no question."),
}
OF_TYPE: dict[str, Callable[[], str]] = {
    "calculated": lambda: _("A calculated question (type “%(type)s”) has formulas, which are not taken."),
    "calculatedsimple": lambda: _("A calculated question (type “%(type)s”) has formulas, which are not taken."),
    "calculatedmulti": lambda: _("A calculated question (type “%(type)s”) has formulas, which are not taken."),
    "randomsamatch": lambda: _(
        "A random matching question (type “%(type)s”) is made of others. Make it a matching question."
    ),
    "random": lambda: _("A random question (type “%(type)s”) is drawn from others. Take those instead."),
    "ddimageortext": lambda: _(
        "Things are dragged onto a picture (type “%(type)s”), which needs eyes and a mouse. Make it a matching question."
    ),
    "ddmarker": lambda: _(
        "Markers are dragged onto a picture (type “%(type)s”), which needs eyes and a mouse. Ask it in words."
    ),
    "": lambda: _('The question has no type. Write one, as in <question type="multichoice">.'),
}  # fmt: skip


def of_file(finding: Finding) -> str:
    """Return why a file could not be read."""
    return OF_FILE[finding.problem]() % {"value": finding.value[:200]}


def of_type(name: str) -> str:
    """Return why a type of question is not taken."""
    say = OF_TYPE.get(name)
    if say is None:
        return _("Questions of the type “%(type)s” are not taken. Make it a question of a usual type in Moodle.") % {
            "type": name[:60],
        }
    return say() % {"type": name}
