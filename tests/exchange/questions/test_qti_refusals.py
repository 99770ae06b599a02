"""What is refused, each with the sentence that says how to mend it; and what is taken with a loss."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from pathlib import Path

import pytest

from academy.exchange.questions.judging import judge, losses_of
from academy.exchange.questions.qti import read, write
from assessments.item_types.bodies import (
    Accepted,
    AcceptedNumber,
    Cloze,
    FileUpload,
    Gap,
    MultipleChoice,
    MultipleRule,
    Numeric,
    Option,
    Ordering,
    OrderingRule,
    SelfRating,
    ShortText,
    SingleChoice,
    Step,
    Tolerance,
    Unit,
)
from assessments.item_types.questions import Hint, Picture, Question
from assessments.item_types.rich import Rich, TextFormat
from tests.support.qti_packages import only, question_of, repacked, unpacked, without_ours
from tests.support.uploads import picture

GOLDEN = Path(__file__).parents[2] / "golden" / "questions" / "qti"
UNKNOWN = "Its rule of marking is not one that we know. Use the template match_correct or map_response, or a sum of such rules."


def golden(name: str, *changes: tuple[str, str]) -> bytes:
    text = (GOLDEN / f"{name}.xml").read_text()
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after)
    return text.encode()


CORRECT = "<correctResponse><value>B</value></correctResponse>"
REFUSED = {
    "adaptive": ("2.1/single-choice", 'adaptive="false"', 'adaptive="true"', "It is adaptive: it goes on after an answer."),
    "template": (
        "2.1/single-choice",
        "<itemBody>",
        '<templateDeclaration identifier="T" cardinality="single" baseType="integer"/><itemBody>',
        "It makes itself anew for each learner (templateDeclaration).",
    ),
    "stimulus": (
        "2.2/all-or-nothing",
        "<itemBody>",
        '<assessmentStimulusRef identifier="s" href="s.xml"/><itemBody>',
        "A part of its text is in another file",
    ),
    "slider": (
        "2.1/single-choice",
        "<p>A bid",
        '<sliderInteraction responseIdentifier="RESPONSE" lowerBound="0" upperBound="9"/><p>A bid',
        "It has a “sliderInteraction”, which has no like here.",
    ),
    "hottext": ("2.1/description", "bridges", '<hottext identifier="h">bridges</hottext>', "It has a “hottext”"),
    "custom": (
        "2.1/description",
        "bridges",
        '<customInteraction responseIdentifier="R"/>',
        "It has a “customInteraction”",
    ),
    "two blocks": (
        "2.1/essay",
        "<p>Why",
        '<uploadInteraction responseIdentifier="RESPONSE"/><p>Why',
        "It asks several things at once (uploadInteraction, extendedTextInteraction).",
    ),
    "no correct response": (
        "2.1/single-choice",
        CORRECT,
        "",
        "It is marked by its correct response and declares none.",
    ),
    "correct response that is no choice": (
        "2.1/single-choice",
        "<value>B</value>",
        "<value>Z</value>",
        "Its rule of marking names “Z”, which is no choice of it.",
    ),
    "no mapping": (
        "3.0/single-choice",
        "map_response.xml",
        "map_response_point.xml",
        UNKNOWN,
    ),
    "no rule": (
        "2.1/order",
        '<responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct"/>',
        "",
        "It has no rule of marking.",
    ),
    "unknown rule": ("2.1/order", "rptemplates/match_correct", "rptemplates/other", UNKNOWN),
    "unknown condition": ("2.1/cloze", '<match><variable identifier="YEAR"/>', "<match><random/>", UNKNOWN),
    "comma": ("2.1/numeric", "<value>12.5</value>", "<value>12,5</value>", "“12,5” has a comma."),
    "no number": ("2.1/numeric", "<value>12.5</value>", "<value>twelve</value>", "“twelve” stands where a number belongs."),
    "no number in a mapping": ("2.1/match", 'mappedValue="2"', 'mappedValue="two"', "“two” stands where a number"),
    "full mark of nothing": (
        "2.1/numeric",
        'normalMaximum="4"',
        'normalMaximum="0"',
        "Its full mark is not above zero.",
    ),
    "best below the full mark": (
        "2.1/multiple-choice",
        '<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>',
        '<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float" normalMaximum="9"/>',
        "The best answer earns 4 and its full mark is 9.",
    ),
    "points for any answer": ("2.1/multiple-choice", 'lowerBound="-1"', 'lowerBound="1"', "Its mapping gives points for any"),
    "wrong pair that costs": ("2.1/match", 'defaultValue="0"', 'defaultValue="-1"', "A wrong pair gains or loses points."),
    "stem of several": (
        "2.1/match",
        'identifier="pays" matchMax="1"',
        'identifier="pays" matchMax="2"',
        "Some of its stems have no match, or several.",
    ),
    "pair that is none": ("2.1/match", 'mapKey="needs user"', 'mapKey="needs"', "“needs” is no pair."),
    "capitals in some": (
        "2.1/cloze",
        'mapKey="Kiev" mappedValue="1" caseSensitive="false"',
        'mapKey="Kiev" mappedValue="1" caseSensitive="true"',
        "Capitals count in some of its answers and not in others.",
    ),
    "formula": (
        "2.1/description",
        "bridges",
        '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi></math>',
        "It has a formula in MathML.",
    ),
    "film": ("2.1/description", "bridges", '<object type="video/mp4" data="f.mp4"/>', "It shows a “object”"),
    "changing text": ("2.1/description", "bridges", '<printedVariable identifier="x"/>', "It changes itself for each learner"),
    "marker in the text": ("2.1/gap-match", "First", "First [[1]]", "Its text has “[[1]]”, which marks a gap here."),
    "undeclared response": (
        "2.1/essay",
        'extendedTextInteraction responseIdentifier="RESPONSE"',
        'extendedTextInteraction responseIdentifier="OTHER"',
        "It fills a response “OTHER” that is not declared.",
    ),
    "choice twice": ("2.2/all-or-nothing", 'simpleChoice identifier="b"', 'simpleChoice identifier="a"', "Two choices have the same"),
    "several for one": ("2.1/single-choice", 'maxChoices="1"', 'maxChoices="2"', "Several may be chosen and its response holds one."),
    "too many right": ("2.2/all-or-nothing", "<value>c</value>", "<value>c</value><value>b</value>", "More choices are right"),
    "order of some": ("2.1/order", "<value>sign</value>", "", "Its right order does not name each choice once."),
    "subset of an order": ("2.1/order", 'shuffle="true"', 'shuffle="true" maxChoices="2"', "Only some of its choices are to be"),
    "places of different worth": (
        "3.0/order-by-place",
        '<qti-index n="1"><qti-variable identifier="RESPONSE"/></qti-index><qti-base-value base-type="identifier">x',
        '<qti-index n="1"><qti-variable identifier="RESPONSE"/></qti-index><qti-base-value base-type="identifier">q',
        "Its right order does not name each choice once.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", sorted(REFUSED))
def test_item_is_refused_with_its_sentence(case: str) -> None:
    name, before, after, sentence = REFUSED[case]

    found = only(read(golden(name, (before, after))))

    assert found.question is None
    assert len(found.problems) == 1
    assert found.problems[0].startswith(sentence)


WHOLE = {
    "nothing": (b"", "Line 1 is not well-formed XML. Export the file again."),
    "no XML": (b"question,answer", "Line 1 is not well-formed XML. Export the file again."),
    "old": (b"<questestinterop/>", "It is QTI 1.2. Export it as QTI 2.1, 2.2 or 3.0."),
    "test": (
        b'<assessmentTest xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1"/>',
        "It is a test, which holds no question itself. Give the whole package.",
    ),
    "page": (b"<html/>", "It is no QTI item: it begins with “html”. Give an item or a package."),
    "entities": (
        b'<!DOCTYPE a [<!ENTITY b "b">]><assessmentItem/>',
        "It declares a document type or entities. Remove the declaration.",
    ),
    "broken archive": (
        b"PK\x03\x04rubbish",
        "It is no zip archive that can be opened safely. Something stands behind its end. Pack it again.",
    ),
    "archive without a manifest": (
        repacked({"a.txt": b"a"}),
        "It has no imsmanifest.xml. Export it again as a QTI package.",
    ),
    "manifest without items": (repacked({"imsmanifest.xml": b"<manifest/>"}), "Its manifest names no question."),
}


@pytest.mark.parametrize("case", sorted(WHOLE))
def test_file_is_refused_as_a_whole(case: str) -> None:
    data, sentence = WHOLE[case]

    reading = read(data)

    assert reading.found == ()
    assert [note.message for note in reading.problems] == [sentence]


def manifest(href: str, type_: str = "imsqti_item_xmlv2p1", more: str = "") -> bytes:
    return (
        f'<manifest identifier="M"><resources><resource identifier="r" type="{type_}" href="{href}">{more}</resource>'
        "</resources></manifest>"
    ).encode()


@pytest.mark.parametrize(
    ("href", "sentence"),
    [
        ("../q.xml", "“../q.xml” leads out of the package. Let it name a file in it."),
        ("/etc/passwd", "“/etc/passwd” leads out of the package. Let it name a file in it."),
        (
            "https://example.org/q.xml",
            "“https://example.org/q.xml” leads out of the package. Let it name a file in it.",
        ),
        ("a/%2e%2e/%2e%2e/q.xml", "“a/%2e%2e/%2e%2e/q.xml” leads out of the package. Let it name a file in it."),
        ("absent.xml", "The package lacks “absent.xml”, or its manifest does not name it."),
    ],
)
def test_resource_that_is_not_in_the_package_is_refused(href: str, sentence: str) -> None:
    found = only(read(repacked({"imsmanifest.xml": manifest(href), "q.xml": golden("2.1/description")})))

    assert found.question is None
    assert found.problems == (sentence,)


def test_test_of_a_package_is_told_and_its_questions_are_read() -> None:
    listed = manifest("q.xml").replace(
        b"</resources>", b'<resource identifier="t" type="imsqti_test_xmlv2p1" href="t.xml"/></resources>'
    )

    reading = read(repacked({"imsmanifest.xml": listed, "q.xml": golden("2.1/description"), "t.xml": b"<x/>"}))

    assert [found.question is None for found in reading.found] == [False]
    assert [(note.item, note.message) for note in reading.lost] == [
        ("t", "It is a test: its questions are read, its order and its rules are not.")
    ]
    assert losses_of(reading, judge(reading))[-1] == reading.lost[0]


def test_package_of_old_questions_is_named_so() -> None:
    listed = manifest("q.xml").replace(b"imsqti_item_xmlv2p1", b"imsqti_xmlv1p2")

    reading = read(repacked({"imsmanifest.xml": listed, "q.xml": b"<questestinterop/>"}))

    assert [note.message for note in reading.problems] == ["It is QTI 1.2. Export it as QTI 2.1, 2.2 or 3.0."]


def test_picture_that_the_manifest_does_not_name_is_not_read() -> None:
    item = golden("2.1/description", ("bridges", '<img src="secret.png" alt="words"/>'))

    found = only(read(repacked({"imsmanifest.xml": manifest("q.xml"), "q.xml": item, "secret.png": picture()})))

    assert found.question is not None
    assert found.question.pictures == ()
    assert found.lost == ("The picture “secret.png” is missing, or is no PNG, JPEG, GIF or WebP.",)


LOST = {
    "style": ("2.1/description", "<itemBody>", '<stylesheet href="a.css" type="text/css"/><itemBody>', "Its style sheet is left behind."),
    "fixed": ("2.1/single-choice", 'simpleChoice identifier="C"', 'simpleChoice fixed="true" identifier="C"', "Some of its choices keep their place. Here all are shuffled, or none."),
    "hidden feedback": ("2.2/true-false", 'identifier="no" showHide="show"', 'identifier="no" showHide="hide"', "Feedback is left behind that is neither on one choice nor on the whole answer."),
    "more than full": ("2.1/multiple-choice", 'identifier="SCORE" cardinality="single" baseType="float"', 'identifier="SCORE" cardinality="single" baseType="float" normalMaximum="3"', "More than the full mark could be earned. Here the full mark is the most."),
    "rule of a person": ("2.1/essay", "</itemBody>", '</itemBody><responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct"/>', "A rule of marking is left behind: here a person marks this answer."),
}  # fmt: skip


@pytest.mark.parametrize("case", sorted(LOST))
def test_item_is_taken_and_its_loss_is_told(case: str) -> None:
    name, before, after, sentence = LOST[case]
    found = only(read(golden(name, (before, after))))

    assert found.question is not None
    assert sentence in found.lost


def test_mapping_that_takes_back_as_much_as_it_gives_is_right_minus_wrong() -> None:
    item = golden(
        "2.1/multiple-choice",
        ('lowerBound="-1" upperBound="4" defaultValue="-2"', 'lowerBound="0" defaultValue="-1"'),
        ('mappedValue="3"', 'mappedValue="1"'),
        ('mappedValue="0"', 'mappedValue="-1"'),
    )

    body = question_of(read(item)).body

    assert body.rule == MultipleRule.RIGHT_MINUS_WRONG
    assert [option.fraction for option in body.options] == [None] * 4


CHOICE = Question(
    kind="single_choice",
    stem=Rich("Which?"),
    body=SingleChoice(
        options=(Option(key="a", text=Rich("A"), correct=True), Option(key="b", text=Rich("B"), correct=False))
    ),
    name="Which",
    category=("Tea",),
    hints=(Hint(text=Rich("Think.")),),
)


def test_our_own_words_count_while_the_item_is_as_we_wrote_it() -> None:
    written = write([CHOICE], "2.1")

    assert question_of(read(written.data)) == CHOICE
    assert written.lost == ()


def test_edited_item_counts_more_than_our_own_words() -> None:
    files = unpacked(write([CHOICE], "2.1").data)
    name = next(name for name in files if name.startswith("items/"))
    files[name] = files[name].replace(b"Which?", b"Which one?")

    found = only(read(repacked(files)))

    assert found.question is not None
    assert found.question.stem == Rich("<p>Which one?</p>", TextFormat.HTML)
    assert found.question.hints == ()
    assert found.lost == (
        "It was changed since it was exported: hints, category and what else QTI can't say are left behind.",
    )


@pytest.mark.parametrize(
    "ours",
    [
        b"",
        b"[]",
        b"{}",
        b'{"academy": 1, "items": []}',
        b"[" * 100_000,
        b'{"academy": 2, "items": {}}',
        b"\xff\xfe\x00",
    ],
)
def test_broken_words_of_ours_are_told_and_the_item_is_read(ours: bytes) -> None:
    files = unpacked(write([CHOICE], "2.1").data)
    files["academy.json"] = ours

    found = only(read(repacked(files)))

    assert found.question is not None
    assert found.lost == ("The file academy.json can't be read. Only what QTI says is taken.",)


def test_pictures_travel_with_their_question() -> None:
    sign = picture()
    question = dataclasses.replace(
        CHOICE,
        stem=Rich('<p>See <img src="picture:a sign.png" alt="sign"></p>', TextFormat.HTML),
        pictures=(Picture(name="a sign.png", data=sign),),
    )

    written = write([question, dataclasses.replace(question, name="Again")], "3.0")

    assert written.lost == ()
    assert [found.question for found in read(written.data).found] == [
        question,
        dataclasses.replace(question, name="Again"),
    ]
    again = read(without_ours(written.data)).found[0].question
    assert again is not None
    assert again.pictures == (Picture(name="a-sign.png", data=sign),)
    assert again.stem == Rich('<p>See <img src="picture:a-sign.png" alt="sign"></p>', TextFormat.HTML)


def body_of(kind: str) -> object:
    number = AcceptedNumber(value=Decimal(3))
    return {
        "self_rating": SelfRating(levels=("low", "high")),
        "units": Numeric(answers=(number,), units=(Unit(name="m"),)),
        "geometric": Numeric(
            answers=(AcceptedNumber(value=Decimal(1), tolerance=Decimal(2), rule=Tolerance.GEOMETRIC),)
        ),
        "pattern": ShortText(answers=(Accepted(text="a*b", pattern=True),)),
        "order": Ordering(
            steps=(Step(key="a", text=Rich("A")), Step(key="b", text=Rich("B"))),
            rule=OrderingRule.LONGEST_ORDERED_SUBSET,
        ),
        "gap": Cloze(gaps=(Gap(multiple_choice=MultipleChoice(options=CHOICE.body.options)),)),
        "weights": MultipleChoice(
            options=tuple(
                Option(key=key, text=Rich(key), correct=True, fraction=Decimal("0.333")) for key in ("a", "b", "c")
            ),
            rule=MultipleRule.WEIGHTS,
        ),
        "twice": Cloze(gaps=(Gap(short_text=ShortText(answers=(Accepted(text="a"),))),) * 2),
        "long": Numeric(answers=(AcceptedNumber(value=Decimal("1e200")),)),
        "control": ShortText(answers=(Accepted(text="a\x01b"),)),
    }[kind]


@pytest.mark.parametrize(
    ("case", "kind", "sentence"),
    [
        ("self_rating", "self_rating", "Left out: QTI has nothing that asks so."),
        ("units", "numeric", "Left out: It has units, which QTI can't mark."),
        ("geometric", "numeric", "Left out: It has a geometric tolerance whose limits can't be written exactly."),
        ("pattern", "short_text", "Left out: It accepts a pattern with *, which QTI can't mark."),
        ("order", "ordering", "Left out: Its order is marked by neighbours or by length, which QTI can't."),
        ("gap", "cloze", "Left out: One of its gaps is a multiple choice, which can't stand within a text in QTI."),
        (
            "weights",
            "multiple_choice",
            "Left out: Its weights are a little less than the mark, and all right options together earn it.",
        ),
        ("twice", "cloze", "Left out: The gaps of its text are not those of its answers."),
        ("long", "numeric", "Left out: Its mark is not above zero, or it has a number that is too long."),
        ("control", "short_text", "Left out: It has a character that XML can't hold."),
    ],
)
def test_question_that_would_be_marked_otherwise_is_left_out(case: str, kind: str, sentence: str) -> None:
    question = Question(kind=kind, stem=Rich("Say {#1}"), body=body_of(case), name="One")

    written = write([question, CHOICE], "2.2")

    assert [(note.item, note.message) for note in written.lost] == [("One", sentence)]
    assert question_of(read(written.data)) == CHOICE


def test_several_files_are_asked_for_as_one_and_that_is_told() -> None:
    question = Question(kind="file_upload", stem=Rich("Plan"), body=FileUpload(most=2), name="Plan")

    written = write([question])

    assert [note.message for note in written.lost] == [
        "It takes several files, and QTI one. Elsewhere one file can be handed in."
    ]
    assert question_of(read(written.data)) == question


def test_gaps_keep_their_order_where_the_text_has_another_than_their_numbers() -> None:
    gaps = (
        Gap(short_text=ShortText(answers=(Accepted(text="one"),))),
        Gap(short_text=ShortText(answers=(Accepted(text="two"),)), weight=3),
    )
    question = Question(kind="cloze", stem=Rich("B {#2} A {#1}"), body=Cloze(gaps=gaps), name="Order")

    again = question_of(read(without_ours(write([question]).data)))

    assert again.stem == Rich("<p>B {#1} A {#2}</p>", TextFormat.HTML)
    assert again.body == Cloze(gaps=(gaps[1], gaps[0]))


def test_no_questions_make_a_package_without_items() -> None:
    reading = read(write([]).data)

    assert [note.message for note in reading.problems] == ["Its manifest names no question."]


def test_same_questions_make_the_same_file() -> None:
    assert write([CHOICE, CHOICE], "3.0") == write([CHOICE, CHOICE], "3.0")
