"""Bringing a database to the shape this program writes: on a copy, verified, swapped in one step."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from enum import Enum
from pathlib import Path
from typing import cast

from sqlalchemy import URL, create_engine
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import NullPool

from lianxin.store.database import (
    DatabaseMissing,
    NewerDatabase,
    NoEncryption,
    connect_keyed,
    named_errors,
    revision_of,
    sidecars,
)
from lianxin.store.driver import MODULE, RawConnection, one_number
from lianxin.store.errors import StoreProblem
from lianxin.store.files import copy_synced, sync_file, sync_folder
from lianxin.store.home_lock import SharedHold, exclusive
from lianxin.store.layout import WORKING_COPY_NAME
from lianxin.store.passphrase import DatabaseKey
from lianxin.store.schema import REVISIONS

_PLAIN_HEADER = b"SQLite format 3\0"
MIGRATIONS = Path(__file__).parent / "migrations"

#: Called with the name of each step just done; tests kill the process there.
Hook = Callable[[str], None]


class Prepared(Enum):
    """What ``prepare`` found and did."""

    CURRENT = "current"
    CREATED = "created"
    UPGRADED = "upgraded"


class UpgradeFailed(StoreProblem):
    """The upgraded copy did not pass its checks; the database stands as it was."""

    code = "D130"

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(f"数据升级没有完成（{why}），原数据没有改动。请先备份，再联系技术支持。")


class SidecarLeft(StoreProblem):
    """SQLite left working files beside a closed database, so its file must not be swapped."""

    code = "D131"

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(f"{path} 还在使用中，这一步没有做，数据没有改动。请关闭其他程序后再试。")


def prepare(
    path: Path,
    key: DatabaseKey,
    *,
    create: bool = False,
    hook: Hook = lambda step: None,
    migrations: Path = MIGRATIONS,
    revisions: tuple[str, ...] = REVISIONS,
) -> Prepared:
    """Make the database ready for ``open_database``; call before anything else opens it.

    Nothing is done when the shape is right (the usual start: one small read, Alembic not even imported).
    Before an upgrade the old file stays beside as ``ledger.db.before-<revision>``.
    Raises DatabaseMissing, NotADatabase, NewerDatabase, HomeInUse, UpgradeFailed.
    """
    if path.exists():
        with _shared(path.parent):
            if _known_revision(path, key, revisions) == revisions[-1]:
                return Prepared.CURRENT
    elif not create:
        raise DatabaseMissing(path)
    with exclusive(path.parent):
        _sweep(path)
        if not path.exists():
            _create(path, key, hook, migrations)
            return Prepared.CREATED
        # Another window may have done it while we waited for the lock.
        revision = _known_revision(path, key, revisions)
        if revision == revisions[-1]:
            return Prepared.CURRENT
        _upgrade(path, key, revision, hook, migrations)
        return Prepared.UPGRADED


def require_alone(path: Path) -> None:
    """Prove that a closed database left no working file, without which swapping it damages it."""
    if any(sidecar.exists() for sidecar in sidecars(path)):
        raise SidecarLeft(path)


def fold_in(path: Path, key: DatabaseKey) -> None:
    """Bring the write-ahead log into the file itself and close it; the caller holds the exclusive lock."""
    raw = connect_keyed(path, key)
    try:
        row = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if row is None or row[0] != 0:
            raise SidecarLeft(path)
    finally:
        raw.close()
    require_alone(path)


def find_damage(raw: RawConnection) -> str | None:
    """What is wrong with a database's pages or indexes, in the library's words; None when all is well."""
    for pragma in ("cipher_integrity_check", "integrity_check"):
        rows = raw.execute(f"PRAGMA {pragma}").fetchall()
        if bad := [str(row[0]) for row in rows if row[0] != "ok"]:
            return f"{pragma}: {bad[0]}"
    return None


def run_revisions(raw: RawConnection, migrations: Path = MIGRATIONS) -> None:
    """Apply every revision the connected database has not seen yet."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    # The ini reader behind Config would take a percent sign in a folder's name for a variable.
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    engine = create_engine(
        URL.create("sqlite", database="given"),
        creator=lambda: cast(DBAPIConnection, raw),
        module=MODULE,
        poolclass=NullPool,
    )
    with engine.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()


@contextmanager
def _shared(home: Path) -> Iterator[None]:
    hold = SharedHold(home)
    hold.take()
    try:
        yield
    finally:
        hold.release()


def _known_revision(path: Path, key: DatabaseKey, revisions: tuple[str, ...]) -> str:
    # This is the first that is read at a start: a bad page met here is a damaged ledger as anywhere else.
    with named_errors(path), closing(connect_keyed(path, key, journal="as found")) as raw:
        revision = revision_of(raw)
    if revision is None:
        raise UpgradeFailed("文件里没有版本记录")
    if revision not in revisions:
        raise NewerDatabase(revision)
    return revision


def _working_copy(path: Path) -> Path:
    return path.with_name(WORKING_COPY_NAME)


def _sweep(path: Path) -> None:
    """Remove what a killed attempt left; the working copy was never in use."""
    copy = _working_copy(path)
    for left in (copy, *sidecars(copy)):
        left.unlink(missing_ok=True)


def _create(path: Path, key: DatabaseKey, hook: Hook, migrations: Path) -> None:
    copy = _working_copy(path)
    _build(copy, key, migrations, create=True)
    hook("built")
    copy.replace(path)
    sync_folder(path.parent)
    hook("swapped")


def _upgrade(path: Path, key: DatabaseKey, revision: str, hook: Hook, migrations: Path) -> None:
    copy, kept = _working_copy(path), path.with_name(f"{path.name}.before-{revision}")
    fold_in(path, key)
    hook("folded")
    copy_synced(path, kept)
    shutil.copyfile(path, copy)
    hook("copied")
    entries = _build(copy, key, migrations, create=False)
    hook("built")
    if entries != _count_entries(path, key):
        raise UpgradeFailed("升级前后条数不符")
    require_alone(path)
    copy.replace(path)
    sync_folder(path.parent)
    hook("swapped")


def _build(copy: Path, key: DatabaseKey, migrations: Path, *, create: bool) -> int:
    """Run the revisions on the copy, check it and leave it closed and on the disk; answer its entries."""
    raw = connect_keyed(copy, key, create=create, journal="delete")
    try:
        run_revisions(raw, migrations)
    finally:
        raw.close()
    raw = connect_keyed(copy, key, journal="delete")
    try:
        if damage := find_damage(raw):
            raise UpgradeFailed(damage)
        entries = one_number(raw, "SELECT count(*) FROM entry")
    finally:
        raw.close()
    require_alone(copy)
    with copy.open("rb") as source:
        if source.read(len(_PLAIN_HEADER)) == _PLAIN_HEADER:
            raise NoEncryption
    sync_file(copy)
    return entries


def _count_entries(path: Path, key: DatabaseKey) -> int:
    raw = connect_keyed(path, key, journal="as found")
    try:
        return one_number(raw, "SELECT count(*) FROM entry")
    finally:
        raw.close()
