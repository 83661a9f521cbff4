"""Opening the encrypted database so that every connection is keyed, durable and checked before use."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Literal, cast
from weakref import WeakKeyDictionary

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError

from lianxin.store.driver import (
    BUSY,
    CANNOT_OPEN,
    CORRUPT,
    FULL,
    IO_ERROR,
    LOCKED,
    MODULE,
    NOT_A_DATABASE,
    READ_ONLY,
    DriverError,
    RawConnection,
    open_raw,
    result_code,
)
from lianxin.store.errors import StoreProblem
from lianxin.store.home_lock import SharedHold
from lianxin.store.layout import DATABASE_NAME as DATABASE_NAME
from lianxin.store.passphrase import DatabaseKey
from lianxin.store.schema import HEAD, REVISIONS
from lianxin.store.writer import Writer

BUSY_TIMEOUT_SECONDS = 5.0
_SMALLEST_PAGE = 512

JournalMode = Literal["wal", "delete", "as found"]
_CACHE_KIB = 32 * 1024
"""What a connection may keep of a large ledger: two indexes of 100,000 records that a list asks in turn, and more."""
_writers: WeakKeyDictionary[Engine, Writer] = WeakKeyDictionary()


class NotADatabase(StoreProblem):
    """The file is no database of this program, or not with this key; nothing was changed."""

    code = "D110"

    def __init__(self, path: Path, message: str) -> None:
        self.path = path
        super().__init__(message)


class DatabaseMissing(NotADatabase):
    """There is no database file; one is never made in silence."""

    code = "D111"

    def __init__(self, path: Path) -> None:
        super().__init__(path, f"没有找到数据文件 {path}。请检查文件夹是否被移动过，或从备份恢复。")


class PlainDatabase(NotADatabase):
    """An unencrypted SQLite file stands where the encrypted one belongs."""

    code = "D112"

    def __init__(self, path: Path) -> None:
        super().__init__(path, f"{path} 没有加密，不是连心的数据文件，没有打开也没有改动。请从备份恢复。")


class KeyDoesNotFit(NotADatabase):
    """The file does not decrypt: it belongs to another key, or its beginning is damaged."""

    code = "D113"

    def __init__(self, path: Path) -> None:
        super().__init__(path, f"{path} 与钥匙文件不配套，或文件已损坏，没有打开也没有改动。请从备份恢复。")


class NewerDatabase(StoreProblem):
    """A newer program wrote this database; an older one must not touch it."""

    code = "D114"

    def __init__(self, revision: str) -> None:
        self.revision = revision
        super().__init__("这份数据由更新版本的连心保存，本版本打不开，数据没有改动。请安装新版本后再打开。")


class OlderDatabase(StoreProblem):
    """The database was not brought up to date before opening."""

    code = "D115"

    def __init__(self, revision: str) -> None:
        self.revision = revision
        super().__init__("这份数据需要先升级，还没有打开，数据没有改动。请重新启动连心完成升级。")


class NoEncryption(StoreProblem):
    """The SQLite library at hand cannot encrypt; plain SQLite ignores a key without a word."""

    code = "D116"

    def __init__(self) -> None:
        super().__init__("本机的数据库组件不能加密，没有打开，数据没有改动。请重新安装连心。")


class DatabaseBusy(StoreProblem):
    """Another window was writing for longer than we wait."""

    code = "D117"

    def __init__(self) -> None:
        super().__init__("另一个窗口正在保存，这一次没有存上，原有数据没有改动。请稍等片刻再试。")


class DiskFull(StoreProblem):
    """No room on the disk; the transaction was taken back whole."""

    code = "D118"

    def __init__(self) -> None:
        super().__init__("磁盘已满，这一次没有存上，原有数据没有改动。请腾出空间后再试。")


class DatabaseDamaged(StoreProblem):
    """The disk or the file failed under us."""

    code = "D119"

    def __init__(self) -> None:
        super().__init__(
            "读写数据文件时出错，这一次没有存上，以前存的可能有一部分坏了。请关闭连心再打开：程序会检查，坏了就用备份修复。"
        )


class NotWritable(StoreProblem):
    """The data folder can be read but not written; even reading a ledger in use needs a file beside it."""

    code = "D120"

    def __init__(self) -> None:
        super().__init__(
            "数据文件夹不能写入（只读，或没有权限），打不开，数据没有改动。请换到能写入的位置再试。"
        )


_LITTLE_ROOM = 1 << 20
"""Below so many free bytes an error of reading or writing is put down to the full disk."""


def open_database(path: Path, key: DatabaseKey) -> Engine:
    """An engine on an existing, up-to-date database; ``dispose()`` it to let go of the data folder.

    Raises NotADatabase, NewerDatabase, OlderDatabase, NoEncryption, HomeInUse.
    """
    hold = SharedHold(path.parent)

    def connect() -> DBAPIConnection:
        hold.take()
        return cast(DBAPIConnection, connect_keyed(path, key))

    # The connection used last knows most of the pages that are asked for next.
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        creator=connect,
        module=MODULE,
        pool_use_lifo=True,
        hide_parameters=True,
    )

    @event.listens_for(engine, "engine_disposed")
    def let_go(disposed: Engine) -> None:
        if writer := _writers.pop(disposed, None):
            writer.close(wait_seconds=BUSY_TIMEOUT_SECONDS)
        hold.release()

    try:
        with engine.connect() as connection:
            require_current(cast(RawConnection, connection.connection.dbapi_connection))
    except BaseException:
        engine.dispose()
        raise
    return engine


def connect_keyed(
    path: Path, key: DatabaseKey, *, create: bool = False, journal: JournalMode = "wal"
) -> RawConnection:
    """One driver connection, keyed and with the durability this program promises.

    Raises NotADatabase (missing, plain, wrong key), NoEncryption. With journal "delete" the file stands alone
    after closing, which is what copies need; with "as found" a look changes nothing.
    """
    if not create:
        _require_file(path)
    raw = open_raw(path, wait_seconds=BUSY_TIMEOUT_SECONDS)
    try:
        _settle(raw, path, key, journal)
    except DriverError as error:
        raw.close()
        named = _named(error, path)
        if named is error:
            raise
        raise named from error
    except BaseException:
        raw.close()
        raise
    return raw


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A read-only snapshot: every question inside sees the same state, whatever others write."""
    with _named_errors(engine), engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
        try:
            connection.exec_driver_sql("BEGIN")
            yield connection
        finally:
            connection.rollback()
            connection.exec_driver_sql("PRAGMA query_only = OFF")


