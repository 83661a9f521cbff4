"""Which windows live: so that what a killed window was writing can be offered again, and a live one's not."""

from __future__ import annotations

from pathlib import Path

from lianxin.store.driver import DriverError, RawConnection, open_raw
from lianxin.store.layout import WINDOWS


class WindowPresence:
    """Held from the opening of a window to its closing; the operating system ends it when the process dies."""

    def __init__(self, home: Path, window: str) -> None:
        self._path = _path(home, window)
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._lock: RawConnection | None = open_raw(self._path, wait_seconds=0.0)
        self._lock.execute("BEGIN EXCLUSIVE")

    def close(self) -> None:
        """The window is gone; harmless when said twice."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None
            self._path.unlink(missing_ok=True)


def is_open(home: Path, window: str) -> bool:
    """True while a window of this data folder lives, in this program or another."""
    path = _path(home, window)
    if not path.exists():
        return False
    lock = open_raw(path, wait_seconds=0.0)
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except DriverError:
        return True
    finally:
        lock.close()
    # Its id was random and is never used again.
    path.unlink(missing_ok=True)
    return False


def _path(home: Path, window: str) -> Path:
    if not window.isalnum():
        raise ValueError("a window id is letters and digits")
    return home / WINDOWS / f"{window}.lock"
