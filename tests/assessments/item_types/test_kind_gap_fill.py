"""Gaps filled from lists of words."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.item_types import InvalidResponse
from assessments.item_types.bodies import GapFill, Word
from assessments.item_types.gap_fill import TYPE
from assessments.item_types.rich import EMPTY, Rich, TextFormat
from assessments.item_types.shape import Verdict
from tests.support.answers_of_questions import chance
from tests.support.bodies_of_questions import gap_fills
from tests.support.texts_of_questions import examples

STEM = Rich("The [[1]] sat on the [[3]]; the [[1]] slept.")
BODY = GapFill(
    words=(Word(text="cat"), Word(text="dog"), Word(text="mat", group=2), Word(text="hat", group=2)), gaps=(1, 3, 1)
)


def question(*words: Word, gaps: tuple[int, ...] = (1,), **fields: Any) -> GapFill:
    return GapFill(words=words, gaps=gaps, **fields)


@pytest.mark.parametrize(
    ("given", "share"),
    [
        (["cat", "mat", "cat"], "1.0000000"),
        (["cat", "hat", "dog"], "0.3333333"),
        (["cat", None, "cat"], "0.6666667"),
        (["dog", "hat", "dog"], "0.0000000"),
        ([None, None, "cat"], "0.3333333"),
    ],
)
def test_mark_is_the_share_of_right_gaps(given: list[str | None], share: str) -> None:
    assert f"{TYPE.mark(BODY, {'gaps': given}):f}" == share


def test_mark_all_or_nothing() -> None:
    body = GapFill(words=BODY.words, gaps=BODY.gaps, all_or_nothing=True)

    assert TYPE.mark(body, {"gaps": ["cat", "mat", "cat"]}) == 1
    assert TYPE.mark(body, {"gaps": ["cat", "mat", None]}) == 0
    assert TYPE.mark(body, {}) == 0


def test_mark_compares_texts_so_that_either_copy_is_right() -> None:
    body = question(Word(text="a", reuse=False), Word(text=" a", reuse=False), Word(text="b"), gaps=(1, 2, 3))

    assert TYPE.problems(body) == []
    assert TYPE.mark(body, {"gaps": ["a", "a", "b"]}) == 1


@examples(50)
@given(made=gap_fills(), data=st.data())
def test_mark_is_full_for_the_right_words_alone(made: tuple[GapFill, Rich], data: st.DataObject) -> None:
    body, _stem = made
    right = [body.words[number - 1].text for number in body.gaps]
    given_words = [data.draw(st.sampled_from([word.text for word in body.words])) for _gap in body.gaps]

    assert (TYPE.mark(body, {"gaps": given_words}) == 1) == (given_words == right)


def test_arrange_mixes_words_within_their_group() -> None:
    orders = {tuple(TYPE.arrange(BODY, chance(seed))["1"]) for seed in range(20)}

    assert orders == {("cat", "dog"), ("dog", "cat")}
    assert TYPE.arrange(GapFill(words=BODY.words, gaps=BODY.gaps, shuffle=False), chance()) == {
        "1": ["cat", "dog"],
        "2": ["mat", "hat"],
    }


def test_present_has_the_text_between_the_gaps_and_no_number_of_a_word() -> None:
    shown = TYPE.present(BODY, STEM, {"1": ["dog", "cat"], "2": ["mat", "hat"]}, {"gaps": ["dog", None, None]})

    assert shown["pieces"] == ("<p>The ", " sat on the ", "; the ", " slept.</p>")
    assert [(gap["field"], str(gap["label"]), gap["words"], gap["chosen"]) for gap in shown["gaps"]] == [
        ("gap-1", "Gap 1", ["dog", "cat"], "dog"),
        ("gap-2", "Gap 2", ["mat", "hat"], ""),
        ("gap-3", "Gap 3", ["dog", "cat"], ""),
    ]


@pytest.mark.parametrize(
    ("stem", "pieces"),
    [
        (Rich("<p>a <b>[[1]]</b> b</p>", TextFormat.HTML), ("<p>a <b>", "</b> b</p>")),
        (Rich("a\n[[1]]", TextFormat.MOODLE), ("a<br>", "")),
        (Rich("**a** [[1]]", TextFormat.MARKDOWN), ("<p><strong>a</strong> ", "</p>\n")),
        (Rich('<p title="[[1]] > x">[[1]]</p>', TextFormat.HTML), ('<p title="[[1]] &gt; x">', "</p>")),
        (Rich("[[1]]<script>[[1]]</script>", TextFormat.HTML), ("", "")),
        (Rich("1 < 2 [[1]]"), ("<p>1 &lt; 2 ", "</p>")),
    ],
)
def test_present_cuts_each_format_outside_its_tags(stem: Rich, pieces: tuple[str, ...]) -> None:
    body = question(Word(text="a"), Word(text="b"))

    assert TYPE.present(body, stem, [], {})["pieces"] == pieces
    assert TYPE.stem_problems(body, stem) == []


@pytest.mark.parametrize(
    ("body", "sentences"),
    [
        (BODY, []),
        (question(), ["Give at least one word, and a gap for it in the text."]),
        (question(Word(text="a"), gaps=()), ["Give at least one word, and a gap for it in the text."]),
        (question(*[Word(text="a")] * 201), ["Give at most 200 words and 50 gaps."]),
        (question(Word(text=" ")), ["Give each word a text of at most 1000 characters."]),
        (question(Word(text="a", group=0)), ["A group has a number from 1 to 99."]),
        (
            question(Word(text="a"), gaps=(1, 2, 0)),
            ["Gap [[0]] has no word: there are 1.", "Gap [[2]] has no word: there are 1."],
        ),
        (question(Word(text="a"), Word(text="a ")), ["“a” is in its group more than once: leave one."]),
        (question(Word(text="a"), Word(text="a", group=2)), []),
        (
            question(Word(text="a", reuse=False), gaps=(1, 1)),
            ["“a” is right in more gaps than it may fill: let it be used again."],
        ),
    ],
)
def test_problems_say_each_thing(body: GapFill, sentences: list[str]) -> None:
    assert TYPE.problems(body) == sentences


@pytest.mark.parametrize(
    ("stem", "sentences"),
    [
        (STEM, []),
        (Rich("[[1]] [[9]]"), ["The text has a gap [[9]] and there is no such word."]),
        (Rich("[[1]] [[3]]"), ["The gaps of the text are not those of the question: save it again with its text."]),
        (Rich("none"), ["The gaps of the text are not those of the question: save it again with its text."]),
    ],
)
def test_stem_problems_say_where_text_and_words_disagree(stem: Rich, sentences: list[str]) -> None:
    assert TYPE.stem_problems(BODY, stem) == sentences


def test_parse_keeps_texts_and_empty_gaps() -> None:
    assert TYPE.parse(BODY, {"gap-1": [" cat "], "gap-2": [""]}) == {"gaps": ["cat", None, None]}


@pytest.mark.parametrize(
    ("body", "sent", "sentence"),
    [
        (BODY, {}, "Fill at least one gap."),
        (BODY, {"gap-1": ["mat"]}, "“mat” is not one of the words. Choose again."),
        (BODY, {"gap-1": ["cat", "dog"]}, "This page gave two answers in one place. Load it again, then answer."),
        (
            question(Word(text="a", reuse=False), Word(text="b", reuse=False), gaps=(1, 2)),
            {"gap-1": ["a"], "gap-2": ["a"]},
            "“a” fills too many gaps: choose another for some.",
        ),
    ],
)
def test_parse_refuses(body: GapFill, sent: dict[str, list[str]], sentence: str) -> None:
    with pytest.raises(InvalidResponse) as refused:
        TYPE.parse(body, sent)

    assert str(refused.value) == sentence


def test_review_tells_each_gap() -> None:
    parts = TYPE.review(BODY, STEM, [], {"gaps": ["cat", "hat", None]})

    assert [(str(part.label), part.given, part.right, part.verdict) for part in parts] == [
        ("Gap 1", "cat", "cat", Verdict.RIGHT),
        ("Gap 2", "hat", "mat", Verdict.WRONG),
        ("Gap 3", "", "cat", Verdict.WRONG),
    ]


def test_outline_has_the_right_texts_and_all_words() -> None:
    assert TYPE.outline(BODY) == {"gaps": ["cat", "mat", "cat"], "words": ["cat", "dog", "mat", "hat"]}


@pytest.mark.parametrize(
    ("named", "response"),
    [
        ({}, {}),
        ({"gaps": [None, "", None]}, {}),
        ({"gaps": ["cat", None, " dog"]}, {"gaps": ["cat", None, "dog"]}),
    ],
)
def test_from_outside(named: dict[str, Any], response: dict[str, Any]) -> None:
    assert TYPE.from_outside(BODY, EMPTY, named) == response


@pytest.mark.parametrize(
    "named", [{"gaps": "cat"}, {"gaps": ["cat"]}, {"gaps": ["cow", None, None]}, {"gaps": [["cat"], 1, 2]}]
)
def test_from_outside_refuses(named: dict[str, Any]) -> None:
    with pytest.raises(InvalidResponse):
        TYPE.from_outside(BODY, EMPTY, named)
