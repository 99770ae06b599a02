"""Forms of courses."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class CertificateForm(forms.Form):
    """The name that is printed: once issued, it stays."""

    name = forms.CharField(
        label=_("Name on the certificate"),
        max_length=150,
        help_text=_("As on your papers. It cannot be changed once the certificate is issued."),
        error_messages={"required": _("Enter the name that the certificate should carry.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
