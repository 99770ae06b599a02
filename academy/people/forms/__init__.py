"""Forms about people. allauth's, in our words: no placeholders, hints where they help, the password once."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as allauth
from allauth.account.adapter import get_adapter
from django import forms
from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.users import forms as wagtail

from academy.lib.clock import now
from academy.people.domain.accounts import amend_account, time_zones
from academy.people.domain.audit import record_act
from academy.people.domain.grants import reach_of
from academy.people.domain.memberships import open_account_at_work
from academy.people.domain.rights import CHANGE_PEOPLE
from academy.people.enums import ActKind
from academy.people.models import Organisation, User

EMAIL_LENGTH = 254  # what the database holds; Django's own form field lets 320 through
NAME_LENGTH = 150
PASSWORD_LENGTH = 1000  # more is nobody's password, and costs time to hash


class EmailField(forms.EmailField):
    """An e-mail address as we store it: in small letters."""

    def __init__(self, *, label: Any = _("E-mail address"), autocomplete: str = "email", **options: Any) -> None:
        options.setdefault("max_length", EMAIL_LENGTH)
        super().__init__(
            label=label,
            widget=forms.EmailInput(attrs={"autocomplete": autocomplete, "spellcheck": "false"}),
            error_messages={
                "required": _("Enter your e-mail address."),
                "invalid": _("Enter an e-mail address in the right form, like name@example.org."),
                "max_length": _("Your e-mail address must be 254 characters or fewer."),
            },
            **options,
        )

    def clean(self, value: Any) -> str:
        """Return the address in small letters."""
        return super().clean(value).lower()


class PasswordField(forms.CharField):
    """A password that exists already."""

    def __init__(
        self,
        *,
        label: Any = _("Password"),
        autocomplete: str = "current-password",
        if_missing: Any = _("Enter your password."),
        help_text: Any = "",
    ) -> None:
        super().__init__(
            label=label,
            strip=False,
            max_length=PASSWORD_LENGTH,
            error_messages={
                "required": if_missing,
                "max_length": _("The password must be 1,000 characters or fewer."),
            },
            help_text=help_text,
            widget=forms.PasswordInput(attrs={"autocomplete": autocomplete, "spellcheck": "false"}),
        )


class NewPasswordField(PasswordField):
    """A password to be. Its form tells whose it will be by ``user``."""

    user: User | None = None

    def __init__(self, *, label: Any = _("New password")) -> None:
        super().__init__(
            label=label,
            autocomplete="new-password",
            help_text=_("12 characters or more. Three words that you can remember make a good password."),
            if_missing=_("Enter a password."),
        )


def name_field() -> forms.CharField:
    """The name of a person, in one line."""
    return forms.CharField(
        label=_("Your name"),
        max_length=NAME_LENGTH,
        help_text=_("As it should stand on a certificate."),
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
        error_messages={
            "required": _("Enter your name."),
            "max_length": _("Your name must be 150 characters or fewer."),
        },
    )


class SignInForm(allauth.LoginForm):
    """Sign in by e-mail address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # "username" is what password managers look for.
        self.fields["login"] = EmailField(autocomplete="username")
        self.fields["password"] = PasswordField()
        self.fields["remember"].label = _("Keep me signed in: this device is mine alone")
        self.order_fields(["login", "password", "remember"])


