"""Forms about organisations and who belongs to them, in the CMS and in one's settings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page

from academy.people.domain.accounts import time_zones
from academy.people.domain.organisation_lists import places_within
from academy.people.domain.refusals import Refused
from academy.people.domain.requests import MESSAGE_LENGTH
from academy.people.enums import OrganisationKind
from academy.people.forms import EmailField
from academy.people.models import Organisation, User
from academy.people.reach import Reach

NAME_LENGTH = 150
LANGUAGES = [(code, capfirst(name)) for code, name in settings.LANGUAGES]


def show_refusal(form: forms.Form, error: Refused | ValidationError) -> None:
    """Put what the domain refused beside the field that it is about, else above the form."""
    told = error.message_dict if isinstance(error, ValidationError) and hasattr(error, "error_dict") else None
    if told is None:
        field = error.field if isinstance(error, Refused) else ""
        told = {field: error.messages if isinstance(error, ValidationError) else [str(error)]}
    for field, messages in told.items():
        for message in messages:
            form.add_error(field if field in form.fields else None, message)


class PlaceField(forms.ModelChoiceField):
    """An organisation of those that a right reaches, shown as a tree."""

    def __init__(self, *, label: Any, help_text: Any = "", required: bool = True) -> None:
        super().__init__(
            label=label,
            help_text=help_text,
            required=required,
            queryset=Organisation.objects.none(),
            error_messages={
                "required": _("Choose an organisation."),
                "invalid_choice": _("Choose an organisation from the list."),
            },
        )

    def label_from_instance(self, organisation: Organisation) -> str:
        indent = "\u00a0\u00a0\u00a0" * (organisation.depth - 1)
        return f"{indent}{organisation.local_name} ({organisation.code})"


def zones(kept: str = "") -> Iterator[tuple[str, str]]:
    """Yield the time zones to choose from; one that is stored and unknown here is kept."""
    if kept and kept not in time_zones():
        yield kept, kept
    for zone in time_zones():
        yield zone, zone.replace("_", " ")


class OrganisationForm(forms.Form):
    """What is said of an organisation."""

    name = forms.CharField(label=_("Name"), max_length=NAME_LENGTH, help_text=_("In the language of the organisation."))
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    time_zone = forms.ChoiceField(label=_("Time zone"))
    domains = forms.CharField(
        label=_("E-mail domains"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
        help_text=_(
            "One a line, like health.gov.example. Whoever has a confirmed address there, or below it, belongs to the "
            "organisation."
        ),
    )
    takes_requests = forms.BooleanField(
        label=_("People may ask to join; an administrator decides."), required=False, initial=True
    )

    def __init__(self, *args: Any, instance: Organisation | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance = instance
        for code, name in LANGUAGES:
            self.fields[f"name_{code}"] = forms.CharField(
                label=_("Name in %(language)s") % {"language": name},
                required=False,
                max_length=NAME_LENGTH,
                help_text=_("Where it differs from the one above."),
            )
        self.fields["time_zone"].choices = list(zones(instance.time_zone if instance else ""))  # type: ignore[attr-defined]
        if instance:
            self.fill_from(instance)

    def fill_from(self, organisation: Organisation) -> None:
        """Show what is said today."""
        for field in ("name", "language", "time_zone", "takes_requests"):
            self.initial[field] = getattr(organisation, field)
        self.initial["domains"] = "\n".join(one.domain for one in organisation.domains.all())
        for one in organisation.names.all():
            self.initial[f"name_{one.language}"] = one.name

    def said(self) -> dict[str, Any]:
        """Return what the verbs of the domain take."""
        data = self.cleaned_data
        return {
            **{field: data[field] for field in ("name", "language", "time_zone", "takes_requests")},
            "domains": data["domains"].split(),
            "names": {code: data[f"name_{code}"] for code, _name in LANGUAGES},
        }


class NewOrganisationForm(OrganisationForm):
    """An organisation, and where it hangs."""

    parent = PlaceField(label=_("Belongs to"))
    kind = forms.ChoiceField(label=_("Kind"), choices=OrganisationKind.choices)
    code = forms.CharField(
        label=_("Code"), max_length=60, help_text=_("Small letters, digits and hyphens. It never changes.")
    )

    def __init__(self, *args: Any, reach: Reach, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parent = self.fields["parent"]
        assert isinstance(parent, forms.ModelChoiceField)
        parent.queryset = places_within(reach)
        if reach.everywhere:
            parent.required = False
            parent.empty_label = str(_("Nothing: it is a programme"))
        self.order_fields(["parent", "kind", "code"])

    def placed(self) -> dict[str, Any]:
        """Return what the verb that founds takes beside what is said."""
        data = self.cleaned_data
        return {"parent": data["parent"], "kind": OrganisationKind(data["kind"]), "code": data["code"]}


class MoveForm(forms.Form):
    """Where an organisation goes, and why."""

    parent = PlaceField(label=_("Belongs to"))
    reason = forms.CharField(
        label=_("Reason"), max_length=500, help_text=_("It stays in the history of the organisation.")
    )

    def __init__(self, *args: Any, reach: Reach, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parent = self.fields["parent"]
        assert isinstance(parent, forms.ModelChoiceField)
        parent.queryset = places_within(reach).exclude(path__startswith=organisation.path)


class MemberForm(forms.Form):
    """Add a person who has an account."""

    email = EmailField(label=_("E-mail address"), autocomplete="off")

    person: User | None = None

    def clean_email(self) -> str:
        """Find the account."""
        email: str = self.cleaned_data["email"]
        self.person = User.objects.filter(email=email).first()
        if self.person is None:
            raise ValidationError(_("There is no account with this e-mail address. Invite the person instead."))
        return email


class RefusalForm(forms.Form):
    """Why a request is refused."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=MESSAGE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The person reads it."),
        error_messages={"required": _("Say why: the person reads it.")},
    )


class SectionForm(forms.Form):
    """A page that comes to an organisation, with all below it."""

    page = forms.ModelChoiceField(label=_("Page"), queryset=Page.objects.filter(depth__gt=1), widget=AdminPageChooser)


class AskForm(forms.Form):
    """What one says when one asks to join."""

    message = forms.CharField(
        label=_("Message to the administrator"),
        required=False,
        max_length=MESSAGE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Say what you do there. You can leave this empty."),
        error_messages={"max_length": _("Write 500 characters or fewer.")},
    )
