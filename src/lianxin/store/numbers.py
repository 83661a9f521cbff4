"""Serial numbers per office, kind and year, in the block of this desk; given once, never given again."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from lianxin.domain.dictionary import Record
from lianxin.store.writing import Writing


def next_serial(writing: Writing, org: str, cls: type[Record], day: date) -> int:
    """The next serial of this kind in the year of `day`; belongs to the transaction that uses it."""
    connection = writing.connection
    block = _block(connection)
    last = connection.exec_driver_sql(
        "SELECT last FROM number_sequence WHERE org = ? AND kind = ? AND year = ? AND block = ?",
        (org, cls.KIND, day.year, block),
    ).scalar_one_or_none()
    serial = (block if last is None else int(last) + 1) if block > 1 else (int(last or 0) + 1)
    connection.exec_driver_sql(
        "INSERT OR REPLACE INTO number_sequence(org, kind, year, block, last) VALUES(?, ?, ?, ?, ?)",
        (org, cls.KIND, day.year, block, serial),
    )
    return serial


def void_number(writing: Writing, org: str, cls: type[Record], year: int, serial: int, reason: str) -> None:
    """Keeps a number that was given and will not be used (作废留号)."""
    writing.connection.exec_driver_sql(
        "INSERT OR REPLACE INTO number_void(org, kind, year, number, reason, at) VALUES(?, ?, ?, ?, ?, ?)",
        (org, cls.KIND, year, serial, reason, writing.now().isoformat(timespec="seconds")),
    )


def _block(connection: Connection) -> int:
    found = connection.exec_driver_sql(
        "SELECT number_block FROM replica_state WHERE ended_at IS NULL"
    ).scalar_one()
    return int(found)
