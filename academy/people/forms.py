"""Forms about people."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SignupForm(forms.Form):
    """Asks for the name beside what allauth asks."""

    display_name = forms.CharField(label=_("Your name"), max_length=150)

    def signup(self, request, user):
        user.display_name = self.cleaned_data["display_name"]
        user.save()
