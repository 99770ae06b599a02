"""Files, front matter and places of a content pack."""

from __future__ import annotations

from pathlib import Path

import pytest

from academy.standards.content_pack import read_pack
from academy.standards.content_pack.documents import Assessment, CaseStudy, Lesson, Play, SkillRef, Source
from tests.support.content_pack import (
    ASSESSMENT_FILE,
    CASE_FILE,
    COURSE_FILE,
    HOME,
    HOME_FILE,
    LESSON_FILE,
    PACK,
    PLAY,
    PLAY_FILE,
    change,
    problems_of,
    write_pack,
)


def test_reads_a_whole_pack_without_problems(tmp_path: Path) -> None:
    pack = read_pack(write_pack(tmp_path, PACK), source="en", languages=())

    assert problems_of(tmp_path) == []
    assert len(pack.documents) == 13
    assert [bank.code for bank in pack.banks] == ["scoring"]


def test_reads_the_fields_of_a_play(tmp_path: Path) -> None:
    pack = read_pack(write_pack(tmp_path, PACK), source="en", languages=())

    (play,) = (document for document in pack.documents if isinstance(document, Play))
    assert (play.path, play.title, play.order) == (("playbook", "evaluate", "score-bids"), "Score bids", 1)
    assert [ref.code for ref in play.audience] == ["evaluator"]
    assert play.skills == (SkillRef(code="scoring", level="working", line=8),)
    assert play.sources == (Source(title="A guide", url="https://example.org/guide"),)


def test_reads_numbers_and_leaves_optional_fields_empty(tmp_path: Path) -> None:
    pack = read_pack(write_pack(tmp_path, PACK), source="en", languages=())

    (lesson,) = (document for document in pack.documents if isinstance(document, Lesson))
    (assessment,) = (document for document in pack.documents if isinstance(document, Assessment))
    (case,) = (document for document in pack.documents if isinstance(document, CaseStudy))
    assert lesson.minutes == 10
    assert (assessment.draw, assessment.pass_mark, assessment.attempts) == (1, 70, 3)
    assert (case.period, case.value_band, case.sources) == ("", "", ())


