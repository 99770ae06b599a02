"""What others tell by signals alone, and what we do then."""

from academy.people.listeners import audit, sections, sessions, sign_in, work


def connect() -> None:
    """Listen, once."""
    for listeners in (audit, sessions, sections, sign_in, work):
        listeners.connect()
