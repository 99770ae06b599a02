"""What of a cloze Moodle can hold within a text."""

from __future__ import annotations

import html
from dataclasses import replace

from django.utils.translation import gettext as _

from academy.exchange.questions.moodle_xml.fit_bodies import BLANKS, numeric, short_text, single, weighed, within_limits
from academy.exchange.questions.moodle_xml.pen import Pen, Unwritable
from academy.exchange.questions.moodle_xml.read_cloze import MARKER, MARKUP
from assessments.item_types.bodies import Cloze, Gap, MultipleRule, Option
from assessments.item_types.questions import Question
from assessments.item_types.rich import Rich, TextFormat, to_html


def cloze(body: Cloze, pen: Pen) -> Cloze:
    if body.all_or_nothing:
        raise Unwritable(_("Only all gaps together earn the mark, which Moodle's question does not know."))
    return replace(body, gaps=tuple(_gap(gap, pen) for gap in body.gaps))


def _gap(gap: Gap, pen: Pen) -> Gap:
    if gap.single_choice:
        choice = single(gap.single_choice, pen)
        return replace(gap, single_choice=replace(choice, options=_gap_options(choice.options, pen)))
    if gap.multiple_choice:
        several = within_limits(gap.multiple_choice, pen)
        if several.rule == MultipleRule.WEIGHTS:
            several = weighed(several)
        else:
            several = replace(several, options=tuple(replace(one, fraction=None) for one in several.options))
        several = replace(several, options=_gap_options(several.options, pen))
        return replace(gap, multiple_choice=several, layout="horizontal" if gap.layout == "horizontal" else "vertical")
    if gap.short_text:
        short = short_text(gap.short_text, pen)
        answers = tuple(replace(one, feedback=_gap_text(one.feedback, pen)) for one in short.answers)
        return replace(gap, short_text=replace(short, answers=answers), layout="list")
    if gap.numeric is None or gap.numeric.units:
        raise Unwritable(_("A gap asks for a number with a unit, which Moodle's gaps do not know."))
    number = numeric(gap.numeric, pen)
    numbers = tuple(replace(one, feedback=_gap_text(one.feedback, pen)) for one in number.answers)
    return replace(gap, numeric=replace(number, answers=numbers, unit_before=False), layout="list")


def _gap_options(options: tuple[Option, ...], pen: Pen) -> tuple[Option, ...]:
    return tuple(replace(one, text=_gap_text(one.text, pen), feedback=_gap_text(one.feedback, pen)) for one in options)


def _gap_text(rich: Rich, pen: Pen) -> Rich:
    """Return a text as it stands in a gap: HTML where it has markup, else plain. It looks the same."""
    if "~" in rich.text:
        pen.note(_("Moodle shows a backslash before the ~ of a gap."))
    text = _as_html_or_plain(rich)
    if text.format != rich.format and rich:
        pen.note(_("A text in a gap is written in another format. It looks the same."))
    return text


def _as_html_or_plain(rich: Rich) -> Rich:
    text, format_ = rich.text.strip(BLANKS), rich.format
    if format_ == TextFormat.MARKDOWN:
        text, format_ = to_html(rich).strip(BLANKS), TextFormat.HTML
    elif format_ == TextFormat.MOODLE:
        text, format_ = text.replace("\n", "<br>"), TextFormat.HTML
    if format_ == TextFormat.PLAIN and MARKUP.search(text):
        return Rich(html.escape(text, quote=False), TextFormat.HTML)
    return Rich(text, format_ if MARKUP.search(text) else TextFormat.PLAIN)


def with_gaps_in_order(question: Question) -> Question:
    """Return a cloze whose gaps count from 1 in the order of its text."""
    markers = [int(marker[2:-1]) for marker in MARKER.findall(question.stem.text)]
    if sorted(markers) != list(range(1, len(question.body.gaps) + 1)):
        raise Unwritable(_("The gaps in its text are not those that it has. Save it anew."))
    places = iter(range(1, len(markers) + 1))
    stem = Rich(MARKER.sub(lambda _marker: f"{{#{next(places)}}}", question.stem.text), question.stem.format)
    gaps = tuple(question.body.gaps[marker - 1] for marker in markers)
    return replace(question, stem=stem, body=replace(question.body, gaps=gaps))
