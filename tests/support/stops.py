"""Every page of the journey, and how somebody comes to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from playwright.sync_api import Page

from academy.lib.clock import now
from academy.people.models import User
from academy.records.models import Award
from assessments.models import Attempt
from tests.factories.jobs import JobFactory, JobFailureFactory
from tests.support.journey import COURSE, PASSWORD, failer, finisher, newcomer, taker

STAGE = "/en/playbook/evaluate-and-award/"
LESSON = f"{COURSE}before-you-score/what-a-panel-is-for/"
CHECK = "/en/learn/evaluating-bids-fairly/what-a-panel-is-for/check/1/"

Arrival = Callable[[Page], object]


@dataclass(frozen=True, kw_only=True, slots=True)
class Stop:
    """One page: its name in a report, and the way to it for a browser; ``path`` when the address alone leads there."""

    name: str
    arrive: Arrival
    path: str | None


def at(path: str) -> Arrival:
    """Come by the address."""
    return lambda page: page.goto(path)


def after_pressing(button: str, path: str) -> Arrival:
    """Come by a button of the page at ``path``, with nothing filled in."""

    def arrive(page: Page) -> None:
        page.goto(path)
        page.get_by_role("button", name=button, exact=True).click()
        page.locator(".govuk-error-summary").wait_for()

    return arrive


def after_the_password(path: str, *, then: str = "") -> Arrival:
    """Come to a page that asks once more who it is, and press a button there with nothing filled in."""

    def arrive(page: Page) -> None:
        page.goto(path)
        if "reauthenticate" in page.url:
            page.locator("input[name=password]").fill(PASSWORD)
            page.get_by_role("button", name="Go on", exact=True).click()
            page.wait_for_url(f"**{path}")
        if then:
            page.get_by_role("button", name=then, exact=True).click()
            page.locator(".govuk-error-summary").wait_for()

    return arrive


def stops(**arrivals: Arrival | str) -> tuple[Stop, ...]:
    """Stops by name; a text is an address."""
    return tuple(
        Stop(
            name=name.replace("_", " "),
            arrive=at(to) if isinstance(to, str) else to,
            path=to if isinstance(to, str) else None,
        )
        for name, to in arrivals.items()
    )


def of_strangers() -> tuple[None, tuple[Stop, ...]]:
    """What anyone may read."""
    code = Award.objects.get().code
    return None, stops(
        home="/en/",
        playbook="/en/playbook/",
        stage=STAGE,
        play=f"{STAGE}evaluate-suppliers/",
        principles="/en/playbook/principles/",
        principle="/en/playbook/principles/make-things-open/",
        case_studies="/en/playbook/case-studies/",
        case_studies_of_a_country="/en/playbook/case-studies/ukraine/",
        case_study="/en/playbook/case-studies/ukraine/prozorro/",
        framework="/en/framework/",
        roles="/en/framework/roles/?framework=procurement",
        role="/en/framework/roles/evaluator/",
        skills="/en/framework/skills/?framework=procurement",
        skill="/en/framework/skills/evaluating-bids/",
        courses="/en/courses/",
        course=COURSE,
        untranslated="/es/playbook/evaluate-and-award/award-the-contract/",
        verify=f"/en/verify/{code}/",
        verify_unknown=f"/en/verify/{'0' * 26}/",
        verify_form="/en/verify/",
        verify_form_with_error="/en/verify/?code=abc",
        sign_in="/en/account/login/",
        sign_in_with_error=after_pressing("Sign in", "/en/account/login/"),
        sign_up="/en/account/signup/",
        password_reset="/en/account/password/reset/",
        help="/en/help/",
        privacy="/en/privacy/",
        cookies="/en/cookies/",
        accessibility="/en/accessibility/",
        appearance="/en/appearance/",
        account_closed="/en/account/closed/",
        not_found="/en/nothing-here/",
    )


def of_the_learner() -> tuple[User, tuple[Stop, ...]]:
    """Somebody in the middle of a course."""

    def feedback(page: Page) -> None:
        page.goto(CHECK)
        page.locator("main input[name=option]").first.check()
        page.get_by_role("button", name="Check your answer").click()
        page.locator("#feedback").wait_for()

    user = User.objects.get(email="learner@example.org")
    under_way = JobFactory(asked_by=user)
    over = JobFailureFactory(job__asked_by=user, job__state="done", job__done=3, job__failed=1, job__message="3 added.")
    return user, stops(
        # Holding still: a page that refreshes itself is another one while it is looked at.
        job_under_way=f"/en/my/jobs/{under_way.uuid}/?refresh=off",
        job_with_failures=f"/en/my/jobs/{over.job.uuid}/",
        my_learning="/en/my/",
        course_under_way=COURSE,
        module=f"{COURSE}before-you-score/",
        lesson=LESSON,
        check=CHECK,
        check_with_error=after_pressing("Check your answer", CHECK),
        check_with_feedback=feedback,
        leave="/en/enrol/evaluating-bids-fairly/leave/",
        settings="/en/my/settings/",
        sessions="/en/my/sessions/",
        second_step="/en/account/second-factor/",
        passkeys="/en/account/second-factor/webauthn/",
        is_it_you="/en/account/second-factor/totp/activate/",
        record=after_the_password("/en/my/record/"),
        close_account=after_the_password("/en/my/close/"),
        close_account_with_error=after_the_password("/en/my/close/", then="Close your account for good"),
    )


def of_the_newcomer() -> tuple[User, tuple[Stop, ...]]:
    """Somebody who has nothing yet."""
    return newcomer(at=now()), stops(
        my_learning_empty="/en/my/",
        certificates_empty="/en/my/certificates/",
        assessment_not_enrolled=f"{COURSE}assessment/",
    )


def of_the_taker() -> tuple[User, tuple[Stop, ...]]:
    """Somebody in the middle of the assessment."""
    user, attempt = taker(at=now() - timedelta(days=2))
    question = f"/en/assess/{attempt.uuid}/q/2/"
    return user, stops(
        assessment=f"{COURSE}assessment/",
        question=question,
        question_answered=f"/en/assess/{attempt.uuid}/q/3/?from=review",
        question_with_error=after_pressing("Save and continue", question),
        review=f"/en/assess/{attempt.uuid}/review/",
    )


def of_the_failer() -> tuple[User, tuple[Stop, ...]]:
    """Somebody who did not pass."""
    user, attempt = failer(at=now() - timedelta(hours=2))
    return user, stops(
        result_failed=f"/en/assess/{attempt.uuid}/result/", assessment_to_wait_for=f"{COURSE}assessment/"
    )


def of_the_finisher() -> tuple[User, tuple[Stop, ...]]:
    """Somebody who may ask for the certificate."""
    user = finisher(at=now() - timedelta(days=2))
    attempt = Attempt.objects.get(learner=user)
    form = "/en/my/certificates/for/evaluating-bids-fairly/"

    def nameless(page: Page) -> None:
        page.goto(form)
        page.get_by_role("textbox").fill("")
        page.get_by_role("button", name="Issue the certificate").click()
        page.locator(".govuk-error-summary").wait_for()

    return user, stops(
        result_passed=f"/en/assess/{attempt.uuid}/result/", certificate_form=form, certificate_form_with_error=nameless
    )


def of_the_holder() -> tuple[User, tuple[Stop, ...]]:
    """Somebody with a certificate."""
    award = Award.objects.select_related("learner").get()
    return award.learner, stops(
        my_learning_done="/en/my/",
        course_completed=COURSE,
        certificates="/en/my/certificates/",
        certificate=f"/en/my/certificates/{award.code}/",
    )


def of_the_admin() -> tuple[User, tuple[Stop, ...]]:
    """Somebody who may see the gallery of components."""
    return User.objects.get(email="admin@example.org"), stops(styleguide="/cms/styleguide/")


CAST = (
    of_strangers,
    of_the_learner,
    of_the_newcomer,
    of_the_taker,
    of_the_failer,
    of_the_finisher,
    of_the_holder,
    of_the_admin,
)
