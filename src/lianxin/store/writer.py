"""The one connection of an open ledger that writes: what it has read stays in memory from save to save.

Another connection's write empties the page memory of all others, and every page read again is decrypted again;
a pool hands out its connections in turn, so that nearly every save would begin with nothing in memory.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from lianxin.store.driver import DriverError


class Writer:
    """Lends the writing connection of one engine to one thread at a time."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._turn = threading.Lock()
        self._connection: Connection | None = None

    @contextmanager
    def lent(self, *, wait_seconds: float) -> Iterator[Connection | None]:
        """The connection, in autocommit; None when another thread kept it all that time."""
        if not self._turn.acquire(timeout=wait_seconds):
            yield None
            return
        try:
            yield self._open()
        except (DBAPIError, DriverError):
            # What the failure left of the connection is not worth asking.
            self._forget()
            raise
        finally:
            if self._connection is not None and self._connection.in_transaction():
                self._connection.rollback()
            self._turn.release()

    def close(self, *, wait_seconds: float) -> None:
        """Closes the connection; the next write opens another."""
        if self._turn.acquire(timeout=wait_seconds):
            try:
                self._forget()
            finally:
                self._turn.release()

    def _open(self) -> Connection:
        if self._connection is None:
            self._connection = self._engine.connect()
            # Out of the pool, so that closing it closes the file.
            self._connection.detach()
        return self._connection

    def _forget(self) -> None:
        if self._connection is not None:
            connection, self._connection = self._connection, None
            connection.close()
