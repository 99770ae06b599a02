"""The demo as content of a test database: see ``CopiedDatabase.furnished``."""

from __future__ import annotations

import logging

from django.conf import settings

from academy.exchange.content_pack import load_content
from academy.home.domain.demo import seed_journeys
from academy.home.domain.demo_people import seed_people
from academy.lib.clock import now
from academy.people.api import is_staff
from tests.factories.people import add_second_factor

PASSWORD = "a password of the demo"


def furnish() -> None:
    """Load the content pack and the people of the demo, by the verbs that the commands use."""
    at = now()
    logging.disable(logging.INFO)  # thousands of lines, which would hide what a failing test says
    load_content(root=settings.BASE_DIR / "academy" / "content", at=at)
    people = seed_people(password=PASSWORD, at=at)
    for person in people.values():
        if is_staff(person):
            add_second_factor(person)
    seed_journeys(people=people, at=at)
    logging.disable(logging.NOTSET)
