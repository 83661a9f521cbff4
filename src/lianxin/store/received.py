"""The book of received files: which are taken in, wait, were taken back or put aside, and what they hold."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection

from lianxin.domain.canonical import JsonValue, canonical
from lianxin.store.statements import run

State = Literal["accepted", "held", "taken_back", "aside"]
Range = tuple[int, int]
"""First and last counter of one stream."""


@dataclass(frozen=True)
class ReceivedFile:
    """One file received and kept under `bundles/<place>`. `verdict` is what was said of it, for people and scripts.

    `created_at` is the sender's time, `received_at` ours, both ISO 8601 with offset.
    """

    place: str
    bundle_id: str
    digest: str
    org: str
    replica: str
    seq: int
    kind: str
    period: str
    state: State
    created_at: str
    received_at: str
    file_name: str
    verdict: Mapping[str, JsonValue]
    ranges: Mapping[str, Range]


_COLUMNS = "place, bundle_id, digest, org, replica, seq, kind, period, state, created_at, received_at, file_name, verdict"


def note_received(connection: Connection, file: ReceivedFile, before: Mapping[str, int]) -> None:
    """Books a file, over what was booked at its place; `before` as `Taken.before`."""
    told = dict(file.verdict)
    run(
        connection,
        f"INSERT OR REPLACE INTO received({_COLUMNS}) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            file.place, file.bundle_id, file.digest, file.org, file.replica, file.seq, file.kind, file.period,
            file.state, file.created_at, file.received_at, file.file_name, canonical(told).decode(),
        ),
    )  # fmt: skip
    run(connection, "DELETE FROM received_range WHERE place = ?", (file.place,))
    for stream, (first, last) in file.ranges.items():
        run(
            connection,
            "INSERT INTO received_range(place, stream, first, last, before) VALUES(?, ?, ?, ?, ?)",
            (file.place, stream, first, last, before.get(stream)),
        )


def set_state(connection: Connection, place: str, state: State) -> None:
    """Another state of a booked file."""
    run(connection, "UPDATE received SET state = ? WHERE place = ?", (state, place))
    if state != "accepted":
        run(connection, "UPDATE received_range SET before = NULL WHERE place = ?", (place,))


def received_file(connection: Connection, place: str) -> ReceivedFile | None:
    """The file kept at this place; one that a known desk sent and that was taken in lies under its bundle id."""
    return next(iter(_read(connection, "place = ?", (place,))), None)


def received_files(connection: Connection, *states: State, org: str | None = None) -> list[ReceivedFile]:
    """Booked files in these states, of one office when named, in the order in which they came."""
    marks = ", ".join("?" for _ in states)
    where, parameters = (f"state IN ({marks})", [*states]) if states else ("1", [])
    wanted: list[object] = [*parameters]
    if org is not None:
        where, wanted = f"{where} AND org = ?", [*wanted, org]
    return _read(connection, where, wanted)


def received_digests(connection: Connection) -> dict[str, str]:
    """Bundle id → manifest digest of what is taken in now."""
    rows = run(connection, "SELECT bundle_id, digest FROM received WHERE state = 'accepted'")
    return {str(row[0]): str(row[1]) for row in rows}


def known_bundle(connection: Connection, bundle_id: str) -> ReceivedFile | None:
    """What a known desk sent under this id and counts as known: not what was only put aside."""
    where = "bundle_id = ? AND state <> 'aside' AND kind <> 'plain'"
    return next(iter(_read(connection, where, (bundle_id,))), None)


def bundle_before(connection: Connection, replica: str, seq: int) -> ReceivedFile | None:
    """The file taken in that this replica numbered last before `seq`."""
    where = "replica = ?1 AND state = 'accepted' AND seq = (SELECT max(seq) FROM received"
    where += " WHERE replica = ?1 AND state = 'accepted' AND seq < ?2)"
    return next(iter(_read(connection, where, (replica, seq))), None)


def later_month_here(connection: Connection, org: str, period: str) -> bool:
    """Whether a report of this office for a later month ("2026-11") was taken in before."""
    found = run(
        connection,
        "SELECT 1 FROM received WHERE org = ? AND state = 'accepted' AND kind = 'report'"
        " AND period GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]' AND period > ? LIMIT 1",
        (org, period),
    ).fetchone()
    return found is not None


def any_missing(connection: Connection, org: str, place: str) -> bool:
    """Whether other files of this office wait or were taken back: what comes now may stand on them."""
    found = run(
        connection,
        "SELECT 1 FROM received WHERE org = ? AND place <> ? AND state IN ('held', 'taken_back') LIMIT 1",
        (org, place),
    ).fetchone()
    return found is not None


@dataclass(frozen=True)
class Brought:
    """One record a file brought entries of; `new` when nothing of it was known before."""

    kind: str
    uid: str
    new: bool


def brought_by(connection: Connection, place: str) -> list[Brought]:
    """The records of which a file that is taken in brought something, in the order in which they were written."""
    rows = run(
        connection,
        "SELECT e.kind, e.uid, min(e.counter), max(NOT EXISTS (SELECT 1 FROM entry AS earlier"
        " WHERE earlier.kind = e.kind AND earlier.uid = e.uid AND (earlier.stream <> e.stream"
        " AND earlier.lamport < e.lamport OR earlier.stream = e.stream AND earlier.counter <= r.before)))"
        " FROM received_range AS r JOIN received AS f ON f.place = r.place AND f.state = 'accepted'"
        " JOIN entry AS e ON e.stream = r.stream AND e.counter BETWEEN max(r.first, r.before + 1) AND r.last"
        " WHERE r.place = ? GROUP BY e.kind, e.uid ORDER BY r.stream, min(e.counter)",
        (place,),
    )
    return [Brought(str(row[0]), str(row[1]), bool(row[3])) for row in rows]


def own_written(connection: Connection, stream: str, counter: int) -> int:
    """How far a stream was written here, when received files brought more of it back (a restored copy)."""
    found = run(
        connection,
        "SELECT min(before) FROM received_range WHERE stream = ? AND before IS NOT NULL",
        (stream,),
    ).fetchone()
    return counter if found is None or found[0] is None else int(str(found[0]))


def _read(connection: Connection, where: str, parameters: Sequence[object]) -> list[ReceivedFile]:
    rows = run(
        connection,
        f"SELECT {_COLUMNS} FROM received WHERE {where} ORDER BY received_at, place",
        parameters,
    ).fetchall()
    return [_file(connection, tuple(str(each) for each in row)) for row in rows]


def _file(connection: Connection, row: tuple[str, ...]) -> ReceivedFile:
    ranges = run(connection, "SELECT stream, first, last FROM received_range WHERE place = ?", (row[0],))
    told: Mapping[str, JsonValue] = json.loads(row[12])
    return ReceivedFile(
        place=row[0],
        bundle_id=row[1],
        digest=row[2],
        org=row[3],
        replica=row[4],
        seq=int(row[5]),
        kind=row[6],
        period=row[7],
        state=_state(row[8]),
        created_at=row[9],
        received_at=row[10],
        file_name=row[11],
        verdict=told,
        ranges={str(each[0]): (int(str(each[1])), int(str(each[2]))) for each in ranges},
    )


def _state(told: str) -> State:
    for state in ("accepted", "held", "taken_back"):
        if told == state:
            return state
    return "aside"
