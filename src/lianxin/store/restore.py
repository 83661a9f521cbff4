"""Putting a backup in place of the present data, with the present data kept aside and never half of either.

First everything is unpacked and proven beside the data; then one small file says "from here on forward", and
what follows is renames only, which ``settle`` finishes at the next start when the power went in between.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from lianxin.store.backup import STAGING_PREFIX, check_database, never, quiet
from lianxin.store.backup_file import BackupFacts, Cancelled, Progress, read_facts, unpack
from lianxin.store.database import KeyDoesNotFit, NewerDatabase, connect_keyed, sidecars
from lianxin.store.driver import RawConnection
from lianxin.store.errors import StoreProblem
from lianxin.store.files import sync_file, sync_folder, why_not, write_atomic
from lianxin.store.home_lock import HomeInUse, exclusive
from lianxin.store.layout import ASIDE, DATABASE_NAME, KEPT_FOLDERS, KEYRING_NAME
from lianxin.store.migrate import find_damage, require_alone
from lianxin.store.passphrase import DatabaseKey
from lianxin.store.schema import REVISIONS

_STAGING = "restore.staging"
_MARKER = "restore.json"

Hook = Callable[[str], None]
T = TypeVar("T")


class RestoreFailed(StoreProblem):
    """The backup could not be unpacked beside the data."""

    code = "D155"

    def __init__(self, error: OSError) -> None:
        super().__init__(f"恢复没有做成（{why_not(error)}），现有数据没有改动。请检查磁盘和备份文件后再试。")


class RestoreUnfinished(StoreProblem):
    """Everything is unpacked and proven, but a rename was refused, usually by a virus scanner."""

    code = "D156"

    def __init__(self, error: OSError) -> None:
        super().__init__(
            f"恢复只差最后一步（{why_not(error)}），新旧数据都在。请关闭连心再打开，程序会自动完成。"
        )


@dataclass(frozen=True)
class Restored:
    """What is now in place, and the folder that keeps what was there before (None: there was nothing)."""

    facts: BackupFacts
    aside: Path | None


def restore(
    path: Path,
    home: Path,
    *,
    unlock: Callable[[Path], DatabaseKey],
    now: datetime,
    progress: Progress = quiet,
    cancelled: Cancelled = never,
    hook: Hook = lambda step: None,
    amend: Callable[[Path], None] | None = None,
) -> Restored:
    """Replace the data folder's data by a backup's; the caller has disposed of its engine before.

    ``unlock`` gets a folder with the backup's key.json: the passphrase in force when it was made opens it.
    The present data need not be readable. The file identity in the restored database is emptied, so the next
    write happens under a new replica id. ``amend`` may add to the unpacked database before it takes its place. Raises HomeInUse, NotABackup, BackupDamaged, NewerDatabase, NoRoom,
    Stopped, RestoreFailed and what ``unlock`` raises, with the present data untouched; RestoreUnfinished when
    only ``settle`` at the next start remains to be done.
    """

    def stage(staging: Path) -> BackupFacts:
        facts = _stage(path, staging, unlock, progress, cancelled)
        if amend is not None:
            amend(staging / DATABASE_NAME)
        return facts

    facts, aside = swap_in(home, stage, now=now, hook=hook)
    return Restored(facts, aside)


def swap_in(
    home: Path, stage: Callable[[Path], T], *, now: datetime, hook: Hook = lambda step: None
) -> tuple[T, Path | None]:
    """Puts what ``stage`` makes in an empty folder in place of the present data, which goes aside; never half of it.

    What ``stage`` makes: the database alone and on the disk, and whichever of keyring and kept folders is to be
    replaced. Raises HomeInUse, RestoreFailed and what ``stage`` raises, with the present data untouched, and
    RestoreUnfinished. Answers what ``stage`` did and where the present data went (None: there were none).
    """
    home.mkdir(parents=True, exist_ok=True)
    with exclusive(home):
        _finish(home, hook)
        staging = home / _STAGING
        shutil.rmtree(staging, ignore_errors=True)
        try:
            staging.mkdir()
            staged = stage(staging)
            require_alone(staging / DATABASE_NAME)
            sync_file(staging / DATABASE_NAME)
            sync_folder(staging)
            hook("staged")
            aside = _choose_aside(home, now)
            _mark(home, aside)
        except BaseException as error:
            # In this order: a marker must never stand beside half a staging folder.
            (home / _MARKER).unlink(missing_ok=True)
            shutil.rmtree(staging, ignore_errors=True)
            if isinstance(error, OSError):
                raise RestoreFailed(error) from error
            raise
        hook("marked")
        try:
            _finish(home, hook)
        except OSError as error:
            raise RestoreUnfinished(error) from error
        return staged, aside if aside.exists() else None


def put_back(aside: Path, home: Path, *, unlock: Callable[[Path], DatabaseKey], now: datetime) -> Path | None:
    """Undoes a restore: what was set aside comes back as a copy, and what stands now goes aside in its turn.

    Raises what `restore` raises of the present data, and NotADatabase when what lies aside is not sound.
    """

    def stage(staging: Path) -> None:
        for name in (*(path.name for path in sidecars(aside / DATABASE_NAME)), DATABASE_NAME, KEYRING_NAME):
            if (aside / name).exists():
                shutil.copyfile(aside / name, staging / name)
        if not (staging / KEYRING_NAME).exists():
            shutil.copyfile(home / KEYRING_NAME, staging / KEYRING_NAME)
        key = unlock(staging)
        raw = connect_keyed(staging / DATABASE_NAME, key, journal="delete")
        try:
            if find_damage(raw) is not None:
                raise KeyDoesNotFit(aside / DATABASE_NAME)
            forget_identity(raw)
        finally:
            raw.close()
        for folder in KEPT_FOLDERS:
            if (aside / folder).exists():
                shutil.copytree(aside / folder, staging / folder)

    return swap_in(home, stage, now=now)[1]


def set_aside(home: Path) -> list[Path]:
    """The folders of former data that hold a whole ledger and its key, latest first."""
    found = (home / ASIDE).glob("*/")
    return sorted((each for each in found if (each / DATABASE_NAME).exists()), reverse=True)


def settle(home: Path) -> None:
    """Finish or clear what a killed restore or backup left; the first call at every start, before unlocking.

    Raises HomeInUse when a restore must be finished and another window is open, RestoreUnfinished when
    files are still held by another program.
    """
    marker = (home / _MARKER).exists()
    if not marker and not (home / _STAGING).exists() and not any(home.glob(f"{STAGING_PREFIX}.*")):
        return
    try:
        with exclusive(home):
            try:
                _finish(home, lambda step: None)
            except OSError as error:
                raise RestoreUnfinished(error) from error
            shutil.rmtree(home / _STAGING, ignore_errors=True)
            for left in home.glob(f"{STAGING_PREFIX}.*"):
                shutil.rmtree(left, ignore_errors=True)
    except HomeInUse:
        # Without a marker these are only leftovers, perhaps of a backup that is running now.
        if marker:
            raise


def _stage(
    path: Path,
    staging: Path,
    unlock: Callable[[Path], DatabaseKey],
    progress: Progress,
    cancelled: Cancelled,
) -> BackupFacts:
    """Unpack and prove a backup beside the data; answers its facts."""
    revision = read_facts(path).revision
    if revision not in REVISIONS:
        raise NewerDatabase(revision)
    facts = unpack(path, staging, progress, cancelled)
    key = unlock(staging)
    database = staging / DATABASE_NAME
    check_database(path, database, key, facts)
    raw = connect_keyed(database, key, journal="delete")
    try:
        forget_identity(raw)
    finally:
        raw.close()
    for folder in KEPT_FOLDERS:
        if folder in facts.left:
            continue
        # Also an empty one takes its place, so that nothing of the present data stays beside older data.
        (staging / folder).mkdir(exist_ok=True)
        sync_folder(staging / folder)
    return facts


def forget_identity(raw: RawConnection) -> None:
    """A restored copy must not go on writing under the id it was copied from (journal.md, "Copies")."""
    raw.execute("UPDATE replica_state SET file_identity = ''")


def _choose_aside(home: Path, now: datetime) -> Path:
    name, number = f"{now:%Y%m%d-%H%M%S}", 2
    while (home / ASIDE / name).exists():
        name, number = f"{now:%Y%m%d-%H%M%S}-{number}", number + 1
    return home / ASIDE / name


def _mark(home: Path, aside: Path) -> None:
    write_atomic(home / _MARKER, json.dumps({"aside": aside.name}).encode())


def _finish(home: Path, hook: Hook) -> None:
    """Carry out the renames that a marker asks for; every one may have been done already."""
    marker = home / _MARKER
    if not marker.exists():
        return
    aside = home / ASIDE / str(json.loads(marker.read_bytes())["aside"])
    staging = home / _STAGING
    database = home / DATABASE_NAME
    if (staging / DATABASE_NAME).exists():
        # The present database goes aside with its working files, which hold its last writes.
        for old in (*sidecars(database), database):
            _move(old, aside)
        hook("database aside")
        require_alone(database)
        (staging / DATABASE_NAME).replace(database)
        hook("database in place")
    for name in (KEYRING_NAME, *KEPT_FOLDERS):
        if (staging / name).exists():
            _move(home / name, aside)
            hook(f"{name} aside")
            (staging / name).replace(home / name)
            hook(f"{name} in place")
    if aside.exists():
        sync_folder(aside)
    sync_folder(home)
    marker.unlink()
    shutil.rmtree(staging, ignore_errors=True)
    sync_folder(home)


def _move(old: Path, aside: Path) -> None:
    if old.exists():
        aside.mkdir(parents=True, exist_ok=True)
        old.replace(aside / old.name)
