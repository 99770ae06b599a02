"""Giving and withdrawing rights."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any

from django import forms
from django.apps import apps
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput, AdminPageChooser
from wagtail.models import Page

from academy.people.domain.grants import reach_of
from academy.people.domain.rights import GIVE_GRANTS
from academy.people.enums import SCOPES, GrantKind, GrantScope
from academy.people.models import Organisation, User


class GrantForm(forms.Form):
    """What, where, from when to when, and why."""

    kind = forms.ChoiceField(label=_("What"), choices=[("", "---------"), *GrantKind.choices])
    organisation = forms.ModelChoiceField(
        label=_("Where"),
        queryset=Organisation.objects.none(),
        required=False,
        help_text=_("The organisation, with all below it."),
    )
    course = forms.ModelChoiceField(
        label=_("Or one course"), queryset=Page.objects.none(), required=False, help_text=_("In every language.")
    )
    starts_on = forms.DateField(
        label=_("From"), required=False, widget=AdminDateInput, help_text=_("Empty: from now on.")
    )
    ends_on = forms.DateField(
        label=_("Until"),
        required=False,
        widget=AdminDateInput,
        help_text=_("The last day on which it holds. Empty: until it is withdrawn."),
    )
    reason = forms.CharField(
        label=_("Why"),
        max_length=500,
        help_text=_("One sentence. It stays on record."),
        error_messages={"required": _("Say why: it stays on record.")},
    )

    def __init__(self, data: QueryDict | None = None, *, by: User) -> None:
        super().__init__(data)
        reach = reach_of(by, GIVE_GRANTS)
        where = self.fields["organisation"]
        assert isinstance(where, forms.ModelChoiceField)
        where.queryset = Organisation.objects.open().within(reach)
        if reach.everywhere:
            where.empty_label = str(_("Everywhere"))
            self.offer_courses()
        else:
            where.required = True
            del self.fields["course"]
            kinds = [kind for kind in GrantKind if GrantScope.ORGANISATION in SCOPES[kind]]
            kind_field = self.fields["kind"]
            assert isinstance(kind_field, forms.ChoiceField)
            kind_field.choices = [("", "---------"), *((kind.value, kind.label) for kind in kinds)]

    def offer_courses(self) -> None:
        """Let one be chosen; by name, because people do not know courses."""
        course = self.fields["course"]
        model = apps.get_model("courses.CoursePage")
        assert isinstance(course, forms.ModelChoiceField)
        course.queryset = model.objects.all()
        course.widget = AdminPageChooser(target_models=[model])

    def clean(self) -> dict[str, Any]:
        """Refuse two places at once."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("organisation") and data.get("course"):
            self.add_error("course", _("Choose an organisation or a course, not both."))
        return data

    def grant(self) -> dict[str, Any]:
        """Return what was asked for, as the domain takes it: days begin and end in the zone of whoever asks."""
        data = self.cleaned_data
        course = data.get("course")
        scope = GrantScope.COURSE if course else GrantScope.SITE
        if data["organisation"]:
            scope = GrantScope.ORGANISATION
        return {
            "kind": GrantKind(data["kind"]),
            "scope": scope,
            "organisation": data["organisation"],
            "subject": course.translation_key if course else None,
            "starts_at": moment(data["starts_on"], time.min),
            "ends_at": moment(data["ends_on"], time.max),
            "reason": data["reason"],
        }


def moment(day: Any, at: time) -> datetime | None:
    """Return the moment at a time of a day, in UTC; None for no day."""
    if day is None:
        return None
    return datetime.combine(day, at, tzinfo=timezone.get_current_timezone()).astimezone(UTC)
