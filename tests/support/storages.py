"""Where the suite keeps files: in memory, so that nothing is left on the disk or open."""

from __future__ import annotations

import os
from typing import NoReturn

from django.core.files.storage import InMemoryStorage

from academy.lib.storage import NoAddress


class PrivateMemory(InMemoryStorage):
    """Originals: without an address, as in production, and without a path, so that Wagtail reads the file itself."""

    def url(self, name: str | None) -> NoReturn:
        """There is none."""
        raise NoAddress(f"{name} has no address of its own.")

    def path(self, name: str) -> NoReturn:
        """There is none, though Django's storage makes one up."""
        raise NotImplementedError(f"{name} is not on the disk.")

    def _relative_path(self, name: str) -> str:
        return os.path.relpath(super().path(name), self.location)
