"""The gaps within a text, in and out."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.standards.moodle_xml.cloze import TYPES, Alternative, ClozeGap, join_cloze, split_cloze


def gap(*alternatives: Alternative, kind: str = "SHORTANSWER", weight: str = "1", closed: bool = True) -> ClozeGap:
    return ClozeGap(type=kind, alternatives=alternatives, weight=weight, closed=closed)


CASES = {
    "": ("",),
    "no {gap} {1:} {:SA}": ("no {gap} {1:} {:SA}",),
    "{1:SA:a}": ("", gap(Alternative(text="a")), ""),
    "x{:SA:=a}y": ("x", gap(Alternative(text="a", fraction="="), weight=""), "y"),
    "{2:SA:%50%a#b~%-33.3%c}": (
        "",
        gap(Alternative(text="a", fraction="50", feedback="b"), Alternative(text="c", fraction="-33.3"), weight="2"),
        "",
    ),
    "{1:SA:%12,5%a}": ("", gap(Alternative(text="a", fraction="12,5")), ""),
    "{1:SA:%%a}": ("", gap(Alternative(text="%%a")), ""),
    "{1:SA:==}": ("", gap(Alternative(text="=", fraction="=")), ""),
    "{1:SA:a\\~b\\#c\\}d}": ("", gap(Alternative(text="a~b#c}d")), ""),
    "{1:SA:=l&#39;eau#d&#39;oh~%50%l&amp;#b}": (
        "",
        gap(
            Alternative(text="l'eau", fraction="=", feedback="d'oh"),
            Alternative(text="l&#b", fraction="50"),
        ),
        "",
    ),
    "{1:SA:a#b#c}": ("", gap(Alternative(text="a", feedback="b#c")), ""),
    "{1:SA:&lt;&amp;lt;&copy;&foo;&copy}": ("", gap(Alternative(text="<&lt;©&foo;&copy")), ""),
    "{1:SA:\\\\*a}": ("", gap(Alternative(text="\\\\*a")), ""),
    "{1:FOO:a}{1:SA:b}": ("", gap(Alternative(text="a"), kind="FOO"), "", gap(Alternative(text="b")), ""),
    "{1:SA:a~b": ("", gap(Alternative(text="a"), Alternative(text="b"), closed=False)),
    "{1:SA:a\nb{}": ("", gap(Alternative(text="a\nb{")), ""),
}


@pytest.mark.parametrize("text", CASES)
def test_text_is_cut_at_its_gaps(text: str) -> None:
    assert split_cloze(text) == CASES[text]


@pytest.mark.parametrize("name", TYPES)
def test_each_type_has_its_long_name(name: str) -> None:
    (_before, found, _after) = split_cloze(f"{{1:{name}:=a}}")
    assert isinstance(found, ClozeGap)
    assert (found.type, found.known) == (TYPES[name], True)


def test_types_are_written_in_capitals() -> None:
    (_before, found, _after) = split_cloze("{1:sa:=a}")
    assert isinstance(found, ClozeGap)
    assert not found.known


@pytest.mark.parametrize("text", ["=a", "%5%a", "a#b", "a}b", "a~b", "a&lt;b", "{a", "R&", " =a"])
@pytest.mark.parametrize("fraction", ["", "=", "25"])
def test_signs_of_the_grammar_survive(text: str, fraction: str) -> None:
    written = join_cloze(["<", gap(Alternative(text=text, fraction=fraction, feedback=text)), ">"])
    (_before, found, _after) = split_cloze(written)
    assert isinstance(found, ClozeGap)
    (one,) = found.alternatives
    # An answer that would look like a right one says that it earns nothing.
    assert (one.text, one.feedback, one.fraction or "0") == (text, text, fraction or "0")


@given(st.lists(st.text(alphabet="{}~#=%\\:1SA MC&;a\n", max_size=20), max_size=5))
def test_text_between_gaps_is_left_as_it_is(texts: list[str]) -> None:
    plain = [text.replace("{", "(") for text in texts]
    parts = split_cloze("{1:SA:=a}".join(plain))
    assert [part for part in parts if isinstance(part, str)] == (plain or [""])


def test_long_text_takes_no_long_time() -> None:
    started = time.process_time()
    split_cloze("{1:SA:" + "a~b#c\\" * 200_000)
    split_cloze("{1:SA:" * 200_000)
    split_cloze("{" * 1_000_000)
    assert time.process_time() - started < 5
