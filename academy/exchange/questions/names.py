"""Names of questions, as long as a bank keeps them."""

from __future__ import annotations

from django.utils.translation import gettext as _

LONGEST_NAME = 255


def shortened(name: str) -> tuple[str, tuple[str, ...]]:
    """Return a name cut as Moodle cuts it, at 255 characters, and what that costs."""
    if len(name) <= LONGEST_NAME:
        return name, ()
    told = _("Its name is longer than %(most)d characters and was cut, as Moodle does.") % {"most": LONGEST_NAME}
    return name[: LONGEST_NAME - 1].rstrip() + "…", (told,)
