"""What can be wrong with a file, by name. Whoever tells a person finds the words."""

from __future__ import annotations

from enum import StrEnum


class Fault(StrEnum):
    """What is wrong; the comment says what the value holds."""

    TOO_LARGE = "too_large"  # how many bytes are allowed
    TOO_DEEP = "too_deep"  # how many levels are allowed
    DECLARATIONS = "declarations"  # a document type or an entity
    NOT_XML = "not_xml"  # the line
    OLD_VERSION = "old_version"
    IS_A_TEST = "is_a_test"
    NOT_AN_ITEM = "not_an_item"  # the name of the root
    NOT_A_MANIFEST = "not_a_manifest"  # the name of the root
    BAD_NUMBER = "bad_number"  # what stands in its place
    COMMA = "comma"  # what stands in its place
    NO_IDENTIFIER = "no_identifier"  # the element
    TWICE = "twice"  # the identifier
    STRANGE = "strange"  # the name of an element where no such can be
    NO_TRUTH = "no_truth"  # what stands where only true or false can
    BAD_ARCHIVE = "bad_archive"  # why
    NO_MANIFEST = "no_manifest"
    NO_ITEMS = "no_items"
    OUTSIDE = "outside"  # the address
    ABSENT = "absent"  # the address


class BadQti(Exception):
    """The file can't be read."""

    def __init__(self, fault: Fault, value: str = "") -> None:
        super().__init__(f"{fault}: {value}")
        self.fault = fault
        self.value = value
