"""A backup opened as a restore opens it, and all of it checked."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from lianxin.store.backup import check_database, never, quiet
from lianxin.store.backup_file import BackupFacts, unpack
from lianxin.store.database import DATABASE_NAME
from lianxin.store.passphrase import DatabaseKey


def verified_backup(path: Path, unlock: Callable[[Path], DatabaseKey], *, work: Path) -> BackupFacts:
    """What it says of itself, after all of it was proven. Raises what restoring raises."""
    work.mkdir()
    try:
        facts = unpack(path, work, quiet, never)
        check_database(path, work / DATABASE_NAME, unlock(work), facts)
        return facts
    finally:
        shutil.rmtree(work)
