"""Forms about invitations."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from academy.lib.clock import now
from academy.lib.identifiers import normalise_code
from academy.people.domain.grants import reach_of
from academy.people.domain.invitations import LONGEST
from academy.people.domain.people_imports import INVITED_FOR
from academy.people.domain.rights import CHANGE_PEOPLE
from academy.people.models import Organisation, User
from academy.people.models.invitations import MOST_SEATS


class JoinCodeForm(forms.Form):
    """The code of an invitation, typed from paper."""

    code = forms.CharField(
        label=_("Code"),
        max_length=100,
        help_text=_("26 letters and digits. Hyphens, spaces and small letters are fine."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={
            "required": _("Enter the code of your invitation."),
            "max_length": _("A code has 26 letters and digits. Check it against your invitation."),
        },
    )

    def clean_code(self) -> str:
        """Return it as it stands in links."""
        code = normalise_code(self.cleaned_data["code"])
        if code is None:
            raise ValidationError(_("A code has 26 letters and digits. Check it against your invitation."))
        return code


class InvitingForm(forms.Form):
    """Where to, until when, in which language and with what words."""

    organisation = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Organisation.objects.none(),
        help_text=_("They join this one, not those below it."),
        error_messages={"required": _("Choose the organisation.")},
    )
    until = forms.DateField(
        label=_("Until"),
        widget=AdminDateInput,
        help_text=_("The last day on which it can be accepted, within a year."),
        error_messages={"required": _("Enter the last day.")},
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[(code, capfirst(name)) for code, name in settings.LANGUAGES],
        help_text=_("Of the invitation."),
    )
    message = forms.CharField(
        label=_("Message"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A sentence of your own, if you like. It stands in the invitation."),
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "until": (timezone.localtime(now()) + INVITED_FOR).date(),
            "language": by.language,
            **(kwargs.get("initial") or {}),
        }
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Organisation.objects.open().within(reach_of(by, CHANGE_PEOPLE))

    def clean_until(self) -> datetime:
        """Return the end of the day, in the zone of whoever asks."""
        day: date = self.cleaned_data["until"]
        zone = timezone.get_current_timezone()
        end = datetime.combine(day, time(23, 59, 59), tzinfo=zone).astimezone(UTC)
        if not now() < end <= now() + LONGEST:
            raise ValidationError(_("It must end in the future, and within a year."))
        return end


class OpenLinkForm(InvitingForm):
    """A link for several people, and how many."""

    seats = forms.IntegerField(
        label=_("Places"),
        min_value=1,
        max_value=MOST_SEATS,
        help_text=_("So many people can join by it."),
        error_messages={"required": _("Enter how many people can join by it.")},
    )
    field_order = ["organisation", "seats", "until", "language", "message"]
