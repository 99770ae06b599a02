"""A small content pack that has one of everything, and a way to spoil it."""

from __future__ import annotations

from pathlib import Path

from academy.lib.problems import Problem
from academy.standards.content_pack import Pack, check_links, read_pack

HOME = """---
type: home
title: Academy
summary: Learn to buy.
lead: Learn here. Practise here.
---

## Start

Read **this** first.
"""

PLAYBOOK = """---
type: playbook
title: Playbook
summary: How to buy.
---

Text.
"""

STAGE = """---
type: stage
number: 3
title: Evaluate
summary: Choose a bid.
---

Text.
"""

PLAY = """---
type: play
order: 1
title: Score bids
summary: Score alone.
audience: [evaluator]
skills:
  scoring: working
principles: [be-open]
case_studies: [prozorro]
sources:
  - title: A guide
    url: https://example.org/guide
---

Text.

::: play score-bids
:::
"""

PRINCIPLES = """---
type: principles
title: Principles
summary: What to hold to.
---
"""

PRINCIPLE = """---
type: principle
number: 6
title: Be open
summary: Publish.
---

Text.
"""

CASE_STUDIES = """---
type: case_studies
title: Case studies
summary: What happened.
---
"""

CASE_STUDY = """---
type: case_study
title: Prozorro
summary: An open system.
country: Ukraine
organisation: Ministry
level: national
stages: [evaluate]
result: All could see.
---

Text.
"""

COURSES = """---
type: courses
title: Courses
summary: Short lessons.
---
"""

COURSE = """---
type: course
title: Scoring
summary: Score well.
order: 1
audience: [evaluator]
skills:
  scoring: working
outcomes:
  - Score a bid & say why.
---

Text.
"""

MODULE = """---
type: module
title: First steps
summary: Begin.
order: 1
---
"""

LESSON = """---
type: lesson
title: Score alone
summary: Score before you talk.
order: 1
minutes: 10
skills:
  scoring: working
plays: [score-bids]
---

Text.

::: check Q-01
:::
"""

ASSESSMENT = """---
type: assessment
title: Scoring, the assessment
summary: One question.
bank: scoring
draw: 1
pass_mark: 70
attempts: 3
retake_hours: 24
skill_share: 70
proves:
  scoring: working
---

Text.
"""

BANK = """---
type: bank
title: Questions on scoring
summary: One question.
---

## Q-01
kind: single_choice
skill: scoring working
play: score-bids
lesson: score-alone

When do you score?

In one word.

- [x] Before.
  > Yes.
- [ ] After.
  > No: others would sway you.

Why: Independent scores come first.
"""

FRAMEWORK = """---
type: framework
title: Procurement
summary: Roles of buying.
code: procurement
version: "1"
published: 2026-01-01
licence: CC BY 4.0
position: 1
---
"""

SKILL = """---
type: skill
title: Scoring
summary: Scores bids.
---

## Awareness

- Knows the scale.

## Working

- Scores alone.

## Practitioner

- Leads a panel.

## Expert

- Sets the method.
"""

ROLE = """---
type: role
title: Evaluator
summary: Scores bids.
family: Evaluating
order: 1
levels:
  - code: panel-member
    title: Panel member
    summary: Scores alone.
    needs:
      scoring: working
---

Scores bids.
"""

SPANISH = """msgid ""
msgstr ""
"Language: es\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

msgid "Academy"
msgstr "Academia"

msgid "Learn to buy."
msgstr "Aprenda a comprar."

msgid "Learn here. Practise here."
msgstr "Aprenda aquí. Practique aquí."

msgid "Start"
msgstr "Comience"

msgid "Read <b>this</b> first."
msgstr "Lea <b>esto</b> primero."
"""

HOME_FILE = "en/home.md"
PLAY_FILE = "en/playbook/evaluate/score-bids.md"
LESSON_FILE = "en/courses/scoring/first-steps/score-alone.md"
COURSE_FILE = "en/courses/scoring/index.md"
ASSESSMENT_FILE = "en/courses/scoring/assessment.md"
BANK_FILE = "en/items/scoring.md"
CASE_FILE = "en/playbook/case-studies/ukraine/prozorro.md"
SPANISH_FILE = "es/home.po"

PLAYBOOK_PACK = {
    HOME_FILE: HOME,
    "en/framework/procurement/index.md": FRAMEWORK,
    "en/framework/procurement/skills/scoring.md": SKILL,
    "en/framework/procurement/roles/evaluator.md": ROLE,
    "en/playbook/index.md": PLAYBOOK,
    "en/playbook/evaluate/index.md": STAGE,
    PLAY_FILE: PLAY,
    "en/playbook/principles/index.md": PRINCIPLES,
    "en/playbook/principles/be-open.md": PRINCIPLE,
    "en/playbook/case-studies/index.md": CASE_STUDIES,
    CASE_FILE: CASE_STUDY,
}
COURSE_PACK = {
    "en/courses/index.md": COURSES,
    COURSE_FILE: COURSE,
    "en/courses/scoring/first-steps/index.md": MODULE,
    LESSON_FILE: LESSON,
    ASSESSMENT_FILE: ASSESSMENT,
    BANK_FILE: BANK,
}
PACK = PLAYBOOK_PACK | COURSE_PACK
# The least that has a play: four pages.
SHORT_PLAY = PLAY.replace("principles: [be-open]\ncase_studies: [prozorro]\n", "")
SHORT_PACK = {
    name: text for name, text in PLAYBOOK_PACK.items() if "/principles/" not in name and "/case-studies/" not in name
} | {PLAY_FILE: SHORT_PLAY}


def write_pack(root: Path, files: dict[str, str]) -> Path:
    """Write files below ``root`` and return it."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    return root


def change(file: str, old: str, new: str) -> dict[str, str]:
    """Return the pack with one thing changed."""
    assert old in PACK[file]
    return {**PACK, file: PACK[file].replace(old, new, 1)}


def problems_of(root: Path) -> list[str]:
    """Return what is wrong with the pack below ``root``, as the command would print it."""
    pack = read_pack(root, source="en", languages=("es", "id"))
    return [str(problem) for problem in sorted(set(all_problems(pack)))]


def all_problems(pack: Pack) -> tuple[Problem, ...]:
    """Return what is wrong with the files, and with the links between them."""
    return (*pack.problems, *check_links(pack, skills={"scoring"}, roles={"evaluator"}))
