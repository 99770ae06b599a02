"""Who there is."""

from academy.people.models.people import CLOSED, User, UserManager, validate_time_zone

__all__ = ["CLOSED", "User", "UserManager", "validate_time_zone"]
