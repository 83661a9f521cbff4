"""Serial numbers as given: the highest per office, kind, year and desk."""

from __future__ import annotations

from datetime import date

from lianxin.domain.dictionary import Record
from lianxin.domain.numbering import desk_of
from lianxin.domain.numbering import next_serial as after
from lianxin.store.writing import Writing


def next_serial(writing: Writing, org: str, cls: type[Record], day: date) -> int:
    """The next serial of this kind in the year of `day`; belongs to the transaction that uses it.

    Raises NumbersUsedUp.
    """
    connection = writing.connection
    block = int(
        connection.exec_driver_sql(
            "SELECT number_block FROM replica_state WHERE ended_at IS NULL"
        ).scalar_one()
    )
    last = connection.exec_driver_sql(
        "SELECT last FROM number_sequence WHERE org = ? AND kind = ? AND year = ? AND block = ?",
        (org, cls.KIND, day.year, block),
    ).scalar_one_or_none()
    serial = after([] if last is None else [int(last)], desk_of(block))
    connection.exec_driver_sql(
        "INSERT OR REPLACE INTO number_sequence(org, kind, year, block, last) VALUES(?, ?, ?, ?, ?)",
        (org, cls.KIND, day.year, block, serial),
    )
    return serial
