"""Broken and hostile files: hundreds of them, made in the same way each time. None raises, all are told."""

from __future__ import annotations

import io
import random
import re
import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from academy.exchange.questions.qti import read
from academy.exchange.questions.reading import Reading
from tests.support.qti_packages import repacked
from tests.support.uploads import declared_as, picture

GOLDEN = Path(__file__).parents[2] / "golden" / "questions" / "qti"
ITEMS = sorted(GOLDEN.rglob("*.xml"))
MANIFEST = b"""<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" identifier="M"><resources>
  <resource identifier="r1" type="imsqti_item_xmlv2p2" href="q/tf.xml">
    <file href="q/tf.xml"/><file href="q/img/sign.png"/>
  </resource>
  <resource identifier="r2" type="imsqti_item_xmlv2p1" href="q/order.xml"><file href="q/order.xml"/></resource>
</resources></manifest>"""
FILES = {
    "imsmanifest.xml": MANIFEST,
    "q/tf.xml": (GOLDEN / "2.2/true-false.xml").read_bytes(),
    "q/order.xml": (GOLDEN / "2.1/order.xml").read_bytes(),
    "q/img/sign.png": picture(),
}
PACKAGE = repacked(FILES)


def told(reading: Reading) -> bool:
    """Whether every question is there or says why it is not, or the file as a whole does."""
    if reading.problems:
        return not reading.found and all(note.message for note in reading.problems)
    return bool(reading.found) and all(bool(found.question) != bool(found.problems) for found in reading.found)


