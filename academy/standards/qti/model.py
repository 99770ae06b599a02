"""An item, its variables and a manifest, as their files say them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from academy.standards.qti.tree import Element

ZERO = Decimal(0)


@dataclass(frozen=True, kw_only=True, slots=True)
class MapEntry:
    """What one value of a response earns."""

    key: str
    value: Decimal
    case_sensitive: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Mapping:
    """What the values of a response earn; every value that has no entry earns ``default``. The sum is kept within."""

    entries: tuple[MapEntry, ...]
    default: Decimal = ZERO
    lower: Decimal | None = None
    upper: Decimal | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Response:
    """A response variable. ``correct`` and ``default`` are empty where the file has none."""

    identifier: str
    cardinality: str
    base_type: str = ""
    correct: tuple[str, ...] = ()
    mapping: Mapping | None = None
    default: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """An outcome variable."""

    identifier: str
    cardinality: str
    base_type: str = ""
    default: tuple[str, ...] = ()
    normal_maximum: Decimal | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """An item. Trees have the names of 2.x; ``processing`` is the element with its rules or its template."""

    identifier: str
    title: str
    language: str = ""
    adaptive: bool = False
    # It makes itself anew for each learner.
    templated: bool = False
    styled: bool = False
    # A part of its text is in a file of its own.
    stimulus: bool = False
    responses: tuple[Response, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    body: Element | None = None
    processing: Element | None = None
    modal: tuple[Element, ...] = ()

    def response(self, identifier: str) -> Response | None:
        """Return a response variable by its name."""
        return next((one for one in self.responses if one.identifier == identifier), None)

    def outcome(self, identifier: str) -> Outcome | None:
        """Return an outcome variable by its name."""
        return next((one for one in self.outcomes if one.identifier == identifier), None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Resource:
    """What a manifest names. ``href`` and ``files`` are names within the package; ``bad`` are those that leave it."""

    identifier: str
    type: str
    href: str
    files: tuple[str, ...] = ()
    bad: tuple[str, ...] = ()
    title: str = ""
    keywords: tuple[str, ...] = ()

    @property
    def is_item(self) -> bool:
        """Whether it is a question."""
        return self.type.startswith(("imsqti_item_xml", "imsqti_apipitem_xml"))

    @property
    def is_test(self) -> bool:
        """Whether it is a test made of questions."""
        return self.type.startswith(("imsqti_test_xml", "imsqti_assessment_xml", "imsqti_apiptest_xml"))

    @property
    def is_old(self) -> bool:
        """Whether it is QTI 1.2, which has other items."""
        return self.type.startswith(("imsqti_xmlv1p", "imsqti_asi_xmlv1p"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Manifest:
    """What a package says that it holds."""

    identifier: str
    resources: tuple[Resource, ...]

    @property
    def named(self) -> frozenset[str]:
        """Every file that a resource names."""
        return frozenset(name for one in self.resources for name in (one.href, *one.files) if name)
