"""Files of Moodle XML for tests: the golden ones, and small ones made in place."""

from __future__ import annotations

import base64
from pathlib import Path

from academy.exchange.questions.moodle_xml import read
from academy.exchange.questions.reading import Found
from assessments.item_types.questions import Question

GOLDEN = Path(__file__).parent.parent / "golden" / "questions" / "moodle_xml"
PNG = b"\x89PNG\r\n\x1a\n" + b"one"
JPEG = b"\xff\xd8\xff\xe0" + b"two"
NAMES = tuple(sorted(path.name for path in GOLDEN.glob("*.xml")))


def golden(name: str) -> bytes:
    """Return a golden document."""
    return (GOLDEN / name).read_bytes()


def quiz(*parts: str) -> bytes:
    """Return a file of these elements."""
    return ('<?xml version="1.0" encoding="UTF-8"?><quiz>' + "".join(parts) + "</quiz>").encode()


def question(kind: str, body: str = "", *, text: str = "Why?", name: str = "Q") -> str:
    """Return an element of a question."""
    return (
        f'<question type="{kind}"><name><text>{name}</text></name>'
        f'<questiontext format="html"><text>{text}</text></questiontext>{body}</question>'
    )


def answer(text: str, fraction: str = "100", more: str = "") -> str:
    """Return an element of an answer."""
    return f'<answer fraction="{fraction}" format="html"><text>{text}</text>{more}</answer>'


def file(name: str, data: bytes, path: str = "/") -> str:
    """Return an element of a file."""
    return f'<file name="{name}" path="{path}" encoding="base64">{base64.b64encode(data).decode()}</file>'


def one(kind: str, body: str = "", *, text: str = "Why?") -> Found:
    """Read a file of one question and return what was found."""
    reading = read(quiz(question(kind, body, text=text)))
    assert not reading.problems
    (found,) = reading.found
    return found


def taken(kind: str, body: str = "", *, text: str = "Why?") -> Question:
    """Read a file of one question that is taken, and loses nothing."""
    found = one(kind, body, text=text)
    assert (found.problems, found.lost) == ((), ())
    assert found.question is not None
    return found.question


def refused(kind: str, body: str = "", *, text: str = "Why?") -> tuple[str, ...]:
    """Read a file of one question that is refused, and return why."""
    found = one(kind, body, text=text)
    assert found.question is None
    return found.problems


def lost(kind: str, body: str = "", *, text: str = "Why?") -> tuple[str, ...]:
    """Read a file of one question that is taken, and return what it loses."""
    found = one(kind, body, text=text)
    assert found.problems == ()
    return found.lost


def golden_questions() -> list[Question]:
    """Return every question of the golden documents."""
    found = [found for name in NAMES for found in read(golden(name)).found]
    return [each.question for each in found if each.question is not None]
