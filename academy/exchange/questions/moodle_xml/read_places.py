"""Questions of Moodle in which things are put in their places: matching, ordering, words in gaps."""

from __future__ import annotations

import re
from collections import Counter

from django.utils.translation import gettext as _

from academy.exchange.questions.moodle_xml.desk import Desk
from academy.exchange.questions.moodle_xml.read_choices import Read, check_twice, is_true, key_of, looks
from academy.standards.moodle_xml import Item
from assessments.item_types.bodies import GapFill, Matching, Ordering, OrderingRule, Pair, Step, Word
from assessments.item_types.rich import Rich, TextFormat, visible

GAP = re.compile(r"\[\[([0-9]{1,9})\]\]")
ALL = {"ALL", "EXACT"}
HORIZONTAL = {"HORIZONTAL", "HORI", "H", "1"}
RULES = {
    **{rule.value.upper(): rule for rule in OrderingRule},
    "ABS": OrderingRule.ABSOLUTE_POSITION,
    "ABSOLUTE": OrderingRule.ABSOLUTE_POSITION,
    "REL": OrderingRule.RELATIVE_NEXT_EXCLUDE_LAST,
    "RELATIVE": OrderingRule.RELATIVE_NEXT_EXCLUDE_LAST,
}


def read_matching(item: Item, desk: Desk) -> Read:
    """Read a matching question. A match without a stem is a distractor."""
    pairs: list[Pair] = []
    distractors: list[str] = []
    for one in item.subquestions:
        stem = desk.rich(one.stem)
        if stem and not looks(stem):
            desk.refuse(
                _("A line has no visible text to match. Write one, or empty it in Moodle with the HTML button.")
            )
        if stem and one.answer:
            pairs.append(Pair(key=key_of(len(pairs)), stem=stem, match=one.answer))
        elif one.answer:
            distractors.append(one.answer)
        elif stem:
            desk.refuse(_("“%(stem)s” has nothing that belongs to it. Write it, or take the line out.")
                        % {"stem": visible(stem)[:80]})  # fmt: skip
    if len(pairs) < 2:
        desk.refuse(_("It has fewer than two lines to match. Add some."))
    check_twice((pair.stem for pair in pairs), desk)
    shuffle = is_true(item.setting("shuffleanswers", "true"))
    body = Matching(pairs=tuple(pairs), distractors=tuple(dict.fromkeys(distractors)), shuffle=shuffle)
    return Read(kind="matching", body=body)


def read_ordering(item: Item, desk: Desk) -> Read:
    """Read an ordering question: its answers stand in their right order."""
    kept = [answer for answer in item.answers if answer.text.text]
    steps = tuple(Step(key=key_of(place), text=desk.rich(answer.text)) for place, answer in enumerate(kept))
    if len(steps) < 2:
        desk.refuse(_("It has fewer than two things to put in order. Add some."))
    check_twice((step.text for step in steps), desk)
    if any(answer.feedback.text for answer in kept):
        desk.lose(_("What is said to a single thing to be ordered is not kept."))
    if item.setting("numberingstyle", "none") not in {"none", ""}:
        desk.lose(_("Its things are numbered in Moodle. They are not here."))
    _check_selection(item, len(steps), desk)
    word = item.setting("gradingtype", "RELATIVE").upper()
    if word not in RULES:
        desk.refuse(_("Its way of grading, “%(word)s”, is not known.") % {"word": word[:60]})
    body = Ordering(
        steps=steps,
        rule=RULES.get(word, OrderingRule.ABSOLUTE_POSITION),
        horizontal=item.setting("layouttype", "VERTICAL").upper() in HORIZONTAL,
    )
    return Read(kind="ordering", body=body)


def _check_selection(item: Item, many: int, desk: Desk) -> None:
    """Refuse a question that shows some of its things only; one that says nothing shows six."""
    word = item.setting("selecttype") or item.setting("logical")
    if word.upper() not in ALL and (word or many > 6):
        desk.refuse(_("It shows some of its things only, by chance. Choose “Select all items” in Moodle."))


def read_gaps(item: Item, desk: Desk) -> Read:
    """Read a gapselect or ddwtos question."""
    stem = desk.rich(item.text)
    reuse_all = item.type == "gapselect"
    words: list[Word] = []
    # Moodle drops empty words and counts the others anew.
    new: dict[int, int] = {}
    for place, one in enumerate(item.words, start=1):
        text = _shown(one.text, desk)
        if text:
            words.append(Word(text=text, group=_group(one.group, desk), reuse=reuse_all or one.infinite))
            new[place] = len(words)
    gaps: list[int] = []

    def renumbered(match: re.Match[str]) -> str:
        target = new.get(int(match[1]))
        if target is None:
            desk.refuse(_("The gap [[%(number)s]] has no word of that number. Add it.") % {"number": match[1]})
            return match[0]
        gaps.append(target)
        return f"[[{target}]]"

    if not GAP.search(stem.text):
        desk.refuse(_("Its text has no gap. Write [[1]] where the first word belongs."))
    stem = Rich(GAP.sub(renumbered, stem.text), stem.format)
    _check_words(words, gaps, desk)
    shuffle = is_true(item.setting("shuffleanswers", "1"))
    body = GapFill(words=tuple(words), gaps=tuple(gaps), shuffle=shuffle)
    return Read(kind="gap_fill", body=body, stem=stem)


def _shown(text: str, desk: Desk) -> str:
    """Return a word as it is seen: Moodle takes it for HTML."""
    if "<" not in text and "&" not in text:
        return text
    seen = visible(Rich(text, TextFormat.HTML))
    if "<" in text:
        desk.lose(_("The word “%(word)s” loses its formatting.") % {"word": seen[:60]})
    return seen


def _group(text: str, desk: Desk) -> int:
    if not re.fullmatch(r"[0-9]{1,4}", text) or not int(text):
        desk.refuse(_("“%(text)s” is no group of words. Write a number from 1.") % {"text": text[:60]})
        return 1
    return int(text)


def _check_words(words: list[Word], gaps: list[int], desk: Desk) -> None:
    for word, many in Counter((word.group, word.text) for word in words).items():
        if many > 1:
            desk.refuse(
                _("The word “%(word)s” is there twice. Keep one, and let it be used again.") % {"word": word[1][:60]}
            )
    for place, many in Counter(gaps).items():
        if many > 1 and not words[place - 1].reuse:
            desk.refuse(
                _("The word “%(word)s” belongs into %(many)s gaps and can be used once. Let it be used again.")
                % {"word": words[place - 1].text[:60], "many": many}
            )
