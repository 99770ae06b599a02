"""Two countries that have the same of everything, and one person of every kind.

Whatever is not public in a country carries its canary: a word that stands nowhere else. Names of organisations are
public to whoever looks for their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Comment, GroupApprovalTask, Locale, Page, PageLogEntry, Site, Workflow
from wagtail_localize.models import StringSegment, Translation, TranslationSource

from academy.lib.clock import now
from academy.people.domain.audit import record_act
from academy.people.domain.groups import ensure_collection
from academy.people.domain.sections import set_sections
from academy.people.enums import ActKind, GrantKind, InvitationKind, OrganisationKind
from academy.people.models import Grant, Organisation
from tests.factories.assessments import AnswerFileFactory, AssessmentPageFactory, ItemBankFactory
from tests.factories.courses import CourseIndexPageFactory
from tests.factories.framework import SkillFactory
from tests.factories.home import HomePageFactory
from tests.factories.jobs import JobFactory
from tests.factories.languages import stand_in
from tests.factories.people import (
    InvitationFactory,
    MembershipFactory,
    MembershipRequestFactory,
    OrganisationFactory,
    OrganisationMoveFactory,
    SignInProviderFactory,
    StaffFactory,
    UserFactory,
)
from tests.factories.playbook import PlaybookIndexPageFactory, PlayPageFactory, StagePageFactory
from tests.support.answers import sat
from tests.support.courses import question, small_course, take_course
from tests.support.moment import AT

# Those who hold a grant for a country. Administrators of the site hold theirs everywhere.
GRANTED = tuple(kind for kind in GrantKind if kind is not GrantKind.SITE_ADMIN)


@dataclass(frozen=True, kw_only=True, slots=True)
class Country:
    """A country: ``things`` by the word that the table uses for them, ``people`` by kind, and its ``canary``."""

    organisation: Organisation
    canary: str
    things: dict[str, Any]
    people: dict[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class World:
    """Two countries, and those who belong to neither."""

    mine: Country
    theirs: Country
    everywhere: dict[str, Any]

    @property
    def people(self) -> dict[str, Any]:
        """One person of each kind; those who are of a country are of ``mine``."""
        return {**self.everywhere, **self.mine.people}


def build_world() -> World:
    """Build both countries on one site."""
    home = HomePageFactory(title="Home", slug="en")
    Site.objects.update(root_page=home)
    programme = OrganisationFactory(code="programme", name="Programme")
    Locale.objects.get_or_create(language_code="es")
    site_admin = StaffFactory(display_name="Ada", kinds=[GrantKind.SITE_ADMIN])
    provider = SignInProviderFactory(created_by=site_admin)
    courses = CourseIndexPageFactory(parent=home, title="Courses", slug="courses")
    return World(
        mine=_country(home, programme, courses, code="mine", canary="Zebrafinch", admin=site_admin, provider=provider),
        theirs=_country(
            home, programme, courses, code="theirs", canary="Nightheron", admin=site_admin, provider=provider
        ),
        everywhere={
            "anonymous": AnonymousUser(),
            "disabled": UserFactory(display_name="Dora", is_active=False),
            "site_admin": site_admin,
            "operator": UserFactory(display_name="Olu", is_superuser=True),
        },
    )


def _country(home: Any, programme: Any, courses: Any, *, code: str, canary: str, admin: Any, provider: Any) -> Country:
    place = OrganisationFactory(parent=programme, code=code, name=f"Country of {code}")
    section = PlaybookIndexPageFactory(parent=home, slug=code, title=f"The {code}")
    set_sections(organisation=place, keys=[section.translation_key], by=None, at=AT)
    people = {
        kind.value: StaffFactory(
            email=f"{kind.value}@{canary.lower()}.example",
            display_name=f"{kind.label} {canary}",
            kinds=[kind],
            kinds__place=place,
        )
        for kind in GRANTED
    }
    Grant.objects.filter(organisation=place).update(reason=f"Reason {canary}", given_by=admin)
    people["learner"] = UserFactory(email=f"learner@{canary.lower()}.example", display_name=f"Learner {canary}")
    for person in people.values():
        MembershipFactory(organisation=place, person=person, joined_by=people["organisation_admin"])
    things = {
        "section": section.pk,
        **_pages(section, canary=canary, people=people),
        **_files(place, canary=canary, people=people),
        **_questions(place, canary=canary, people=people),
        **_organisation(place, programme, canary=canary, people=people, admin=admin),
        **_learning(home, courses, code=code, learner=people["learner"]),
        # What is the site's, and the same for both.
        "locale": Locale.objects.get(language_code="en").pk,
        "site": Site.objects.get().pk,
        "provider": provider.pk,
        "redirect": Redirect.objects.get_or_create(old_path="/old")[0].pk,
    }
    return Country(organisation=place, canary=canary, things=things, people=people)


def _pages(section: Page, *, canary: str, people: dict[str, Any]) -> dict[str, Any]:
    """A draft with its alias, a draft that waits for review, a comment, and a published page with a draft of changes."""
    author, publisher = people["author"], people["publisher"]
    stage = StagePageFactory(parent=section, title="A stage", slug="stage")
    draft = PlayPageFactory(
        parent=stage, title=f"Draft {canary}", slug=f"draft-{canary}", live=False, owner=author, summary=canary
    )
    first = draft.save_revision(user=author, log_action="wagtail.edit")
    draft.title = f"Draft two {canary}"
    second = draft.save_revision(
        user=publisher, log_action="wagtail.edit", approved_go_live_at=AT + timedelta(days=9999)
    )
    alias = stand_in(draft, "es")
    live = PlayPageFactory(parent=stage, title="A published play", slug="published", owner=author)
    live.title = f"Changed {canary}"
    live.save_revision(user=author, log_action="wagtail.edit")
    waiting = PlayPageFactory(
        parent=stage, title=f"Waiting {canary}", slug=f"waiting-{canary}", live=False, owner=author
    )
    waiting.save_revision(user=author, log_action="wagtail.edit")
    workflow = Workflow.objects.get(name__startswith="reviewer:", workflow_pages__page=section)
    state = workflow.start(waiting, author)
    locked = PlayPageFactory(parent=stage, title=f"Locked {canary}", slug=f"locked-{canary}", live=False, owner=author)
    locked.locked, locked.locked_by, locked.locked_at = True, publisher, AT
    locked.save()
    Comment.objects.create(page=draft, user=author, text=f"Comment {canary}", contentpath="title")
    translated = PlayPageFactory(
        parent=stage, title=f"To translate {canary}", slug=f"tr-{canary}", live=False, owner=author
    )
    source, _made = TranslationSource.get_or_create_from_instance(translated)
    translation = Translation.objects.create(source=source, target_locale=Locale.objects.get(language_code="es"))
    translation.save_target(publish=False)
    segment = StringSegment.objects.filter(source=source).first()
    return {
        "page": draft.pk,
        "stage": stage.pk,
        "alias": alias.pk,
        "live": live.pk,
        "waiting": waiting.pk,
        "locked": locked.pk,
        "revision": first.pk,
        "latest": second.pk,
        "workflow": workflow.pk,
        "task": GroupApprovalTask.objects.get(name=workflow.name).pk,
        "workflow_state": state.pk,
        "task_state": state.current_task_state_id,
        "source": source.pk,
        "translation": translation.pk,
        "segment": segment.pk,
        "target": translation.get_target_instance().pk,
        "page_log": PageLogEntry.objects.filter(page=draft.pk).first().pk,
    }


def _files(place: Organisation, *, canary: str, people: dict[str, Any]) -> dict[str, Any]:
    collection, author = ensure_collection(place), people["author"]
    image = get_image_model().objects.create(
        title=f"Image {canary}",
        file=get_test_image_file(filename=f"image-{canary}.png"),
        collection=collection,
        uploaded_by_user=author,
    )
    document = get_document_model().objects.create(
        title=f"Document {canary}",
        file=ContentFile(b"x", name=f"document-{canary}.txt"),
        collection=collection,
        uploaded_by_user=author,
    )
    for one in (image, document):
        one.tags.add(f"tag{canary}")
    return {"collection": collection.pk, "image": image.pk, "document": document.pk}


def _questions(place: Organisation, *, canary: str, people: dict[str, Any]) -> dict[str, Any]:
    bank = ItemBankFactory(organisation=place, code=f"bank-{canary.lower()}", title=f"Bank {canary}")
    version = question(
        bank=bank,
        code=f"item-{canary.lower()}",
        skill=SkillFactory(),
        stem=f"Stem {canary}?",
        because=f"Because {canary}",
        words=f" {canary}",
    )
    # Nobody may take it: it stands outside the site. Its figures name the question.
    assessment = AssessmentPageFactory(bank=bank, title="Asked", slug=f"asked-{place.code}")
    sat(assessment, {version: ["a"]})
    return {"bank": bank.pk, "item": version.item.pk, "banks_assessment": assessment.pk}


def _organisation(
    place: Organisation, programme: Organisation, *, canary: str, people: dict[str, Any], admin: Any
) -> dict[str, Any]:
    office = people["organisation_admin"]
    agency = OrganisationFactory(
        parent=place, kind=OrganisationKind.AGENCY, code=f"agency-{place.code}", name=f"Agency of {place.code}"
    )
    OrganisationMoveFactory(
        organisation=agency, from_parent=place, to_parent=place, reason=f"Moved {canary}", moved_by=office
    )
    member = MembershipFactory(
        organisation=agency,
        person=UserFactory(email=f"member@{canary.lower()}.example", display_name=f"Member {canary}"),
    )
    asked = MembershipRequestFactory(
        organisation=agency,
        person=UserFactory(email=f"asks@{canary.lower()}.example", display_name=f"Asks {canary}"),
        message=f"Message {canary}",
    )
    act = record_act(
        kind=ActKind.ACCOUNT_AMENDED,
        actor=office,
        at=AT,
        obj=member.person,
        after={"display_name": canary},
        reason=f"Amended {canary}",
        place=place,
    )
    invitation = InvitationFactory(
        organisation=agency,
        email=f"invited@{canary.lower()}.example",
        name=f"Invited {canary}",
        message=f"Come {canary}",
        invited_by=office,
        invited_at=now(),
    )
    link = InvitationFactory(organisation=agency, kind=InvitationKind.OPEN, invited_by=office, invited_at=now())
    return {
        "invitation": invitation.uuid,
        "invitation_link": link.uuid,
        "audit_source": "act",
        "audit_key": act.pk,
        "organisation": agency.pk,
        "organisation_uuid": agency.uuid,
        "membership": member.pk,
        "request": asked.pk,
        "user": member.person_id,
        "person": member.person.public_id,
        "grant": Grant.objects.get(person=people["author"]).uuid,
    }


def _learning(home: Any, courses: Any, *, code: str, learner: Any) -> dict[str, Any]:
    """A course of the site, which everybody may take, and what one learner did in it."""
    small = small_course(home, slug=f"course-{code}", index=courses)
    award = take_course(learner, small)
    return {
        "course": small.course.slug,
        "lesson": small.lessons[0].slug,
        "assessment": small.assessment.slug,
        "certificate": award.code,
        "attempt": learner.attempts.get().uuid,
        "answer_file": AnswerFileFactory(learner=learner).uuid,
        "job": JobFactory(asked_by=learner).uuid,
        "own_membership": learner.memberships.get().pk,
    }
