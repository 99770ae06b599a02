"""Items as other programs write them: each earns what a delivery engine gives."""

from __future__ import annotations

import json
from typing import Any

import pytest

from academy.exchange.questions.judging import judge
from academy.exchange.questions.marking import Marked, mark_all, read_responses
from academy.exchange.questions.qti import read
from tests.support.qti_packages import only, repacked

MAP = """<mapping defaultValue="0"><mapEntry mapKey="true" mappedValue="1"/><mapEntry mapKey="b" mappedValue="1"/>
  <mapEntry mapKey="false" mappedValue="-2"/></mapping>"""
SUM = '<setOutcomeValue identifier="SCORE"><sum><variable identifier="SCORE"/>%s</sum></setOutcomeValue>'
WHEN_RIGHT = f"""<responseCondition><responseIf><isNull><variable identifier="RESPONSE"/></isNull>
  <setOutcomeValue identifier="BASIC"><baseValue baseType="identifier">empty</baseValue></setOutcomeValue></responseIf>
  <responseElseIf><match><variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></match>
  {SUM % '<variable identifier="MAXSCORE"/>'}</responseElseIf></responseCondition>"""
MAPPED = SUM % '<mapResponse identifier="RESPONSE"/>'
MATCH = '<responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct"/>'


def end(how: str, limit: str) -> str:
    return f"""<responseCondition><responseIf>
      <{how}><variable identifier="SCORE"/><variable identifier="{limit}"/></{how}>
      <setOutcomeValue identifier="SCORE"><variable identifier="{limit}"/></setOutcomeValue>
      </responseIf></responseCondition>"""


ENDS = end("gt", "MAXSCORE") + end("lt", "MINSCORE")


def ruled(*rules: str) -> str:
    return f"<responseProcessing>{''.join(rules)}</responseProcessing>"


def item(
    cardinality: str, processing: str, *, most: int = 1, full: str = "1", least: str = "0", more: str = ""
) -> bytes:
    outcomes = "".join(
        f'<outcomeDeclaration identifier="{name}" cardinality="single" baseType="float">'
        f"<defaultValue><value>{value}</value></defaultValue></outcomeDeclaration>"
        for name, value in (("SCORE", "0"), ("MAXSCORE", full), ("MINSCORE", least))
    )
    return f"""<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="one" title="First" xml:lang="de">
      <responseDeclaration identifier="RESPONSE" cardinality="{cardinality}" baseType="identifier">
      <correctResponse><value>true</value></correctResponse>{more}</responseDeclaration>{outcomes}
      <outcomeDeclaration identifier="BASIC" cardinality="single" baseType="identifier"/>
      <itemBody><choiceInteraction responseIdentifier="RESPONSE" maxChoices="{most}"><prompt>Is it so?</prompt>
      <simpleChoice identifier="true">Ja</simpleChoice><simpleChoice identifier="false">Nein</simpleChoice>
      <simpleChoice identifier="b">Beinahe</simpleChoice></choiceInteraction></itemBody>
      {processing}</assessmentItem>""".encode()


def earned(data: bytes, response: dict[str, Any], *, name: str = "First") -> Marked:
    (marked,) = mark_all(judge(read(data)), read_responses(json.dumps([{"item": name, "response": response}]).encode()))
    return marked


def fraction(data: bytes, response: dict[str, Any]) -> str:
    return str(earned(data, response).as_json()["fraction"])


@pytest.mark.parametrize(("said", "expected"), [("Ja", "1.0000000"), ("Nein", "0.0000000")])
def test_score_that_is_kept_between_two_ends_is_read(said: str, expected: str) -> None:
    assert fraction(item("single", ruled(WHEN_RIGHT, ENDS)), {"choice": said}) == expected


