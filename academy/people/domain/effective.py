"""What a person may do in the end, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from academy.people.domain.grants import EVERYWHERE, reach_of, reach_of_grants
from academy.people.domain.rights import RIGHTS, SEE_GRANTS
from academy.people.enums import GrantKind
from academy.people.models import Grant, Membership, User

# Every right that is given by name, in words. What site administrators hold beyond these is named in one line.
WORDS: dict[str, Promise] = {
    "wagtailadmin.access_admin": _("Open the CMS"),
    "pages.add_page": _("Write new pages"),
    "pages.change_page": _("Change pages"),
    "pages.publish_page": _("Publish and unpublish pages"),
    "pages.review": _("Decide on pages that authors hand in"),
    "wagtailimages.add_image": _("Upload images"),
    "wagtailimages.change_image": _("Change images"),
    "wagtailimages.choose_image": _("Use images in pages"),
    "wagtaildocs.add_document": _("Upload documents"),
    "wagtaildocs.change_document": _("Change documents"),
    "wagtaildocs.choose_document": _("Use documents in pages"),
    "assessments.view_item": _("Read questions with their answers"),
    "assessments.add_item": _("Write questions"),
    "assessments.change_item": _("Change questions"),
    "assessments.mark_answers": _("Mark answers"),
    "records.confirm_skill": _("Confirm skills"),
    "people.view_user": _("See people"),
    "people.add_user": _("Open accounts"),
    "people.change_user": _("Change accounts, and add people to organisations"),
    "people.close_account": _("Close accounts for good"),
    "people.view_organisation": _("See organisations"),
    "people.add_organisation": _("Add organisations"),
    "people.change_organisation": _("Change organisations"),
    "people.view_grant": _("See who can do what"),
    "people.give_grant": _("Give and withdraw rights"),
    "people.view_audit": _("Read the audit trail"),
}
EVERYTHING = _("Everything that the site knows")


@dataclass(frozen=True, kw_only=True, slots=True)
class EffectiveRight:
    """One right of a person, in words, and the grants that it follows from."""

    words: str
    because: tuple[Grant, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonRights:
    """Everything that bears on what a person may do at a moment."""

    person: User
    rights: tuple[EffectiveRight, ...]
    in_force: tuple[Grant, ...]
    to_come: tuple[Grant, ...]
    over: tuple[Grant, ...]
    memberships: tuple[Membership, ...]

    @property
    def is_operator(self) -> bool:
        """Whether they were made from the command line, and may do everything whatever their grants say."""
        return self.person.is_superuser


def person_rights(*, person: User, by: User, at: datetime) -> PersonRights:
    """Return what a person may do, as far as ``by`` may know: grants beyond their reach are left out. Three queries."""
    reach = reach_of(by, SEE_GRANTS, at=at) if by.pk != person.pk else EVERYWHERE
    found = Grant.objects.filter(person=person).with_places().select_related("given_by", "withdrawn_by")
    grants = [grant for grant in found if reach.contains(reach_of_grants([grant]))]
    in_force = tuple(grant for grant in grants if _holds(grant, at) and person.is_active)
    to_come = tuple(grant for grant in grants if grant.starts_at > at and not _is_over(grant, at))
    known = {grant.pk for grant in (*in_force, *to_come)}
    members = Membership.objects.filter(person=person).within(reach).select_related("organisation")
    return PersonRights(
        person=person,
        rights=tuple(_effective(in_force)),
        in_force=in_force,
        to_come=to_come,
        over=tuple(grant for grant in grants if grant.pk not in known),
        memberships=tuple(members.order_by("left_at", "-joined_at")),
    )


def named_rights(kind: GrantKind) -> list[str]:
    """Return the names of what a kind allows, in the order of WORDS."""
    rights = RIGHTS[kind]
    held = {*rights.permissions, *rights.files, *(f"pages.{name}" for name in rights.pages)}
    if rights.reviews:
        held.add("pages.review")
    return [name for name in WORDS if name in held]


@dataclass(frozen=True, kw_only=True, slots=True)
class KindInWords:
    """One kind of grant and what it allows."""

    name: str
    rights: tuple[str, ...]


def kinds_in_words() -> list[KindInWords]:
    """Return every kind of grant with what it allows, for people."""
    return [
        KindInWords(
            name=str(kind.label),
            rights=(str(EVERYTHING),)
            if RIGHTS[kind].everything
            else tuple(str(WORDS[one]) for one in named_rights(kind)),
        )
        for kind in GrantKind
    ]


def _effective(grants: tuple[Grant, ...]) -> list[EffectiveRight]:
    everything = tuple(grant for grant in grants if RIGHTS[GrantKind(grant.kind)].everything)
    found = [EffectiveRight(words=str(EVERYTHING), because=everything)] if everything else []
    for name, words in WORDS.items():
        because = tuple(grant for grant in grants if name in named_rights(GrantKind(grant.kind)))
        if because:
            found.append(EffectiveRight(words=str(words), because=because))
    return found


def _holds(grant: Grant, at: datetime) -> bool:
    return grant.starts_at <= at and not _is_over(grant, at)


def _is_over(grant: Grant, at: datetime) -> bool:
    ended = grant.ends_at is not None and grant.ends_at <= at
    return ended or (grant.withdrawn_at is not None and grant.withdrawn_at <= at)
