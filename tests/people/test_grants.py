"""Grants: given, withdrawn, in force at once, and how far they reach."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page
from wagtail.permissions import page_permission_policy

from academy.home.models import HomePage
from academy.lib.clock import now
from academy.people.domain.effective import WORDS, named_rights, person_rights
from academy.people.domain.grants import GrantRefused, give_grant, is_staff, reach_of, withdraw_grant
from academy.people.domain.groups import sync_groups
from academy.people.domain.organisations import move_organisation
from academy.people.domain.rights import RIGHTS
from academy.people.domain.sections import set_sections
from academy.people.enums import SCOPES, GrantKind, GrantScope
from academy.people.models import Grant, Organisation, User
from academy.people.rules import can_amend
from tests.factories.languages import translate
from tests.factories.people import (
    GrantFactory,
    MembershipFactory,
    OrganisationFactory,
    StaffFactory,
    UserFactory,
    grant,
)
from tests.factories.playbook import PlaybookIndexPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme() -> Organisation:
    return OrganisationFactory(code="programme")


@pytest.fixture
def colombia(programme: Organisation) -> Organisation:
    return OrganisationFactory(parent=programme, code="colombia", name="Colombia")


@pytest.fixture
def indonesia(programme: Organisation) -> Organisation:
    return OrganisationFactory(parent=programme, code="indonesia", name="Indonesia")


@pytest.fixture
def office(colombia: Organisation) -> User:
    """The administrator of Colombia."""
    return StaffFactory(kinds=[GrantKind.ORGANISATION_ADMIN], kinds__place=colombia)


def fresh(user: User) -> User:
    """The same person as the next request sees them: without what Django remembers of their rights."""
    return User.objects.get(pk=user.pk)


def test_every_kind_has_its_rights_in_words_and_every_permission_exists() -> None:
    named = {name for rights in RIGHTS.values() for name in (*rights.permissions, *rights.files)}
    known = {
        f"{app}.{codename}" for app, codename in Permission.objects.values_list("content_type__app_label", "codename")
    }

    assert set(RIGHTS) == set(SCOPES) == set(GrantKind)
    assert named - known == set()
    assert {name for name in WORDS if not name.startswith("pages.")} == named
    assert named_rights(GrantKind.PUBLISHER) == [
        "wagtailadmin.access_admin",
        "pages.change_page",
        "pages.publish_page",
        "wagtailimages.choose_image",
        "wagtaildocs.choose_document",
    ]


def test_grant_holds_at_once_and_ends_at_once_in_an_open_session(client: Client) -> None:
    user, admin = UserFactory(second_factor=True), StaffFactory(kinds=[GrantKind.SITE_ADMIN])
    client.force_login(user)
    assert client.get("/cms/").status_code == 403

    given_ = give_grant(person=user, kind=GrantKind.AUTHOR, scope=GrantScope.SITE, by=admin, at=now())
    assert client.get("/cms/").status_code == 200
    assert is_staff(user)

    withdraw_grant(grant=given_, by=admin, at=now())
    assert client.get("/cms/").status_code == 403
    assert not is_staff(user)


@pytest.mark.parametrize(
    ("begins", "ends", "holds"),
    [(-2, -1, False), (-1, 1, True), (1, 2, False), (-1, None, True)],
    ids=["over", "between", "to come", "open"],
)
def test_days_of_a_grant_are_kept_by_database_and_python_alike(
    begins: int,
    ends: int | None,
    holds: bool,  # noqa: FBT001 -- a column of the table above
) -> None:
    user = UserFactory()
    at = now()

    give_grant(
        person=user,
        kind=GrantKind.AUTHOR,
        scope=GrantScope.SITE,
        by=None,
        at=at,
        starts_at=at + timedelta(hours=begins),
        ends_at=None if ends is None else at + timedelta(hours=ends),
    )

    assert [group.name for group in user.groups.all()] == (["author"] if holds else [])
    assert fresh(user).has_perm("wagtailadmin.access_admin") is holds
    assert reach_of(user, "assessments.view_item").everywhere is holds


def test_disabled_person_has_no_rights() -> None:
    user = StaffFactory()
    user.is_active = False
    user.save()

    assert not fresh(user).has_perm("wagtailadmin.access_admin")
    assert not reach_of(user, "people.view_user")
    assert not is_staff(user)


def test_same_grant_twice_is_one(at: datetime) -> None:
    user = UserFactory()

    first, second = (
        give_grant(person=user, kind=GrantKind.AUTHOR, scope=GrantScope.SITE, by=None, at=at) for _twice in range(2)
    )

    assert first.pk == second.pk
    assert Grant.objects.count() == 1


def test_nobody_is_put_into_a_group_by_hand() -> None:
    with pytest.raises(DatabaseError, match="cannot insert into view"), transaction.atomic():
        UserFactory().groups.add(Group.objects.create(name="friends"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "king"},
        {"scope": GrantScope.ORGANISATION},
        {"scope": GrantScope.COURSE},
        {"kind": GrantKind.SITE_ADMIN, "scope": GrantScope.COURSE, "subject": "8d7f2b5e-0000-4000-8000-000000000001"},
        {"ends_at": now() - timedelta(days=9000)},
    ],
)
def test_database_refuses_grants_that_cannot_be(wrong: dict[str, Any]) -> None:
    group = Group.objects.create(name="any")

    with pytest.raises(IntegrityError), transaction.atomic():
        GrantFactory(group=group, **wrong)


def test_nobody_gives_to_themselves(at: datetime) -> None:
    admin = StaffFactory(kinds=[GrantKind.SITE_ADMIN])

    with pytest.raises(GrantRefused, match="Nobody can give rights to themselves"):
        give_grant(person=admin, kind=GrantKind.AUTHOR, scope=GrantScope.SITE, by=admin, at=at)
    with pytest.raises(IntegrityError), transaction.atomic():
        GrantFactory(person=admin, given_by=admin)


def test_administrator_of_a_country_gives_there_and_nowhere_else(
    office: User, colombia: Organisation, indonesia: Organisation, at: datetime
) -> None:
    agency = OrganisationFactory(parent=colombia, kind="agency")
    member = MembershipFactory(organisation=agency).person
    stranger = MembershipFactory(organisation=indonesia).person

    def give(person: User, kind: GrantKind, organisation: Organisation | None) -> Grant:
        scope = GrantScope.ORGANISATION if organisation else GrantScope.SITE
        return give_grant(person=person, kind=kind, scope=scope, organisation=organisation, by=office, at=at)

    assert give(member, GrantKind.AUTHOR, agency).group.name == f"author:{agency.code}"
    for person, kind, place, message in [
        (member, GrantKind.AUTHOR, indonesia, "in your own organisation"),
        (member, GrantKind.AUTHOR, colombia.get_parent(), "in your own organisation"),
        (member, GrantKind.AUTHOR, None, "in your own organisation"),
        (member, GrantKind.SITE_ADMIN, None, "in your own organisation"),
        (member, GrantKind.SITE_ADMIN, colombia, "cannot be given for this"),
        (stranger, GrantKind.AUTHOR, colombia, "does not belong to your organisation"),
    ]:
        with pytest.raises(GrantRefused, match=message):
            give(person, kind, place)
    with pytest.raises(GrantRefused, match="in your own organisation"):
        withdraw_grant(grant=GrantFactory(), by=office, at=at)


def test_somebody_without_the_right_gives_nothing(colombia: Organisation, at: datetime) -> None:
    author = StaffFactory(kinds=[GrantKind.AUTHOR])

    with pytest.raises(GrantRefused, match="in your own organisation"):
        give_grant(
            person=UserFactory(),
            kind=GrantKind.AUTHOR,
            scope=GrantScope.ORGANISATION,
            organisation=colombia,
            by=author,
            at=at,
        )


def test_holder_may_give_a_right_up(at: datetime) -> None:
    author = StaffFactory(kinds=[GrantKind.AUTHOR])

    withdraw_grant(grant=author.grants.get(), by=author, at=now())

    assert not is_staff(author)


def test_account_of_somebody_with_wider_rights_is_out_of_reach(
    office: User, colombia: Organisation, indonesia: Organisation
) -> None:
    """Whoever may change an address takes the account over by “Forgotten your password?”."""
    member = MembershipFactory(organisation=colombia).person
    author_here = grant(MembershipFactory(organisation=colombia).person, GrantKind.AUTHOR, place=colombia)
    author_everywhere = grant(MembershipFactory(organisation=colombia).person, GrantKind.AUTHOR)
    elsewhere_too = MembershipFactory(organisation=colombia).person
    MembershipFactory(person=elsewhere_too, organisation=indonesia)
    stranger = MembershipFactory(organisation=indonesia).person
    operator = MembershipFactory(organisation=colombia, person=UserFactory(is_superuser=True)).person

    people = [member, author_here, author_everywhere, elsewhere_too, stranger, operator, UserFactory()]

    assert [can_amend(office, person) for person in people] == [True, True, False, False, False, False, False]


# What follows in Wagtail --------------------------------------------------------------------------


@pytest.fixture
def sections(site_tree: HomePage, colombia: Organisation, indonesia: Organisation, at: datetime) -> dict[str, Page]:
    """A page for each country, as its own."""
    pages = {}
    for organisation in (colombia, indonesia):
        page = PlaybookIndexPageFactory(parent=site_tree, title=organisation.name, slug=organisation.code)
        set_sections(organisation=organisation, keys=[page.translation_key], by=None, at=at)
        pages[organisation.code] = page
    return pages


def editable(user: User) -> list[str]:
    pages = page_permission_policy.instances_user_has_permission_for(fresh(user), "change")
    return sorted(page.title for page in pages)


def test_author_of_a_country_edits_its_pages_and_files_alone(
    sections: dict[str, Page], colombia: Organisation, indonesia: Organisation
) -> None:
    author = StaffFactory(kinds=[GrantKind.AUTHOR], kinds__place=colombia)
    StaffFactory(kinds=[GrantKind.AUTHOR], kinds__place=indonesia)

    assert editable(author) == ["Colombia"]
    assert not sections["indonesia"].permissions_for_user(fresh(author)).can_edit()
    colombia.refresh_from_db()
    indonesia.refresh_from_db()
    places = GroupCollectionPermission.objects.filter(group__name="author:colombia").values_list(
        "collection", flat=True
    )
    assert set(places) == {colombia.collection_id}
    assert indonesia.collection_id not in {None, colombia.collection_id, Collection.get_first_root_node().pk}


def test_author_above_edits_what_belongs_below(sections: dict[str, Page], programme: Organisation) -> None:
    assert editable(StaffFactory(kinds=[GrantKind.AUTHOR], kinds__place=programme)) == ["Colombia", "Indonesia"]


def test_pages_follow_when_a_section_or_an_organisation_moves(
    sections: dict[str, Page], programme: Organisation, colombia: Organisation, indonesia: Organisation, at: datetime
) -> None:
    agency = OrganisationFactory(parent=colombia, kind="agency", code="agency")
    page = PlaybookIndexPageFactory(parent=sections["indonesia"].get_parent(), title="Agency", slug="agency")
    admin = StaffFactory(kinds=[GrantKind.SITE_ADMIN])
    authors = {
        place.code: StaffFactory(kinds=[GrantKind.AUTHOR], kinds__place=place)
        for place in (colombia, indonesia, agency)
    }

    set_sections(organisation=agency, keys=[page.translation_key], by=admin, at=at)
    assert {code: editable(author) for code, author in authors.items()} == {
        "colombia": ["Agency", "Colombia"],
        "indonesia": ["Indonesia"],
        "agency": ["Agency"],
    }

    move_organisation(organisation=agency, parent=indonesia, reason="Handed over.", by=admin, at=at)
    assert {code: editable(author) for code, author in authors.items()} == {
        "colombia": ["Colombia"],
        "indonesia": ["Agency", "Indonesia"],
        "agency": ["Agency"],
    }


def test_section_is_one_in_every_language(sections: dict[str, Page], colombia: Organisation) -> None:
    author = StaffFactory(kinds=[GrantKind.AUTHOR], kinds__place=colombia)

    translate(sections["colombia"], "es", title="Colombia, en español", slug="colombia-es")

    assert editable(author) == ["Colombia", "Colombia, en español"]


def test_grant_for_a_course_reaches_that_course(sections: dict[str, Page], at: datetime) -> None:
    user = UserFactory()

    give_grant(
        person=user,
        kind=GrantKind.AUTHOR,
        scope=GrantScope.COURSE,
        subject=sections["colombia"].translation_key,
        by=None,
        at=at,
    )

    assert editable(user) == ["Colombia"]
    assert reach_of(user, "assessments.view_item").courses == {sections["colombia"].translation_key}


def test_sync_puts_back_what_somebody_changed_by_hand(sections: dict[str, Page], colombia: Organisation) -> None:
    author = StaffFactory(kinds=[GrantKind.AUTHOR], kinds__place=colombia)
    group = Group.objects.get(name="author:colombia")
    group.permissions.clear()
    GroupPagePermission.objects.create(group=group, page=sections["indonesia"], permission_type="change")

    assert sync_groups() == 1

    assert editable(author) == ["Colombia"]
    assert fresh(author).has_perm("assessments.change_item")


def test_what_an_author_hands_in_goes_to_the_reviewers_of_the_place(
    sections: dict[str, Page], programme: Organisation, colombia: Organisation, indonesia: Organisation
) -> None:
    author = StaffFactory(kinds=[GrantKind.AUTHOR], kinds__place=colombia)
    above, here, there, everywhere = (
        StaffFactory(kinds=[GrantKind.REVIEWER], kinds__place=place) for place in (programme, colombia, indonesia, None)
    )
    page = sections["colombia"]
    page.title = "Handed in"
    page.save_revision(user=author)
    page.get_workflow().start(page, author)

    task = page.current_workflow_task
    assert task.name == "reviewer:colombia"
    may = {who.pk: bool(task.get_actions(page, fresh(who))) for who in (above, here, there, everywhere)}
    assert may == {above.pk: False, here.pk: True, there.pk: False, everywhere.pk: False}
    assert task.user_can_access_editor(page, fresh(here))
    assert not page.permissions_for_user(fresh(there)).can_edit()

    page.current_workflow_task_state.approve(user=here)

    # Approved, and not published: that is for those who may.
    page.refresh_from_db()
    assert (page.title, page.workflow_states.get().status) == ("Colombia", "approved")


# Monotone ------------------------------------------------------------------------------------------

GRANTS = st.lists(
    st.tuples(st.sampled_from(sorted(GrantKind)), st.sampled_from([None, "programme", "colombia", "indonesia"])),
    max_size=6,
    unique=True,
)


def everything(user: User) -> set[str]:
    """All that a person may do, as flat names: permissions, pages, and for each permission of ours its reach."""
    person = fresh(user)
    held = {f"perm {name}" for name in person.get_all_permissions()}
    for action in ("add", "change", "publish", "lock"):
        held |= {
            f"{action} {page.pk}" for page in page_permission_policy.instances_user_has_permission_for(person, action)
        }
    for name in WORDS:
        reach = reach_of(person, name)
        seen = Organisation.objects.within(reach) if reach else []
        held |= {f"{name} {organisation.code}" for organisation in seen}
    return held


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wanted=GRANTS, data=st.data())
def test_taking_a_grant_away_never_adds_anything(sections: dict[str, Page], wanted: Any, data: st.DataObject) -> None:
    with transaction.atomic():
        user = UserFactory()
        places = {organisation.code: organisation for organisation in Organisation.objects.all()}
        for kind, code in wanted:
            scope = GrantScope.ORGANISATION if code else GrantScope.SITE
            if scope in SCOPES[kind]:
                grant(user, kind, place=places[code] if code else None)
        before = everything(user)
        for one in data.draw(st.permutations(list(user.grants.all()))):
            withdraw_grant(grant=one, by=user, at=now())
            after = everything(user)
            assert after <= before, one.group.name
            before = after
        assert before == set()
        transaction.set_rollback(True)


# In words ------------------------------------------------------------------------------------------


def test_rights_of_a_person_are_told_with_their_reasons(colombia: Organisation, django_assert_num_queries: Any) -> None:
    person = grant(StaffFactory(kinds=[GrantKind.TRAINER], kinds__place=colombia), GrantKind.PUBLISHER)
    by = StaffFactory(kinds=[GrantKind.SITE_ADMIN])

    with django_assert_num_queries(3):
        view = person_rights(person=person, by=by, at=now())
        told = {right.words: [str(one) for one in right.because] for right in view.rights}

    assert told == {
        "Open the CMS": ["Publisher: Everywhere", "Trainer: Colombia"],
        "Change pages": ["Publisher: Everywhere"],
        "Publish and unpublish pages": ["Publisher: Everywhere"],
        "Use images in pages": ["Publisher: Everywhere"],
        "Use documents in pages": ["Publisher: Everywhere"],
        "See people": ["Trainer: Colombia"],
        "See organisations": ["Trainer: Colombia"],
    }


def test_grants_beyond_reach_are_not_told(office: User, colombia: Organisation) -> None:
    person = grant(StaffFactory(kinds=[GrantKind.TRAINER], kinds__place=colombia), GrantKind.PUBLISHER)

    view = person_rights(person=person, by=office, at=now())

    assert [str(one) for one in view.in_force] == ["Trainer: Colombia"]


def test_command_says_how_many_groups_there_are(colombia: Organisation) -> None:
    StaffFactory(kinds=[GrantKind.AUTHOR, GrantKind.TRAINER], kinds__place=colombia)
    out = StringIO()

    call_command("sync_groups", stdout=out)

    assert out.getvalue() == "2 groups have what the table of rights says.\n"
