"""The SQLCipher driver with the few words this room uses of it; it ships no types of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Protocol, cast, runtime_checkable

from sqlcipher3 import dbapi2  # type: ignore[import-untyped]

#: The DB-API module, for ``create_engine(module=…)``.
MODULE: ModuleType = dbapi2

#: Primary SQLite result codes that this program tells apart.
BUSY, LOCKED, READ_ONLY, IO_ERROR, CORRUPT, FULL, CANNOT_OPEN, NOT_A_DATABASE = 5, 6, 8, 10, 11, 13, 14, 26

#: The driver's cache of prepared statements gives only its last place to newcomers once it is full, so that a
#: save would be parsed anew for ever; room for all that a day of work asks.
_STATEMENTS_KEPT = 2_000

DriverError: type[Exception] = dbapi2.DatabaseError


class RawCursor(Protocol):
    """What comes back from a statement."""

    def fetchone(self) -> tuple[object, ...] | None: ...
    def fetchall(self) -> list[tuple[object, ...]]: ...


class RawConnection(Protocol):
    """A driver connection, used where SQLAlchemy has no word for the matter."""

    def execute(self, sql: str, parameters: Sequence[object] = ..., /) -> RawCursor: ...
    def backup(
        self, target: RawConnection, *, pages: int = ..., progress: Callable[[int, int, int], None]
    ) -> None: ...
    def commit(self) -> None: ...
    def rollback(self) -> None: ...
    def close(self) -> None: ...


@runtime_checkable
class _Coded(Protocol):
    sqlite_errorcode: int


def open_raw(path: Path, *, wait_seconds: float) -> RawConnection:
    """A connection in autocommit mode, so that BEGIN and COMMIT are ours; usable from any one thread."""
    opened = dbapi2.connect(
        str(path),
        isolation_level=None,
        check_same_thread=False,
        timeout=wait_seconds,
        cached_statements=_STATEMENTS_KEPT,
    )
    return cast(RawConnection, opened)


def result_code(error: object) -> int:
    """The primary SQLite result code of a driver error, 0 for anything else."""
    return error.sqlite_errorcode & 0xFF if isinstance(error, _Coded) else 0


def one_number(raw: RawConnection, sql: str) -> int:
    """The single whole number a statement answers, such as a count."""
    row = raw.execute(sql).fetchone()
    if row is None:
        raise ValueError(f"no number from {sql}")
    # SQLCipher answers some pragmas with digits as text.
    return int(str(row[0]))
