"""The elements of a file, in and out, and the limits that it must keep."""

from __future__ import annotations

import base64

import pytest

from academy.standards.moodle_xml import (
    Answer,
    Category,
    Document,
    File,
    FileFault,
    Finding,
    Hint,
    Item,
    Limits,
    Problem,
    Subquestion,
    Text,
    Unit,
    Word,
    forbidden,
    read_moodle_xml,
    write_moodle_xml,
)

EVERYTHING = (
    Category(path="$course$/top/A//B", info=Text(text="<p>i</p>", format="html"), idnumber="c"),
    Item(
        type="ddwtos",
        name="a < b & c",
        text=Text(
            text="<p>]]> & \r 𠀀 \u2028</p>",
            format="html",
            files=(File(name="\"<&'>.png", data=b"\x00\xff"), File(name="b", path="/s/", data=b"b")),
        ),
        general_feedback=Text(text="]]> & \r x", format="plain_text"),
        correct=Text(text="c", format="markdown"),
        partly=Text(text="p"),
        incorrect=Text(text="i"),
        grader_info=Text(text="g"),
        response_template=Text(text="r"),
        answers=(
            Answer(text=Text(text="x"), fraction="33.33333", feedback=Text(text="f", format="html"), tolerance="0.1"),
        ),
        subquestions=(Subquestion(stem=Text(text="s", format="html"), answer="<a>"),),
        units=(Unit(name="m<2>", multiplier="100"), Unit(name="&")),
        words=(Word(text="w", group="2", infinite=True), Word(text="v")),
        hints=(Hint(text=Text(text="h"), show_count=True), Hint(text=Text(text="k"), clear_wrong=True)),
        tags=("t<1>", "u"),
        settings={"defaultgrade": "1", "hidden": "0"},
    ),
)


def without_lines(document: Document) -> tuple[object, ...]:
    lines = [entry.line for entry in document.entries]
    assert all(lines)
    return tuple(
        type(entry)(**{**{name: getattr(entry, name) for name in entry.__slots__}, "line": 0})
        for entry in document.entries
    )


def test_what_is_written_is_read_again() -> None:
    assert without_lines(read_moodle_xml(write_moodle_xml(EVERYTHING))) == EVERYTHING


def test_markup_is_written_in_a_section_that_people_can_read() -> None:
    data = write_moodle_xml((Item(type="description", text=Text(text="<b>x</b> ]]> y", format="html")),))
    assert b"<text><![CDATA[<b>x</b> ]]]]><![CDATA[> y]]></text>" in data


def test_characters_that_xml_cannot_hold_are_named_and_left_out() -> None:
    text = "a\x00b\x0bc\ufffed\ud800e"
    assert forbidden(text)
    assert not forbidden("a\tb\nc\r\u0085\U00010000")
    (item,) = read_moodle_xml(write_moodle_xml((Item(type="x", name=text),))).entries
    assert isinstance(item, Item)
    assert item.name == "abcde"


def test_first_element_of_a_name_counts_and_the_rest_is_named() -> None:
    data = b"""<quiz><question type="x">
      <name>old</name><name><text>second</text></name>
      <hint><hintcontent format="html"><text>Look</text></hintcontent>
        <statenumberofcorrectresponses>1</statenumberofcorrectresponses>
        <clearincorrectresponses>0</clearincorrectresponses></hint>
      <single> true </single><single>false</single><stack><a/></stack>
      <coursetags><tag><text>a</text></tag></coursetags><tags><tag><text>a</text></tag><tag><text>b</text></tag></tags>
    </question></quiz>"""
    (item,) = read_moodle_xml(data).entries
    assert item == Item(
        type="x",
        line=1,
        name="old",
        hints=(Hint(text=Text(text="Look", format="html"), show_count=True),),
        tags=("a", "b"),
        settings={"single": "true"},
        strange=("stack",),
    )


@pytest.mark.parametrize("inside", ["<text>a <b>c</b></text>", "<p>a</p>"])
def test_markup_outside_a_section_is_told(inside: str) -> None:
    data = f'<quiz><question type="x"><questiontext>{inside}</questiontext></question></quiz>'.encode()
    (item,) = read_moodle_xml(data).entries
    assert isinstance(item, Item)
    assert item.text.markup


def files(*sizes: int) -> bytes:
    packed = "".join(f'<file name="f">{base64.b64encode(bytes(size)).decode()}</file>' for size in sizes)
    return f'<quiz><question type="x"><questiontext>{packed}</questiontext></question></quiz>'.encode()


def test_files_are_limited_each_and_together() -> None:
    limits = Limits(file_bytes=10, all_files_bytes=25)
    (item,) = read_moodle_xml(files(10, 14, 10, 3, 3), limits=limits).entries
    assert isinstance(item, Item)
    assert [(len(file.data), file.fault) for file in item.text.files] == [
        (10, None),
        (0, FileFault.TOO_BIG),
        (10, None),
        (3, None),
        (0, FileFault.TOO_MUCH),
    ]


def test_a_file_that_is_no_base64_is_told() -> None:
    data = b'<quiz><question type="x"><questiontext><file name="f">a*b</file></questiontext></question></quiz>'
    (item,) = read_moodle_xml(data).entries
    assert isinstance(item, Item)
    assert item.text.files == (File(name="f", fault=FileFault.NOT_BASE64),)


@pytest.mark.parametrize(
    ("data", "limits", "problem"),
    [
        (b"<quiz><question type='x'/></quiz>", Limits(bytes=10), Problem.TOO_BIG),
        (b"<quiz><question><a><b/></a></question></quiz>", Limits(depth=3), Problem.TOO_DEEP),
        (b"<quiz><question/><question/></quiz>", Limits(entries=1), Problem.TOO_MANY_ENTRIES),
        (b"<quiz><question><a/><a/></question></quiz>", Limits(elements_of_an_entry=1), Problem.TOO_MANY_ELEMENTS),
        (b"<quiz><question/><question/></quiz>", Limits(elements=2), Problem.TOO_MANY_ELEMENTS),
        (b"<quiz><other/></quiz>", Limits(), Problem.NO_ENTRIES),
        (b"<quizz/>", Limits(), Problem.NOT_MOODLE),
        (b"<quiz>", Limits(), Problem.NOT_XML),
        (b"<quiz>&nbsp;</quiz>", Limits(), Problem.NOT_XML),
        (b"<!DOCTYPE quiz><quiz/>", Limits(), Problem.HAS_DTD),
        (b"<?xml version='1.0' encoding='x-none'?><quiz/>", Limits(), Problem.UNKNOWN_ENCODING),
        (b"<?xml version='1.0' encoding='utf-7'?><quiz/>", Limits(), Problem.UNKNOWN_ENCODING),
    ],
    ids=range(12),
)
def test_file_that_cannot_be_read_says_why(data: bytes, limits: Limits, problem: Problem) -> None:
    document = read_moodle_xml(data, limits=limits)
    assert document.entries == ()
    assert isinstance(document.finding, Finding)
    assert document.finding.problem is problem


def test_finding_names_the_line() -> None:
    document = read_moodle_xml(b"<quiz>\n<question>\n</wrong></quiz>")
    assert document.finding is not None
    assert document.finding.line == 3
