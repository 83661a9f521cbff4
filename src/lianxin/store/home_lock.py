"""Who uses a data folder: many may read and write, but only one alone may swap its files.

A tiny SQLite file is the lock because SQLite gives shared and exclusive locks alike on Windows and
Linux, and the operating system lets go of them when a process dies.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lianxin.store.driver import DriverError, RawConnection, open_raw
from lianxin.store.errors import StoreProblem

LOCK_NAME = "in-use.lock"
_SHARED_WAIT_SECONDS = 5.0


class HomeInUse(StoreProblem):
    """Another window or program holds the data folder in a way that excludes this work."""

    code = "D101"

    def __init__(self) -> None:
        super().__init__(
            "这个数据文件夹正被另一个窗口使用，这一步没有做，数据没有改动。请关闭其他连心窗口后再试。"
        )


def _open(home: Path, wait: float) -> RawConnection:
    home.mkdir(parents=True, exist_ok=True)
    return open_raw(home / LOCK_NAME, wait_seconds=wait)


class SharedHold:
    """This process uses the data folder; taking it twice holds it once."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._guard = threading.Lock()
        self._lock: RawConnection | None = None

    def take(self) -> None:
        """Hold the folder; raises HomeInUse while somebody swaps files in it."""
        with self._guard:
            if self._lock is not None:
                return
            lock = _open(self._home, _SHARED_WAIT_SECONDS)
            try:
                lock.execute("BEGIN")
                # Only a read inside the transaction takes the shared lock; an unread cursor would keep it
                # half open, so the statement returns no row.
                lock.execute("SELECT name FROM sqlite_master LIMIT 0")
            except DriverError:
                lock.close()
                raise HomeInUse from None
            self._lock = lock

    def release(self) -> None:
        """Let go; harmless when nothing is held."""
        with self._guard:
            if self._lock is not None:
                self._lock.close()
                self._lock = None


@contextmanager
def exclusive(home: Path) -> Iterator[None]:
    """Be the only user of the data folder for a while; raises HomeInUse at once when somebody else is."""
    lock = _open(home, 0.0)
    try:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except DriverError:
            raise HomeInUse from None
        yield
    finally:
        lock.close()
