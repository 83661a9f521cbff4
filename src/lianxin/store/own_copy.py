"""A sealed copy of what this office wrote for others and of its books, beside the kept bundles.

With it and them a lost database is made anew: the bundles hold what others wrote, the copy what we did. Entries go
out in stretches, each written once; the books are small and written whole.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from lianxin.domain.canonical import JsonValue, NotCanonical, canonical, parse_strict
from lianxin.domain.streams import COUNTY_DIGITS, LOCAL, audience_of, replica_of
from lianxin.store import journal_log
from lianxin.store.acknowledged import own_replicas
from lianxin.store.database import sidecars
from lianxin.store.errors import StoreProblem
from lianxin.store.kept_bundles import KeptBundles
from lianxin.store.kept_wiping import OWN, VALUES, opening_in
from lianxin.store.layout import DATABASE_NAME, KEYRING_NAME, REBUILDING_NAME
from lianxin.store.passphrase import DatabaseKey
from lianxin.store.reading import Reading
from lianxin.store.record_store import NUMBER_JUMP, RecordStore, Surroundings
from lianxin.store.statements import run

if TYPE_CHECKING:
    from lianxin.store.taking_in import CarriedOpening, Delivery

JOURNAL, BOOKS = "data/journal.jsonl", "books.json"
_BOOKS = f"{OWN}books"
_REACHED = "own-copy"
_TABLES = (
    "setting", "received", "received_range", "acknowledgement", "number_sequence", "number_void", "replica_state",
)  # fmt: skip


class NothingToRebuild(StoreProblem):
    """There is no copy beside the kept bundles, or it does not open."""

    code = "R306"

    def __init__(self, home: Path) -> None:
        super().__init__(f"{home} 里没有可用来重建的留存资料，没有改动任何数据。请从备份恢复。")


class RebuildUnfinished(StoreProblem):
    """The ledger is being made anew and lacks what is to come; begun again it is made from the start."""

    code = "R307"

    def __init__(self) -> None:
        super().__init__(
            "数据正在从留存的报送件重建，还没有做完，先不要使用。请再运行一次 rebuild，或从备份恢复。"
        )


def require_whole(home: Path) -> None:
    """Raises RebuildUnfinished while a ledger is being made anew."""
    if (home / REBUILDING_NAME).exists():
        raise RebuildUnfinished


def note_whole(home: Path) -> None:
    """The ledger that was made anew may be used."""
    (home / REBUILDING_NAME).unlink(missing_ok=True)


def is_lost(home: Path) -> bool:
    """Whether a data folder has its key and kept bundles, but no database any more, or one that is half made."""
    database = home / DATABASE_NAME
    return (home / KEYRING_NAME).exists() and (not database.exists() or (home / REBUILDING_NAME).exists())


def keeps_own(store: RecordStore) -> bool:
    """Whether this office keeps such a copy: a county."""
    return len(store.replica.partition("-")[0]) == COUNTY_DIGITS


def keep_own(store: RecordStore, kept: KeptBundles) -> None:
    """Brings the copy up to date: a stretch with what is new in our streams, and the books when they changed.

    Only at a county, which writes little itself: a township's ledger is its own work, and what it sent lies with
    the county.
    """
    if not keeps_own(store):
        return
    with store.reading() as reading:
        told = reading.setting(_REACHED)
        reached = (
            {str(n): int(str(c)) for n, c in told.items() if n != "books"} if isinstance(told, dict) else {}
        )
        own = set(own_replicas(reading.connection))
        now = {
            stream: tip.counter
            for stream, tip in journal_log.tips(reading.connection).items()
            if replica_of(stream) in own and audience_of(stream) != LOCAL
        }
        books = canonical(_books(reading.connection))
        if any(counter > reached.get(stream, 0) for stream, counter in now.items()):
            place = f"{OWN}{len(_stretches(kept)) + 1:06d}"
            kept.keep(place, _members(reading, list(now), reached))
            kept.settle(place)
    digest = hashlib.sha256(books).hexdigest()
    if not isinstance(told, dict) or told.get("books") != digest:
        kept.keep(_BOOKS, [(BOOKS, [books])])
        kept.settle(_BOOKS)
    if now != reached or not isinstance(told, dict) or told.get("books") != digest:
        store.set_setting(_REACHED, {**now, "books": digest})


def _members(
    reading: Reading, streams: list[str], after: Mapping[str, int]
) -> Iterator[tuple[str, Iterator[bytes]]]:
    # Every start asks whether a copy is kept; to write or read one is asked for by counties alone.
    from lianxin.store.carrying import lines_beyond, values_beyond

    yield JOURNAL, (each.line + b"\n" for each in lines_beyond(reading, streams, after))
    yield (
        VALUES,
        (
            canonical(
                {
                    "stream": each.entry.stream,
                    "counter": each.entry.counter,
                    "field": each.field,
                    "salt": each.kept.salt,
                    "value": each.kept.value,
                }
            )
            + b"\n"
            for each in values_beyond(reading, streams, after)
        ),
    )


def _stretches(kept: KeptBundles) -> list[str]:
    return [place for place in kept.places() if place.startswith(OWN) and place != _BOOKS]


def _books(connection: Connection) -> dict[str, JsonValue]:
    return {table: _rows(connection, table) for table in _TABLES}


def _rows(connection: Connection, table: str) -> list[JsonValue]:
    where = f"WHERE name <> '{_REACHED}'" if table == "setting" else ""
    rows = run(connection, f'SELECT * FROM "{table}" {where} ORDER BY 1, 2').fetchall()
    return [[each if isinstance(each, str | int) else None for each in row] for row in rows]


def kept_setting(home: Path, key: DatabaseKey, name: str) -> JsonValue:
    """A setting as the copy in a data folder (or in one put aside) holds it; None when it does not open."""
    try:
        books = parse_strict(b"".join(KeptBundles(home, key).chunks(_BOOKS, BOOKS)))
        rows = _listed(books.get("setting")) if isinstance(books, dict) else []
        return next((parse_strict(str(row[1]).encode()) for row in rows if row[0] == name), None)
    except (StoreProblem, NotCanonical, OSError):
        return None


def from_backup(reading: Reading) -> str | None:
    """The replica id in force in a ledger that is not the one it began as: restored, copied or made anew.

    None for one that always was here. A restored ledger keeps its former id until the first write.
    """
    rows = run(reading.connection, "SELECT replica, file_identity, ended_at FROM replica_state").fetchall()
    current = next((row for row in rows if row[2] is None), None)
    if current is None or (len(rows) == 1 and current[1]):
        return None
    return str(current[0]) if current[1] else ""


def make_lost(home: Path, key: DatabaseKey, around: Surroundings, *, actor: str) -> RecordStore:
    """A fresh ledger with the books of the lost one, under a new replica id; entries are taken in afterwards.

    Numbers jump, since the lost ledger may have given more than the copy knows. What an earlier attempt left half
    made goes; until `note_whole` nobody opens the new one. Raises NothingToRebuild.
    """
    kept = KeptBundles(home, key)
    try:
        told = parse_strict(b"".join(kept.chunks(_BOOKS, BOOKS)))
    except StoreProblem as missing:
        raise NothingToRebuild(home) from missing
    if not isinstance(told, dict):
        raise NothingToRebuild(home)
    replicas = told["replica_state"]
    if not isinstance(replicas, list) or not replicas or not isinstance(replicas[0], list):
        raise NothingToRebuild(home)
    org_code = str(replicas[0][0]).partition("-")[0]
    marker, database = home / REBUILDING_NAME, home / DATABASE_NAME
    if marker.exists():
        for left in (database, *sidecars(database)):
            left.unlink(missing_ok=True)
    marker.touch()
    store = RecordStore.create(home, key, around, org_code=org_code, actor=actor)
    with store.bookkeeping() as connection:
        for table in _TABLES:
            for row in _listed(told.get(table)):
                marks = ", ".join("?" for _ in row)
                run(connection, f'INSERT OR IGNORE INTO "{table}" VALUES({marks})', row)
        ended = around.clock().isoformat(timespec="seconds")
        run(
            connection,
            "UPDATE replica_state SET ended_at = ? WHERE ended_at IS NULL AND replica <> ?",
            (ended, _newest(connection, told)),
        )
        run(connection, "UPDATE number_sequence SET last = last + ?", (NUMBER_JUMP,))
        run(connection, "DELETE FROM setting WHERE name = ?", (_REACHED,))
    return store


def _newest(connection: Connection, told: Mapping[str, JsonValue]) -> str:
    former = {str(row[0]) for row in _listed(told.get("replica_state"))}
    return next(each for each in own_replicas(connection) if each not in former)


def _listed(told: JsonValue) -> list[list[str | int | None]]:
    if not isinstance(told, list):
        return []
    rows = (row for row in told if isinstance(row, list))
    return [[each if isinstance(each, str | int) else None for each in row] for row in rows]


def own_deliveries(store: RecordStore, kept: KeptBundles) -> Iterator[Delivery]:
    """What this office wrote itself, stretch by stretch, to be taken in like a bundle."""
    from lianxin.store.taking_in import Delivery

    org = store.replica.partition("-")[0]
    for place in _stretches(kept):
        yield Delivery(org, org, {}, kept.lines(place, JOURNAL), _openings(kept, place), own_copy=True)


def _openings(kept: KeptBundles, place: str) -> Iterator[CarriedOpening]:
    for line in kept.lines(place, VALUES):
        read = opening_in(line)
        if read is not None:
            yield read
