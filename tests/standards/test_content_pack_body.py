"""The body of a page: Markdown and fences to typed blocks."""

from __future__ import annotations

import pytest

from academy.standards.content_pack.blocks import (
    Block,
    Callout,
    Check,
    Details,
    DosDonts,
    Grid,
    Outcomes,
    PlayLink,
    Prose,
    Quote,
    Recap,
    Ref,
    Reflection,
    Scenario,
    Steps,
    Table,
    WarningText,
    WorkedExample,
)
from academy.standards.content_pack.body import read_body
from academy.standards.content_pack.report import Report


def read(text: str) -> tuple[tuple[Block, ...], list[str]]:
    """Return the blocks of a body that starts on line 10, and the problems as ``line: message``."""
    report = Report("file.md")
    blocks = read_body(text, first_line=10, report=report)
    return blocks, [f"{problem.line}: {problem.message}" for problem in report.problems]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One\nline.\n\nTwo.", "<p>One line.</p><p>Two.</p>"),
        ("## A\n\n### B\n\n#### C", "<h2>A</h2><h3>B</h3><h4>C</h4>"),
        ("**b** *i* `c<d`", "<p><b>b</b> <i>i</i> <code>c&lt;d</code></p>"),
        (
            "[x & y](https://example.org/?a=1&b=2)",
            '<p><a href="https://example.org/?a=1&amp;b=2">x &amp; y</a></p>',
        ),
        ("[us](mailto:us@example.org)", '<p><a href="mailto:us@example.org">us</a></p>'),
        ("- a\n- b\n  1. c", "<ul><li>a</li><li>b<ol><li>c</li></ol></li></ul>"),
        ("- a\n\n  more\n\n- b", "<ul><li>a<br/>more</li><li>b</li></ul>"),
        ("A&nbsp;B &lt;i&gt; 3 < 4", "<p>A\xa0B &lt;i&gt; 3 &lt; 4</p>"),
        ("a\\\nb", "<p>a<br/>b</p>"),
    ],
)
def test_markdown_becomes_rich_text(text: str, html: str) -> None:
    assert read(text) == ((Prose(line=10, html=html),), [])


def test_an_empty_body_has_no_blocks() -> None:
    assert read("\n\n") == ((), [])


def test_every_fence_becomes_its_block_with_its_line() -> None:
    text = """
Before.

::: callout Why
*Text.*
:::
::: callout
Text.
:::
::: warning
Never.
:::
::: details What if?
- a
:::
::: quote A chair
*Write.*
:::
::: scenario Friday
Text.
:::
::: reflection
When?
:::
::: play score-bids
:::
::: check Q-01
:::
"""
    assert read(text) == (
        (
            Prose(line=11, html="<p>Before.</p>"),
            Callout(line=13, title="Why", html="<p><i>Text.</i></p>"),
            Callout(line=16, title="", html="<p>Text.</p>"),
            WarningText(line=19, html="<p>Never.</p>"),
            Details(line=22, title="What if?", html="<ul><li>a</li></ul>"),
            Quote(line=25, attribution="A chair", html="<p><i>Write.</i></p>"),
            Scenario(line=28, title="Friday", html="<p>Text.</p>"),
            Reflection(line=31, html="<p>When?</p>"),
            PlayLink(line=34, play=Ref(code="score-bids", line=34)),
            Check(line=36, item=Ref(code="Q-01", line=36)),
        ),
        [],
    )


def test_lists_become_items() -> None:
    text = """::: outcomes
- Say **why**
:::
::: recap
- One
- Two
:::
::: steps
1. First.
2. Then.

   More.
:::
::: dos_donts
### Do
- a

### Don't
- b
- c
:::"""
    assert read(text) == (
        (
            Outcomes(line=10, items=("<p>Say <b>why</b></p>",)),
            Recap(line=13, items=("<p>One</p>", "<p>Two</p>")),
            Steps(line=17, items=("<p>First.</p>", "<p>Then.</p><p>More.</p>")),
            DosDonts(line=23, dos=("<p>a</p>",), donts=("<p>b</p>", "<p>c</p>")),
        ),
        [],
    )


def test_tables_are_plain_cells_with_a_caption() -> None:
    text = "::: table Scores\n| Bid | **Score** |\n|---|---|\n| `A` | 3 |\n| B | |\n:::"

    assert read(text) == (
        (
            Table(
                line=10,
                caption="Scores",
                grid=Grid(line=11, rows=(("Bid", "Score"), ("A", "3"), ("B", ""))),
            ),
        ),
        [],
    )


def test_a_worked_example_holds_texts_and_tables_in_order() -> None:
    text = "::: worked_example Sums\nOne.\n\n### Sum\n\n| A |\n|---|\n| 1 |\n\nTwo.\n:::"

    assert read(text) == (
        (
            WorkedExample(
                line=10,
                title="Sums",
                parts=(
                    Prose(line=11, html="<p>One.</p><h3>Sum</h3>"),
                    Grid(line=15, rows=(("A",), ("1",))),
                    Prose(line=19, html="<p>Two.</p>"),
                ),
            ),
        ),
        [],
    )


