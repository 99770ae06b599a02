"""What the choices share: options, which of them were sent, and how they are shown."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from assessments.item_types.bodies import Option
from assessments.item_types.rich import Rich, visible
from assessments.item_types.shape import InvalidResponse, Part, Sent, Verdict

MOST_OPTIONS = 50
FIELD = "option"


def option_problems(options: Sequence[Option]) -> list[str]:
    """Say what is wrong with a set of options, whatever the kind."""
    if len(options) < 2:
        return [_("Give at least two options.")]
    if len(options) > MOST_OPTIONS:
        return [_("Give at most %(count)d options.") % {"count": MOST_OPTIONS}]
    problems = []
    texts = [visible(option.text) or option.text.text for option in options]
    keys = [option.key for option in options]
    if not all(option.text for option in options):
        problems.append(_("Give each option a text."))
    if len(set(texts)) < len(texts):
        problems.append(_("Two options have the same text: make them differ."))
    if len(set(keys)) < len(keys) or not all(keys):
        problems.append(_("Each option needs a key of its own."))
    if not any(option.correct for option in options):
        problems.append(_("Mark at least one option as right."))
    if any(abs(option.fraction) > 1 for option in options if option.fraction is not None):
        problems.append(_("An option earns at most the whole mark, and costs at most as much."))
    return problems


def option_advice(options: Sequence[Option]) -> list[str]:
    """Say what would help learners."""
    return [] if all(option.feedback for option in options) else [_("Give each option feedback that says why.")]


def known_keys(options: Sequence[Option], sent: Sequence[str]) -> list[str]:
    """Return what was sent in the author's order, each once. Raises InvalidResponse for a key that is not there."""
    keys = [option.key for option in options]
    if set(sent) - set(keys):
        raise InvalidResponse(_("That is not one of the options. Choose again."))
    return [key for key in keys if key in sent]


def sent_keys(options: Sequence[Option], sent: Sent) -> list[str]:
    """Return the keys of a form."""
    return known_keys(options, sent.get(FIELD, ()))


def arranged(options: Sequence[Option], chance: random.Random, *, shuffle: bool) -> list[str]:
    """Return the keys in the order in which a learner sees them."""
    keys = [option.key for option in options]
    if shuffle:
        chance.shuffle(keys)
    return keys


def in_order(options: Sequence[Option], arrangement: Sequence[str]) -> list[Option]:
    """Return the options in a learner's order; without one, in the author's."""
    by_key = {option.key: option for option in options}
    return [by_key[key] for key in arrangement] if arrangement else list(options)


def shown(options: Sequence[Option], arrangement: Sequence[str], response: Sequence[str]) -> Mapping[str, Any]:
    """Return what the template of a choice needs."""
    return {
        "field": FIELD,
        "choices": [
            {"key": option.key, "text": option.text, "chosen": option.key in response}
            for option in in_order(options, arrangement)
        ],
    }


def option_parts(options: Sequence[Option], arrangement: Sequence[str], response: Sequence[str]) -> tuple[Part, ...]:
    """Return each option with whether it was chosen and whether it is right."""
    return tuple(
        Part(
            label=option.text,
            chosen=option.key in response,
            correct=option.correct,
            verdict=_verdict(option, chosen=option.key in response),
            feedback=option.feedback,
        )
        for option in in_order(options, arrangement)
    )


def _verdict(option: Option, *, chosen: bool) -> Verdict:
    if not chosen:
        return Verdict.NONE
    return Verdict.RIGHT if option.correct else Verdict.WRONG


def key_of(options: Sequence[Option], text: Any) -> str:
    """Return the key of the option that reads so. Raises InvalidResponse."""
    if not isinstance(text, str):
        raise InvalidResponse(_("An option is named by its text."))
    wanted = " ".join(text.split())
    found = [option.key for option in options if visible(option.text) == wanted]
    if len(found) != 1:
        raise InvalidResponse(_("No option reads “%(text)s”.") % {"text": wanted[:100]})
    return found[0]


def outlined(options: Sequence[Option], fractions: Sequence[Decimal]) -> dict[str, Any]:
    """Return the options with what each earns."""
    return {
        "options": [
            {"text": visible(option.text), "fraction": share} for option, share in zip(options, fractions, strict=True)
        ]
    }


def option_texts(options: Sequence[Option]) -> tuple[Rich, ...]:
    """Return the texts and the feedback."""
    return tuple(text for option in options for text in (option.text, option.feedback))
