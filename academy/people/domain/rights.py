"""What each kind of grant allows: flat sets, none of which contains another by rule.

The one table. Groups of Django and Wagtail are made from it (``groups``), reach is read from it (``grants``), and
the page "Who can do what" shows it.
"""

from __future__ import annotations

from dataclasses import dataclass

from academy.people.enums import GrantKind

OPEN_CMS = "wagtailadmin.access_admin"
SEE_PEOPLE = "people.view_user"
CHANGE_PEOPLE = "people.change_user"
CLOSE_ACCOUNTS = "people.close_account"
SEE_ORGANISATIONS = "people.view_organisation"
CHANGE_ORGANISATIONS = "people.change_organisation"
SEE_GRANTS = "people.view_grant"
GIVE_GRANTS = "people.give_grant"
SEE_AUDIT = "people.view_audit"

FILES = frozenset(
    f"{app}.{verb}_{noun}"
    for app, noun in (("wagtailimages", "image"), ("wagtaildocs", "document"))
    for verb in ("add", "change", "choose")
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Rights:
    """What one kind of grant allows.

    ``permissions`` are Django's ("app.codename"); ``pages`` are what may be done with the pages of the place, and
    ``files`` with its images and documents. ``reviews``: what authors hand in there comes to them.
    ``everything`` is every permission that there is.
    """

    permissions: frozenset[str] = frozenset()
    pages: frozenset[str] = frozenset()
    files: frozenset[str] = frozenset()
    reviews: bool = False
    everything: bool = False


RIGHTS: dict[GrantKind, Rights] = {
    GrantKind.AUTHOR: Rights(
        permissions=frozenset({OPEN_CMS, "assessments.view_item", "assessments.add_item", "assessments.change_item"}),
        pages=frozenset({"add_page", "change_page"}),
        files=FILES,
    ),
    # A reviewer decides in the workflow; the task lets them look at what waits for them, and at nothing else.
    GrantKind.REVIEWER: Rights(permissions=frozenset({OPEN_CMS, "assessments.view_item"}), reviews=True),
    GrantKind.PUBLISHER: Rights(
        permissions=frozenset({OPEN_CMS}),
        pages=frozenset({"change_page", "publish_page"}),
        files=frozenset({"wagtailimages.choose_image", "wagtaildocs.choose_document"}),
    ),
    GrantKind.TRAINER: Rights(permissions=frozenset({OPEN_CMS, SEE_PEOPLE, SEE_ORGANISATIONS})),
    GrantKind.MARKER: Rights(permissions=frozenset({"assessments.mark_answers"})),
    GrantKind.VERIFIER: Rights(permissions=frozenset({"records.confirm_skill"})),
    # Figures, not people.
    GrantKind.PROGRAMME_MANAGER: Rights(permissions=frozenset({OPEN_CMS, SEE_ORGANISATIONS})),
    GrantKind.ORGANISATION_ADMIN: Rights(
        permissions=frozenset(
            {
                OPEN_CMS,
                SEE_PEOPLE,
                "people.add_user",
                CHANGE_PEOPLE,
                CLOSE_ACCOUNTS,
                SEE_ORGANISATIONS,
                "people.add_organisation",
                CHANGE_ORGANISATIONS,
                SEE_GRANTS,
                GIVE_GRANTS,
            }
        )
    ),
    GrantKind.SITE_ADMIN: Rights(everything=True),
    # Nothing here writes.
    GrantKind.AUDITOR: Rights(permissions=frozenset({OPEN_CMS, SEE_PEOPLE, SEE_ORGANISATIONS, SEE_GRANTS, SEE_AUDIT})),
}


def allows(kind: str, permission: str) -> bool:
    """Whether a grant of this kind holds ``permission`` ("app.codename")."""
    rights = RIGHTS[GrantKind(kind)]
    return rights.everything or permission in rights.permissions
