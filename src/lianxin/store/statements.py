"""Statements straight to the driver, for the save path: SQLAlchemy's own account of each costs more than SQLite.

A statement run here belongs to the transaction of the SQLAlchemy connection it is run on, and its failures have
the same type, so that `database` can name them for people.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol, cast

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from lianxin.store.driver import DriverError


class Answer(Protocol):
    """What a statement answers: its rows."""

    def fetchone(self) -> tuple[object, ...] | None: ...
    def fetchall(self) -> list[tuple[object, ...]]: ...
    def __iter__(self) -> Iterator[tuple[object, ...]]: ...


class _Driver(Protocol):
    def execute(self, sql: str, parameters: Sequence[object], /) -> Answer: ...
    def executemany(self, sql: str, parameters: Iterable[Sequence[object]], /) -> Answer: ...


def run(connection: Connection, sql: str, parameters: Sequence[object] = ()) -> Answer:
    """Runs one statement with `?` marks; the driver keeps it prepared under its text."""
    driver = cast(_Driver, connection.connection.dbapi_connection)
    try:
        return driver.execute(sql, parameters)
    except DriverError as wrong:
        # What a statement was given may be what a visitor said; messages end in logs.
        raise DBAPIError(sql, (), wrong, hide_parameters=True) from wrong


def run_many(connection: Connection, sql: str, rows: Iterable[Sequence[object]]) -> None:
    """Runs one statement with `?` marks for each row."""
    driver = cast(_Driver, connection.connection.dbapi_connection)
    try:
        driver.executemany(sql, rows)
    except DriverError as wrong:
        raise DBAPIError(sql, (), wrong, hide_parameters=True) from wrong