def test_a_folder_that_is_no_pack_is_one_problem_and_a_missing_home_page(tmp_path: Path) -> None:
    assert problems_of(tmp_path) == [
        f"en:0: There is no folder “en” in “{tmp_path.name}”: name the folder of a content pack.",
        "en/home.md:0: The home page is missing: write it.",
    ]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (HOME.replace("buy", "bu\xff").encode("latin-1"), "4: These bytes are no UTF-8: save the file as UTF-8."),
        (HOME.encode("utf-16"), "1: These bytes are no UTF-8: save the file as UTF-8."),
        (
            b"\xef\xbb\xbf" + HOME.encode(),
            "1: The file starts with a byte order mark: save it as UTF-8 without one.",
        ),
        (HOME.replace("\n", "\r\n").encode(), "1: Lines end in CR or CRLF: save the file with LF line ends."),
        (HOME.replace("Read", "Re\x00ad").encode(), "10: Remove the control character U+0000."),
    ],
)
def test_bytes_that_are_no_plain_text_are_refused(tmp_path: Path, data: bytes, problem: str) -> None:
    write_pack(tmp_path, PACK)
    (tmp_path / HOME_FILE).write_bytes(data)

    assert problems_of(tmp_path) == [f"{HOME_FILE}:{problem}"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "1: The front matter is missing: start the file with a line of --- and the keys type, title, summary."),
        (
            "# Academy\n",
            "1: The front matter is missing: start the file with a line of --- and the keys type, title, summary.",
        ),
        ("---\ntype: home\n", "1: The front matter has no end: close it with a line of ---."),
        ("---\n---\n", "1: The front matter holds no keys: write type, title and summary, each as “key: value”."),
        ("---\n- a\n---\n", "1: The front matter holds no keys: write type, title and summary, each as “key: value”."),
        (
            HOME.replace("title: Academy", "title: Academy: the site"),
            "3: This is no YAML (mapping values are not allowed here): put a text with a colon between quotes.",
        ),
        (
            HOME.replace("title: Academy", "title: 2024-13-45"),
            "1: A value of the front matter can’t be read (month must be in 1..12): put it between quotes.",
        ),
        (HOME.replace("type: home\n", ""), "1: The key “type” is missing: add “type: home”."),
        (
            HOME.replace("type: home", "type: hoem"),
            "2: The type “hoem” does not exist: a file of this name has the type home.",
        ),
        (
            HOME.replace("type: home", "type: play"),
            "2: The type “play” stands elsewhere: a file of this name has the type home.",
        ),
        (HOME.replace("title: Academy\n", ""), "1: The key “title” is missing: add it."),
        (HOME.replace("title: Academy\n", "title:\n"), "3: The key “title” is missing: add it."),
        (HOME.replace("title: Academy\n", "title: ''\n"), "3: “title” is empty: write it."),
        (HOME.replace("title: Academy", "title: 2026"), "3: “title” must be a text: put it between quotes."),
        (HOME.replace("title: Academy", "title: A\ntitle: B"), "4: “title” is written twice: keep one."),
        (
            HOME.replace("Learn to buy.", "x" * 201),
            "4: “summary” has 201 characters: 200 is the most. Shorten it.",
        ),
        (
            HOME.replace("lead:", "colour: red\nlead:"),
            "5: There is no key “colour” here: use lead, summary, title, type.",
        ),
    ],
)
def test_faulty_front_matter_is_told_with_its_line(tmp_path: Path, text: str, problem: str) -> None:
    write_pack(tmp_path, {**PACK, HOME_FILE: text})

    assert problems_of(tmp_path) == [f"{HOME_FILE}:{problem}"]


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        (PLAY_FILE, "order: 1\n", "", "1: The key “order” is missing: add it."),
        (PLAY_FILE, "order: 1", "order: one", "3: “order” must be a whole number from 1 to 999."),
        (PLAY_FILE, "order: 1", "order: yes", "3: “order” must be a whole number from 1 to 999."),
        (LESSON_FILE, "minutes: 10", "minutes: 181", "6: “minutes” must be a whole number from 1 to 180."),
        (PLAY_FILE, "[evaluator]", "evaluator", "6: “audience” must be a list: one line a value, each after “- ”."),
        (
            PLAY_FILE,
            "[evaluator]",
            "[Evaluator!, evaluator]",
            "6: “Evaluator!” is no code: use small letters, digits and hyphens.",
        ),
        (PLAY_FILE, "[evaluator]", "[evaluator, evaluator]", "6: “evaluator” stands twice in “audience”: keep one."),
        (
            PLAY_FILE,
            "scoring: working",
            "scoring: good",
            "8: “good” is no level: use one of awareness, working, practitioner, expert.",
        ),
        (PLAY_FILE, "skills:\n  scoring: working\n", "", "1: The key “skills” is missing: add it."),
        (
            PLAY_FILE,
            "\n  scoring: working",
            " [scoring]",
            "7: “skills” must be lines of “skill-code: level” below it.",
        ),
        (
            PLAY_FILE,
            "https://example.org/guide",
            "example.org/guide",
            "12: “example.org/guide” is no whole address: start it with https://.",
        ),
        (
            PLAY_FILE,
            "https://example.org/guide",
            '"http://[::1"',
            "12: “http://[::1” is no whole address: start it with https://.",
        ),
        (
            PLAY_FILE,
            "    url: https://example.org/guide\n",
            "",
            "12: A source has a “title” and a “url”, and nothing else.",
        ),
        (PLAY_FILE, "A guide", "x" * 201, "12: A source’s title is a text of 200 characters at most."),
        (CASE_FILE, "level: national", "level: city", "7: “level” is “city”: use one of national, regional, local."),
        (
            COURSE_FILE,
            "  - Score a bid & say why.",
            "  - 3",
            "10: Each line of “outcomes” must be a text: put it between quotes.",
        ),
        (ASSESSMENT_FILE, "pass_mark: 70", "pass_mark: 101", "7: “pass_mark” must be a whole number from 1 to 100."),
    ],
)
def test_a_wrong_value_is_told_with_its_line(tmp_path: Path, file: str, old: str, new: str, problem: str) -> None:
    write_pack(tmp_path, change(file, old, new))

    assert problems_of(tmp_path) == [f"{file}:{problem}"]


@pytest.mark.parametrize(
    "name",
    [
        "en/notes.md",
        "en/playbook/loose.md",
        "en/playbook/evaluate/deep/play.md",
        "en/playbook/case-studies/prozorro.md",
        "en/courses/scoring/loose.md",
        "en/courses/scoring/first-steps/Bad Name.md",
        "en/items/folder/bank.md",
        "en/items/index.md",
        "en/home.txt",
    ],
)
def test_a_file_where_nothing_stands_is_refused(tmp_path: Path, name: str) -> None:
    write_pack(tmp_path, {**PACK, name: PLAY})

    assert problems_of(tmp_path) == [
        (
            f"{name}:0: Nothing of the pack stands here: see “Where things are” in its README. "
            "Names of files and folders have small letters, digits and hyphens."
        )
    ]


def test_a_list_page_with_a_body_is_refused(tmp_path: Path) -> None:
    file = "en/courses/index.md"
    write_pack(tmp_path, {**PACK, file: PACK[file] + "\nText.\n"})

    assert problems_of(tmp_path) == [f"{file}:7: This page has no body: it lists the pages below it. Remove the text."]


def test_reads_on_after_a_problem_and_tells_all(tmp_path: Path) -> None:
    files = change(HOME_FILE, "lead: Learn here. Practise here.\n", "")
    files[PLAY_FILE] = files[PLAY_FILE].replace("order: 1", "order: 0").replace("Text.", "<b>Text</b>")
    write_pack(tmp_path, files)

    assert problems_of(tmp_path) == [
        f"{HOME_FILE}:1: The key “lead” is missing: add it.",
        f"{PLAY_FILE}:3: “order” must be a whole number from 1 to 999.",
        f"{PLAY_FILE}:16: Raw HTML is not allowed: write it as Markdown, or put &lt; for a plain <.",
    ]
