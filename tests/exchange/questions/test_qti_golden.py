"""Items by hand, and what each must become, worked out by hand too."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from academy.exchange.questions.qti import read
from assessments.item_types import item_type
from assessments.item_types.bodies import (
    Accepted,
    AcceptedNumber,
    Cloze,
    Description,
    Editor,
    FileUpload,
    Gap,
    GapFill,
    Matching,
    MultipleChoice,
    MultipleRule,
    Numeric,
    OpenText,
    Option,
    Ordering,
    OrderingRule,
    Pair,
    ShortText,
    SingleChoice,
    Step,
    Tolerance,
    TrueFalse,
    Word,
)
from assessments.item_types.questions import Picture, Question, Verdicts
from assessments.item_types.rich import Rich, TextFormat
from tests.support.qti_packages import only, question_of, repacked
from tests.support.uploads import picture

GOLDEN = Path(__file__).parents[2] / "golden" / "questions" / "qti"
ONE = Decimal(1)


def html(text: str) -> Rich:
    return Rich(text, TextFormat.HTML)


EXPECTED = {
    "2.1/single-choice": Question(
        kind="single_choice",
        name="Late bids",
        code="bids-1",
        language="en",
        stem=html("<p>A bid comes an hour <em>late</em>.</p><p>What do you do?</p>"),
        body=SingleChoice(
            options=(
                Option(key="A", text=Rich("Open it."), correct=False, feedback=Rich("Others kept to the hour.")),
                Option(key="B", text=html("Return it <strong>unopened</strong>."), correct=True),
                Option(key="C", text=Rich("Ask the bidder."), correct=False),
            )
        ),
    ),
    # 4 is the full mark: energy 3/4, disposal 1/4; what is not listed loses 2/4; no less than -1/4.
    "2.1/multiple-choice": Question(
        kind="multiple_choice",
        name="Costs of a life cycle",
        code="costs",
        stem=html("<p>Which are costs of a life cycle?</p>"),
        body=MultipleChoice(
            options=(
                Option(key="energy", text=Rich("Energy"), correct=True, fraction=Decimal("0.75")),
                Option(key="disposal", text=Rich("Disposal"), correct=True, fraction=Decimal("0.25")),
                Option(key="colour", text=Rich("Colour"), correct=False, fraction=Decimal(0)),
                Option(key="lunch", text=Rich("Lunch"), correct=False, fraction=Decimal("-0.5")),
            ),
            rule=MultipleRule.WEIGHTS,
            lowest=Decimal("-0.25"),
            least=1,
            shuffle=False,
        ),
        mark=Decimal(4),
    ),
    "2.1/order": Question(
        kind="ordering",
        name="Steps",
        code="steps",
        stem=html("<p>Put them in order.</p>"),
        body=Ordering(
            steps=(
                Step(key="plan", text=Rich("Plan")),
                Step(key="tender", text=Rich("Tender")),
                Step(key="sign", text=Rich("Sign")),
            ),
            rule=OrderingRule.ALL_OR_NOTHING,
            horizontal=True,
        ),
    ),
    "2.1/match": Question(
        kind="matching",
        name="Who does what",
        code="who",
        stem=html("<p>Who does what?</p>"),
        body=Matching(
            pairs=(
                Pair(key="needs", stem=Rich("Says what is needed"), match="User"),
                Pair(key="pays", stem=Rich("Pays"), match="Treasury", weight=Decimal(2)),
            ),
            distractors=("Press",),
        ),
        mark=Decimal(3),
    ),
    "2.1/gap-match": Question(
        kind="gap_fill",
        name="A rule",
        code="rule",
        stem=html("<p>First [[2]], then [[1]].</p><p>Fill the gaps.</p>"),
        body=GapFill(
            words=(Word(text="price", reuse=False), Word(text="quality", reuse=False), Word(text="luck")),
            gaps=(2, 1),
            shuffle=False,
        ),
        mark=Decimal(2),
    ),
    # The city earns at most 2 of 4, the others 1 each.
    "2.1/cloze": Question(
        kind="cloze",
        name="Mixed gaps",
        code="mixed",
        stem=html("<p>In {#1}, since {#2},\n      the code is {#3}.</p>"),
        body=Cloze(
            gaps=(
                Gap(
                    short_text=ShortText(
                        answers=(Accepted(text="Kyiv"), Accepted(text="Kiev", fraction=Decimal("0.5")))
                    ),
                    weight=2,
                ),
                Gap(numeric=Numeric(answers=(AcceptedNumber(value=Decimal(2016)),))),
                Gap(
                    single_choice=SingleChoice(
                        options=(
                            Option(key="closed", text=Rich("closed"), correct=False),
                            Option(key="open", text=Rich("open"), correct=True),
                        ),
                        shuffle=False,
                    )
                ),
            )
        ),
        mark=Decimal(4),
    ),
    "2.1/numeric": Question(
        kind="numeric",
        name="A sum",
        code="sum",
        stem=html("<p>Costs: _____ million a year.</p>"),
        body=Numeric(
            answers=(
                AcceptedNumber(value=Decimal("12.5"), tolerance=Decimal("0.5"), feedback=Rich("Near enough.")),
                AcceptedNumber(
                    value=Decimal("12.5"),
                    tolerance=Decimal("0.2"),
                    rule=Tolerance.RELATIVE,
                    fraction=Decimal("0.25"),
                ),
            )
        ),
        mark=Decimal(4),
    ),
    "2.1/essay": Question(
        kind="open_text",
        name="In your words",
        code="essay",
        stem=html("<p>Why publish contracts?</p>"),
        body=OpenText(marker_notes=html("<p>Look for reasons.</p>"), editor=Editor.RICH, lines=7),
        mark=Decimal(10),
    ),
    "2.1/description": Question(
        kind="description",
        name="Read this",
        code="intro",
        stem=html("<p>The next questions are about bridges.</p>"),
        body=Description(),
    ),
    "2.2/all-or-nothing": Question(
        kind="multiple_choice",
        name="All of them",
        code="all",
        stem=html("<p>Which two?</p>"),
        body=MultipleChoice(
            options=(
                Option(key="a", text=Rich("One"), correct=True),
                Option(key="b", text=Rich("Two"), correct=False),
                Option(key="c", text=Rich("Three"), correct=True),
            ),
            rule=MultipleRule.ALL_OR_NOTHING,
            most=2,
        ),
    ),
    "2.2/words": Question(
        kind="gap_fill",
        name="Two lists",
        code="words",
        stem=html("<p>Buyers [[2]] and bidders [[3]].</p>"),
        body=GapFill(
            words=(
                Word(text="hide", group=1),
                Word(text="publish", group=1),
                Word(text="read", group=2),
                Word(text="sleep", group=2),
            ),
            gaps=(2, 3),
            all_or_nothing=True,
        ),
        mark=Decimal(3),
    ),
    "3.0/single-choice": Question(
        kind="single_choice",
        name="In three",
        code="three",
        language="id",
        stem=html("<p>Which is best?</p>"),
        body=SingleChoice(
            options=(
                Option(key="a", text=Rich("Best"), correct=True, fraction=ONE),
                Option(key="b", text=Rich("Good"), correct=False, fraction=Decimal("0.5")),
                Option(key="c", text=Rich("Bad"), correct=False, fraction=Decimal("-0.25")),
            ),
            shuffle=False,
        ),
        mark=Decimal(2),
    ),
    "3.0/short-text": Question(
        kind="short_text",
        name="A word",
        code="word",
        stem=html("<p>An invitation to bid is a </p>"),
        body=ShortText(answers=(Accepted(text="tender"),)),
        explanation=html("<p>From the word for <em>to offer</em>.</p>"),
    ),
    "3.0/upload": Question(
        kind="file_upload", name="A file", code="file", stem=html("<p>Draw up a plan.</p>"), body=FileUpload()
    ),
    "3.0/order-by-place": Question(
        kind="ordering",
        name="Places",
        code="places",
        stem=html("<p>Order.</p>"),
        body=Ordering(
            steps=(Step(key="x", text=Rich("Sooner")), Step(key="y", text=Rich("Later"))),
            rule=OrderingRule.ABSOLUTE_POSITION,
        ),
        mark=Decimal(4),
    ),
}


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_item_by_hand_becomes_what_was_worked_out(name: str) -> None:
    found = only(read((GOLDEN / f"{name}.xml").read_bytes()))

    assert found.question == EXPECTED[name], found.problems
    assert found.lost == ()
    assert found.name == EXPECTED[name].name


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_item_by_hand_can_be_asked(name: str) -> None:
    question = EXPECTED[name]

    assert item_type(question.kind).problems(question.body) == []
    assert item_type(question.kind).stem_problems(question.body, question.stem) == []


def test_every_item_by_hand_is_tested() -> None:
    there = {str(path.relative_to(GOLDEN).with_suffix("")) for path in GOLDEN.rglob("*.xml")}

    assert there == {*EXPECTED, "2.2/true-false"}


MANIFEST = """<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:imsmd="http://ltsc.ieee.org/xsd/LOM"
  identifier="M"><organizations/><resources>
  <resource identifier="r1" type="imsqti_item_xmlv2p2" href="q/tf.xml">
    <metadata><imsmd:lom><imsmd:general>
      <imsmd:title><imsmd:string language="es">Signos</imsmd:string></imsmd:title>
      <imsmd:keyword><imsmd:string>road</imsmd:string></imsmd:keyword>
      <imsmd:keyword><imsmd:string>signs</imsmd:string></imsmd:keyword>
    </imsmd:general></imsmd:lom></metadata>
    <file href="q/tf.xml"/><file href="q/img/sign.png"/>
  </resource>
</resources></manifest>"""


def test_package_gives_its_item_pictures_title_and_keywords() -> None:
    sign = picture()
    item = (GOLDEN / "2.2/true-false.xml").read_bytes()
    package = repacked({"imsmanifest.xml": MANIFEST.encode(), "q/tf.xml": item, "q/img/sign.png": sign})

    assert question_of(read(package)) == Question(
        kind="true_false",
        name="Signos",
        code="tf",
        language="es",
        tags=("road", "signs"),
        stem=html('<p>Look: <img src="picture:sign.png" alt="a sign"></p>'),
        body=TrueFalse(answer=True),
        verdicts=Verdicts(right=html("<p>So it is.</p>"), wrong=html("<p>Look again.</p>")),
        pictures=(Picture(name="sign.png", data=sign),),
    )


def test_item_without_its_package_loses_its_picture_and_says_so() -> None:
    found = only(read((GOLDEN / "2.2/true-false.xml").read_bytes()))

    assert found.question is not None
    assert found.question.stem == html("<p>Look: a sign</p>")
    assert found.lost == ("The picture “img/sign.png” is missing, or is no PNG, JPEG, GIF or WebP.",)
