"""Items, manifests and packages of QTI: their grammar, in each version."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.standards.qti.faults import BadQti, Fault
from academy.standards.qti.manifest import ITEM_TYPES, place, read_manifest, write_manifest
from academy.standards.qti.model import Item, Manifest, MapEntry, Mapping, Outcome, Resource, Response
from academy.standards.qti.names import Version, to_two
from academy.standards.qti.package import open_package, write_package
from academy.standards.qti.reader import number, read_item
from academy.standards.qti.tree import Element, make
from academy.standards.qti.writer import say_number, template, write_item
from academy.standards.qti.xml import parse, sayable, serialize

ITEM = Item(
    identifier="bids",
    title="Bids & “more”",
    language="en",
    responses=(
        Response(
            identifier="RESPONSE",
            cardinality="single",
            base_type="string",
            correct=("a",),
            default=("before",),
            mapping=Mapping(
                entries=(
                    MapEntry(key="a", value=Decimal("0.5"), case_sensitive=False),
                    MapEntry(key='"b" <c>', value=Decimal(-1), case_sensitive=False),
                ),
                lower=Decimal(-1),
                upper=Decimal(2),
                default=Decimal("0.25"),
            ),
        ),
    ),
    outcomes=(
        Outcome(identifier="SCORE", cardinality="single", base_type="float", normal_maximum=Decimal(2)),
        Outcome(identifier="MAXSCORE", cardinality="single", base_type="float", default=("2",)),
    ),
    body=make(
        "itemBody",
        make("rubricBlock", make("p", "For scorers."), view="scorer"),
        make(
            "p", "One ", make("em", "two"), " ", make("textEntryInteraction", responseIdentifier="RESPONSE"), " three"
        ),
    ),
    modal=(make("modalFeedback", make("p", "Good."), outcomeIdentifier="F", showHide="show", identifier="x"),),
)


def said(element: Element) -> tuple[object, ...]:
    """Return an element without its namespaces."""
    content = tuple(one if isinstance(one, str) else said(one) for one in element.content)
    return element.name, element.attributes, content


@pytest.mark.parametrize("version", list(Version))
def test_written_item_reads_the_same(version: Version) -> None:
    read = read_item(write_item(ITEM, version))

    assert read.responses == ITEM.responses
    assert read.outcomes == ITEM.outcomes
    assert (read.identifier, read.title, read.language) == (ITEM.identifier, ITEM.title, ITEM.language)
    assert read.body is not None
    assert ITEM.body is not None
    assert said(read.body) == said(ITEM.body)
    assert [said(one) for one in read.modal] == [said(one) for one in ITEM.modal]


def test_item_of_three_has_its_own_names_and_bodies_of_content() -> None:
    text = write_item(ITEM, Version.V30).decode()

    assert '<qti-map-entry map-key="a" mapped-value="0.5" case-sensitive="false"/>' in text
    assert '<qti-rubric-block view="scorer"><qti-content-body><p>For scorers.</p></qti-content-body>' in text
    assert '<p>One <em>two</em> <qti-text-entry-interaction response-identifier="RESPONSE"/> three</p>' in text
    assert 'xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0"' in text


def test_names_of_html_data_and_other_standards_are_left_alone() -> None:
    root = to_two(
        parse(
            b'<qti-item-body xmlns:m="http://www.w3.org/1998/Math/MathML" xmlns:o="urn:o" data-my-key="a">'
            b'<p accept-charset="b"/><m:math/><o:thing/></qti-item-body>'
        )
    )

    assert root.name == "itemBody"
    assert root.attributes == (("data-my-key", "a"),)
    assert [one.name for one in root.children] == ["p", "math:math", "{urn:o}thing"]
    assert root.children[0].attributes == (("accept-charset", "b"),)


@pytest.mark.parametrize("version", list(Version))
def test_template_has_the_address_of_its_version(version: Version) -> None:
    address = template("match_correct", version).get("template")

    assert (
        address
        == {
            Version.V21: "http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct",
            Version.V22: "http://www.imsglobal.org/question/qti_v2p2/rptemplates/match_correct",
            Version.V30: "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct.xml",
        }[version]
    )


TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=20).map(sayable)


@given(text=TEXTS, value=TEXTS)
def test_any_text_that_xml_can_say_comes_back(text: str, value: str) -> None:
    root = parse(serialize(make("a", text, b=value)))

    assert root.text == text
    assert root.get("b") == value


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1", "1"), (" -0.50 ", "-0.50"), ("+.5", "0.5"), ("1e3", "1E+3"), ("5.", "5")],
)
def test_number_is_read(text: str, expected: str) -> None:
    assert str(number(text)) == expected


@pytest.mark.parametrize("text", ["", "one", "NaN", "INF", "1e999", "1e-400", "0x10", "1 2", "٣", "1_000", "9" * 61])
def test_what_is_no_number_is_told(text: str) -> None:
    with pytest.raises(BadQti) as told:
        number(text)

    assert told.value.fault == Fault.BAD_NUMBER


def test_comma_in_a_number_is_told_as_such() -> None:
    with pytest.raises(BadQti) as told:
        number("1,5")

    assert (told.value.fault, told.value.value) == (Fault.COMMA, "1,5")


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=6))
def test_said_number_reads_the_same(value: Decimal) -> None:
    assert number(say_number(value)) == value
    assert "E" not in say_number(value)


@pytest.mark.parametrize(
    ("before", "after", "fault", "value"),
    [
        ('identifier="SCORE"', 'identifier="RESPONSE"', Fault.TWICE, "RESPONSE"),
        (
            '<responseDeclaration identifier="RESPONSE"',
            "<responseDeclaration",
            Fault.NO_IDENTIFIER,
            "responseDeclaration",
        ),
        ('caseSensitive="false"', 'caseSensitive="maybe"', Fault.NO_TRUTH, "maybe"),
        ('mapKey="a"', 'mapKey="&quot;b&quot; &lt;c&gt;"', Fault.TWICE, '"b" <c>'),
        ("<mapEntry ", "<mapEntri ", Fault.STRANGE, "mapEntri"),
        ('lowerBound="-1"', 'lowerBound="low"', Fault.BAD_NUMBER, "low"),
    ],
)
def test_fault_of_an_item_has_a_name_and_a_value(before: str, after: str, fault: Fault, value: str) -> None:
    text = write_item(ITEM, Version.V21).decode()
    assert before in text

    with pytest.raises(BadQti) as told:
        read_item(text.replace(before, after, 1).encode())

    assert (told.value.fault, told.value.value) == (fault, value)


MANIFEST = Manifest(
    identifier="M",
    resources=(
        Resource(
            identifier="r",
            type="imsqti_item_xmlv2p1",
            href="items/r.xml",
            files=("items/r.xml", "pictures/r/a.png"),
            title="Tea & cake",
            keywords=("tea", "“cake”"),
        ),
        Resource(identifier="o", type="webcontent", href="o.json", files=("o.json",)),
    ),
)


@pytest.mark.parametrize("version", list(Version))
def test_written_manifest_reads_the_same(version: Version) -> None:
    given_files = [Resource(identifier=one.identifier, type=one.type, href=one.href, files=one.files[1:], title=one.title, keywords=one.keywords) for one in MANIFEST.resources]  # fmt: skip

    assert read_manifest(write_manifest(Manifest(identifier="M", resources=tuple(given_files)), version)) == MANIFEST
    assert ITEM_TYPES[version].startswith("imsqti_item_xml")


def test_older_words_of_metadata_and_bases_are_read() -> None:
    manifest = read_manifest(
        b"""<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:x="http://www.imsglobal.org/xsd/imsmd_v1p2"
        identifier="M"><resources xml:base="all/"><resource xml:base="q" identifier="r" type="imsqti_item_xmlv2p0"
        href="a%20b.xml"><metadata><x:lom><x:general><x:title><x:langstring>Tea</x:langstring></x:title>
        <x:keyword><x:langstring>hot</x:langstring></x:keyword></x:general></x:lom></metadata>
        <file href="../c.png"/><file href="../../../d.png"/></resource></resources></manifest>"""
    )

    assert manifest.resources == (
        Resource(
            identifier="r",
            type="imsqti_item_xmlv2p0",
            href="all/q/a b.xml",
            files=("all/c.png",),
            bad=("../../../d.png",),
            title="Tea",
            keywords=("hot",),
        ),
    )


@pytest.mark.parametrize(
    "href",
    ["", "#a", "/a", "//host/a", "http://a", "file:a", "a\\b", "..", "../a", "a/../../b", "%2e%2e/a", "a%00b", "C:/a"],
)
def test_address_that_leaves_the_package_is_refused(href: str) -> None:
    with pytest.raises(BadQti) as told:
        place(href)

    assert told.value.fault == Fault.OUTSIDE


@pytest.mark.parametrize(
    ("href", "name"), [("a.xml", "q/a.xml"), ("../a.xml", "a.xml"), ("./b/a%2Fc.xml?x#y", "q/b/a/c.xml")]
)
def test_address_is_a_name_within_the_package(href: str, name: str) -> None:
    assert place(href, base="q") == name


def test_package_gives_only_what_its_manifest_names() -> None:
    files = {"imsmanifest.xml": write_manifest(MANIFEST, Version.V21), "o.json": b"{}", "other.txt": b"no"}

    with open_package(write_package(files)) as package:
        assert package.read("o.json") == b"{}"
        with pytest.raises(BadQti):
            package.read("other.txt")
        with pytest.raises(BadQti):
            package.read("items/r.xml")
        with pytest.raises(BadQti) as told:
            package.read("o.json", at_most=1)
    assert told.value.fault == Fault.TOO_LARGE
