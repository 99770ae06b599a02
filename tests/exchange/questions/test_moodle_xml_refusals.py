"""What is refused, and the sentence that says how to mend it."""

from __future__ import annotations

import pytest

from academy.exchange.questions.moodle_xml import read
from academy.exchange.questions.reading import Note
from tests.support.moodle_xml import answer, question, quiz, refused

BEST = "Its best answer earns {} %. Give the right answer 100 %."
COMMA = "“{}” has a comma, which Moodle may read as a thousands separator. Write {}."
UNIT = "<units>{}</units>"


def unit(name: str, multiplier: str = "1") -> str:
    return f"<unit><multiplier>{multiplier}</multiplier><unit_name>{name}</unit_name></unit>"


def pair(stem: str, match: str) -> str:
    return f"<subquestion><text>{stem}</text><answer><text>{match}</text></answer></subquestion>"


def word(text: str, tag: str = "selectoption") -> str:
    return f"<{tag}><text>{text}</text><group>1</group></{tag}>"


CASES = {
    "false stands first": (
        "truefalse",
        answer("False") + answer("True", "0"),
        "“False” stands first, and Moodle would take it for true. Name the answers “true” and “false”.",
    ),
    "a line that shows nothing": (
        "matching",
        pair("a", "1") + pair("b", "2") + pair("&lt;p&gt;&lt;br&gt;&lt;/p&gt;", "3"),
        "A line has no visible text to match. Write one, or empty it in Moodle with the HTML button.",
    ),
    "a hard blank": (
        "shortanswer",
        answer("40\u00a0000"),
        "The answer “40 000” has a blank that does not break, which nobody types. Write an ordinary blank.",
    ),
    "no option is right": ("multichoice", answer("A", "50") + answer("B", "0"), BEST.format("50")),
    "one option": ("multichoice", answer("A"), "It has fewer than two options. Add some."),
    "weights of 90": (
        "multichoice",
        answer("A", "40") + answer("B", "50") + "<single>false</single>",
        "Its right options earn 90 % together. Share out 100 % among them.",
    ),
    "weights of 101": (
        "multichoice",
        answer("A", "50") + answer("B", "51") + "<single>false</single>",
        "Its right options earn 101 % together. Share out 100 % among them.",
    ),
    "the same option": (
        "multichoice",
        answer("A") + answer("<![CDATA[<p>A </p>]]>", "0"),
        "“A” is there 2 times. Word the options so that they differ.",
    ),
    "too much": (
        "multichoice",
        answer("A") + answer("B", "120"),
        "An answer earns 120 %. Give it -100 to 100 %.",
    ),
    "too little": (
        "multichoice",
        answer("A") + answer("B", "-101"),
        "An answer earns -101 %. Give it -100 to 100 %.",
    ),
    "no per cent": (
        "multichoice",
        answer("A") + answer("B", "a lot"),
        "“a lot” is no number of per cent. Write it with a decimal point: 33.33333.",
    ),
    "an option without text": (
        "multichoice",
        answer("A") + answer("", "50") + answer("C", "0"),
        "An option that earns something has no text. Write one.",
    ),
    "markup outside a section": (
        "multichoice",
        answer("<b>A</b>") + answer("B", "0") + answer("C", "0"),
        "A text has markup that is read as part of the file. Put the text into <![CDATA[ … ]]>, or escape it.",
    ),
    "true and false": ("truefalse", answer("true") + answer("false"), "Exactly one of true and false must earn 100 %."),
    "one of two": (
        "truefalse",
        answer("true"),
        "A true or false question has two answers, “true” and “false”. This has others.",
    ),
    "any answer": (
        "shortanswer",
        answer("tea", "50") + answer("*"),
        "“*” earns 100 %, so every answer would be right. Write the answer that is, or give it less.",
    ),
    "any answer twice": (
        "shortanswer",
        answer("**"),
        "“*” earns 100 %, so every answer would be right. Write the answer that is, or give it less.",
    ),
    "no right answer": ("shortanswer", answer("tea", "90"), BEST.format("90")),
    "below nothing": (
        "shortanswer",
        answer("tea") + answer("milk", "-10"),
        "An answer earns -10 %. Give it 0 to 100 %.",
    ),
    "an empty key": (
        "shortanswer",
        answer("tea") + answer("", "50"),
        "An accepted answer has no text. Write one, or take the line out.",
    ),
    "a comma": ("numerical", answer("3,5"), COMMA.format("3,5", "3.5")),
    "a comma in a tolerance": (
        "numerical",
        answer("3", "100", "<tolerance>0,5</tolerance>"),
        COMMA.format("0,5", "0.5"),
    ),
    "a word": ("numerical", answer("three"), "“three” is no number. Write one like 3.5, and units as units."),
    "a number with its unit": (
        "numerical",
        answer("3 m"),
        "“3 m” is no number. Write one like 3.5, and units as units.",
    ),
    "infinity": ("numerical", answer("Infinity"), "“Infinity” is no number. Write one like 3.5, and units as units."),
    "no tolerance": (
        "numerical",
        answer("3", "100", "<tolerance>some</tolerance>"),
        "“some” is no tolerance. Write a number like 0.5, or nothing.",
    ),
    "a tolerance below zero": (
        "numerical",
        answer("3", "100", "<tolerance>-1</tolerance>"),
        "The tolerance -1 is below zero. Write how far a number may be off: 0 or more.",
    ),
    "any number": (
        "numerical",
        answer("*"),
        "“*” earns 100 %, so every number would be right. Write the number that is, or give it less.",
    ),
    "a unit of nothing": (
        "numerical",
        answer("3") + UNIT.format(unit("m", "0")),
        "The unit “m” has the multiplier 0. Write how many of it make one: more than 0.",
    ),
    "a unit with a comma": ("numerical", answer("3") + UNIT.format(unit("m", "0,1")), COMMA.format("0,1", "0.1")),
    "a unit without a name": (
        "numerical",
        answer("3") + UNIT.format(unit("")),
        "A unit has no name. Name it, or take it out.",
    ),
    "the same unit": (
        "numerical",
        answer("3") + UNIT.format(unit("m") + unit("m", "100")),
        "The unit “m” is there twice. Take one out.",
    ),
    "a unit that cannot be given": (
        "numerical",
        answer("3") + "<unitgradingtype>1</unitgradingtype>",
        "It takes marks off for a missing unit, and no unit can be given. Add units, or stop that.",
    ),
    "a unit that costs too much": (
        "numerical",
        answer("3") + UNIT.format(unit("m")) + "<unitgradingtype>1</unitgradingtype><unitpenalty>2</unitpenalty>",
        "The penalty for a missing unit is “2”. Write a share from 0 to 1.",
    ),
    "an unknown way with units": (
        "numerical",
        answer("3") + UNIT.format(unit("m")) + "<unitgradingtype>7</unitgradingtype>",
        "How it treats units is not known. Open it in Moodle, save it and export it again.",
    ),
    "one stem": (
        "matching",
        pair("A", "1") + pair("", "2"),
        "It has fewer than two lines to match. Add some.",
    ),
    "a stem without a match": (
        "matching",
        pair("A", "1") + pair("B", "2") + pair("C", ""),
        "“C” has nothing that belongs to it. Write it, or take the line out.",
    ),
    "some steps": (
        "ordering",
        answer("A") + answer("B") + answer("C") + "<selecttype>RANDOM</selecttype><selectcount>2</selectcount>",
        "It shows some of its things only, by chance. Choose “Select all items” in Moodle.",
    ),
    "some of many steps": (
        "ordering",
        "".join(answer(letter) for letter in "ABCDEFG"),
        "It shows some of its things only, by chance. Choose “Select all items” in Moodle.",
    ),
    "unknown grading": (
        "ordering",
        answer("A") + answer("B") + "<selecttype>ALL</selecttype><gradingtype>BY_MOOD</gradingtype>",
        "Its way of grading, “BY_MOOD”, is not known.",
    ),
    "one step": (
        "ordering",
        answer("A") + "<selecttype>ALL</selecttype>",
        "It has fewer than two things to put in order. Add some.",
    ),
    "a gap without a word": (
        "gapselect",
        word("a"),
        "The gap [[2]] has no word of that number. Add it.",
    ),
    "the same word": (
        "gapselect",
        word("a") + word("a"),
        "The word “a” is there twice. Keep one, and let it be used again.",
    ),
    "a word for two gaps": (
        "ddwtos",
        word("a", "dragbox") + word("b", "dragbox"),
        "The word “b” belongs into 2 gaps and can be used once. Let it be used again.",
    ),
    "a strange editor": (
        "essay",
        "<responseformat>piano</responseformat>",
        "“piano” is no way of answering an essay that is known.",
    ),
    "a strange count": (
        "essay",
        "<minwordlimit>some</minwordlimit>",
        "<minwordlimit> is “some”. Write a whole number from 0.",
    ),
    "more files than allowed": (
        "essay",
        "<responseformat>noinline</responseformat><attachmentsrequired>2</attachmentsrequired>",
        "It requires more files than it allows. Correct one of the two.",
    ),
    "a strange mark": (
        "description",
        "<defaultgrade>much</defaultgrade>",
        "The mark is “much”. Write a number from 0.",
    ),
    "a mark below zero": ("description", "<defaultgrade>-1</defaultgrade>", "The mark is “-1”. Write a number from 0."),
    "a strange penalty": (
        "description",
        "<penalty>3</penalty>",
        "The penalty for a wrong try is “3”. Write a share from 0 to 1.",
    ),
    "formulas": (
        "calculated",
        "",
        "A calculated question (type “calculated”) has formulas, which are not taken.",
    ),
    "made of others": (
        "randomsamatch",
        "",
        "A random matching question (type “randomsamatch”) is made of others. Make it a matching question.",
    ),
    "onto a picture": (
        "ddimageortext",
        "",
        "Things are dragged onto a picture (type “ddimageortext”), which needs eyes and a mouse. Make it a matching question.",
    ),
    "markers": (
        "ddmarker",
        "",
        "Markers are dragged onto a picture (type “ddmarker”), which needs eyes and a mouse. Ask it in words.",
    ),
    "a plugin": (
        "stack",
        "",
        "Questions of the type “stack” are not taken. Make it a question of a usual type in Moodle.",
    ),
    "another plugin": (
        "multianswerwiris",
        "",
        "Questions of the type “multianswerwiris” are not taken. Make it a question of a usual type in Moodle.",
    ),
    "no type": ("", "", 'The question has no type. Write one, as in <question type="multichoice">.'),
}
TEXTS = {"a gap without a word": "[[2]]", "the same word": "[[1]]", "a word for two gaps": "[[1]] [[2]] [[2]]"}


