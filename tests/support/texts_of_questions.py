"""Texts of questions by chance: of several scripts and formats, with every sign that some format gives a meaning."""

from __future__ import annotations

import html

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from assessments.item_types.rich import Rich, TextFormat

# Letters of several scripts and widths, and every character that means something in some format.
LETTERS = "abcXYZ019äßñéΣ漢字𠀀☃"
SIGNS = "<>&\"'=~#:;%*|,./\\$-+?!()@`_"
BRACKETS = "{}[]"
FORMATS = (TextFormat.PLAIN, TextFormat.HTML, TextFormat.MOODLE)


def examples(number: int) -> settings:
    """Return settings for so many questions by chance. Making one takes long on a busy machine, and proves nothing."""
    return settings(max_examples=number, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _one_line(text: str) -> str:
    return " ".join(text.split())


def words(signs: str = SIGNS + BRACKETS, most: int = 8) -> st.SearchStrategy[str]:
    """Return plain texts of one line, never blank, with a letter in each."""
    rest = st.text(alphabet=LETTERS + " " + signs, max_size=most)
    return st.builds(lambda letter, text: _one_line(letter + text), st.sampled_from(LETTERS), rest)


def in_format(text: str, text_format: TextFormat) -> Rich:
    """Return the text so that a reader reads the same in each format."""
    if text_format == TextFormat.PLAIN:
        return Rich(text)
    return Rich(f"<p>{html.escape(text)} <b>!</b></p>", text_format)


def riches(signs: str = SIGNS + BRACKETS) -> st.SearchStrategy[Rich]:
    """Return texts in several formats, never blank."""
    return st.builds(in_format, words(signs), st.sampled_from(FORMATS))


def feedbacks() -> st.SearchStrategy[Rich]:
    """Return a text or none."""
    return st.just(Rich()) | riches()


def different_words(number: int, most: int) -> st.SearchStrategy[list[str]]:
    """Return from ``number`` to ``most`` words that are different whatever their case."""
    return st.lists(words(), min_size=number, max_size=most, unique_by=lambda word: word.lower())


def different(number: int, most: int) -> st.SearchStrategy[list[Rich]]:
    """Return from ``number`` to ``most`` texts that read differently."""
    formats = st.lists(st.sampled_from(FORMATS), min_size=most, max_size=most)
    return st.builds(lambda texts, shapes: list(map(in_format, texts, shapes)), different_words(number, most), formats)


def keys(number: int) -> list[str]:
    """Return so many keys."""
    return [chr(ord("a") + place) for place in range(number)]
