"""The journal as stored: appending entries, reading them back, and how far each stream is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from lianxin.domain.journal import Entry, EntryId, line_digest, parse_entry
from lianxin.domain.streams import Tip, audience_of, replica_of
from lianxin.store.statements import run, run_many


def tips(connection: Connection) -> dict[str, Tip]:
    """Stream → how far it is known."""
    rows = run(connection, "SELECT stream, counter, hash, lamport FROM stream_head")
    return {str(row[0]): Tip(int(str(row[1])), str(row[2]), int(str(row[3]))) for row in rows}


def append(connection: Connection, entry: Entry, *, reason: str, batch: str | None) -> Tip:
    """Adds the next entry of its stream; the caller has judged it. Returns the new tip."""
    line = entry.line()
    digest = line_digest(line)
    run(
        connection,
        "INSERT INTO entry(stream, counter, lamport, prev, kind, uid, op, schema, at, actor, reason, line, hash,"
        " replica, batch) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            entry.stream,
            entry.counter,
            entry.lamport,
            entry.prev,
            entry.kind,
            entry.uid,
            entry.op,
            entry.schema,
            entry.at,
            entry.actor,
            reason,
            line,
            digest,
            replica_of(entry.stream),
            batch,
        ),
    )
    return Tip(entry.counter, digest, entry.lamport)


def append_heard(connection: Connection, heard: Sequence[tuple[Entry, bytes, str]]) -> None:
    """Adds entries of other desks with their lines and hashes; the caller has judged them."""
    run_many(
        connection,
        "INSERT INTO entry(stream, counter, lamport, prev, kind, uid, op, schema, at, actor, reason, line, hash,"
        " replica) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', ?, ?, ?)",
        [
            (e.stream, e.counter, e.lamport, e.prev, e.kind, e.uid, e.op, e.schema, e.at, e.actor, line, digest,
             replica_of(e.stream))
            for e, line, digest in heard
        ],
    )  # fmt: skip


def line_of(connection: Connection, entry: EntryId) -> bytes | None:
    """The line of one entry; None when it is not here."""
    found = run(
        connection, "SELECT line FROM entry WHERE stream = ? AND counter = ?", (entry.stream, entry.counter)
    ).fetchone()
    return None if found is None else _bytes(found[0])


def stream_of_record(connection: Connection, kind: str, uid: str) -> str | None:
    """A stream in which this record is written; all of them belong to its owner. None for an unknown record.

    An empty kind is any.
    """
    wanted, told = (" AND kind = ?", (uid, kind)) if kind else ("", (uid,))
    found = run(connection, f"SELECT stream FROM entry WHERE uid = ?{wanted} LIMIT 1", told).fetchone()
    return None if found is None else str(found[0])


def home_org(connection: Connection) -> str:
    """The code of the office that keeps this ledger: the one its replicas are named after."""
    found = run(connection, "SELECT replica FROM replica_state WHERE ended_at IS NULL").fetchone()
    return "" if found is None else str(found[0]).partition("-")[0]


def set_tip(connection: Connection, stream: str, tip: Tip) -> None:
    """Notes how far a stream is known now."""
    run(
        connection,
        "INSERT OR REPLACE INTO stream_head(stream, replica, audience, counter, lamport, hash)"
        " VALUES(?, ?, ?, ?, ?, ?)",
        (stream, replica_of(stream), audience_of(stream), tip.counter, tip.lamport, tip.digest),
    )


def entries_of_record(connection: Connection, kind: str, uid: str) -> list[tuple[Entry, str]]:
    """The entries of one record with the reason that stayed at home, oldest first."""
    rows = run(
        connection,
        "SELECT line, reason FROM entry WHERE kind = ? AND uid = ? ORDER BY lamport, stream, counter",
        (kind, uid),
    )
    return [(parse_entry(_bytes(row[0])), str(row[1])) for row in rows]


def records_written(connection: Connection) -> list[tuple[str, str]]:
    """(kind, uid) of every record of the journal, oldest first: a uid begins with the time of its making."""
    rows = run(connection, "SELECT DISTINCT uid, kind FROM entry ORDER BY uid, kind")
    return [(str(row[1]), str(row[0])) for row in rows]


def records_written_after(connection: Connection, counters: Mapping[str, int]) -> list[tuple[str, str]]:
    """(kind, uid) of the records written since each stream had got so far; a stream not named counts whole."""
    found: dict[tuple[str, str], None] = {}
    for stream, tip in tips(connection).items():
        before = counters.get(stream, 0)
        if tip.counter > before:
            rows = run(
                connection,
                "SELECT DISTINCT kind, uid FROM entry WHERE stream = ? AND counter > ?",
                (stream, before),
            )
            found.update(dict.fromkeys((str(row[0]), str(row[1])) for row in rows))
    return list(found)


def records_written_until(connection: Connection, counters: Mapping[str, int]) -> list[tuple[str, str]]:
    """(kind, uid) of the records these streams had written when each had got so far."""
    found: dict[tuple[str, str], None] = {}
    for stream, counter in counters.items():
        rows = run(
            connection,
            "SELECT DISTINCT kind, uid FROM entry WHERE stream = ? AND counter <= ?",
            (stream, counter),
        )
        found.update(dict.fromkeys((str(row[0]), str(row[1])) for row in rows))
    return list(found)


def kinds_written(connection: Connection) -> list[str]:
    """The kinds of record that occur in the journal, also those this program does not know."""
    # A walk along the index of records: asked seldom, while an index of kinds would cost every save a page.
    rows = run(connection, "SELECT DISTINCT kind FROM entry INDEXED BY entry_record ORDER BY kind")
    return [str(row[0]) for row in rows]


def records_of_batch(connection: Connection, batch: str) -> list[tuple[str, str]]:
    """(kind, uid) of the records an import wrote, latest first."""
    rows = connection.exec_driver_sql(
        "SELECT kind, uid, max(lamport) AS last FROM entry WHERE batch = ? GROUP BY kind, uid"
        " ORDER BY last DESC, kind, uid",
        (batch,),
    )
    return [(str(row[0]), str(row[1])) for row in rows]


@dataclass(frozen=True)
class StoredLine:
    """One entry as it lies in the database: the columns beside the line, and the line they were taken from."""

    stream: str
    counter: int
    digest: str
    line: bytes
    beside: tuple[str, ...]

    def agrees(self, entry: Entry) -> bool:
        """Whether the columns say what the line says; history and projection find entries by them."""
        told = (
            entry.lamport,
            entry.prev,
            entry.kind,
            entry.uid,
            entry.op,
            entry.schema,
            entry.at,
            entry.actor,
        )
        return self.beside == tuple(map(str, told))


def lines_by_stream(connection: Connection) -> Iterator[StoredLine]:
    """Every entry as stored, in stream order, for `check`."""
    rows = run(
        connection,
        "SELECT stream, counter, hash, line, lamport, prev, kind, uid, op, schema, at, actor"
        " FROM entry ORDER BY stream, counter",
    )
    for row in rows:
        yield StoredLine(str(row[0]), int(str(row[1])), str(row[2]), _bytes(row[3]), tuple(map(str, row[4:])))


def _bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else b""


def known_counters(tips_now: Mapping[str, Tip]) -> dict[str, int]:
    """Stream → highest known counter."""
    return {stream: tip.counter for stream, tip in tips_now.items()}
