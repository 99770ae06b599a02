"""What cannot be done with organisations and memberships, said in sentences for people."""

from __future__ import annotations


class Refused(Exception):
    """The message says why; ``field`` names what was given wrongly, where a form can show it."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class OrganisationRefused(Refused):
    """This cannot be done with the tree."""


class MembershipRefused(Refused):
    """This person cannot join, or be taken out."""
