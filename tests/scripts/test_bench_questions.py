"""The bench of questions: the same statements for every hundred, and no database for marking."""

from __future__ import annotations

import pytest

from assessments.models import ItemVersion
from scripts.bench_questions import file_of, import_counted, imported, marked

pytestmark = pytest.mark.django_db


def test_every_hundred_takes_the_same_statements() -> None:
    few = import_counted(file_of(200))
    again = import_counted(file_of(200))
    many = import_counted(file_of(400))

    assert few == (200, [few[1][0]] * 2)
    assert few[1][0] < 20
    assert again == (0, [])
    # The second half is new: its hundreds cost what the first ones did.
    assert many == (200, few[1])
    assert ItemVersion.objects.count() == 400


def test_figures_of_importing_and_marking() -> None:
    data = file_of(200)

    importing, marking = imported(data), marked(data, 500)

    assert (importing["questions"], marking["responses"], marking["statements"]) == (200, 500, 0)
    assert sorted(marking["states"]) == ["needs_marking", "partly_right", "right", "wrong"]
