"""Choices of Moodle as bodies of ours: one or several right options, true or false."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from academy.exchange.questions.moodle_xml.desk import Desk
from academy.exchange.questions.moodle_xml.numbers import percent, share
from academy.standards.moodle_xml import Answer, Item
from assessments.item_types.bodies import MultipleChoice, MultipleRule, Option, SingleChoice, TrueFalse
from assessments.item_types.rich import Rich, to_html, visible

ZERO, ONE = Decimal(0), Decimal(1)
PLACES = Decimal("0.01")
# How sites name the answer that is false, in the languages most likely here.
FALSE = frozenset({"false", "f", "no", "faux", "non", "falso", "falsch", "خطأ"})
# Elements that change how a text is laid out and not what it says.
LAYOUT = re.compile(r"</?(?:p|div|span|br)\b[^>]*>")


@dataclass(frozen=True, kw_only=True, slots=True)
class Read:
    """What the elements of a type came to. ``stem`` is there when it is another than the file's."""

    kind: str
    body: Any
    stem: Rich | None = None
    mark: Decimal | None = None


def is_true(word: str) -> bool:
    """Read a yes or no as Moodle does."""
    return word not in {"false", "0", ""}


def read_choice(item: Item, desk: Desk) -> Read:
    """Read a multichoice question: ``single`` says which of the two it is."""
    shares = [(answer, earned(answer.fraction, desk)) for answer in item.answers]
    kept = [(answer, part) for answer, part in shares if answer.text.text or part]
    if len(kept) < len(shares):
        desk.lose(_("An option without a text was left out, as Moodle does."))
    shuffle = is_true(item.setting("shuffleanswers", "false"))
    numbering = item.setting("answernumbering", "abc")
    if numbering not in {"abc", "none", ""}:
        desk.lose(_("Its options are numbered “%(style)s” in Moodle. They are not here.") % {"style": numbering})
    single = is_true(item.setting("single", "true"))
    written = tuple((desk.rich(answer.text), part, desk.rich(answer.feedback)) for answer, part in kept)
    options = single_options(written) if single else weighed_options(written)
    check_options(options, desk)
    if single:
        check_best([part for _answer, part in kept], desk)
        return Read(kind="single_choice", body=SingleChoice(options=options, shuffle=shuffle))
    check_sum([part for _answer, part in kept], desk)
    body = MultipleChoice(options=options, rule=MultipleRule.WEIGHTS, shuffle=shuffle)
    return Read(kind="multiple_choice", body=body)


def earned(fraction: str, desk: Desk, *, lowest: Decimal = -ONE) -> Decimal:
    """Return what an answer earns; nothing, and a problem, where that cannot be told."""
    found = share(fraction)
    if found is None:
        desk.refuse(
            _("“%(fraction)s” is no number of per cent. Write it with a decimal point: 33.33333.")
            % {"fraction": fraction}
        )
        return ZERO
    if not lowest <= found <= ONE:
        desk.refuse(
            _("An answer earns %(percent)s %%. Give it %(lowest)s to 100 %%.")
            % {"percent": percent(found), "lowest": percent(lowest)}
        )
        return ZERO
    return found


def key_of(place: int) -> str:
    """Return the key of an option, a pair or a step by its place from 0: a, b, … z, aa, ab, …"""
    letter = chr(ord("a") + place % 26)
    return letter if place < 26 else key_of(place // 26 - 1) + letter


# A text, what it earns, and what is said to it.
Written = tuple[Rich, Decimal, Rich]


def single_options(written: Sequence[Written]) -> tuple[Option, ...]:
    """Return options of which one is chosen: what they earn is said only where that is not all or nothing."""
    weighed = any(part not in {ZERO, ONE} for _text, part, _feedback in written)
    return tuple(
        Option(key=key_of(place), text=text, correct=part == ONE, feedback=feedback, fraction=part if weighed else None)
        for place, (text, part, feedback) in enumerate(written)
    )


def weighed_options(written: Sequence[Written]) -> tuple[Option, ...]:
    """Return options of which several are chosen."""
    return tuple(
        Option(key=key_of(place), text=text, correct=part > ZERO, feedback=feedback, fraction=part)
        for place, (text, part, feedback) in enumerate(written)
    )


def check_options(options: Sequence[Option], desk: Desk) -> None:
    """Refuse what leaves nothing to choose, or nothing to tell one option from another."""
    if len(options) < 2:
        desk.refuse(_("It has fewer than two options. Add some."))
    if any(not option.text for option in options):
        desk.refuse(_("An option that earns something has no text. Write one."))
    check_twice((option.text for option in options), desk)


def check_twice(texts: Iterable[Rich], desk: Desk) -> None:
    """Refuse texts that look the same: who chose the other one would be marked otherwise."""
    seen = [(looks(text), text) for text in texts if text]
    first = dict(reversed(seen))
    for look, many in Counter(look for look, _text in seen).items():
        if many > 1:
            desk.refuse(
                _("“%(text)s” is there %(many)s times. Word the options so that they differ.")
                % {"text": visible(first[look])[:80], "many": many}
            )


def looks(text: Rich) -> str:
    """Return what a reader would see of a text, pictures and raised figures included."""
    return " ".join(html.unescape(LAYOUT.sub(" ", to_html(text))).split())


def check_best(parts: Sequence[Decimal], desk: Desk) -> None:
    """Refuse a question of which no answer earns the whole mark; Moodle does too."""
    best = max(parts, default=ZERO)
    if best != ONE:
        desk.refuse(
            _("Its best answer earns %(percent)s %%. Give the right answer 100 %%.") % {"percent": percent(best)}
        )


def check_sum(parts: Sequence[Decimal], desk: Desk) -> None:
    """Refuse a question whose right options do not earn the whole mark together; Moodle does too."""
    total = sum((part for part in parts if part > ZERO), ZERO)
    if total.quantize(PLACES) != ONE:
        desk.refuse(
            _("Its right options earn %(percent)s %% together. Share out 100 %% among them.")
            % {"percent": percent(total)}
        )


def read_true_false(item: Item, desk: Desk) -> Read:
    """Read a truefalse question. Old exports name the two answers in the language of the site, the true one first."""
    said = [answer.text.text for answer in item.answers]
    if len(said) != 2:
        desk.refuse(_("A true or false question has two answers, “true” and “false”. This has others."))
        return Read(kind="true_false", body=TrueFalse(answer=True))
    true, false = item.answers if said != ["false", "true"] else reversed(item.answers)
    if set(said) != {"true", "false"}:
        if said[0].casefold() in FALSE:
            desk.refuse(
                _("“%(first)s” stands first, and Moodle would take it for true. Name the answers “true” and “false”.")
                % {"first": said[0]}
            )
        desk.lose(_("Its answers are named “%(first)s” and “%(second)s”. The first was taken for true.")
                  % {"first": said[0][:40], "second": said[1][:40]})  # fmt: skip
    right = [earned(answer.fraction, desk) == ONE for answer in (true, false)]
    if right[0] == right[1]:
        desk.refuse(_("Exactly one of true and false must earn 100 %."))
    body = TrueFalse(answer=right[0], feedback_true=_feedback(true, desk), feedback_false=_feedback(false, desk))
    return Read(kind="true_false", body=body)


def _feedback(answer: Answer, desk: Desk) -> Rich:
    return desk.rich(answer.feedback)
