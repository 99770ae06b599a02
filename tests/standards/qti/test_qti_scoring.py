"""Rules of marking: read as what they say, or refused by name; and written so that they read the same."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.standards.qti.model import Item, Outcome, Response
from academy.standards.qti.names import Version, to_two
from academy.standards.qti.reader import read_item
from academy.standards.qti.rule_writer import standard_template, write_rules
from academy.standards.qti.rules import (
    Amount,
    Answered,
    Both,
    Chain,
    Condition,
    Correct,
    Either,
    Is,
    Label,
    LabelChain,
    NumberIs,
    OutcomeIs,
    Scoring,
    TextIs,
    UnknownRule,
    Within,
)
from academy.standards.qti.scoring import read_scoring
from academy.standards.qti.writer import write_item
from academy.standards.qti.xml import parse

ONE = Decimal(1)
ITEM = Item(
    identifier="a",
    title="A",
    responses=(
        Response(identifier="RESPONSE", cardinality="single", base_type="identifier", correct=("a",)),
        Response(identifier="TEXT", cardinality="single", base_type="string"),
        Response(identifier="NUMBER", cardinality="single", base_type="float"),
        Response(identifier="ORDER", cardinality="ordered", base_type="identifier", correct=("a", "b")),
    ),
    outcomes=(
        Outcome(identifier="SCORE", cardinality="single", base_type="float", default=("0",)),
        Outcome(identifier="MAXSCORE", cardinality="single", base_type="float", default=("3",)),
        Outcome(identifier="OTHER", cardinality="single", base_type="float"),
        Outcome(identifier="FEEDBACK", cardinality="single", base_type="identifier"),
    ),
)
SET = '<setOutcomeValue identifier="SCORE">{}</setOutcomeValue>'
TWO = '<baseValue baseType="float">2</baseValue>'
GIVEN = '<variable identifier="RESPONSE"/>'
NOTHING = '<baseValue baseType="float">0</baseValue>'
MAPPED, MAPPED_TEXT = '<mapResponse identifier="RESPONSE"/>', '<mapResponse identifier="TEXT"/>'
LIMIT, OTHER = '<variable identifier="MAXSCORE"/>', '<variable identifier="OTHER"/>'
NUMBER, FIVE = '<variable identifier="NUMBER"/>', '<baseValue baseType="float">5</baseValue>'
RIGHT = f'<match>{GIVEN}<correct identifier="RESPONSE"/></match>'


def when(asked: str, then: str, otherwise: str = "") -> str:
    """Return the rule that scores one thing under a condition, and another if not."""
    rest = f"<responseElse>{SET.format(otherwise)}</responseElse>" if otherwise else ""
    return f"<responseCondition><responseIf>{asked}{SET.format(then)}</responseIf>{rest}</responseCondition>"


def scoring(rules: str) -> Scoring:
    """Return what rules say."""
    processing = to_two(parse(f"<responseProcessing>{rules}</responseProcessing>".encode()))
    return read_scoring(dataclasses.replace(ITEM, processing=processing))


def of_template(address: str) -> Scoring:
    """Return what a template says."""
    processing = to_two(parse(f'<responseProcessing template="{address}"/>'.encode()))
    return read_scoring(dataclasses.replace(ITEM, processing=processing))


@pytest.mark.parametrize(
    "address",
    [
        "http://www.imsglobal.org/question/qti_v2p0/rptemplates/match_correct",
        "http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct",
        "https://www.imsglobal.org/question/qti_v2p2/rptemplates/match_correct.xml",
        "http://www.imsglobal.org/question/qti_v3p0/rptemplates/match_correct",
        "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct.xml",
    ],
)
def test_template_is_known_by_each_of_its_addresses(address: str) -> None:
    assert of_template(address).score == (Chain(cases=((Correct("RESPONSE"), Amount(ONE)),)),)
    assert of_template(address.replace("match_correct", "map_response")).score == (
        Chain(otherwise=Amount(mapped=("RESPONSE",))),
    )


@pytest.mark.parametrize(
    "address",
    [
        "http://www.imsglobal.org/question/qti_v2p1/rptemplates/map_response_point",
        "http://example.org/rptemplates/match_correct",
        "match_correct",
    ],
)
def test_other_template_is_unknown(address: str) -> None:
    with pytest.raises(UnknownRule):
        of_template(address)


def test_item_without_rules_has_no_score() -> None:
    assert read_scoring(ITEM) == Scoring(score=None)


READ = {
    "match_correct in full": (when(RIGHT, TWO, NOTHING), Chain(cases=((Correct("RESPONSE"), Amount(Decimal(2))),))),
    "match the other way round": (
        when(f'<match><correct identifier="RESPONSE"/>{GIVEN}</match>', TWO),
        Chain(cases=((Correct("RESPONSE"), Amount(Decimal(2))),)),
    ),
    "map_response in full": (
        when(f"<isNull>{GIVEN}</isNull>", NOTHING, MAPPED),
        Chain(otherwise=Amount(mapped=("RESPONSE",))),
    ),
    "map_response when there is an answer": (
        when(f"<not><isNull>{GIVEN}</isNull></not>", MAPPED),
        Chain(otherwise=Amount(mapped=("RESPONSE",))),
    ),
    "the limit as what is earned": (
        when(RIGHT, LIMIT),
        Chain(cases=((Correct("RESPONSE"), Amount(Decimal(3))),)),
    ),
    "said anew": (SET.format(TWO) + SET.format(MAPPED_TEXT), Chain(otherwise=Amount(mapped=("TEXT",)))),
    "an answer that is there and is": (
        when(f"<and><not><isNull>{GIVEN}</isNull></not>{RIGHT}</and>", TWO),
        Chain(cases=((Correct("RESPONSE"), Amount(Decimal(2))),)),
    ),
    "from one number to another": (
        when(f"<and><gte>{NUMBER}{TWO}</gte><gte>{FIVE}{NUMBER}</gte></and>", TWO),
        Chain(cases=((Within("NUMBER", Decimal(2), Decimal(5)), Amount(Decimal(2))),)),
    ),
}


def test_sum_by_way_of_another_outcome_is_read() -> None:
    other = '<setOutcomeValue identifier="OTHER"><mapResponse identifier="TEXT"/></setOutcomeValue>'

    found = scoring(other + SET.format(f"<sum>{OTHER}{MAPPED}</sum>"))

    assert found.score == (Chain(otherwise=Amount(mapped=("TEXT",))), Chain(otherwise=Amount(mapped=("RESPONSE",))))


@pytest.mark.parametrize("case", sorted(READ))
def test_rules_are_read_as_what_they_say(case: str) -> None:
    rules, expected = READ[case]

    assert scoring(rules).score == (expected,)


SCORED = SET.format(TWO)
PART_OF_A_TEXT = (
    '<stringMatch caseSensitive="true" substring="true"><variable identifier="TEXT"/>'
    '<baseValue baseType="string">a</baseValue></stringMatch>'
)
OPEN_TOLERANCE = (
    '<equal toleranceMode="absolute" tolerance="1" includeLowerBound="false">'
    f"{NUMBER}<baseValue baseType='float'>2</baseValue></equal>"
)
UNREAD = {
    "another element": "<random/>",
    "an end in between": f"{SCORED}<exitResponse/>",
    "product": SET.format(f"<product>{TWO}{TWO}</product>"),
    "outcome that is not declared": SET.format('<variable identifier="NOBODY"/>'),
    "end by a comparison": when(f'<gte><variable identifier="SCORE"/>{TWO}</gte>', TWO) + "<exitResponse/>",
    "branch in a branch": f"<responseCondition><responseIf>{RIGHT}{when(RIGHT, TWO)}</responseIf></responseCondition>",
    "part of a text": when(PART_OF_A_TEXT, TWO),
    "open end": when(f"<gt>{NUMBER}{TWO}</gt>", TWO),
    "end that does not belong": when(OPEN_TOLERANCE, TWO),
    "points in place of others in one branch": SCORED + when(RIGHT, MAPPED_TEXT),
    "by way of an outcome that is not read": (
        f'<setOutcomeValue identifier="OTHER"><random/></setOutcomeValue>{SET.format(OTHER)}'
    ),
    "condition of nothing": when("<and/>", TWO),
}


@pytest.mark.parametrize("case", sorted(UNREAD))
def test_other_rules_are_refused(case: str) -> None:
    with pytest.raises(UnknownRule):
        scoring(UNREAD[case])


def test_unread_feedback_is_named_and_keeps_nothing_back() -> None:
    found = scoring(f'{SET.format(TWO)}<setOutcomeValue identifier="FEEDBACK"><random/></setOutcomeValue>')

    assert found.score == (Chain(otherwise=Amount(Decimal(2))),)
    assert found.unread == {"FEEDBACK"}


NUMBERS = st.decimals(min_value=-1000, max_value=1000, places=3)
SIZES = st.decimals(min_value=0, max_value=100, places=2)
CONDITIONS: st.SearchStrategy[Condition] = st.one_of(
    st.just(Correct("RESPONSE")),
    st.sampled_from(["a", "b"]).map(lambda value: Is("RESPONSE", value)),
    st.integers(1, 9).map(lambda place: Is("ORDER", "a", place)),
    st.builds(TextIs, st.just("TEXT"), st.sampled_from(["a", "b < c", "é & “d”"]), st.booleans()),
    st.builds(lambda value, size, per: NumberIs("NUMBER", value, size, size, per_cent=per and size > 0), NUMBERS, SIZES, st.booleans()),
    st.builds(Within, st.just("NUMBER"), NUMBERS, NUMBERS),
    st.just(Answered("TEXT")),
)  # fmt: skip
JOINED = st.one_of(
    CONDITIONS,
    st.lists(CONDITIONS.filter(lambda one: not isinstance(one, Answered)), min_size=2, max_size=3).map(
        lambda parts: Either(tuple(parts))
    ),
    st.just(Both((Correct("RESPONSE"), TextIs("TEXT", "a", case_sensitive=True)))),
)
POINTS = st.decimals(min_value="0.1", max_value=10, places=2).map(Amount)
CHAINS = st.builds(Chain, st.lists(st.tuples(JOINED, POINTS), min_size=1, max_size=3).map(tuple))
LABELS = st.sampled_from(["one", "two"]).map(Label)
LABEL_CHAINS = st.one_of(
    LABELS.map(lambda label: LabelChain(otherwise=label)),
    st.just(LabelChain(otherwise=Label(chosen="RESPONSE"))),
    st.builds(
        LabelChain,
        st.lists(st.tuples(st.one_of(JOINED, st.just(OutcomeIs("SCORE", "gte", ONE))), LABELS), min_size=1, max_size=2).map(tuple),
        st.none() | LABELS,
    ),
)  # fmt: skip


@given(chains=st.lists(CHAINS, min_size=1, max_size=3), label=LABEL_CHAINS, version=st.sampled_from(Version))
def test_written_rules_read_the_same_in_each_version(chains: list[Chain], label: LabelChain, version: Version) -> None:
    processing = write_rules(ITEM, chains, [("FEEDBACK", label)])

    read = read_item(write_item(dataclasses.replace(ITEM, processing=processing), version))

    assert read_scoring(read) == Scoring(score=tuple(chains), labels=(("FEEDBACK", (label,)),))


def test_standard_template_is_named_only_where_it_says_the_same() -> None:
    right = Chain(cases=((Correct("RESPONSE"), Amount(ONE)),))
    label = ("FEEDBACK", LabelChain(otherwise=Label("a")))

    assert standard_template([right], []) == "match_correct"
    assert standard_template([Chain(otherwise=Amount(mapped=("RESPONSE",)))], []) == "map_response"
    assert standard_template([right], [label]) == ""
    assert standard_template([right, right], []) == ""
    assert standard_template([Chain(cases=((Correct("RESPONSE"), Amount(Decimal(2))),))], []) == ""
    assert standard_template([Chain(cases=((Correct("GAP-1"), Amount(ONE)),))], []) == ""
