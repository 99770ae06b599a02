"""Who there is, and where else they may sign in."""

from academy.people.models.people import User, UserManager, validate_time_zone
from academy.people.models.providers import ProviderOrganisation, SignInProvider

__all__ = ["ProviderOrganisation", "SignInProvider", "User", "UserManager", "validate_time_zone"]