@pytest.mark.parametrize("case", CASES)
def test_question_is_refused_with_a_sentence(case: str) -> None:
    kind, body, sentence = CASES[case]
    assert refused(kind, body, text=TEXTS.get(case, "Why?")) == (sentence,)


CLOZES = {
    "{1:SA:=tea~ =coffee}": (
        "Gap 1: A blank or line break stands before an = or a per cent, which then marks nothing. Take it out."
    ),
    "": "Its text has no gap like {1:SHORTANSWER:=tea}. Add one, or make it a description.",
    "{1:SA:=tea} {#1}": "Its text has “{#1}” or the like, which would be taken for a gap. Write it otherwise.",
    "{1:WORD:=tea}": "Gap 1: “WORD” is no type of gap that Moodle knows.",
    "{1:shortanswer:=tea}": "Gap 1: “shortanswer” is no type of gap that Moodle knows.",
    "{1:SA:=tea": "Gap 1: It has no end. Close it with }, and write \\} for a bracket within.",
    "{1:SA:=tea~}": "Gap 1: An answer is empty. Write it, or take out the ~ before it.",
    "{1:SA:=*}": "Gap 1: “*” earns 100 %, so every answer would be right. Write the answer that is, or give it less.",
    "{1:SA:tea}": "Gap 1: " + BEST.format("0"),
    "{1:MC:a~b}": "Gap 1: " + BEST.format("0"),
    "{1:MC:=a}": "Gap 1: It has fewer than two options. Add some.",
    "{1:MC:=a~a}": "Gap 1: “a” is there 2 times. Word the options so that they differ.",
    "{1:MR:a~b}": "Gap 1: It has no right option. Write = or a per cent before those that are right.",
    "{1:MR:=a~%-120%b}": "Gap 1: An answer earns -120 %. Give it -100 to 100 %.",
    "{1:NM:=3,5}": "Gap 1: " + COMMA.format("3,5", "3.5"),
    "{1:NM:=3:0,1}": "Gap 1: " + COMMA.format("0,1", "0.1"),
    "{1:NM:=three}": "Gap 1: “three” is no number. Write one like 3.5, and units as units.",
    "{1:NM:=*}": "Gap 1: “*” earns 100 %, so every number would be right. Write the number that is, or give it less.",
    "{1:SA:=a} {12345:SA:=tea}": "Gap 2: It weighs 12345. Use a number up to 9999.",
}  # fmt: skip


