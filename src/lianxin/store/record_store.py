"""The office's ledger as the other rooms see it: make it, open it, read it, write it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine

from lianxin.domain.canonical import JsonValue, canonical
from lianxin.domain.dictionary import Record, kinds
from lianxin.domain.identity import Randomness, RisingUids
from lianxin.domain.journal import RecordState, advance, settled
from lianxin.domain.roles import Acting
from lianxin.domain.streams import Tip, replica_id
from lianxin.store import journal_log, search, tables
from lianxin.store.database import DATABASE_NAME, immediate, open_database, reading
from lianxin.store.errors import StoreProblem
from lianxin.store.migrate import prepare
from lianxin.store.passphrase import DatabaseKey
from lianxin.store.projection import stored_lookup, write_row
from lianxin.store.reading import Reading
from lianxin.store.statements import run
from lianxin.store.witness import Witness, is_old_copy, read_witness, write_witness
from lianxin.store.writing import Author, Writing

NUMBER_JUMP = 100
"""How far the numbers of a kind jump after a new replica id (journal.md, "Copies")."""

NEW_REPLICA = "new replica"
"""The line of the local log that says so, with the ended and the begun id and the jump of the numbers."""

Progress = Callable[[int, int], None]


class LedgerUnfinished(StoreProblem):
    """The database was made, but set-up ended before the office was written into it."""

    code = "D136"

    def __init__(self) -> None:
        super().__init__("这个数据文件夹没有建立完成，里面还没有登记任何内容。请换一个文件夹重新开始使用。")


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
        self._acting = Acting("")
        self._place = f"{around.machine}:{home.resolve()}"
        self._kept: Witness | None = None
        self._uids = RisingUids(around.clock, around.randomness)

    @staticmethod
    def create(
        home: Path, key: DatabaseKey, around: Surroundings, *, org_code: str, actor: str
    ) -> RecordStore:
        """Makes the ledger of a new office, with its first replica id. `org_code` has 6 or 9 digits."""
        prepare(home / DATABASE_NAME, key, create=True)
        store = RecordStore(home, key, open_database(home / DATABASE_NAME, key), around)
        store._acting = Acting(actor)
        with immediate(store.engine) as connection:
            replica = store._begin_replica(connection, org_code, block=1)
            search.make_index(connection)
            _project_into(connection, list(kinds()), lambda done, total: None)
        store._keep(replica)
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
        store._acting = Acting(actor)
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
            tips = journal_log.tips(connection)
            replica = self._replica_for_writing(connection, tips)
            door = Writing(
                connection,
                author=Author(replica.replica, self._acting),
                reason=reason,
                batch=batch,
                clock=self._around.clock,
                randomness=self._around.randomness,
                tips=tips,
                uids=self._uids,
            )
            yield door
            door.finish()
        counter = _written(door.tips, replica.replica)
        self._keep(Witness(replica.replica, self._place, replica.file_identity, counter))

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
            self._log(connection, what, detail)

    @property
    def replica(self) -> str:
        """The replica id in force."""
        with reading(self.engine) as connection:
            return _replica_in_force(connection)[0]

    @property
    def acting(self) -> Acting:
        """Who sits at this desk."""
        return self._acting

    def act_as(self, acting: Acting) -> None:
        """From now on this person writes; what the role does not do is refused at the door."""
        self._acting = acting

    @property
    def place(self) -> str:
        """This computer and data folder, as the witness knows them."""
        return self._place

    def now(self) -> datetime:
        """The local time with offset, from the clock given."""
        return self._around.clock()

    def new_uid(self) -> str:
        """A fresh uid; those of one process sort in the order they were asked for."""
        return self._uids()

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
        """Projects anew what another shape of the dictionary left; what this program does not know goes away."""
        with reading(self.engine) as connection:
            stale = tables.stale_kinds(connection)
            retired = tables.retired_kinds(connection)
        if not stale and not retired:
            return
        with immediate(self.engine) as connection:
            # Another window may have done it while we waited for the lock.
            stale = tables.stale_kinds(connection)
            if len(stale) == len(kinds()):
                search.drop_index(connection)
                search.make_index(connection)
            for kind in tables.retired_kinds(connection):
                tables.forget(connection, kind)
                search.drop_kind(connection, kind)
            for cls in stale:
                search.drop_kind(connection, cls.KIND)
            _project_into(connection, stale, progress)

    def _begin_replica(self, connection: Connection, org_code: str, block: int) -> Witness:
        now = self._around.clock().isoformat(timespec="seconds")
        replica = Witness(
            replica_id(org_code, self._around.randomness(6)),
            self._place,
            self._around.randomness(16).hex(),
            0,
        )
        run(connection, "UPDATE replica_state SET ended_at = ? WHERE ended_at IS NULL", (now,))
        run(
            connection,
            "INSERT INTO replica_state(replica, place, file_identity, number_block, began_at)"
            " VALUES(?, ?, ?, ?, ?)",
            (replica.replica, replica.place, replica.file_identity, block, now),
        )
        return replica

    def _replica_for_writing(self, connection: Connection, tips: Mapping[str, Tip]) -> Witness:
        """The replica id in force, or a fresh one when this is a copy or a restored ledger."""
        replica, identity, block = _replica_in_force(connection)
        counter = _written(tips, replica)
        kept = self._kept
        if kept is None or kept.replica != replica:
            kept = read_witness(self._around.witness_folder, replica)
        if not is_old_copy(kept, place=self._place, file_identity=identity, counter=counter):
            return Witness(replica, self._place, identity, counter)
        org_code = replica.partition("-")[0]
        fresh = self._begin_replica(connection, org_code, block)
        self._jump(connection, org_code, block)
        told: dict[str, JsonValue] = {"ended": replica, "begun": fresh.replica, "jump": NUMBER_JUMP}
        self._log(connection, NEW_REPLICA, canonical(told).decode())
        return fresh

    def _jump(self, connection: Connection, org_code: str, block: int) -> None:
        """Leaves room for numbers that the lost ledger may have given, also of kinds and years new to this one."""
        year = self._around.clock().year
        for cls in kinds():
            for each in (year - 1, year, year + 1) if cls.NUMBERED else ():
                run(
                    connection,
                    "INSERT OR IGNORE INTO number_sequence(org, kind, year, block, last) VALUES(?, ?, ?, ?, ?)",
                    (org_code, cls.KIND, each, block, block - 1),
                )
        run(connection, "UPDATE number_sequence SET last = last + ? WHERE block = ?", (NUMBER_JUMP, block))

    def _log(self, connection: Connection, what: str, detail: str) -> None:
        at = self._around.clock().isoformat(timespec="seconds")
        run(connection, "INSERT INTO local_log(at, what, detail) VALUES(?, ?, ?)", (at, what, detail))

    def _keep(self, written: Witness) -> None:
        kept = self._kept
        if kept is not None and kept.replica == written.replica and kept.counter >= written.counter:
            return
        self._kept = written
        # What was saved is saved: a witness left behind is what a crash leaves too.
        with suppress(OSError):
            write_witness(self._around.witness_folder, written)


def _replica_in_force(connection: Connection) -> tuple[str, str, int]:
    found = run(
        connection, "SELECT replica, file_identity, number_block FROM replica_state WHERE ended_at IS NULL"
    ).fetchone()
    if found is None:
        raise LedgerUnfinished
    return str(found[0]), str(found[1]), int(str(found[2]))


def _written(tips: Mapping[str, Tip], replica: str) -> int:
    """The sum of the counters of a replica's streams."""
    return sum(tip.counter for stream, tip in tips.items() if stream.startswith(f"{replica}/"))


def _project_into(connection: Connection, stale: list[type[Record]], progress: Progress) -> None:
    """Makes the tables of these kinds and fills them, record by record, so that memory does not grow."""
    for cls in stale:
        tables.make_anew(connection, cls)
    wanted = {cls.KIND: cls for cls in stale}
    known = journal_log.known_counters(journal_log.tips(connection))
    lookup = stored_lookup(connection)
    written = [each for each in journal_log.records_written(connection) if each[0] in wanted]
    for done, (kind, uid) in enumerate(written):
        state = RecordState(kind, uid)
        for entry, _ in journal_log.entries_of_record(connection, kind, uid):
            state = advance(state, entry)
        write_row(connection, wanted[kind], settled(state, known), None, lookup)
        if done % 500 == 0:
            progress(done, len(written))
