"""A verified copy of everything the office has, in one file, while windows go on working."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import cast

from sqlalchemy import Engine

from lianxin.store.backup_file import (
    SUFFIX,
    BackupDamaged,
    BackupFacts,
    Cancelled,
    Meter,
    NoRoom,
    Progress,
    Source,
    Stopped,
    check_members,
    kept_files,
    pack,
    require_room,
)
from lianxin.store.backup_inside import Inside
from lianxin.store.database import connect_keyed, reading, revision_of
from lianxin.store.driver import FULL, DriverError, RawConnection, one_number, result_code
from lianxin.store.errors import StoreProblem
from lianxin.store.files import sync_folder, why_not
from lianxin.store.layout import DATABASE_NAME, KEYRING_NAME
from lianxin.store.migrate import find_damage, require_alone
from lianxin.store.passphrase import DatabaseKey
from lianxin.store.reading import Reading

#: What the office room says of a ledger for the manifest.
Describe = Callable[[Reading], Inside | None]

STAGING_PREFIX = "backup.staging"
_PAGES_A_STEP = 256
_WRITING_SECONDS = 3600


class BackupFailed(StoreProblem):
    """The target could not be written; nothing half-done was left there."""

    code = "D154"

    def __init__(self, to_dir: Path, why: str) -> None:
        self.to_dir, self.why = to_dir, why
        super().__init__(
            f"备份没有做成（{why}），数据没有改动，{to_dir} 里没有留下半个文件。请检查U盘或磁盘后再试。"
        )


class CopyFailed(StoreProblem):
    """The database could not be copied beside the data: a page that does not read, or no room for the copy."""

    code = "D157"

    def __init__(self) -> None:
        super().__init__(
            "备份没有做成：复制数据文件时出错，可能是磁盘满了，也可能数据文件有一部分坏了。已登记的内容没有改动。"
            "请先腾出空间，再关闭连心重新打开：程序会检查，坏了就用备份修复。"
        )


def quiet(done: int, total: int) -> None:
    """No progress wanted."""


def never() -> bool:
    """Nobody can stop it."""
    return False


def backup(
    engine: Engine,
    key: DatabaseKey,
    home: Path,
    to_dir: Path,
    *,
    now: datetime,
    progress: Progress = quiet,
    cancelled: Cancelled = never,
    hook: Callable[[str], None] = lambda step: None,
    without: tuple[str, ...] = (),
    describe: Describe = lambda reading: None,
) -> Path:
    """Write ``连心备份_YYYYMMDD-HHMM.lxbak`` and prove it: the copy is opened and its pages and entries checked,
    then every byte is read back from the target. A file of the same minute is kept, the new one gets （2）.

    The backup opens with the passphrase and recovery code in force now. ``without`` names kept folders that it
    leaves where they are, ``describe`` says what is in it as of the moment that is copied. Raises BackupFailed, BackupDamaged,
    NoRoom, Stopped; the target folder then holds what it held before.
    """
    staging = home / f"{STAGING_PREFIX}.{os.getpid()}"
    with _failures_named(home, to_dir), _removed_after(staging):
        staging.mkdir(parents=True)
        copy = staging / DATABASE_NAME
        facts = replace(_snapshot(engine, key, copy, cancelled, describe), made_at=now, left=without)
        hook("copied")
        # The keyring as it is now: a passphrase changed while we pack must not fall between.
        shutil.copyfile(home / KEYRING_NAME, staging / KEYRING_NAME)
        sources = [Source(DATABASE_NAME, copy), Source(KEYRING_NAME, staging / KEYRING_NAME)]
        sources += kept_files(home, without)
        to_dir.mkdir(parents=True, exist_ok=True)
        return _write(to_dir, sources, facts, progress, cancelled, hook)


def check_database(path: Path, database: Path, key: DatabaseKey, facts: BackupFacts) -> None:
    """Raise BackupDamaged unless the unpacked database is sound and holds what the manifest says."""
    raw = connect_keyed(database, key, journal="as found")
    try:
        if damage := find_damage(raw):
            raise BackupDamaged(path, damage)
        entries = one_number(raw, "SELECT count(*) FROM entry")
        if (entries, revision_of(raw)) != (facts.entries, facts.revision):
            raise BackupDamaged(path, "条数不符")
    finally:
        raw.close()
    require_alone(database)


def _snapshot(
    engine: Engine, key: DatabaseKey, copy: Path, cancelled: Cancelled, describe: Describe
) -> BackupFacts:
    """Copy the database as it stands at one moment; answers what is in it."""

    def step(status: int, remaining: int, total: int) -> None:
        if cancelled():
            raise Stopped

    with reading(engine) as connection:
        raw = cast(RawConnection, connection.connection.driver_connection)
        # These questions open the snapshot, so a writer in between neither tears nor restarts the copy.
        entries, revision = one_number(raw, "SELECT count(*) FROM entry"), revision_of(raw) or ""
        inside = describe(Reading(connection))
        size = one_number(raw, "PRAGMA page_count") * one_number(raw, "PRAGMA page_size")
        require_room(copy.parent, size)
        target = connect_keyed(copy, key, create=True, journal="delete")
        try:
            raw.backup(target, pages=_PAGES_A_STEP, progress=step)
            # The pages say "write-ahead log" as the original does; the copy must stand alone.
            target.execute("PRAGMA journal_mode = delete").fetchall()
        finally:
            target.close()
    facts = BackupFacts(datetime.min, revision, entries, key.key_id, (), inside=inside)
    check_database(copy, copy, key, facts)
    return facts


def _write(
    to_dir: Path,
    sources: list[Source],
    facts: BackupFacts,
    progress: Progress,
    cancelled: Cancelled,
    hook: Callable[[str], None],
) -> Path:
    size = sum(source.file.stat().st_size for source in sources if source.file.exists())
    require_room(to_dir, size)
    # Written once and read back once.
    meter = Meter(2 * size, progress, cancelled)
    part = to_dir / f".{_stem(facts.made_at)}.{os.getpid()}.part"
    try:
        with part.open("wb") as out:
            _sweep_parts(to_dir, part)
            packed = pack(out, sources, facts, meter)
            out.flush()
            os.fsync(out.fileno())
        hook("packed")
        if check_members(part, meter) != packed:
            raise BackupDamaged(part, "读回内容不符")
        path = _free_name(to_dir, _stem(facts.made_at))
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    sync_folder(to_dir)
    return path


def _sweep_parts(to_dir: Path, fresh: Path) -> None:
    """Takes away what a killed backup left; what is not an hour old may still be written by another window."""
    latest = fresh.stat().st_mtime - _WRITING_SECONDS
    for left in to_dir.glob(".连心备份_*.part"):
        with suppress(OSError):
            if left.stat().st_mtime < latest:
                left.unlink()


def _stem(now: datetime) -> str:
    return f"连心备份_{now:%Y%m%d-%H%M}"


def _free_name(to_dir: Path, stem: str) -> Path:
    path, number = to_dir / f"{stem}{SUFFIX}", 2
    while path.exists():
        path, number = to_dir / f"{stem}（{number}）{SUFFIX}", number + 1
    return path


@contextmanager
def _removed_after(folder: Path) -> Iterator[None]:
    shutil.rmtree(folder, ignore_errors=True)
    try:
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _failures_named(home: Path, to_dir: Path) -> Iterator[None]:
    try:
        yield
    except DriverError as error:
        if result_code(error) == FULL:
            raise NoRoom(home, 0) from error
        raise CopyFailed from error
    except OSError as error:
        raise BackupFailed(to_dir, why_not(error)) from error
