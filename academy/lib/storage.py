"""Where files lie that only a view hands out, after it has asked whether it may."""

from __future__ import annotations

from typing import NoReturn

from django.core.files.storage import FileSystemStorage, Storage, storages
from django.utils.functional import LazyObject

# A file is no page: whatever it holds, it loads nothing, runs nothing and stands in no frame.
POLICY_OF_FILES = "default-src 'none'; sandbox; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
ONE_DAY = 24 * 60 * 60


class NoAddress(NotImplementedError):
    """A private file has no address of its own. (Wagtail asks for one, and takes this error for an answer.)"""


class PrivateStorage(FileSystemStorage):
    """A folder that no web server shows: files without an address."""

    def url(self, name: str | None) -> NoReturn:
        """There is none: the address of a file is that of the view which hands it out."""
        raise NoAddress(f"{name} has no address of its own.")


class _Private(LazyObject):  # type: ignore[type-arg] # it takes no argument when it runs
    """Looks the storage up when it is first used: models are loaded before a test has chosen another."""

    def _setup(self) -> None:
        self._wrapped = storages["private"]


def private_storage() -> Storage:
    """Return the storage of originals, for a file field (which names this function in its migration)."""
    return _Private()  # type: ignore[return-value] # it stands for one
