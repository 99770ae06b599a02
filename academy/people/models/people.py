"""A person who uses the academy."""

from __future__ import annotations

import zoneinfo
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, Group, PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from academy.lib.fields import together, uuid_field
from academy.lib.privacy import Keep, Personal

# The name of a shell, wherever a name is read from the database. On pages it is translated.
CLOSED = "Closed account"


@cache
def known_time_zones() -> frozenset[str]:
    """Return the names in this machine's time zone database, which is many files: read once."""
    return frozenset(zoneinfo.available_timezones())


def validate_time_zone(name: str) -> None:
    """Refuse a name that this machine's time zone database does not hold."""
    if name not in known_time_zones():
        raise ValidationError(_("“%(name)s” is not a time zone."), params={"name": name})


class UserManager(BaseUserManager["User"]):
    """Creates people by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Store a person; without a password they cannot sign in until they reset it.

        The address is stored in small letters: allauth looks it up so.
        """
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Store a person who may do everything (`manage.py createsuperuser`)."""
        fields.setdefault("display_name", email.partition("@")[0])
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        """Find by e-mail address, whatever its case."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """One person with an account. The e-mail address signs in; the public id is what others may see.

    Written by: people.domain, allauth (sign-up, e-mail, password) and the CMS (staff). A closed account is a shell:
    a row without a name to which the facts of the record still lead. One that is only not active can be opened again.
    """

    # What happens to it on closing stands in people.domain.closing: it is the person.
    PERSONAL_DATA = Personal(
        what=_("Who you are here: e-mail address, name, language, time zone, last sign-in."),
        keep=Keep.ACCOUNT,
        about="pk",
        acts={"closed_by": "closed_at"},
        blank={
            "display_name": CLOSED,
            "last_login": None,
            "time_zone": "UTC",
            "is_active": False,
            "is_superuser": False,
        },
        why=_("A row without a name, so that what you have shown is not mixed up with what others have."),
        hidden=("password",),
    )
    # What the audit may tell of a change.
    AUDIT_FIELDS = ("email", "display_name", "language", "time_zone", "is_active")

    public_id = uuid_field()
    # Unique twice: Django wants the flag on the field, and the constraint below ignores case.
    email = models.EmailField(_("e-mail address"), max_length=254, unique=True)
    display_name = models.CharField(
        _("your name"),
        max_length=150,
        help_text=_("As it should stand on a certificate."),
    )
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC", validators=[validate_time_zone])
    is_active = models.BooleanField(
        _("active"), default=True, help_text=_("Clear this instead of deleting an account.")
    )
    # Read alone: groups follow from grants, through a view of those in force. See people.domain.grants.
    groups = models.ManyToManyField(  # type: ignore[assignment]  # the mixin's goes through a table
        Group,
        through="people.GroupInForce",
        verbose_name=_("groups"),
        blank=True,
        related_name="user_set",
        related_query_name="user",
    )
    # Sessions and mailed links name the round in which they were made: one number ends all of them.
    session_round = models.PositiveIntegerField(default=0, editable=False)
    # Names that Django, allauth and Wagtail know.
    date_joined = models.DateTimeField(_("joined"), default=timezone.now, editable=False)
    # Set when the person was erased: the row is a shell, for ever.
    closed_at = models.DateTimeField(_("closed"), null=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    objects = UserManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        permissions = [("close_account", _("Can close a person’s account for good"))]
        constraints = [
            # Two accounts of one address would be two records of one learner.
            models.UniqueConstraint(
                Lower("email"),
                name="people_user_email_unique",
                violation_error_message=_("There is an account with this e-mail address already."),
            ),
            models.CheckConstraint(
                condition=~models.Q(display_name=""),
                name="people_user_has_a_name",
                violation_error_message=_("Enter a name."),
            ),
            together("closed_at", "closed_by", name="people_user_closed_together"),
            # Nobody signs in to a shell, and nobody puts a name back into it.
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=True)
                | models.Q(is_active=False, is_superuser=False, display_name=CLOSED),
                name="people_closed_account_is_a_shell",
                violation_error_message=_("This account was closed for good."),
            ),
        ]

    def __str__(self) -> str:
        return self.display_name if self.closed_at is None else gettext("Closed account")

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Django's, and the round: a session counts while both the password and the round are what they were."""
        text = f"{self.session_round}:{self.password}"
        return salted_hmac("academy.people.session", text, secret=secret, algorithm="sha256").hexdigest()

    def get_full_name(self) -> str:
        """The name that Wagtail and e-mails use."""
        return str(self)

    def get_short_name(self) -> str:
        """The same: we do not guess which part of a name is given."""
        return str(self)
