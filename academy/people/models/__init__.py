"""Who there is, and what was done to their accounts."""

from academy.people.models.audit import AuditEvent
from academy.people.models.people import User, UserManager, validate_time_zone

__all__ = ["AuditEvent", "User", "UserManager", "validate_time_zone"]