def broken_texts(data: bytes, seed: int) -> Iterator[bytes]:
    """Cut it, flip bits, drop, double and swap elements and attributes, and put other words in their place."""
    chance = random.Random(seed)  # noqa: S311 - the same every time, and keeps no secret
    size = len(data)
    for part in range(1, 8):
        yield data[: size * part // 8]
    for _turn in range(8):
        flipped = bytearray(data)
        for _flip in range(3):
            flipped[chance.randrange(size)] ^= 1 << chance.randrange(8)
        yield bytes(flipped)
    text = data.decode()
    attributes = re.findall(r"\s[\w:-]+=\"[^\"]*\"", text)
    values = ["", "0", "-1", "1e999", "NaN", "1,5", "RESPONSE", "multiple", "ordered", "string", "file", " ", "9" * 80]
    for _turn in range(14):
        attribute = chance.choice(attributes)
        name = attribute.split("=")[0]
        yield text.replace(attribute, "", 1).encode()
        yield text.replace(attribute, f'{name}="{chance.choice(values)}"', 1).encode()
    elements = re.findall(r"<[\w-]+[^>]*/>|<value>[^<]*</value>|<qti-value>[^<]*</qti-value>", text)
    for _turn in range(8 if elements else 0):
        element = chance.choice(elements)
        yield text.replace(element, "", 1).encode()
        yield text.replace(element, element * 2, 1).encode()
        yield text.replace(element, chance.choice(elements), 1).encode()


@pytest.mark.parametrize("path", ITEMS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_broken_item_is_read_or_told(path: Path) -> None:
    count = 0
    for broken in broken_texts(path.read_bytes(), seed=len(path.stem)):
        count += 1
        assert told(read(broken)), broken
    assert count >= 43


def test_broken_package_is_read_or_told() -> None:
    chance = random.Random(7)  # noqa: S311 - the same every time, and keeps no secret
    for part in range(64):
        assert told(read(PACKAGE[: len(PACKAGE) * part // 64]))
    for _turn in range(150):
        flipped = bytearray(PACKAGE)
        for _flip in range(4):
            flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
        assert told(read(bytes(flipped)))


def test_broken_manifest_is_read_or_told() -> None:
    for broken in broken_texts(MANIFEST, seed=3):
        assert told(read(repacked({**FILES, "imsmanifest.xml": broken})))


def item(inside: str, before: str = "") -> bytes:
    return (
        f'{before}<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="a" title="a">'
        f"<itemBody>{inside}</itemBody></assessmentItem>"
    ).encode()


HOSTILE = {
    "laughs": item("&b;", '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'),
    "file by an entity": item("&f;", '<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/passwd">]>'),
    "document type of the web": item("", '<!DOCTYPE a SYSTEM "http://example.org/a.dtd">'),
    "parameter entity": item("", '<!DOCTYPE a [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>'),
    "undeclared entity": item("&nbsp;"),
    "deep": item("<div>" * 5_000 + "</div>" * 5_000),
    "deeper than it closes": item("<div>" * 100_000),
    "long": item("a" * (2 * 1024 * 1024)),
    "unknown encoding": item("", '<?xml version="1.0" encoding="klingon"?>'),
    "odd encoding": item("", '<?xml version="1.0" encoding="utf-7"?>'),
    "half a character": item("").replace(b"itemBody><", b"itemBody>\xff<", 1),
    "null": item("\0"),
    "wide": item("").decode().encode("utf-16")[:-3],
}


@pytest.mark.parametrize("case", sorted(HOSTILE))
def test_hostile_item_is_told_of_as_a_whole(case: str) -> None:
    reading = read(HOSTILE[case])

    assert reading.found == ()
    assert len(reading.problems) == 1


def test_wide_item_is_read() -> None:
    assert told(read(item("<p>a</p>").decode().encode("utf-16")))


def test_depth_that_is_allowed_is_read() -> None:
    reading = read(item("<div>" * 190 + "a" + "</div>" * 190))

    assert reading.problems == ()
    assert reading.found[0].question is not None


DOUBLING = (
    "<assessmentItem xmlns='http://www.imsglobal.org/xsd/imsqti_v2p1' identifier='a' title='a'>"
    "<responseDeclaration identifier='R' cardinality='single' baseType='string'><correctResponse><value>a</value>"
    "</correctResponse></responseDeclaration><outcomeDeclaration identifier='SCORE' cardinality='single'"
    " baseType='float'/><itemBody><p><textEntryInteraction responseIdentifier='R'/></p></itemBody><responseProcessing>"
    "<setOutcomeValue identifier='SCORE'><mapResponse identifier='R'/></setOutcomeValue>"
    + "<setOutcomeValue identifier='SCORE'><sum><variable identifier='SCORE'/><variable identifier='SCORE'/></sum>"
    "</setOutcomeValue>" * 60 + "</responseProcessing></assessmentItem>"
).encode()


def test_score_that_doubles_without_end_is_refused() -> None:
    assert read(DOUBLING).found[0].question is None


def link(name: str, target: str) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for known, content in FILES.items():
            archive.writestr(known, content)
        member = zipfile.ZipInfo(name)
        member.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(member, target)
    return written.getvalue()


def many(count: int) -> bytes:
    return repacked({**FILES, **{f"f{number}": b"" for number in range(count)}})


ARCHIVES = {
    "link": link("q/link.xml", "/etc/passwd"),
    "parent": repacked({**FILES, "../up.xml": b"x"}),
    "absolute": repacked({**FILES, "/up.xml": b"x"}),
    "backslash": repacked({**FILES, "q\\x.xml": b"x"}).replace(b"q/x.xml", b"q\\x.xml"),
    "bomb": repacked({**FILES, "bomb": b"\0" * (30 * 1024 * 1024)}),
    "too many": many(5_000),
    "said to be small": declared_as(repacked({"q/big.bin": b"A" * 100_000, **FILES}), "q/big.bin", 10),
    "more behind": PACKAGE + b"more",
    "more before": b"PK\x05\x06" + PACKAGE,
}


@pytest.mark.parametrize("case", sorted(ARCHIVES))
def test_hostile_archive_is_refused(case: str) -> None:
    reading = read(ARCHIVES[case])

    assert reading.found == ()
    (note,) = reading.problems
    assert re.fullmatch(r"It is no zip archive that can be opened safely\. .{10,}\. Pack it again\.", note.message)


def test_manifest_of_a_folder_that_was_packed_is_found() -> None:
    reading = read(repacked({f"export/{name}": content for name, content in FILES.items()}))

    assert [found.question is not None for found in reading.found] == [True, True]


def test_package_in_which_one_item_is_broken_keeps_the_other() -> None:
    reading = read(repacked({**FILES, "q/tf.xml": b"<assessmentItem>"}))

    assert [found.question is not None for found in reading.found] == [False, True]
    assert reading.found[0].problems == ("Line 1 is not well-formed XML. Export the file again.",)


def test_large_item_of_a_package_is_refused_alone() -> None:
    chance = random.Random(1)  # noqa: S311 - noise that does not pack
    reading = read(repacked({**FILES, "q/tf.xml": chance.randbytes(2 * 1024 * 1024 + 1)}))

    assert reading.found[0].problems == ("A file in it is larger than 2 MB. Make it smaller.",)
    assert reading.found[1].question is not None
