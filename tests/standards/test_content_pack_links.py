"""What only the whole content pack can show; and its catalogues."""

from __future__ import annotations

from pathlib import Path

import pytest

from academy.standards.content_pack import read_pack
from academy.standards.content_pack.documents import Message
from tests.support.content_pack import (
    ASSESSMENT_FILE,
    BANK,
    BANK_FILE,
    CASE_FILE,
    CASE_STUDY,
    COURSE_FILE,
    LESSON,
    LESSON_FILE,
    PACK,
    PLAY,
    PLAY_FILE,
    SPANISH,
    SPANISH_FILE,
    change,
    problems_of,
    write_pack,
)


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "what"),
    [
        (PLAY_FILE, "[evaluator]", "[auditor]", 6, "role “auditor”"),
        (PLAY_FILE, "scoring: working", "typing: working", 8, "skill “typing”"),
        (PLAY_FILE, "[be-open]", "[be-quick]", 9, "principle “be-quick”"),
        (PLAY_FILE, "[prozorro]", "[other]", 10, "case study “other”"),
        (PLAY_FILE, "::: play score-bids", "::: play other", 18, "play “other”"),
        (CASE_FILE, "[evaluate]", "[plan]", 8, "stage “plan”"),
        (COURSE_FILE, "[evaluator]", "[auditor]", 6, "role “auditor”"),
        (LESSON_FILE, "[score-bids]", "[other]", 9, "play “other”"),
        (LESSON_FILE, "Q-01", "Q-02", 14, "question “Q-02”"),
        (ASSESSMENT_FILE, "bank: scoring", "bank: other", 5, "bank “other”"),
        (BANK_FILE, "scoring working", "typing working", 9, "skill “typing”"),
        (BANK_FILE, "play: score-bids", "play: other", 10, "play “other”"),
        (BANK_FILE, "lesson: score-alone", "lesson: other", 11, "lesson “other”"),
    ],
)
def test_a_link_to_nothing_is_told_with_its_line(
    tmp_path: Path, file: str, old: str, new: str, line: int, what: str
) -> None:
    write_pack(tmp_path, change(file, old, new))

    kind = what.partition(" “")[0]
    expected = f"{file}:{line}: There is no {what}: mend the link, or add the {kind}."
    assert expected in problems_of(tmp_path)


def test_a_file_that_cannot_be_read_does_not_break_the_links_to_it(tmp_path: Path) -> None:
    write_pack(tmp_path, {**PACK, PLAY_FILE: "Text.\n"})

    assert problems_of(tmp_path) == [
        (
            f"{PLAY_FILE}:1: The front matter is missing: start the file with a line of --- and the keys type, title, "
            "summary."
        )
    ]


def test_a_bank_that_cannot_be_read_does_not_break_the_links_to_it(tmp_path: Path) -> None:
    write_pack(tmp_path, change(BANK_FILE, "type: bank", "type: play"))

    assert problems_of(tmp_path) == [
        f"{BANK_FILE}:2: The type “play” stands elsewhere: a file of this name has the type bank."
    ]


def test_a_page_without_a_page_above_is_refused(tmp_path: Path) -> None:
    write_pack(tmp_path, {name: text for name, text in PACK.items() if name != "en/playbook/evaluate/index.md"})

    assert problems_of(tmp_path) == [
        f"{CASE_FILE}:8: There is no stage “evaluate”: mend the link, or add the stage.",
        f"{PLAY_FILE}:0: The page above it is missing: write en/playbook/evaluate/index.md.",
    ]


def test_two_pages_in_one_place_are_refused(tmp_path: Path) -> None:
    second = "en/playbook/evaluate/zebra.md"
    write_pack(tmp_path, {**PACK, second: PLAY})

    assert problems_of(tmp_path) == [f"{second}:3: {PLAY_FILE} has the place 1 already: give this one another."]


def test_two_lessons_of_one_name_are_refused(tmp_path: Path) -> None:
    module = "en/courses/scoring/next-steps"
    files = {
        f"{module}/index.md": PACK["en/courses/scoring/first-steps/index.md"].replace("order: 1", "order: 2"),
        f"{module}/score-alone.md": LESSON,
    }
    write_pack(tmp_path, PACK | files)

    assert problems_of(tmp_path) == [
        (
            f"{module}/score-alone.md:0: {LESSON_FILE} has this name already: links could mean either. "
            "Rename one of the files."
        )
    ]