class SignupForm(allauth.SignupForm):
    """Open an account: name, e-mail address, password once."""

    field_order = ["display_name", "email", "password1"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["display_name"] = name_field()
        self.fields["email"] = EmailField(
            help_text=_("You sign in with it. We send a link to it, to confirm that it is yours.")
        )
        self.fields["password1"] = NewPasswordField(label=_("Choose a password"))
        self.order_fields(self.field_order)


class ChangeEmailForm(allauth.AddEmailForm):
    """Move to another e-mail address."""

    email = EmailField(label=_("New e-mail address"))


class NewPasswordMixin(forms.Form):
    """Checks a new password once, with what we know of its owner."""

    password1 = NewPasswordField()
    password2 = None  # one can look at what one typed, so it is asked once

    user: User | None

    def clean_password1(self) -> str:
        """Refuse a weak password, saying why."""
        return get_adapter().clean_password(self.cleaned_data["password1"], user=self.user)


class ChangePasswordForm(NewPasswordMixin, allauth.ChangePasswordForm):
    """Change one's password, knowing the old one."""

    oldpassword = PasswordField(label=_("Current password"))
    field_order = ["oldpassword", "password1"]


class SetPasswordForm(NewPasswordMixin, allauth.SetPasswordForm):
    """Choose a first password."""


class NewPasswordForm(NewPasswordMixin, allauth.ResetPasswordKeyForm):
    """Choose another password, by the link in the e-mail."""


class ResetPasswordForm(allauth.ResetPasswordForm):
    """Ask for that link."""

    email = EmailField()

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Send the link, and tell the audit: of an unknown address only that it happened."""
        account = self.users[0] if self.users else None
        actor = request.user if isinstance(request.user, User) else None
        record_act(kind=ActKind.PASSWORD_RESET_ASKED, actor=actor, at=now(), obj=account, request=request)
        return super().save(request, **kwargs)


class ReauthenticateForm(allauth.ReauthenticateForm):
    """Show once more that it is you."""

    password = PasswordField()


class ProfileForm(forms.Form):
    """What one says about oneself."""

    display_name = name_field()
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[(code, capfirst(name)) for code, name in settings.LANGUAGES],
        help_text=_("For the e-mails that we send you."),
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"), help_text=_("Dates and times are shown in it. Choose the city nearest to you.")
    )

    def __init__(self, data: QueryDict | None = None, *, user: User) -> None:
        initial = {"display_name": user.display_name, "language": user.language, "time_zone": user.time_zone}
        super().__init__(data, initial=initial)
        zones = time_zones()
        # A zone that is not in the list is kept as long as its owner does not choose another.
        kept = () if user.time_zone in zones else (user.time_zone,)
        zone_field = self.fields["time_zone"]
        assert isinstance(zone_field, forms.ChoiceField)
        zone_field.choices = [(zone, zone.replace("_", " ")) for zone in (*kept, *zones)]


class StaffUserForm(wagtail.UserForm):
    """The part that both of the CMS's forms about a person share: Wagtail's with one name and no password."""

    first_name = None
    last_name = None
    # What somebody may do is given by grants, not by a tick here.
    is_superuser = None
    email = EmailField()
    display_name = name_field()

    def __init__(self, *args: Any, by: User, editing_self: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        # Nobody locks themselves out.
        if "is_active" in self.fields:
            self.fields["is_active"].disabled = editing_self


class UserCreationForm(StaffUserForm):
    """Open an account for somebody. They choose their own password by the link on the sign-in page."""

    organisation = forms.ModelChoiceField(
        queryset=Organisation.objects.none(),
        label=_("Organisation"),
        help_text=_("Where they work."),
        error_messages={"required": _("Choose where they work.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reach = reach_of(self.by, "people.add_user")
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Organisation.objects.open().within(reach)
        # Whoever administers a branch alone would not see the person again.
        field.required = not reach.everywhere

    class Meta:
        model = User
        fields = ["email", "display_name", "language", "time_zone"]

    def save(self, commit: bool = True) -> User:  # noqa: FBT001, FBT002 -- Django's signature
        """Store through the domain."""
        # Wagtail goes on with the form's instance.
        self.instance = open_account_at_work(**self.cleaned_data, by=self.by, at=now())
        return self.instance


class UserEditForm(StaffUserForm):
    """Change somebody's account. The address signs in: it is changed by its owner, or by an administrator of the site."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].disabled = not reach_of(self.by, CHANGE_PEOPLE).everywhere

    class Meta:
        model = User
        fields = ["email", "display_name", "language", "time_zone", "is_active"]

    def save(self, commit: bool = True) -> User:  # noqa: FBT001, FBT002 -- Django's signature
        """Store through the domain."""
        return amend_account(user=self.instance, **self.cleaned_data, by=self.by, at=now())
