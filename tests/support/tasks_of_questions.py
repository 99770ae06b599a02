"""What people mark or nobody does, by chance: long answers, files, ratings."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from assessments.item_types import bodies
from tests.support.texts_of_questions import different_words, feedbacks, keys


@st.composite
def rubrics(draw: st.DrawFn) -> tuple[bodies.Criterion, ...]:
    """No rubric, or one with up to three criteria."""
    titles = draw(different_words(0, 3))
    return tuple(
        bodies.Criterion(
            key=key,
            title=title,
            levels=tuple(
                bodies.Level(points=Decimal(points), text=text)
                for points, text in enumerate(draw(different_words(2, 4)))
            ),
        )
        for key, title in zip(keys(len(titles)), titles, strict=True)
    )


@st.composite
def open_texts(draw: st.DrawFn) -> bodies.OpenText:
    """A long answer, with limits or without."""
    least = draw(st.integers(0, 50))
    return bodies.OpenText(
        rubric=draw(rubrics()),
        marker_notes=draw(feedbacks()),
        template=draw(feedbacks()),
        editor=draw(st.sampled_from(bodies.Editor)),
        lines=draw(st.sampled_from([5, 10, 15])),
        least_words=least,
        most_words=draw(st.sampled_from([0, least + 50])),
    )


@st.composite
def file_uploads(draw: st.DrawFn) -> bodies.FileUpload:
    """One file or several."""
    least = draw(st.integers(1, 2))
    return bodies.FileUpload(
        rubric=draw(rubrics()),
        marker_notes=draw(feedbacks()),
        least=least,
        most=draw(st.integers(least, 3)),
        types=tuple(draw(st.lists(st.sampled_from([".pdf", ".docx", ".png"]), unique=True, min_size=1))),
        megabytes=draw(st.integers(1, 20)),
    )


def self_ratings() -> st.SearchStrategy[bodies.SelfRating]:
    """Return scales of two levels or more."""
    return different_words(2, 5).map(lambda levels: bodies.SelfRating(levels=tuple(levels)))
