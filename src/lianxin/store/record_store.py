"""The office's ledger as the other rooms see it: make it, open it, read it, write it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine

from lianxin.domain.canonical import JsonValue, canonical
from lianxin.domain.dictionary import Record, kinds
from lianxin.domain.identity import Randomness
from lianxin.domain.journal import project
from lianxin.domain.streams import replica_id
from lianxin.store import journal_log, search, tables
from lianxin.store.database import DATABASE_NAME, immediate, open_database, reading
from lianxin.store.migrate import prepare
from lianxin.store.passphrase import DatabaseKey
from lianxin.store.projection import stored_lookup, write_row
from lianxin.store.reading import Reading
from lianxin.store.witness import Witness, is_old_copy, read_witness, write_witness
from lianxin.store.writing import Author, Writing

NUMBER_JUMP = 100
"""How far the numbers of a kind jump after a new replica id (journal.md, "Copies")."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Surroundings:
    """What the store cannot know by itself: time, randomness, this computer, this user's folder."""

    clock: Callable[[], datetime]
    randomness: Randomness
    machine: str
    witness_folder: Path


class RecordStore:
    """One open ledger. `home` is the data folder; close it with `close`."""

    def __init__(self, home: Path, key: DatabaseKey, engine: Engine, around: Surroundings) -> None:
        self.home, self.key, self.engine = home, key, engine
        self._around = around
        self._actor = ""

    @staticmethod
    def create(
        home: Path, key: DatabaseKey, around: Surroundings, *, org_code: str, actor: str
    ) -> RecordStore:
        """Makes the ledger of a new office, with its first replica id. `org_code` has 6 or 9 digits."""
        prepare(home / DATABASE_NAME, key, create=True)
        store = RecordStore(home, key, open_database(home / DATABASE_NAME, key), around)
        store._actor = actor
        with immediate(store.engine) as connection:
            store._begin_replica(connection, org_code, block=1)
            search.make_index(connection)
        store._refresh_tables(lambda done, total: None)
        return store

    @staticmethod
    def open(
        home: Path,
        key: DatabaseKey,
        around: Surroundings,
        *,
        actor: str,
        progress: Progress = lambda done, total: None,
    ) -> RecordStore:
        """Opens an existing ledger, upgraded and projected for the dictionary of this program.

        Raises NotADatabase, NewerDatabase and the other problems of `database` and `migrate`.
        """
        prepare(home / DATABASE_NAME, key)
        store = RecordStore(home, key, open_database(home / DATABASE_NAME, key), around)
        store._actor = actor
        store._refresh_tables(progress)
        return store

    def close(self) -> None:
        """Lets go of the data folder."""
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """One snapshot for one use case."""
        with reading(self.engine) as connection:
            yield Reading(connection)

    @contextmanager
    def writing(self, *, reason: str, batch: str | None = None) -> Iterator[Writing]:
        """The one door: all that is put inside is stored together when the block ends well, or nothing is."""
        with immediate(self.engine) as connection:
            replica = self._replica_for_writing(connection)
            door = Writing(
                connection,
                author=Author(replica, self._actor),
                reason=reason,
                batch=batch,
                clock=self._around.clock,
                randomness=self._around.randomness,
            )
            yield door
            door.finish()
            counter = _written(connection, replica)
            identity = self._identity(connection, replica)
        write_witness(self._around.witness_folder, Witness(replica, self._place(), identity, counter))

    @contextmanager
    def bookkeeping(self) -> Iterator[Connection]:
        """A write to the tables beside the journal: drafts, settings, the local log. Never to records."""
        with immediate(self.engine) as connection:
            yield connection

    def set_setting(self, name: str, value: JsonValue) -> None:
        """Keeps a setting of this computer."""
        with self.bookkeeping() as connection:
            connection.exec_driver_sql(
                "INSERT OR REPLACE INTO setting(name, value) VALUES(?, ?)", (name, canonical(value).decode())
            )

    def note(self, what: str, detail: str) -> None:
        """Adds a line to the log that never leaves this computer."""
        with self.bookkeeping() as connection:
            at = self._around.clock().isoformat(timespec="seconds")
            connection.exec_driver_sql(
                "INSERT INTO local_log(at, what, detail) VALUES(?, ?, ?)", (at, what, detail)
            )

    @property
    def replica(self) -> str:
        """The replica id in force."""
        with reading(self.engine) as connection:
            return _replica_in_force(connection)[0]

    def now(self) -> datetime:
        """The local time with offset, from the clock given."""
        return self._around.clock()

    def random(self, count: int) -> bytes:
        """Random bytes from the source given."""
        return self._around.randomness(count)

    def project_anew(self, progress: Progress = lambda done, total: None) -> None:
        """Drops every record table and the index, and makes them again from the journal."""
        with immediate(self.engine) as connection:
            search.drop_index(connection)
            search.make_index(connection)
            _project_into(connection, list(kinds()), progress)

    def _refresh_tables(self, progress: Progress) -> None:
        with reading(self.engine) as connection:
            stale = tables.stale_kinds(connection)
        if stale:
            with immediate(self.engine) as connection:
                search.make_index(connection)
                for cls in stale:
                    connection.exec_driver_sql("DELETE FROM words WHERE kind = ?", (cls.KIND,))
                _project_into(connection, stale, progress)

    def _place(self) -> str:
        return f"{self._around.machine}:{self.home.resolve()}"

    def _begin_replica(self, connection: Connection, org_code: str, block: int) -> str:
        now = self._around.clock().isoformat(timespec="seconds")
        replica = replica_id(org_code, self._around.randomness(6))
        connection.exec_driver_sql("UPDATE replica_state SET ended_at = ? WHERE ended_at IS NULL", (now,))
        connection.exec_driver_sql(
            "INSERT INTO replica_state(replica, place, file_identity, number_block, began_at)"
            " VALUES(?, ?, ?, ?, ?)",
            (replica, self._place(), self._around.randomness(16).hex(), block, now),
        )
        return replica

    def _replica_for_writing(self, connection: Connection) -> str:
        """The replica id in force, or a fresh one when this is a copy or a restored ledger."""
        replica, identity, block = _replica_in_force(connection)
        counter = _written(connection, replica)
        kept = read_witness(self._around.witness_folder, replica)
        if counter == 0 and identity and kept is None:
            return replica
        if not is_old_copy(kept, place=self._place(), file_identity=identity, counter=counter):
            return replica
        org_code = replica.partition("-")[0]
        connection.exec_driver_sql("UPDATE number_sequence SET last = last + ?", (NUMBER_JUMP,))
        return self._begin_replica(connection, org_code, block)

    def _identity(self, connection: Connection, replica: str) -> str:
        found = connection.exec_driver_sql(
            "SELECT file_identity FROM replica_state WHERE replica = ?", (replica,)
        ).scalar_one()
        return str(found)


def _replica_in_force(connection: Connection) -> tuple[str, str, int]:
    found = connection.exec_driver_sql(
        "SELECT replica, file_identity, number_block FROM replica_state WHERE ended_at IS NULL"
    ).one()
    return str(found[0]), str(found[1]), int(found[2])


def _written(connection: Connection, replica: str) -> int:
    total = connection.exec_driver_sql(
        "SELECT coalesce(sum(counter), 0) FROM stream_head WHERE replica = ?", (replica,)
    ).scalar_one()
    return int(total)


def _project_into(connection: Connection, stale: list[type[Record]], progress: Progress) -> None:
    for cls in stale:
        tables.make_anew(connection, cls)
    wanted = {cls.KIND: cls for cls in stale}
    states = project(entry for entry in journal_log.entries_in_order(connection) if entry.kind in wanted)
    lookup = stored_lookup(connection)
    for done, ((kind, _), state) in enumerate(states.items()):
        write_row(connection, wanted[kind], state, None, lookup)
        if done % 500 == 0:
            progress(done, len(states))