@pytest.mark.parametrize(
    ("said", "least", "expected"),
    [
        (["Ja", "Beinahe"], "0", "1.0000000"),
        (["Ja"], "0", "0.5000000"),
        (["Nein"], "0", "0.0000000"),
        (["Ja", "Nein"], "0", "0.0000000"),
        (["Nein"], "-1", "-0.5000000"),
    ],
)
def test_ends_of_the_score_keep_the_sum_of_a_mapping(said: list[str], least: str, expected: str) -> None:
    data = item("multiple", ruled(MAPPED, ENDS), most=0, full="2", least=least, more=MAP)

    assert fraction(data, {"choices": said}) == expected


@pytest.mark.parametrize(
    "processing",
    [
        ruled(WHEN_RIGHT, ENDS, WHEN_RIGHT),
        ruled(WHEN_RIGHT, end("lt", "MAXSCORE")),
        ruled(WHEN_RIGHT, ENDS, ENDS),
    ],
    ids=["points behind the ends", "least is more than wrong earns", "ends twice"],
)
def test_end_that_changes_more_than_we_can_say_is_refused(processing: str) -> None:
    assert earned(item("single", processing), {"choice": "Ja"}).state == "refused"


def test_choice_without_a_limit_takes_as_many_as_its_response_holds() -> None:
    assert fraction(item("single", MATCH, most=0), {"choice": "Ja"}) == "1.0000000"


def test_full_mark_that_no_answer_earns_is_told_with_both_numbers() -> None:
    assert earned(item("single", MATCH, full="5"), {"choice": "Ja"}).message == (
        "The best answer earns 1 and its full mark is 5. Make MAXSCORE what the best answer earns."
    )


TWO = item("single", MATCH).replace(b'<simpleChoice identifier="b">Beinahe</simpleChoice>', b"")


def test_choices_called_true_and_false_keep_their_words() -> None:
    found = only(read(TWO))

    assert (found.question and found.question.kind, found.lost) == ("single_choice", ())
    assert fraction(TWO, {"choice": "Ja"}) == "1.0000000"


def test_true_and_false_in_the_language_of_the_item_are_chosen_by_their_words() -> None:
    data = TWO.replace(b">Ja<", b">True<").replace(b">Nein<", b">False<").replace(b'"de"', b'"en"')

    assert fraction(data, {"choice": "True"}) == "1.0000000"
    assert fraction(data, {"choice": "False"}) == "0.0000000"


@pytest.mark.parametrize("response", [{"choice": "Ja"}, {"text": "Ja"}, {"gaps": ["Ja"]}], ids=str)
def test_only_gap_takes_one_word(response: dict[str, Any]) -> None:
    data = TWO.replace(b"<choiceInteraction", b"<p>So: <inlineChoiceInteraction").replace(
        b"simpleChoice", b"inlineChoice"
    )
    data = data.replace(b"</choiceInteraction>", b"</inlineChoiceInteraction></p>").replace(
        b"<prompt>Is it so?</prompt>", b""
    )

    assert fraction(data, response) == "1.0000000"


MANIFEST = b"""<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" identifier="M"><resources>
  <resource identifier="r" type="%s" href="q/one.xml"><metadata><lom xmlns="http://ltsc.ieee.org/xsd/LOM"><general>
  <title><string>In the list</string></title></general></lom></metadata><file href="q/one.xml"/></resource>
  </resources></manifest>"""


@pytest.mark.parametrize("kind", [b"imsqti_item_xmlv2p1", b"imsqti_apipitem_xmlv2p1"], ids=str)
@pytest.mark.parametrize("name", ["In the list", "First", "one"])
def test_item_of_a_package_is_found_by_each_of_its_names(name: str, kind: bytes) -> None:
    data = repacked({"imsmanifest.xml": MANIFEST % kind, "q/one.xml": item("single", MATCH)})

    assert earned(data, {"choice": "Ja"}, name=name).state == "right"


def test_archive_that_is_refused_says_why() -> None:
    data = repacked({"imsmanifest.xml": MANIFEST % b"imsqti_item_xmlv2p1", "../q.xml": b""})

    assert [note.message for note in read(data).problems] == [
        "It is no zip archive that can be opened safely. A file in it has a name that leads elsewhere. Pack it again."
    ]