@pytest.mark.parametrize("text", CLOZES)
def test_cloze_is_refused_with_a_sentence(text: str) -> None:
    assert refused("cloze", text=f"A {text}") == (CLOZES[text],)


FILES = {
    b"": "This is no well-formed XML: no element found: line 1, column 0. Export the file from Moodle again.",
    b"<quiz/>": "The file has no question.",
    b"<html/>": "The file starts with <html>. A file of Moodle XML starts with <quiz>: choose that format in Moodle.",
    b"<!DOCTYPE quiz><quiz/>": "The file has a DOCTYPE, which Moodle never writes. Take it out.",
    b'<?xml version="1.0" encoding="klingon"?><quiz/>': (
        "The file's encoding cannot be read: unknown encoding: klingon. Save it as UTF-8."
    ),
    b'<quiz><question type="category"><category><text>A</text></category></question></quiz>': (
        "The file has categories and no question in them."
    ),
}


@pytest.mark.parametrize("data", FILES, ids=range(len(FILES)))
def test_file_is_refused_with_a_sentence(data: bytes) -> None:
    reading = read(data)
    assert reading.found == ()
    assert [note.message for note in reading.problems] == [FILES[data]]


def test_truncated_file_says_where_it_ends() -> None:
    reading = read(quiz(question("description"))[:-20])
    assert [(note.line, note.item) for note in reading.problems] == [(1, "")]


def test_large_file_is_refused_before_it_is_read() -> None:
    assert read(b"<" * (50 * 1024 * 1024 + 1)).problems == (
        Note(message="The file is larger than 50 MB. Export the categories one by one."),
    )


def test_many_questions_are_refused() -> None:
    many = read(b"<quiz>" + b'<question type="x"/>' * 20_001 + b"</quiz>")
    assert [note.message for note in many.problems] == [
        "There are more questions than one file may have. Split it here.",
    ]


def test_one_bad_question_keeps_no_other_out() -> None:
    found = read(quiz(question("stack"), question("description"))).found
    assert [each.question is None for each in found] == [True, False]
