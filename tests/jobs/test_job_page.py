"""The page on which somebody watches their job."""

from __future__ import annotations

import re
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from academy.jobs.models import Job
from academy.lib.clock import now
from academy.people.models import User
from tests.factories.jobs import JobFactory, JobFailureFactory
from tests.support.house import ROOT
from tests.support.queue import run_tasks
from tests.support.queue_tasks import count_once, endless

pytestmark = pytest.mark.django_db

REFRESH = '<meta http-equiv="refresh" content="5">'


def address(job: Job, end: str = "") -> str:
    return f"/en/my/jobs/{job.uuid}/{end}"


def words(text: str) -> str:
    """Return what the main part of a page says, in one line."""
    main = re.search(r"<main.*?>(.*)</main>", text, re.DOTALL)
    assert main
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main[1])).strip()


@pytest.fixture
def owner(client: Client, learner: User) -> Client:
    client.force_login(learner)
    return client


def test_page_of_a_job_under_way(owner: Client, learner: User) -> None:
    job = JobFactory(asked_by=learner)

    response = owner.get(address(job))

    assert response.status_code == 200
    assert words(response.text) == (
        "My learning 1 of 4 dealt with 1 / 4 You can leave this page: the work goes on without you. "
        "This page refreshes itself every 5 seconds. Stop that"
    )
    assert REFRESH in response.text
    assert "<title>25%: My learning – Procurement Academy</title>" in response.text
    assert '<progress class="ac-meter" aria-labelledby="job-progress" max="4" value="1">' in response.text
    assert '<div role="status">' in response.text
    assert response["Cache-Control"] == "private, no-store"


def test_page_stops_refreshing_itself_when_asked(owner: Client, learner: User) -> None:
    job = JobFactory(asked_by=learner)

    response = owner.get(address(job, "?refresh=off"))

    assert REFRESH not in response.text
    assert "See how far it is now" in words(response.text)


def test_page_of_a_job_that_waits_and_does_not_know_how_much_there_is(owner: Client, learner: User) -> None:
    job = JobFactory(asked_by=learner, state="waiting", started_at=None, total=0, done=0)

    response = owner.get(address(job))

    assert words(response.text).startswith("My learning Waiting to start You can leave this page")
    assert "<progress" not in response.text


def test_page_of_a_job_that_went_well(owner: Client, learner: User) -> None:
    job = JobFactory(asked_by=learner, state="done", done=4, message="Four people were added.")

    response = owner.get(address(job))

    assert words(response.text) == "My learning Finished Four people were added. 4 of 4 dealt with 4 / 4 Continue"
    assert REFRESH not in response.text
    assert "govuk-notification-banner--success" in response.text
    assert response.text.count('href="/en/my/settings/"') >= 2  # the way back, and on
    assert "problems.csv" not in response.text


def test_page_of_a_job_with_failures_shows_the_first_and_offers_them_all(owner: Client, learner: User) -> None:
    job = JobFactory(asked_by=learner, state="done", total=30, done=5, failed=25, message="Five people were added.")
    for position in range(1, 26):
        JobFailureFactory(job=job, position=position, item="<b>ann</b>", problem="No such office.")

    response = owner.get(address(job))

    text = words(response.text)
    assert "25 could not be done." in text
    assert text.count("No such office.") == 20
    assert "These are the first 20 of 25." in text
    assert "govuk-notification-banner--success" not in response.text
    assert "&lt;b&gt;ann&lt;/b&gt;" in response.text
    assert f'href="{address(job, "problems.csv")}"' in response.text


def test_page_says_that_failures_are_forgotten(owner: Client, learner: User) -> None:
    job = JobFactory(asked_by=learner, state="done", done=3, failed=1)

    response = owner.get(address(job))

    assert "What they were is deleted a month after the work." in words(response.text)
    assert "problems.csv" not in response.text


def test_page_of_a_job_that_a_fault_stopped(owner: Client, learner: User) -> None:
    job = JobFactory(asked_by=learner, state="failed", message="It stopped because of a fault of ours.")

    text = words(owner.get(address(job)).text)

    assert text.startswith("My learning Stopped by a fault It stopped because of a fault of ours. 1 of 4 dealt with")


@pytest.mark.parametrize("failures", [1, 3])
def test_page_has_a_fixed_number_of_queries(
    owner: Client, learner: User, failures: int, django_assert_num_queries: Any
) -> None:
    job = JobFactory(asked_by=learner, state="done", done=1, failed=failures)
    for _failure in range(failures):
        JobFailureFactory(job=job)
    owner.get(address(job))

    with django_assert_num_queries(8):
        owner.get(address(job))


def test_file_of_failures_is_no_formula_to_a_spreadsheet(owner: Client, learner: User) -> None:
    job = JobFactory(asked_by=learner, state="done", done=1, failed=3)
    JobFailureFactory(job=job, position=2, item="=1+1", problem="@sum")
    JobFailureFactory(job=job, position=7, item="Zoë, Lima", problem="Line\nbreak")
    JobFailureFactory(job=job, position=9, item="plain", problem="-1+1")

    response = owner.get(address(job, "problems.csv"))

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == f'attachment; filename="problems-{job.uuid}.csv"'
    assert response.content.decode() == (
        '\ufeffLine,What,Problem\r\n2,\'=1+1,\'@sum\r\n7,"Zoë, Lima","Line\nbreak"\r\n9,plain,\'-1+1\r\n'
    )


@pytest.mark.parametrize("end", ["", "problems.csv"])
def test_job_of_another_answers_like_none(client: Client, outsider: User, admin: User, end: str) -> None:
    job = JobFactory(state="done", done=4, failed=0)
    JobFailureFactory(job=job, item="secret")

    for stranger in (outsider, admin):
        client.force_login(stranger)
        theirs = client.get(address(job, end))
        nobodys = client.get(address(JobFactory.build(), end))
        assert (theirs.status_code, nobodys.status_code) == (404, 404)
        assert "secret" not in theirs.text


def test_job_of_a_kind_that_is_no_more_answers_like_none(owner: Client, learner: User) -> None:
    job = JobFactory(asked_by=learner, kind="of_yore")

    assert owner.get(address(job)).status_code == 404


@pytest.mark.parametrize("end", ["", "problems.csv"])
def test_visitor_is_asked_to_sign_in(client: Client, end: str) -> None:
    job = JobFactory()

    response = client.get(address(job, end))

    assert response.status_code == 302
    assert response["Location"] == f"/en/account/login/?next={address(job, end)}"


def test_operator_sees_what_has_failed_and_tries_it_again() -> None:
    endless.enqueue(7)
    run_tasks()
    count_once.enqueue(8)
    out = StringIO()

    call_command("show_queue", retry_failed=True, stdout=out)

    lines = out.getvalue().splitlines()
    assert re.fullmatch(r"oldest that waits: 0:00:0\d\.\d+", lines[0])
    assert lines[1:3] == ["oldest that runs:  none", "failed for good:   1"]
    assert lines[3] == (
        f"  {now():%Y-%m-%d %H:%M} tests.support.queue_tasks.endless [7] academy.jobs.worker.execution.TimeIsUp"
    )
    assert lines[4:] == ["1 tasks are tried again"]


def test_docs_name_the_commands() -> None:
    text = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")

    assert "manage.py run_worker" in text
    assert "manage.py show_queue" in text
