"""Headings that can be linked to."""

from __future__ import annotations

from academy.pages.domain.headings import Heading, with_anchors


def test_with_anchors_two_headings_name_each() -> None:
    markup = '<h2 data-block-key="a1">Why it <b>matters</b></h2><p>So.</p><h2>What to do</h2>'

    marked, headings = with_anchors(markup)

    assert marked == (
        '<h2 id="why-it-matters" data-block-key="a1">Why it <b>matters</b></h2><p>So.</p>'
        '<h2 id="what-to-do">What to do</h2>'
    )
    assert headings == (
        Heading(id="why-it-matters", text="Why it matters"),
        Heading(id="what-to-do", text="What to do"),
    )


def test_with_anchors_same_words_twice_number_the_second() -> None:
    _marked, headings = with_anchors("<h2>Score</h2><h2>Score</h2><h2>Score 2</h2>")

    assert [heading.id for heading in headings] == ["score", "score-2", "score-2-2"]


def test_with_anchors_block_title_is_left_alone() -> None:
    markup = '<h2 class="govuk-heading-s">Do</h2><h3>Deeper</h3>'

    assert with_anchors(markup) == (markup, ())


def test_with_anchors_only_signs_is_called_section() -> None:
    marked, headings = with_anchors("<h2>…?</h2>")

    assert marked == '<h2 id="section">…?</h2>'
    assert headings == (Heading(id="section", text="…?"),)


def test_with_anchors_escaped_words_are_plain_in_the_list() -> None:
    _marked, headings = with_anchors("<h2>Terms &amp; conditions &lt;draft&gt;</h2>")

    assert headings == (Heading(id="terms-conditions-draft", text="Terms & conditions <draft>"),)


def test_with_anchors_other_script_keeps_its_letters() -> None:
    _marked, headings = with_anchors("<h2>تقييم العروض</h2>")

    assert headings == (Heading(id="تقييم-العروض", text="تقييم العروض"),)
