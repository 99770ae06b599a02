"""Sentences about files and questions that can't be taken."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from academy.standards.qti.faults import BadQti, Fault


class Refused(Exception):
    """The question can't be taken; the message says why, and how to mend it."""


def unknown_rule() -> Refused:
    """Return what is said of a rule of marking that is not one of those that we read."""
    return Refused(
        _(
            "Its rule of marking is not one that we know. Use the template match_correct or map_response, or a sum of"
            " such rules."
        )
    )


_SENTENCES: dict[Fault, Callable[[], str]] = {
    Fault.TOO_LARGE: lambda: _("A file in it is larger than %(value)s MB. Make it smaller."),
    Fault.TOO_DEEP: lambda: _("Its elements are nested more than %(value)s deep. Make it simpler."),
    Fault.DECLARATIONS: lambda: _("It declares a document type or entities. Remove the declaration."),
    Fault.NOT_XML: lambda: _("Line %(value)s is not well-formed XML. Export the file again."),
    Fault.OLD_VERSION: lambda: _("It is QTI 1.2. Export it as QTI 2.1, 2.2 or 3.0."),
    Fault.IS_A_TEST: lambda: _("It is a test, which holds no question itself. Give the whole package."),
    Fault.NOT_AN_ITEM: lambda: _("It is no QTI item: it begins with “%(value)s”. Give an item or a package."),
    Fault.NOT_A_MANIFEST: lambda: _("Its imsmanifest.xml begins with “%(value)s”, not with “manifest”."),
    Fault.BAD_NUMBER: lambda: _("“%(value)s” stands where a number belongs. Write a number such as 0.5."),
    Fault.COMMA: lambda: _("“%(value)s” has a comma. Write numbers with a point."),
    Fault.NO_IDENTIFIER: lambda: _("An element “%(value)s” has no identifier. Give it one."),
    Fault.TWICE: lambda: _("“%(value)s” is there twice. Keep one."),
    Fault.STRANGE: lambda: _("“%(value)s” stands where no such element can be. Correct or remove it."),
    Fault.NO_TRUTH: lambda: _("“%(value)s” stands where only true or false can. Correct it."),
    Fault.BAD_ARCHIVE: lambda: _("It is no zip archive that can be opened safely. %(value)s Pack it again."),
    Fault.NO_MANIFEST: lambda: _("It has no imsmanifest.xml. Export it again as a QTI package."),
    Fault.NO_ITEMS: lambda: _("Its manifest names no question."),
    Fault.OUTSIDE: lambda: _("“%(value)s” leads out of the package. Let it name a file in it."),
    Fault.ABSENT: lambda: _("The package lacks “%(value)s”, or its manifest does not name it."),
}


def sentence(error: BadQti) -> str:
    """Return what is said of a fault."""
    return _SENTENCES[error.fault]() % {"value": error.value}
