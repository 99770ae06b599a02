"""Who there is."""

from academy.people.models.people import User, UserManager, validate_time_zone

__all__ = ["User", "UserManager", "validate_time_zone"]
