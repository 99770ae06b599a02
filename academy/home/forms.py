"""Forms of the house."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from academy.pages.context_processors import THEMES

THEME_LABELS = {"auto": _("As my device is set"), "light": _("Light"), "dark": _("Dark")}


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
