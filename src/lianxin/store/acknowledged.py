"""What readers have acknowledged: for one reader the highest receipt number rules, also when it says less."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from lianxin.domain.streams import replica_of
from lianxin.store.statements import run


@dataclass(frozen=True)
class Acknowledged:
    """The ruling receipt of one reader: its number, and stream → counter. Number 0 means none came yet."""

    receipt_no: int
    counters: Mapping[str, int]


def note_acknowledged(
    connection: Connection, reader: str, receipt_no: int, counters: Mapping[str, int], *, head: str, at: str
) -> None:
    """Keeps what a receipt says. `head` is the manifest digest of the receipt, `at` when it was taken in."""
    rows = run(connection, "SELECT DISTINCT stream FROM acknowledgement WHERE reader = ?", (reader,))
    # A stream it does not name any more is acknowledged no further than 0.
    unnamed = {str(row[0]): 0 for row in rows.fetchall()}
    for stream, counter in {**unnamed, **counters}.items():
        run(
            connection,
            "INSERT OR REPLACE INTO acknowledgement(reader, stream, receipt_no, counter, head, at)"
            " VALUES(?, ?, ?, ?, ?, ?)",
            (reader, stream, receipt_no, counter, head, at),
        )


def acknowledged(connection: Connection, reader: str) -> Acknowledged:
    """What this reader acknowledges now."""
    rows = run(
        connection,
        "SELECT receipt_no, stream, counter FROM acknowledgement WHERE reader = ?1 AND receipt_no ="
        " (SELECT max(receipt_no) FROM acknowledgement WHERE reader = ?1)",
        (reader,),
    ).fetchall()
    number = max((int(str(row[0])) for row in rows), default=0)
    return Acknowledged(number, {str(row[1]): int(str(row[2])) for row in rows})


def readers_beginning(connection: Connection, org: str) -> list[str]:
    """The readers noted of one office: its replicas (at the county), or the office itself."""
    rows = run(
        connection,
        "SELECT DISTINCT reader FROM acknowledgement WHERE reader = ? OR reader LIKE ? ORDER BY reader",
        (org, f"{org}-%"),
    )
    return [str(row[0]) for row in rows]


def forget_acknowledged(connection: Connection, reader: str, receipt_no: int) -> None:
    """A receipt that was taken back says nothing any more."""
    run(
        connection,
        "DELETE FROM acknowledgement WHERE reader = ? AND receipt_no = ?",
        (reader, receipt_no),
    )


def beyond_written(connection: Connection, counters: Mapping[str, int]) -> list[str]:
    """The streams of this ledger's own replicas of which somebody holds more than is here: this is an old copy.

    While one of them is in force the next write must begin a new replica id (journal.md, "Copies").
    """
    own = set(own_replicas(connection))
    found = []
    for stream, counter in counters.items():
        if replica_of(stream) in own:
            row = run(connection, "SELECT counter FROM stream_head WHERE stream = ?", (stream,)).fetchone()
            if counter > (0 if row is None else int(str(row[0]))):
                found.append(stream)
    return found


def doubt_replica(connection: Connection) -> None:
    """Makes the next write begin a new replica id."""
    run(connection, "UPDATE replica_state SET file_identity = '' WHERE ended_at IS NULL")


def own_replicas(connection: Connection) -> list[str]:
    """Every replica id this ledger has written under."""
    return [str(row[0]) for row in run(connection, "SELECT replica FROM replica_state")]
