"""Which pages belong to which organisation: there, and below, its authors write."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page

from academy.people.domain.groups import sync_groups
from academy.people.domain.organisations import check_reach
from academy.people.domain.refusals import OrganisationRefused
from academy.people.models import Organisation, OrganisationSection, User


@transaction.atomic
def set_sections(*, organisation: Organisation, keys: Collection[UUID], by: User | None, at: datetime) -> None:
    """Say which pages (translation keys) belong to an organisation: its authors write there, with all below.

    For the site's administrators alone: a section takes pages from one and gives them to another.
    Raises OrganisationRefused.
    """
    check_reach(by=by, at=at, places=[None])
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    stored = set(organisation.sections.values_list("page_key", flat=True))
    new = set(keys) - stored
    if set(keys) == stored:
        return
    OrganisationSection.objects.filter(organisation=organisation).exclude(page_key__in=keys).delete()
    try:
        with transaction.atomic():
            for key in sorted(new):
                OrganisationSection.objects.create(organisation=organisation, page_key=key)
    except IntegrityError:
        raise OrganisationRefused(
            _("One of these pages belongs to another organisation already."), field="pages"
        ) from None
    sync_groups([organisation])
    log(organisation, "wagtail.edit", user=by, timestamp=at, data={"sections": sorted(str(key) for key in keys)})


def pages_of(organisation: Organisation) -> list[Page]:
    """Return the pages that belong to an organisation itself, in every language, by title. One query."""
    keys = organisation.sections.values("page_key")
    return list(Page.objects.filter(translation_key__in=keys).select_related("locale").order_by("title", "pk"))
