"""Files that are broken or meant to harm: they are refused in sentences, soon, and nothing is raised."""

from __future__ import annotations

import base64
import random
import re
import resource
import time
from collections.abc import Callable

import pytest

from academy.exchange.questions.moodle_xml import read, write
from academy.exchange.questions.reading import Reading
from tests.support.moodle_xml import NAMES, PNG, answer, golden, question, quiz

MEGABYTE = 1024 * 1024
WORDS = (
    "",
    "-1",
    "1e999",
    "NaN",
    "Infinity",
    "1e-999",
    "٣",
    "9" * 400,
    "\u0000",
    "<",
    "*",
    "%",
    "{1:SA:",
    "[[0]]",
    "🙂",
)


def held(data: bytes) -> Reading:
    """Read, and write what was read: whatever the file is, both answer in their own words."""
    reading = read(data)
    assert bool(reading.found) != bool(reading.problems)
    assert all(found.problems or found.question for found in reading.found)
    assert all(sentence.strip() for found in reading.found for sentence in (*found.problems, *found.lost))
    write([found.question for found in reading.found if found.question])
    return reading


def cut_off(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def flipped(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _time in range(chance.randint(1, 8)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def doubled(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    piece = data[start : start + chance.randrange(400)]
    place = chance.randrange(len(data))
    return data[:place] + piece + data[place:]


def without_a_piece(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    return data[:start] + data[start + chance.randrange(200) :]


def without_an_element(data: bytes, chance: random.Random) -> bytes:
    elements = list(re.finditer(rb"<(\w+)[^>]*>[^<]*</\1>", data))
    match = chance.choice(elements)
    return data[: match.start()] + data[match.end() :]


def other_words(data: bytes, chance: random.Random) -> bytes:
    """Put a nasty word into a text or an attribute: the file stays XML, mostly."""
    places = list(re.finditer(rb">([^<>\n]*)</|=\"([^\"]*)\"", data))
    match = chance.choice(places)
    word = chance.choice(WORDS).replace("<", "&lt;").encode()
    group = 1 if match[1] is not None else 2
    return data[: match.start(group)] + word + data[match.end(group) :]


def other_names(data: bytes, chance: random.Random) -> bytes:
    names = sorted(set(re.findall(rb"<(\w+)", data)))
    old, new = chance.choice(names), chance.choice(names)
    return re.sub(rb"(</?)" + old + rb"\b", rb"\1" + new, data)


def nested(data: bytes, chance: random.Random) -> bytes:
    many = chance.choice([5, 50, 5000])
    place = data.index(b"<text>")
    return data[:place] + b"<a>" * many + b"</a>" * many + data[place:]


def in_another_encoding(data: bytes, chance: random.Random) -> bytes:
    told = chance.choice([b"UTF-16", b"US-ASCII", b"UTF-7", b"EBCDIC", b"shift_jis", b"idna", b"base64", b""])
    text = data.decode().replace("UTF-8", told.decode())
    return text.encode(chance.choice(["utf-8", "utf-16", "utf-32", "cp1252", "utf-16-le"]), "replace")


WAYS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    cut_off,
    flipped,
    doubled,
    without_a_piece,
    without_an_element,
    other_words,
    other_names,
    nested,
    in_another_encoding,
)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("way", WAYS, ids=[way.__name__ for way in WAYS])
def test_damaged_files_are_answered_in_words(name: str, way: Callable[[bytes, random.Random], bytes]) -> None:
    chance = random.Random(f"{name} {way.__name__}")  # noqa: S311 - the same damage in every run
    for _number in range(20):
        held(way(golden(name), chance))


def test_entities_are_never_resolved() -> None:
    laughs = "".join(f'<!ENTITY l{number} "{f"&l{number - 1};" * 10}">' for number in range(1, 10))
    bomb = f'<!DOCTYPE quiz [<!ENTITY l0 "ha">{laughs}]><quiz>&l9;</quiz>'
    secret = '<!DOCTYPE quiz [<!ENTITY x SYSTEM "file:///etc/passwd">]><quiz><question type="x">&x;</question></quiz>'
    outside = '<!DOCTYPE quiz SYSTEM "http://127.0.0.1/evil.dtd"><quiz><question type="x"/></quiz>'
    for text in (bomb, secret, outside):
        (problem,) = held(text.encode()).problems
        assert problem.message == "The file has a DOCTYPE, which Moodle never writes. Take it out."


def test_elements_of_elements_are_refused() -> None:
    (problem,) = held(b"<quiz>" + b"<question>" * 100_000).problems
    assert "too deep" in problem.message


SLOW = {
    "open elements": b"<quiz>" + b"<question type='x'>" + b"<a/>" * 2_000_000,
    "attributes": b"<quiz><question " + b" ".join(b"a%d='1'" % number for number in range(200_000)) + b"/></quiz>",
    "pictures of one name": quiz(
        question(
            "description",
            text="@@PLUGINFILE@@/a.png</text>"
            + "".join(
                f'<file name="a.png">{base64.b64encode(PNG + str(number).encode()).decode()}</file>'
                for number in range(20_000)
            )
            + "<text>",
        )
    ),
    "names of pictures": quiz(question("description", text="@@PLUGINFILE@@/" * 200_000)),
    "options": quiz(question("multichoice", "".join(answer(f"o{number}") for number in range(10_000)))),
    "gaps": quiz(question("cloze", text="{1:SA:=a}" * 10_000)),
    "gaps with problems": quiz(question("cloze", text="{1:SA:a}" * 50_000)),
    "gaps without an end": quiz(question("cloze", text="{1:MC:=a~" * 50_000)),
    "gaps of words": quiz(question("gapselect", "<selectoption><text>a</text></selectoption>", text="[[1]]" * 200_000)),
    "stars": quiz(question("shortanswer", answer("*a" * 200_000))),
    "digits": quiz(question("numerical", answer("1" * 1_000_000) + answer("1e" + "9" * 100_000))),
    "slashes": quiz(
        f'<question type="category"><category><text>{"/" * 1_000_000}</text></category></question>',
        question("description"),
    ),
    "brackets": quiz(question("description", text="&lt;" * 200_000)),
}


@pytest.mark.parametrize("name", SLOW)
def test_no_file_takes_long(name: str) -> None:
    started = time.process_time()
    held(SLOW[name])
    assert time.process_time() - started < 20


def test_large_file_takes_little_memory() -> None:
    data = quiz(*(question("description", text="x" * 5_000) for _number in range(8_000)))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    reading = read(data)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
    assert len(reading.found) == 8_000
    # A few times its text; a tree of the whole file would take far more.
    assert grown < 5 * len(data)
