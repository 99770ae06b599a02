"""Why a backup was not made or not restored."""

from __future__ import annotations


class BackupRefused(Exception):
    """Nothing was changed; the sentence says why."""
