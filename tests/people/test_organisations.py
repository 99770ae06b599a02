"""The tree of organisations: what may hang where, moves, closing, names, domains, sections, and who may touch what."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model
from wagtail.models import GroupPagePermission, ModelLogEntry

from academy.home.models import HomePage
from academy.people.domain.email_domains import handed_down, set_domains, tidy_domains
from academy.people.domain.organisations import (
    DEEPEST,
    amend_organisation,
    close_organisation,
    found_organisation,
    move_organisation,
)
from academy.people.domain.refusals import OrganisationRefused
from academy.people.domain.sections import set_sections
from academy.people.enums import PARENTS, GrantKind, OrganisationKind
from academy.people.models import (
    Organisation,
    OrganisationDomain,
    OrganisationMove,
    OrganisationName,
    OrganisationSection,
    User,
)
from academy.people.reach import Reach
from tests.factories.people import (
    MembershipFactory,
    MembershipRequestFactory,
    OrganisationDomainFactory,
    OrganisationFactory,
    StaffFactory,
    UserFactory,
    grant,
)
from tests.support.moment import AT
from tests.support.organisations import Places, administrator, places
from tests.support.races import race

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree() -> Places:
    return places()


@pytest.fixture
def site_admin() -> User:
    return StaffFactory(kinds=[GrantKind.SITE_ADMIN])


def found(**changes: Any) -> Organisation:
    fields: dict[str, Any] = {
        "kind": OrganisationKind.PROGRAMME,
        "code": "new",
        "name": "New",
        "parent": None,
        "language": "en",
        "time_zone": "UTC",
        "by": None,
        "at": AT,
    }
    return found_organisation(**{**fields, **changes})


def amend(organisation: Organisation, **changes: Any) -> Organisation:
    fields: dict[str, Any] = {
        "name": organisation.name,
        "language": organisation.language,
        "time_zone": organisation.time_zone,
        "takes_requests": organisation.takes_requests,
        "by": None,
        "at": AT,
    }
    return amend_organisation(organisation=organisation, **{**fields, **changes})


# Kinds and places --------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", OrganisationKind)
@pytest.mark.parametrize("above", OrganisationKind)
def test_what_may_hang_below_what_is_the_table(kind: OrganisationKind, above: OrganisationKind) -> None:
    tree = places()
    parent = getattr(tree, {"programme": "programme", "country": "north", "agency": "ministry", "unit": "unit"}[above])

    if above in PARENTS[kind]:
        assert found(kind=kind, parent=parent).get_parent() == parent
    else:
        with pytest.raises(OrganisationRefused, match="cannot hold this"):
            found(kind=kind, parent=parent)


@pytest.mark.parametrize("kind", [kind for kind in OrganisationKind if kind != OrganisationKind.PROGRAMME])
def test_only_a_programme_stands_alone(kind: OrganisationKind) -> None:
    with pytest.raises(OrganisationRefused, match="only a programme stands alone") as refusal:
        found(kind=kind)

    assert refusal.value.field == "parent"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"code": "Ministry"}, "code"),
        ({"code": "a_b"}, "code"),
        ({"code": "-a"}, "code"),
        ({"code": ""}, "code"),
        ({"code": "a" * 61}, "code"),
        ({"name": " "}, "name"),
        ({"name": "a" * 151}, "name"),
        ({"language": "tlh"}, "language"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"names": {"es": "a" * 151}}, "name_es"),
    ],
)
def test_nonsense_is_refused_beside_its_field(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as error:
        found(**changes)

    assert list(error.value.message_dict) == [field]
    assert Organisation.objects.count() == 0


def test_code_is_taken_once(tree: Places) -> None:
    with pytest.raises(ValidationError) as error:
        found(code="north")

    assert list(error.value.message_dict) == ["code"]


def test_tree_has_an_end() -> None:
    tree = places()
    lowest = tree.unit
    for number in range(lowest.depth, DEEPEST):
        lowest = found(kind=OrganisationKind.UNIT, code=f"unit-{number}", parent=lowest)

    with pytest.raises(OrganisationRefused, match="12 levels at most"):
        found(kind=OrganisationKind.UNIT, code="too-deep", parent=lowest)
    other = found(kind=OrganisationKind.UNIT, code="other", parent=tree.ministry)
    found(kind=OrganisationKind.UNIT, code="below-the-other", parent=other)
    with pytest.raises(OrganisationRefused, match="12 levels at most"):
        move_organisation(organisation=other, parent=lowest.get_parent(), reason="x", by=god(), at=AT)


def god() -> User:
    return UserFactory(is_superuser=True)


# Moves -------------------------------------------------------------------------------------------


def test_move_takes_all_below_along_and_is_kept(tree: Places, site_admin: User) -> None:
    member = MembershipFactory(organisation=tree.unit)

    moved = move_organisation(
        organisation=tree.ministry, parent=tree.south, reason=" The ministries merged. ", by=site_admin, at=AT
    )

    assert moved.get_parent() == tree.south
    tree.unit.refresh_from_db()
    assert tree.unit.path.startswith(moved.path)
    move = OrganisationMove.objects.get()
    assert (move.organisation, move.from_parent, move.to_parent) == (tree.ministry, tree.north, tree.south)
    assert (move.reason, move.moved_by, move.moved_at) == ("The ministries merged.", site_admin, AT)
    member.refresh_from_db()
    assert (member.organisation, member.left_at) == (tree.unit, None)
    entry = ModelLogEntry.objects.for_instance(tree.ministry).get()
    assert entry.data == {"from": "north", "to": "south", "reason": " The ministries merged. "}
    assert Organisation.find_problems() == ([], [], [], [], [])


@pytest.mark.parametrize("target", ["ministry", "unit"])
def test_nothing_hangs_below_itself(tree: Places, site_admin: User, target: str) -> None:
    ministry = tree.ministry
    with pytest.raises(OrganisationRefused, match="cannot hang below itself"):
        move_organisation(organisation=ministry, parent=getattr(tree, target), reason="x", by=site_admin, at=AT)

    assert OrganisationMove.objects.count() == 0


@pytest.mark.parametrize(
    ("what", "target", "reason", "message"),
    [
        ("programme", "north", "x", "A programme cannot be moved."),
        ("ministry", "south", " ", "Say why it moves."),
        ("unit", "south", "x", "cannot hold this: Unit."),
        ("north", "ministry", "x", "An organisation cannot hang below itself."),
    ],
)
def test_move_that_cannot_be(tree: Places, site_admin: User, what: str, target: str, reason: str, message: str) -> None:
    with pytest.raises(OrganisationRefused, match=message):
        move_organisation(
            organisation=getattr(tree, what), parent=getattr(tree, target), reason=reason, by=site_admin, at=AT
        )


def test_move_to_where_it_hangs_is_no_move(tree: Places, site_admin: User) -> None:
    move_organisation(organisation=tree.ministry, parent=tree.north, reason="x", by=site_admin, at=AT)

    assert OrganisationMove.objects.count() == 0


def test_move_into_something_closed_is_refused(tree: Places, site_admin: User) -> None:
    for one in (tree.office, tree.south):
        close_organisation(organisation=one, by=site_admin, at=AT)

    with pytest.raises(OrganisationRefused, match=r"“South” is closed\."):
        move_organisation(organisation=tree.ministry, parent=tree.south, reason="x", by=site_admin, at=AT)


# Closing -----------------------------------------------------------------------------------------


def test_closing_refuses_what_waits_and_lets_nobody_in(tree: Places, site_admin: User) -> None:
    request = MembershipRequestFactory(organisation=tree.unit)

    closed = close_organisation(organisation=tree.unit, by=site_admin, at=AT)

    assert (closed.closed_at, closed.closed_by) == (AT, site_admin)
    request.refresh_from_db()
    assert (request.accepted, request.reason) == (False, "The organisation was closed.")
    with pytest.raises(OrganisationRefused, match="is closed"):
        found(kind=OrganisationKind.UNIT, parent=closed)
    again = close_organisation(organisation=tree.unit, by=god(), at=AT)
    assert again.closed_by == site_admin


def test_closing_waits_for_people_and_for_what_hangs_below(tree: Places, site_admin: User) -> None:
    MembershipFactory(organisation=tree.unit)

    with pytest.raises(OrganisationRefused, match="People belong to it still"):
        close_organisation(organisation=tree.unit, by=site_admin, at=AT)
    with pytest.raises(OrganisationRefused, match="what hangs below it first"):
        close_organisation(organisation=tree.ministry, by=site_admin, at=AT)


# Names, domains, sections ------------------------------------------------------------------------


def test_names_in_languages_replace_and_an_empty_one_goes(tree: Places) -> None:
    amend(tree.north, names={"es": "Norte ", "id": "Utara", "en": "ignored: its own language"})
    assert dict(tree.north.names.values_list("language", "name")) == {"es": "Norte", "id": "Utara"}

    amend(tree.north, names={"es": "", "id": "Negeri Utara"})
    assert dict(tree.north.names.values_list("language", "name")) == {"id": "Negeri Utara"}

    amend(tree.north)
    assert dict(tree.north.names.values_list("language", "name")) == {"id": "Negeri Utara"}


def test_name_in_what_becomes_its_own_language_goes(tree: Places) -> None:
    amend(tree.north, names={"es": "Norte", "id": "Utara"})

    amended = amend(tree.north, language="es", name="El Norte")

    assert dict(tree.north.names.values_list("language", "name")) == {"id": "Utara"}
    assert amended.local_name == "El Norte"


def test_edit_notes_what_changed_and_nothing_when_nothing_did(tree: Places, site_admin: User) -> None:
    amend(tree.north, by=site_admin, domains=["north.example"], time_zone="Asia/Jakarta")
    amend(Organisation.objects.get(pk=tree.north.pk), by=site_admin, domains=["@NORTH.example"])

    entry = ModelLogEntry.objects.for_instance(tree.north).get()
    assert entry.user == site_admin
    assert entry.data == {
        "changes": {"time_zone": ["UTC", "Asia/Jakarta"], "domains": [[], ["north.example"]]},
    }


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("localhost", "is not a domain"),
        ("a..example", "is not a domain"),
        ("a b.example", "is not a domain"),
        ("ann@north.example", "is not a domain"),
        ("north.example/x", "is not a domain"),
        (f"{'a' * 250}.example", "is not a domain"),
        ("GMail.com", "Anybody can have an address at gmail.com"),
    ],
)
def test_what_is_no_domain_of_an_organisation(tree: Places, typed: str, message: str) -> None:
    with pytest.raises(OrganisationRefused, match=message) as refusal:
        amend(tree.north, domains=[typed])

    assert refusal.value.field == "domains"


def test_domains_are_tidied() -> None:
    assert tidy_domains([" @B.example. ", "a.example", "b.example", "", " @ "]) == ["a.example", "b.example"]


def test_domain_belongs_to_one(tree: Places, site_admin: User) -> None:
    amend(tree.north, domains=["gov.example"])

    with pytest.raises(OrganisationRefused, match=r"gov\.example belongs to another organisation\."):
        amend(tree.south, domains=["gov.example"])


def test_administrator_hands_domains_down_and_takes_none(tree: Places) -> None:
    amend(tree.north, domains=["north.example"])
    administers = administrator(tree.north)

    amend(tree.ministry, domains=["health.north.example"], by=administers)
    with pytest.raises(OrganisationRefused, match=r"^south\.example does not lie within a domain"):
        amend(tree.ministry, domains=["health.north.example", "south.example"], by=administers)
    with pytest.raises(OrganisationRefused, match=r"^notnorth\.example does not lie"):
        amend(tree.ministry, domains=["notnorth.example"], by=administers)
    amend(tree.ministry, domains=[], by=administers)

    assert list(OrganisationDomain.objects.values_list("domain", flat=True)) == ["north.example"]
    assert handed_down("a.b.example", held={"b.example"})
    assert not handed_down("ab.example", held={"b.example"})


def test_sections_are_for_the_site_and_give_authors_their_pages(
    tree: Places, site_admin: User, site_tree: HomePage
) -> None:
    author = grant(UserFactory(), GrantKind.AUTHOR, place=tree.north)
    key = site_tree.translation_key
    with pytest.raises(OrganisationRefused, match="not in your part"):
        set_sections(organisation=tree.north, keys=[key], by=administrator(tree.north), at=AT)

    set_sections(organisation=tree.ministry, keys=[key], by=site_admin, at=AT)

    pages = GroupPagePermission.objects.filter(group__in=author.groups.all()).values_list("page_id", flat=True)
    assert set(pages) == {site_tree.pk}
    with pytest.raises(OrganisationRefused, match="belongs to another organisation already") as refusal:
        set_sections(organisation=tree.south, keys=[key], by=site_admin, at=AT)
    assert refusal.value.field == "pages"
    set_sections(organisation=tree.ministry, keys=[], by=site_admin, at=AT)
    assert not GroupPagePermission.objects.filter(group__in=author.groups.all()).exists()
    assert OrganisationSection.objects.count() == 0


# Reach -------------------------------------------------------------------------------------------


def test_administrator_of_one_branch_cannot_touch_another(tree: Places) -> None:
    by = administrator(tree.south)

    for refused in (
        lambda: amend(tree.north, by=by),
        lambda: amend(tree.unit, by=by),
        lambda: amend(tree.programme, by=by),
        lambda: found(kind=OrganisationKind.AGENCY, parent=tree.north, by=by),
        lambda: found(kind=OrganisationKind.COUNTRY, parent=tree.programme, by=by),
        lambda: found(by=by),
        lambda: close_organisation(organisation=tree.unit, by=by, at=AT),
        lambda: move_organisation(organisation=tree.ministry, parent=tree.south, reason="x", by=by, at=AT),
        lambda: move_organisation(organisation=tree.office, parent=tree.north, reason="x", by=by, at=AT),
        lambda: move_organisation(organisation=tree.south, parent=tree.programme, reason="x", by=by, at=AT),
    ):
        with pytest.raises(OrganisationRefused, match="not in your part of the tree"):
            refused()
    assert amend(tree.office, name="Office 2", by=by).name == "Office 2"
    assert found(kind=OrganisationKind.AGENCY, parent=tree.south, by=by).get_parent() == tree.south


def test_reach_covers_a_branch_and_no_neighbour_whose_path_looks_alike(tree: Places) -> None:
    reach = Reach(paths=(tree.north.path,))

    assert {one.code for one in Organisation.objects.within(reach)} == {"north", "ministry", "unit"}
    assert [one.code for one in Organisation.objects.all() if reach.covers(one.path)] == ["north", "ministry", "unit"]


# The database ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("model", "changes", "constraint"),
    [
        (Organisation, {"kind": "programme"}, "people_programme_is_the_root"),
        (Organisation, {"kind": "kingdom"}, "people_organisation_kind"),
        (Organisation, {"name": ""}, "people_organisation_has_a_name"),
        (Organisation, {"closed_at": AT}, "people_organisation_closed_together"),
        (OrganisationDomain, {"domain": "Gov.example"}, "people_domain_in_small_letters"),
        (OrganisationDomain, {"domain": "localhost"}, "people_domain_in_small_letters"),
        (OrganisationDomain, {"domain": "a@gov.example"}, "people_domain_in_small_letters"),
        (OrganisationName, {"name": ""}, "people_translated_name_is_not_empty"),
    ],
)
def test_database_refuses_nonsense(tree: Places, model: type[Model], changes: dict[str, Any], constraint: str) -> None:
    OrganisationDomainFactory(organisation=tree.north)
    OrganisationName.objects.create(organisation=tree.north, language="es", name="Norte")
    row = model._default_manager.order_by("-pk").filter(**({"code": "north"} if model is Organisation else {}))

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        model._default_manager.filter(pk=row.get().pk).update(**changes)


def test_database_keeps_one_name_a_language_and_one_owner_a_domain(tree: Places) -> None:
    OrganisationName.objects.create(organisation=tree.north, language="es", name="Norte")
    OrganisationDomainFactory(domain="gov.example")

    with pytest.raises(IntegrityError), transaction.atomic():
        OrganisationName.objects.create(organisation=tree.north, language="es", name="Otro")
    with pytest.raises(IntegrityError), transaction.atomic():
        OrganisationDomainFactory(domain="gov.example")


# Races -------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_twelve_at_once_found_twelve_and_the_tree_is_whole(transactional_db: None) -> None:
    parent = OrganisationFactory()
    codes = iter([f"country-{number}" for number in range(12)])

    outcome = race(
        lambda: found(kind=OrganisationKind.COUNTRY, code=next(codes), parent=parent), gap="people_organisation"
    )

    assert outcome.raised == []
    assert parent.__class__.objects.get(pk=parent.pk).get_children_count() == 12
    assert Organisation.find_problems() == ([], [], [], [], [])


@pytest.mark.django_db(transaction=True)
def test_domain_claimed_by_many_goes_to_one(transactional_db: None) -> None:
    countries = iter([OrganisationFactory() for _number in range(6)])

    def claim() -> None:
        with transaction.atomic():
            set_domains(next(countries), ["gov.example"], by=None, at=AT)

    outcome = race(claim, gap="people_organisationdomain", threads=6)

    assert len(outcome.returned) == 1
    assert {type(error) for error in outcome.raised} == {OrganisationRefused}
    assert OrganisationDomain.objects.count() == 1
