"""Whatever somebody writes is words: a script in any text of a course never runs."""

from __future__ import annotations

import pytest

from academy.home.models import HomePage
from academy.people.models import User
from academy.records.api import revoke_award
from assessments.models import Attempt
from tests.support.courses import items_of, right_keys, small_course
from tests.support.moment import AT
from tests.support.visits import Visitor, hidden

pytestmark = pytest.mark.django_db

SCRIPT = """<script>alert('x')</script><img src=x onerror="alert(1)">"""
RAW = ("<script>alert", "<img src=x")
ESCAPED = "&lt;script&gt;alert("


def test_script_in_every_text_is_shown_as_text(site_tree: HomePage, learner: User, admin: User) -> None:
    learner.display_name = f"Lea{SCRIPT}"
    learner.save()
    visitor = Visitor(learner)
    small_course(site_tree, words=SCRIPT)

    visitor.get("/en/courses/")
    visitor.get("/en/courses/fair-bids/")
    visitor.follow(visitor.post("/en/enrol/fair-bids/"))
    visitor.get("/en/courses/fair-bids/module-1/")
    for number, option in ((1, "b"), (2, "a"), (3, "b")):
        check = f"/en/learn/fair-bids/lesson-{number}/check/1/"
        form = hidden(visitor.get(check))
        visitor.post(check, {**form, "option": SCRIPT})
        visitor.follow(visitor.post(check, {**form, "option": option}))
        module = 1 if number < 3 else 2
        visitor.get(f"/en/courses/fair-bids/module-{module}/lesson-{number}/")
        visitor.follow(visitor.post(f"/en/learn/fair-bids/lesson-{number}/complete/"))
    visitor.get("/en/courses/fair-bids/final/")
    start = visitor.post("/en/assess/start/fair-bids/final/")["Location"]
    for item in items_of(Attempt.objects.get()):
        path = f"{start}q/{item.position}/"
        visitor.follow(visitor.choose(path, right_keys(item.version)))
        visitor.post(path, {**hidden(visitor.get(path)), "option": SCRIPT})
        visitor.choose(path, right_keys(item.version), sequence="1")
    visitor.get(f"{start}review/")
    visitor.follow(visitor.post(f"{start}submit/"))
    visitor.post(f"{start}q/1/", {"option": SCRIPT})
    visitor.get("/en/my/certificates/for/fair-bids/")
    visitor.follow(visitor.post("/en/my/certificates/for/fair-bids/", {"name": f"Lea{SCRIPT}"}))
    award = learner.awards.get()
    revoke_award(award=award, reason=f"Wrong name{SCRIPT}", by=admin, at=AT)
    visitor.get(f"/en/my/certificates/{award.code}/")
    visitor.get(f"/en/verify/{award.code}/")
    visitor.get("/en/my/certificates/")
    visitor.get("/en/my/")
    visitor.get("/en/verify/?code=%3Cscript%3Ealert('x')%3C/script%3E")
    visitor.get("/en/verify/%3Cscript%3Ealert('x')%3C%2Fscript%3E/")

    shown = [page for page in visitor.seen if page.status_code != 302]
    assert len(shown) > 40
    assert [page.request["PATH_INFO"] for page in shown if any(raw in page.text for raw in RAW)] == []
    assert [page.request["PATH_INFO"] for page in shown if ESCAPED not in page.text] == []
