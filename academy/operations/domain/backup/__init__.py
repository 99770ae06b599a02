"""Backups: a folder with the database, the files that people uploaded, and a manifest to check both against."""

from academy.operations.domain.backup.errors import BackupRefused
from academy.operations.domain.backup.make import Backup, make_backup
from academy.operations.domain.backup.restore import Restored, restore_backup

__all__ = ["Backup", "BackupRefused", "Restored", "make_backup", "restore_backup"]
