"""Links that are mailed to choose a new password."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.contrib.auth.tokens import PasswordResetTokenGenerator

from academy.people.models import User


class ResetTokens(PasswordResetTokenGenerator):
    """Django's, which end with the password and the next sign-in; ours end with the address and the round too."""

    def _make_hash_value(self, user: User, timestamp: int) -> str:
        addresses = EmailAddress.objects.filter(user_id=user.pk).order_by("email").values_list("email", flat=True)
        before: str = super()._make_hash_value(user, timestamp)
        return "|".join([before, str(user.session_round), *addresses])

    def check_token(self, user: User | None, token: str | None) -> bool:
        """Whether the link still works. It does not for a closed account."""
        return user is not None and user.is_active and super().check_token(user, token)
