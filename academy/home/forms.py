"""Forms of the house."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from academy.pages.context_processors import THEMES
from academy.people.api import ClosingReason

THEME_LABELS = {"auto": _("As my device is set"), "light": _("Light"), "dark": _("Dark")}

BY_STAFF = {ClosingReason.ON_REQUEST, ClosingReason.LEFT, ClosingReason.DUPLICATE, ClosingReason.DECEASED}


class AppearanceForm(forms.Form):
    """Which colours the reader wants."""

    theme = forms.ChoiceField(
        label=_("How should the site look?"),
        choices=[(theme, THEME_LABELS[theme]) for theme in THEMES],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose how the site should look"),
            "invalid_choice": _("Choose one of the three"),
        },
    )


def understood(label: Any) -> forms.BooleanField:
    """A box to tick before something that cannot be undone."""
    return forms.BooleanField(
        label=label, error_messages={"required": _("Tick the box to say that you mean it, or go back.")}
    )


class CloseAccountForm(forms.Form):
    """Close one's own account."""

    sure = understood(_("I want to close my account for good, and I know that nobody can bring it back"))


class CloseSomebodysAccountForm(forms.Form):
    """Close somebody's account on request. The reason is a choice: see ClosingReason."""

    cause = forms.ChoiceField(
        label=_("Why?"),
        choices=[one for one in ClosingReason.choices if one[0] in BY_STAFF],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose why the account is closed"),
            "invalid_choice": _("Choose one of the reasons"),
        },
    )
    sure = understood(_("I know that nobody can bring this account back"))

    @property
    def reason(self) -> ClosingReason:
        """What was chosen."""
        return ClosingReason(self.cleaned_data["cause"])
