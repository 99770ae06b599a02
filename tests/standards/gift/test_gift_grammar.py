"""The grammar of GIFT by itself: signs, labels, weights and what is written."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.standards.gift import (
    Choice,
    Choices,
    Essay,
    Fault,
    Finding,
    GiftQuestion,
    Markup,
    Match,
    Matches,
    Number,
    Numbers,
    ShortAnswer,
    ShortAnswers,
    Text,
    TrueFalse,
    nearest_percent,
    percent_of,
    read_category,
    read_gift,
    share_of,
    write_category,
    write_gift,
    write_label,
)
from academy.standards.gift.escapes import escape, mask, unmask
from academy.standards.gift.labels import read_labels
from academy.standards.text_file import decode, lines

GRADES = {
    "100": (1, 1), "90": (9, 10), "83.33333": (5, 6), "80": (4, 5), "75": (3, 4), "70": (7, 10), "66.66667": (2, 3),
    "60": (3, 5), "50": (1, 2), "40": (2, 5), "33.33333": (1, 3), "30": (3, 10), "25": (1, 4), "20": (1, 5),
    "16.66667": (1, 6), "14.28571": (1, 7), "12.5": (1, 8), "11.11111": (1, 9), "10": (1, 10), "5": (1, 20), "0": (0, 1),
}  # fmt: skip


def faults(text: str) -> list[Finding | None]:
    return [entry.said if isinstance(entry.said, Finding) else None for entry in read_gift(text.encode()).entries]


@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.text("\\n:#={}~ \n", max_size=30))
def test_escaped_text_is_on_one_line_and_means_itself(text: str) -> None:
    written = escape(text)
    assert "\n" not in written
    assert not set(mask(written)) & set(":#={}~")
    assert unmask(mask(written)) == text.strip(" \t\n\r\x0b\x0c")


@pytest.mark.parametrize("percent", GRADES)
@pytest.mark.parametrize("sign", [1, -1])
def test_weight_of_moodle_is_an_exact_share(percent: str, sign: int) -> None:
    share = sign * Fraction(*GRADES[percent])
    assert share_of(sign * Decimal(percent)) == share
    assert percent_of(share) == sign * Decimal(percent)


@pytest.mark.parametrize(
    ("percent", "share"),
    [
        ("33.333", Fraction(1, 3)),
        ("33.3333333333", Fraction(1, 3)),
        ("33.33", None),
        ("33.3345", None),
        ("33", None),
        ("14.286", Fraction(1, 7)),
        ("14.2", None),
        ("99.9991", Fraction(1)),
        ("99.999", None),
        ("101", None),
        ("-83.333", Fraction(-5, 6)),
        ("65", None),
    ],
)
def test_weight_is_that_of_moodle_or_none(percent: str, share: Fraction | None) -> None:
    assert share_of(Decimal(percent)) == share


def test_nearest_weight_is_named() -> None:
    assert [nearest_percent(Decimal(percent)) for percent in ("33", "65", "-2", "101")] == [
        Decimal("33.33333"),
        Decimal("66.66667"),
        Decimal(0),
        Decimal(100),
    ]
    assert percent_of(Fraction(2, 7)) is None


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("a/b", ("a", "b")),
        (" a / b ", ("a", "b")),
        ("$course$/top/a", ("a",)),
        ("$cat1$/a", ("a",)),
        ("top/top/a", ("top", "a")),
        ("a//b/c", ("a/b", "c")),
        ("a// / //b", ("a/", "/b")),
        ("", ()),
        ("$system$", ()),
        ("a/ /b/", ("a", "b")),
    ],
)
def test_category_is_a_path_of_names(path: str, names: tuple[str, ...]) -> None:
    assert read_category(path) == names
    assert read_category(write_category(names)) == names


@pytest.mark.parametrize(
    ("comments", "code", "tags"),
    [
        (["// [id:a b] [tag:x][tag: y ]"], "a b", ("x", "y")),
        (["// [id:a\\]b]", "// [id:c]"], "a]b", ()),
        (["// [tags:a, b,,a]"], "", ("a", "b")),
        (["// [id:] [tag:] [note:x] [id", "// tag:x]"], "", ()),
        (["// [id:never closed [tag:x\\]"], "", ()),
    ],
)
def test_labels_are_found_in_comments(comments: list[str], code: str, tags: tuple[str, ...]) -> None:
    assert read_labels(comments) == (code, tags)


@pytest.mark.parametrize(
    ("value", "label"),
    [
        ("a]b", "[tag:a\\]b]"),
        ("a\\", ""),
        ("", ""),
        (" a", ""),
        ("a\nb", ""),
        ("<b>", ""),
        ("a`", ""),
        ("[x", "[tag:[x]"),
    ],
)
def test_label_is_written_if_it_can_be_read(value: str, label: str) -> None:
    assert write_label("tag", value) == label


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (
            GiftQuestion(
                stem=Text(text="[a]: b", markup=Markup.HTML),
                answers=Choices(
                    options=(
                        Choice(text=Text(text="%x", markup=Markup.HTML), right=True),
                        Choice(text=Text(text="y"), weight=Decimal(-50), feedback=Text(text="no", markup=Markup.PLAIN)),
                    )
                ),
                name="N:1",
                code="c",
                tags=("t",),
                general=Text(text="g\n", markup=Markup.HTML),
            ),
            "// [id:c] [tag:t]\n::N\\:1::[html][a]\\: b{\n\t=[html]%x\n\t~%-50%[moodle]y#[plain]no\n\t####g\\n\n}\n",
        ),
        (
            GiftQuestion(stem=Text(text="// x"), answers=TrueFalse(answer=False, when_right=Text(text="r"))),
            "[moodle]// x{FALSE##r}\n",
        ),
        (
            GiftQuestion(
                stem=Text(text="s", markup=Markup.PLAIN),
                answers=ShortAnswers(
                    answers=(ShortAnswer(text="[a"), ShortAnswer(text="T", weight=Decimal("33.33333")))
                ),
            ),
            "[plain]s{\n\t=%100%[plain][a\n\t=%33.33333%T\n}\n",
        ),
        (
            GiftQuestion(
                stem=Text(text="s"),
                answers=Numbers(
                    answers=(
                        Number(value=Decimal("1E+3"), tolerance=Decimal("0.10")),
                        Number(low=Decimal(-1), high=Decimal(2), weight=Decimal(50)),
                        Number(weight=Decimal(5)),
                        Number(weight=Decimal(0), feedback=Text(text="f")),
                    )
                ),
            ),
            "s{#\n\t=1000:0.10\n\t=%50%-1..2\n\t=%5%*\n\t~#f\n}\n",
        ),
        (
            GiftQuestion(
                stem=Text(text="s"),
                answers=Matches(pairs=(Match(stem=Text(text="a"), match="b=c"), Match(stem=Text(), match="d"))),
            ),
            "s{\n\t=a -> b\\=c\n\t= -> d\n}\n",
        ),
        (
            GiftQuestion(stem=Text(text="s"), answers=Essay(), category=("a", "b/c")),
            "$CATEGORY: $course$/top/a/b//c\n\ns{}\n",
        ),
    ],
    ids=["choice", "statement", "short", "numbers", "pairs", "category"],
)
def test_question_is_written_as_moodle_reads_it(question: GiftQuestion, text: str) -> None:
    assert write_gift([question]) == text


def test_fault_names_what_is_wrong_and_where() -> None:
    entries = read_gift(b"// c\n::A::x{T}\n\n\n::B::\nx{#1,5}\n").entries
    assert [(entry.line, entry.name) for entry in entries] == [(2, "A"), (5, "B")]
    assert entries[1].said == Finding(fault=Fault.COMMA, values=("1,5", "1.5"))


def test_weights_that_are_none_are_found_out() -> None:
    assert faults("x{~%5,5%a ~b}\n\nx{~%--5%a ~b}\n\nx{~%1000%a ~b}\n\nx{~%% a ~% b}\n\nx{~100% ~5% of 7%}") == [
        Finding(fault=Fault.BAD_WEIGHT, values=("%5,5%",)),
        Finding(fault=Fault.BAD_WEIGHT, values=("%--5%",)),
        Finding(fault=Fault.BAD_WEIGHT, values=("%1000%",)),
        None,
        None,
    ]


@pytest.mark.parametrize(
    "number", ["1_0", "٣", "1e", "1e500", "e5", "inf", "nan", "0x1", "--1", ".", "1.2.3", "1" * 41, "1 000", "½"]
)
def test_what_is_no_number_is_none(number: str) -> None:
    (finding,) = faults(f"x{{#{number}}}")
    assert finding is not None
    assert finding.fault == Fault.NOT_A_NUMBER


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"a\r\nb\rc\n", "a\nb\nc\n"),
        ("Ж{T}".encode("utf-16-le"), "Ж{T}"),
        ("Ж{T}".encode("utf-16-be"), "Ж{T}"),
        ("漢字だけの長い文です。{T}".encode("utf-16"), "漢字だけの長い文です。{T}"),
        (b"a" * 200 + b"\0", "a" * 200 + "\0"),
        (b"\xff", None),
        (b"\xff\xfe\x00", None),
        (b"\xfe\xff\xd8\x00", None),
        (b"", ""),
    ],
)
def test_encoding_is_found_out(data: bytes, text: str | None) -> None:
    assert decode(data) == text


@given(text=st.text("ab \t\n", max_size=20))
def test_lines_have_the_numbers_of_their_places(text: str) -> None:
    found = [(number, line) for number, line in lines(text) if line]
    assert found == [(number, line.strip()) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