@contextmanager
def immediate(engine: Engine) -> Iterator[Connection]:
    """A write: the lock is taken before the first read, all is committed at the end or nothing is.

    Raises DatabaseBusy, DiskFull, DatabaseDamaged.
    """
    with _named_errors(engine), _writer_of(engine).lent(wait_seconds=BUSY_TIMEOUT_SECONDS) as connection:
        if connection is None:
            raise DatabaseBusy
        # Begun and ended on the driver: SQLAlchemy's own account of both costs as much as a row.
        raw = cast(RawConnection, connection.connection.dbapi_connection)
        raw.execute("BEGIN IMMEDIATE")
        try:
            yield connection
            raw.execute("COMMIT")
        except BaseException:
            raw.rollback()
            raise


def _writer_of(engine: Engine) -> Writer:
    return _writers.get(engine) or _writers.setdefault(engine, Writer(engine))


def revision_of(raw: RawConnection) -> str | None:
    """The schema revision a database stands at; None when it holds no tables yet."""
    if raw.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone() is None:
        return None
    row = raw.execute("SELECT version_num FROM alembic_version").fetchone()
    return None if row is None else str(row[0])


def require_current(raw: RawConnection) -> None:
    """Raise NewerDatabase or OlderDatabase unless the schema is exactly the one this program writes."""
    revision = revision_of(raw)
    if revision == HEAD:
        return
    if revision is None or revision in REVISIONS:
        raise OlderDatabase(revision or "")
    raise NewerDatabase(revision)


def sidecars(path: Path) -> tuple[Path, ...]:
    """The files SQLite keeps beside a database while it is in use; a swap needs them all gone."""
    return tuple(path.with_name(path.name + ending) for ending in ("-wal", "-shm", "-journal"))


def _require_file(path: Path) -> None:
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        raise DatabaseMissing(path) from None
    # An empty file would pass for a new database.
    if size < _SMALLEST_PAGE:
        raise KeyDoesNotFit(path)


def _opens_without_key(path: Path) -> bool:
    # Looked at through the library, not with open(): on POSIX closing a second handle of a file drops every
    # lock this process holds on it, also those of its other connections.
    raw = open_raw(path, wait_seconds=BUSY_TIMEOUT_SECONDS)
    try:
        raw.execute("SELECT count(*) FROM sqlite_master").fetchone()
        return True
    except DriverError:
        return False
    finally:
        raw.close()


def _settle(raw: RawConnection, path: Path, key: DatabaseKey, journal: JournalMode) -> None:
    # The library would print its own account of a wrong key on standard error.
    raw.execute("PRAGMA cipher_log_level = NONE")
    raw.execute(f"PRAGMA key = \"x'{key.raw.hex()}'\"")
    if raw.execute("PRAGMA cipher_version").fetchone() is None:
        raise NoEncryption
    try:
        raw.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except DriverError as error:
        if result_code(error) == NOT_A_DATABASE:
            raise (PlainDatabase(path) if _opens_without_key(path) else KeyDoesNotFit(path)) from None
        raise
    wanted: dict[str, str | int] = {"synchronous": 2, "foreign_keys": 0, "secure_delete": 1}
    # Folding the journal back in costs more than a save; every 16 MB is often enough and no save waits for less.
    wanted["wal_autocheckpoint"] = 4000
    if journal != "as found":
        wanted["journal_mode"] = journal
    for name, setting in wanted.items():
        raw.execute(f"PRAGMA {name} = {setting}").fetchall()
        row = raw.execute(f"PRAGMA {name}").fetchone()
        if row is None or row[0] != setting:
            raise DriverError(f"PRAGMA {name} is {row}, not {setting}")
    raw.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")


def _named_errors(engine: Engine) -> AbstractContextManager[None]:
    return named_errors(Path(engine.url.database or ""))


@contextmanager
def named_errors(path: Path) -> Iterator[None]:
    """Give the driver's foreseeable failures their names in the clerk's language."""
    try:
        yield
    except (DBAPIError, DriverError) as error:
        named = _named(error, path)
        if named is error:
            raise
        raise named from error


def _named(error: Exception, path: Path) -> Exception:
    """The problem a driver's error is to people, or the error itself."""
    # Rows that are fetched straight from the driver fail without SQLAlchemy's wrapping.
    primary = result_code(error.orig if isinstance(error, DBAPIError) else error)
    if primary in (BUSY, LOCKED):
        return DatabaseBusy()
    if primary == FULL or (primary in (IO_ERROR, CANNOT_OPEN) and _is_full(path)):
        return DiskFull()
    if primary in (READ_ONLY, CANNOT_OPEN):
        return NotWritable()
    if primary in (IO_ERROR, CORRUPT, NOT_A_DATABASE):
        return DatabaseDamaged()
    return error


def _is_full(path: Path) -> bool:
    with suppress(OSError):
        return shutil.disk_usage(path.parent).free < _LITTLE_ROOM
    return False
