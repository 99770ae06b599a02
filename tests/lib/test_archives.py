"""Archives: honest ones are read, and whatever an honest program does not write is refused."""

from __future__ import annotations

import io
import stat
import tracemalloc
import zipfile

import pytest

from academy.lib.archives import BadArchive, Limits, member_names, opened, read_member
from tests.support.uploads import declared_as, packed


def names(content: bytes, **limits: int) -> frozenset[str]:
    return member_names(io.BytesIO(content), limits=Limits(**limits))


def with_member(name: str, **attributes: int) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        member = zipfile.ZipInfo("x" * len(name))
        for attribute, value in attributes.items():
            setattr(member, attribute, value)
        archive.writestr(member, b"content")
    return written.getvalue().replace(b"x" * len(name), name.encode())


def test_honest_archive_is_read() -> None:
    content = packed({"a.txt": "A", "folder/b.txt": "B" * 100_000})

    assert names(content) == {"a.txt", "folder/b.txt"}
    assert read_member(io.BytesIO(content), "a.txt", at_most=1) == b"A"


@pytest.mark.parametrize(
    "name",
    [
        "../a",
        "a/../../b",
        "/etc/passwd",
        "C:\\a",
        "c:/a",
        "a\\b",
        "a\nb",
        "a/./b",
        "a//b",
        "\N{RIGHT-TO-LEFT OVERRIDE}a",
        "a\0b",
    ],
)
def test_name_that_leads_elsewhere_is_refused(name: str) -> None:
    with pytest.raises(BadArchive):
        names(with_member(name))


def test_links_are_refused() -> None:
    link = (stat.S_IFLNK | 0o777) << 16

    with pytest.raises(BadArchive, match="neither a file nor a folder"):
        names(with_member("link", external_attr=link, create_system=3))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_same_file_twice_is_refused() -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("word/document.xml", "what is looked at")
        archive.writestr("Word/Document.xml", "what is opened")

    with pytest.raises(BadArchive, match="twice"):
        names(written.getvalue())


def test_locked_archive_is_refused() -> None:
    content = bytearray(packed({"a": "A"}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1

    with pytest.raises(BadArchive, match="password"):
        names(bytes(content))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_unusual_packing_is_refused(method: int) -> None:
    with pytest.raises(BadArchive, match="unusual"):
        names(packed({"a": "A" * 100}, method=method))


def test_bomb_is_refused_by_what_it_unpacks_to_not_by_what_it_says() -> None:
    bomb = packed({"a": bytes(64 * 1024 * 1024)})
    assert len(bomb) < 100_000
    tracemalloc.start()
    for content in (bomb, declared_as(bomb, "a", 100), declared_as(bomb, "a", 4_000_000_000)):
        with pytest.raises(BadArchive):
            names(content)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 4 * 1024 * 1024


def test_many_files_and_a_large_whole_are_refused() -> None:
    with pytest.raises(BadArchive, match="more than 3 files"):
        names(packed({str(number): "" for number in range(4)}), members=3)
    with pytest.raises(BadArchive, match="far more"):
        names(packed({str(number): "0123456789" for number in range(4)}), total_bytes=39)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK",
        b"PK\x05\x06" + bytes(18),
        b"#!/bin/sh\n" + packed({"a": "A"}),
        packed({"a": "A"}) + b"\0",
        packed({"a": "A"})[:-4],
        packed({"a": "A" * 1000})[:30] + b"\xff" * 20 + packed({"a": "A" * 1000})[50:],
    ],
)
def test_damaged_archive_is_refused(content: bytes) -> None:
    with pytest.raises(BadArchive):
        names(content)


def test_every_cut_and_every_changed_byte_is_refused_or_read_but_never_fails() -> None:
    content = packed({"[Content_Types].xml": "<a/>", "word/document.xml": "<b/>" * 50})
    for place in range(0, len(content), 3):
        changed = bytearray(content)
        changed[place] ^= 0x55
        for hostile in (content[:place], bytes(changed)):
            try:
                names(hostile)
            except BadArchive:
                continue
            assert hostile != content[:place]


def test_opened_archive_gives_its_members_within_their_limits() -> None:
    content = io.BytesIO(packed({"a.txt": "A", "b.txt": "BB"}))

    with opened(content) as archive:
        assert archive.names == {"a.txt", "b.txt"}
        assert [archive.read(name, at_most=2) for name in ("b.txt", "a.txt")] == [b"BB", b"A"]
        with pytest.raises(BadArchive, match="too large"):
            archive.read("b.txt", at_most=1)
        with pytest.raises(BadArchive, match="lacks"):
            archive.read("c.txt", at_most=1)


def test_archive_is_looked_through_before_it_is_opened() -> None:
    with pytest.raises(BadArchive), opened(io.BytesIO(with_member("../a"))):
        pass