RAW = "Raw HTML is not allowed: write it as Markdown, or put &lt; for a plain <."
RAW_BLOCK = "Raw HTML is not allowed: write it as Markdown or a ::: block, or put &lt; for a plain <."


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("a\n\n<script>alert(1)</script>\n", [f"12: {RAW_BLOCK}"]),
        ("a\nb <script> c", [f"11: {RAW}"]),
        ("::: warning\na <img src=x onerror=alert(1)>\n:::", [f"11: {RAW}"]),
        ("::: outcomes\n- a\n- b <i>\n:::", [f"12: {RAW}"]),
        ("::: table T\n| A |\n|---|\n| <b> |\n:::", [f"13: {RAW}"]),
        (
            "[x](javascript:alert(1))",
            [],  # CommonMark itself makes no link of it: it stays text.
        ),
        (
            "[x](/my/)",
            ["10: The link to “/my/” leads nowhere: give the whole address with https://, or use “::: play”."],
        ),
        (
            "[x](ftp://example.org)",
            [
                "10: The link to “ftp://example.org” leads nowhere: give the whole address with https://, or use “::: play”."
            ],
        ),
        ("- a\n  > b", ["11: A quotation stands in “::: quote Name”, not after >."]),
        ("# A", ["10: A heading of # can’t stand here: use ## or ### or ####."]),
        ("##### A", ["10: A heading of ##### can’t stand here: use ## or ### or ####."]),
        ("![x](y.png)", ["10: Images are not possible as yet: say it in words."]),
        ("a\n\n> b", ["12: A quotation stands in “::: quote Name”, not after >."]),
        ("a\n\n    b", ["12: Four spaces make a block of code: remove them."]),
        ("```\na\n```", ["10: A block of code is not possible here: put short code between `backticks`."]),
        ("a\n\n***", ["12: A line across the page is not possible: use a heading."]),
        (
            "| A |\n|---|\n| 1 |",
            ["10: A table needs a caption: put it between “::: table Caption” and “:::”."],
        ),
        (
            "::: callout\n| A |\n|---|\n| 1 |\n:::",
            ["11: A table needs a caption: put it between “::: table Caption” and “:::”."],
        ),
        ("::: callout\n## A\n:::", ["11: A heading of ## can’t stand here: write it as text."]),
        ("::: warning\n- a\n:::", ["11: A list can’t stand here: write plain text."]),
        ("::: outcomes\n- a\n  1. b\n:::", ["12: A numbered list can’t stand here: write plain text."]),
        (
            "::: quote\n**b** [x](https://example.org)\n:::",
            [
                "11: Bold text can’t stand here: write plain text.",
                "11: A link can’t stand here: write plain text.",
            ],
        ),
        (
            "::: box\nText.\n:::",
            [
                (
                    "10: There is no block “box”: use one of callout, check, details, dos_donts, outcomes, play, quote, "
                    "recap, reflection, scenario, steps, table, warning, worked_example."
                )
            ],
        ),
        (
            "::: callout A\nText.\n",
            ["10: “::: callout” is never closed: put ::: on a line of its own after it."],
        ),
        (
            "::: details A\na\n::: warning\nb\n:::\nc\n:::\nd",
            ["12: “::: warning” starts inside “::: details” of line 10: close that first."],
        ),
        ("a\n:::\nb", ["11: This ::: closes nothing: remove it, or open a block before it."]),
        (
            "  ::: callout\na",
            ["10: A block starts with three colons at the margin and a name: “::: callout Title”."],
        ),
        (
            ":::: callout\na",
            ["10: A block starts with three colons at the margin and a name: “::: callout Title”."],
        ),
        ("::: table\n| A |\n|---|\n| 1 |\n:::", ["10: “::: table” needs a caption after its name."]),
        (
            "::: table T\nText.\n:::",
            ["10: “::: table” holds one table: a row of headings, a row of |---|, and rows."],
        ),
        ("::: table T\n| A |\n|---|\n:::", ["10: The table has headings alone: add a row."]),
        ("::: details\nText.\n:::", ["10: “::: details” needs the question that it answers after its name."]),
        ("::: warning Now\nText.\n:::", ["10: “::: warning” takes no title: put “Now” on the next line."]),
        (f"::: details {'x' * 151}\na\n:::", ["10: This title has 151 characters: 150 is the most."]),
        ("::: recap\n:::", ["10: “::: recap” is empty: write its text."]),
        ("::: play a\nText.\n:::", ["10: “::: play” holds no text: close it on the next line."]),
        ("::: play\n:::", ["10: “::: play” needs the slug of a play after its name."]),
        ("::: recap\nText.\n:::", ["10: “::: recap” holds one list: start each point with “- ”."]),
        (
            "::: steps\n1. a\n:::",
            ["10: “::: steps” holds one numbered list of two steps or more: “1. ”, “2. ”."],
        ),
        (
            "::: dos_donts\n### Do\n- a\n:::",
            ["10: “::: dos_donts” holds “### Do” with a list, then “### Don’t” with a list."],
        ),
        (
            "::: dos_donts\n### Don't\n- a\n\n### Do\n- b\n:::",
            ["10: “::: dos_donts” holds “### Do” with a list, then “### Don’t” with a list."],
        ),
    ],
)
def test_what_is_not_possible_is_told_with_its_line(text: str, problems: list[str]) -> None:
    assert list(dict.fromkeys(read(text)[1])) == problems


def test_lines_stay_exact_after_a_faulty_line() -> None:
    _blocks, problems = read("::: details A\na\n::: warning\nb\n:::\n\n<b>\n:::\n\n> x")

    assert problems == [
        "12: “::: warning” starts inside “::: details” of line 10: close that first.",
        f"16: {RAW_BLOCK}",
        "19: A quotation stands in “::: quote Name”, not after >.",
    ]