def test_a_code_used_twice_is_refused_in_one_bank_and_in_two(tmp_path: Path) -> None:
    section = BANK[BANK.index("## Q-01") :]
    other = "en/items/typing.md"
    write_pack(tmp_path, {**PACK, BANK_FILE: f"{BANK}\n{section}", other: BANK.replace("Q-01", "q-01")})

    assert problems_of(tmp_path) == [
        f"{BANK_FILE}:24: The code “Q-01” is used in {BANK_FILE}:7 already: give this question another.",
        f"{other}:7: The code “q-01” is used in {BANK_FILE}:7 already: give this question another.",
    ]


def test_an_assessment_cannot_draw_more_than_its_bank_holds(tmp_path: Path) -> None:
    write_pack(tmp_path, change(ASSESSMENT_FILE, "draw: 1", "draw: 2"))

    assert problems_of(tmp_path) == [
        f"{ASSESSMENT_FILE}:6: The bank “scoring” holds 1 questions: draw that many at most."
    ]


def test_an_assessment_cannot_prove_what_nobody_asks(tmp_path: Path) -> None:
    write_pack(tmp_path, change(ASSESSMENT_FILE, "  scoring: working", "  typing: working"))

    assert (
        f"{ASSESSMENT_FILE}:12: No question of the bank “scoring” asks for “typing”: remove it, or write one."
        in problems_of(tmp_path)
    )


def test_a_question_outside_a_lesson_is_refused(tmp_path: Path) -> None:
    write_pack(tmp_path, change(PLAY_FILE, "::: play score-bids", "::: check Q-01"))

    assert problems_of(tmp_path) == [f"{PLAY_FILE}:18: A question can stand in a lesson alone: move or remove it."]


def test_a_country_is_written_alike_in_one_folder(tmp_path: Path) -> None:
    second = "en/playbook/case-studies/ukraine/second.md"
    write_pack(tmp_path, {**PACK, second: CASE_STUDY.replace("Ukraine", "The Ukraine")})

    assert problems_of(tmp_path) == [
        f"{second}:5: The country is “Ukraine” in {CASE_FILE}: write it alike in one folder."
    ]


def test_reads_a_catalogue_with_the_line_of_each_message(tmp_path: Path) -> None:
    write_pack(tmp_path, {**PACK, SPANISH_FILE: SPANISH})

    (catalogue,) = read_pack(tmp_path, source="en", languages=("es", "id")).catalogues

    assert (catalogue.file, catalogue.language, len(catalogue.messages)) == (SPANISH_FILE, "es", 5)
    assert catalogue.messages[0] == Message(source="Academy", text="Academia", line=6)


def test_a_catalogue_may_hold_obsolete_messages(tmp_path: Path) -> None:
    write_pack(tmp_path, {**PACK, SPANISH_FILE: SPANISH + '\n#~ msgid "Old"\n#~ msgstr "Viejo"\n'})

    (catalogue,) = read_pack(tmp_path, source="en", languages=("es",)).catalogues

    assert [message.source for message in catalogue.messages if message.source == "Old"] == []


def test_a_catalogue_in_another_encoding_is_refused(tmp_path: Path) -> None:
    write_pack(tmp_path, PACK | {SPANISH_FILE: ""})
    (tmp_path / SPANISH_FILE).write_bytes(SPANISH.encode("latin-1"))

    assert problems_of(tmp_path) == [f"{SPANISH_FILE}:13: These bytes are no UTF-8: save the file as UTF-8."]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("nonsense\n", "1: This is no gettext catalogue: each entry has a msgid and a msgstr."),
        (
            SPANISH.replace('msgstr "Academia"', 'msgstr ""'),
            "6: “Academy” is not translated: write its msgstr, without “fuzzy”.",
        ),
        (
            SPANISH.replace('msgid "Academy"', '#, fuzzy\nmsgid "Academy"'),
            "6: “Academy” is not translated: write its msgstr, without “fuzzy”.",
        ),
        (SPANISH + '\nmsgid "Start"\nmsgstr "Empiece"\n', "21: “Start” stands here twice: keep one."),
    ],
)
def test_a_faulty_catalogue_is_told_with_its_line(tmp_path: Path, text: str, problem: str) -> None:
    write_pack(tmp_path, {**PACK, SPANISH_FILE: text})

    assert problems_of(tmp_path) == [f"{SPANISH_FILE}:{problem}"]
