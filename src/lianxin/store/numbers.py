"""Serial numbers as given: the highest per office, kind, year and desk."""

from __future__ import annotations

from datetime import date

from lianxin.domain.dictionary import Record
from lianxin.domain.numbering import blocks_of, desk_of
from lianxin.domain.numbering import next_serial as after
from lianxin.store.record_store import RecordStore
from lianxin.store.writing import Writing


def number_from_block_of(store: RecordStore, desk: int) -> None:
    """From now on this computer gives the serials of the desk of this number: 1 from 0001, 2 from 5001 …"""
    block = blocks_of(desk)[0].start
    with store.bookkeeping() as connection:
        connection.exec_driver_sql(
            "UPDATE replica_state SET number_block = ? WHERE ended_at IS NULL AND number_block <> ?",
            (block, block),
        )


def next_serial(writing: Writing, org: str, cls: type[Record], day: date, *, series: str = "") -> int:
    """The next serial of this kind in the year of `day`; belongs to the transaction that uses it.

    A `series` within a kind counts for itself (bills beside suggestions).

    Raises NumbersUsedUp.
    """
    connection, kind = writing.connection, f"{cls.KIND}/{series}" if series else cls.KIND
    block = int(
        connection.exec_driver_sql(
            "SELECT number_block FROM replica_state WHERE ended_at IS NULL"
        ).scalar_one()
    )
    last = connection.exec_driver_sql(
        "SELECT last FROM number_sequence WHERE org = ? AND kind = ? AND year = ? AND block = ?",
        (org, kind, day.year, block),
    ).scalar_one_or_none()
    serial = after([] if last is None else [int(last)], desk_of(block))
    connection.exec_driver_sql(
        "INSERT OR REPLACE INTO number_sequence(org, kind, year, block, last) VALUES(?, ?, ?, ?, ?)",
        (org, kind, day.year, block, serial),
    )
    return serial
