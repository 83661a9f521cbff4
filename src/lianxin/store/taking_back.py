"""Taking received entries out again: what remains is what was written here and what accepted files still hold.

Entries are dropped by whole streams and the remaining files taken in anew, so that nothing has to be undone entry
by entry. Erased values stay erased.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lianxin.domain.dictionary import Record, kinds
from lianxin.domain.journal import EntryId, RecordState, advance, settled
from lianxin.domain.streams import Tip, replica_of
from lianxin.store import journal_log, search
from lianxin.store.acknowledged import own_replicas
from lianxin.store.projection import drop_row, read_row, stored_lookup, write_row
from lianxin.store.received import own_written
from lianxin.store.statements import run
from lianxin.store.tables import REMOVED, UID, table_name
from lianxin.store.writing import Writing

Key = tuple[str, str]


@dataclass(frozen=True)
class Dependent:
    """A record written here that stands on what would go; `why` says how in a few words."""

    kind: str
    uid: str
    why: str


def written_elsewhere(writing: Writing, streams: Iterable[str]) -> dict[str, int]:
    """Stream → how far it was written here: 0 for another desk's, for our own what no file brought back."""
    own = set(own_replicas(writing.connection))
    found = {}
    for stream in streams:
        tip = writing.tips.get(stream, Tip()).counter
        found[stream] = own_written(writing.connection, stream, tip) if replica_of(stream) in own else 0
    return found


def drop_entries(writing: Writing, keep: Mapping[str, int]) -> set[Key]:
    """Drops the entries of these streams beyond these counters; rows are projected from what remains.

    Answers the records that were touched. Values go with their entries, but for the word that one was erased.
    """
    connection = writing.connection
    touched: set[Key] = set()
    for stream, counter in keep.items():
        rows = run(
            connection,
            "SELECT DISTINCT kind, uid FROM entry WHERE stream = ? AND counter > ?",
            (stream, counter),
        )
        touched.update((str(row[0]), str(row[1])) for row in rows.fetchall())
        run(
            connection,
            "DELETE FROM value WHERE stream = ? AND counter > ? AND state <> 'erased'",
            (stream, counter),
        )
        run(connection, "DELETE FROM entry WHERE stream = ? AND counter > ?", (stream, counter))
        run(connection, "DELETE FROM stream_head WHERE stream = ?", (stream,))
        writing.heard(stream, _tip_at(writing, stream, counter))
    project(writing, touched)
    return touched


def _tip_at(writing: Writing, stream: str, counter: int) -> Tip:
    found = run(
        writing.connection,
        "SELECT counter, hash, lamport FROM entry WHERE stream = ? AND counter <= ? ORDER BY counter DESC LIMIT 1",
        (stream, counter),
    ).fetchone()
    return Tip() if found is None else Tip(int(str(found[0])), str(found[1]), int(str(found[2])))


def project(writing: Writing, keys: Iterable[Key]) -> None:
    """Makes the rows of these records say what the journal says now; a record it does not know any more goes."""
    connection = writing.connection
    known_kinds = {cls.KIND: cls for cls in kinds()}
    known = journal_log.known_counters(writing.tips)
    lookup = stored_lookup(connection)
    for kind, uid in sorted(keys):
        cls = known_kinds.get(kind)
        if cls is None:
            continue
        entries = [entry for entry, _ in journal_log.entries_of_record(connection, kind, uid)]
        if not entries:
            drop_row(connection, cls, uid)
            continue
        state = RecordState(kind, uid)
        for entry in entries:
            state = advance(state, entry)
        write_row(connection, cls, settled(state, known), read_row(connection, cls, uid), lookup)


def wipe_index(writing: Writing) -> None:
    """Words of records that went stand in no page of the index any more."""
    search.wipe_overwritten(writing.connection)


def dependents(writing: Writing, keys: Iterable[Key], before: Mapping[str, int]) -> list[Dependent]:
    """The records written here that name entries or records which are gone now.

    `keys` are records that were touched, `before` the counters of their streams before. Asked after the taking
    back, inside its transaction, so that what another file still holds does not count as gone.
    """
    connection = writing.connection
    gone_records = [key for key in keys if journal_log.stream_of_record(connection, *key) is None]
    gone = {
        stream: writing.tips.get(stream, Tip()).counter
        for stream, counter in before.items()
        if writing.tips.get(stream, Tip()).counter < counter
    }
    own = set(own_replicas(connection))
    found = [*_naming(writing, keys, gone, own), *_referring(writing, gone_records, own)]
    return list(dict.fromkeys(found))


def _naming(
    writing: Writing, keys: Iterable[Key], gone: Mapping[str, int], own: set[str]
) -> Iterator[Dependent]:
    def missing(each: EntryId) -> bool:
        return each.stream in gone and each.counter > gone[each.stream]

    for kind, uid in keys:
        for entry, _ in journal_log.entries_of_record(writing.connection, kind, uid):
            named = [*entry.seen, *(each for write in entry.fields.values() for each in write.replaces)]
            if replica_of(entry.stream) in own and any(map(missing, named)):
                yield Dependent(kind, uid, "在它的基础上改过")
                break


def _referring(writing: Writing, gone: Sequence[Key], own: set[str]) -> Iterator[Dependent]:
    wanted: dict[str, list[str]] = {}
    for kind, uid in gone:
        wanted.setdefault(kind, []).append(uid)
    for cls in kinds():
        for spec in cls.specs():
            for uid in wanted.get(spec.kind.refers, ()):
                for row in run(
                    writing.connection,
                    f'SELECT "{UID}" FROM "{table_name(cls)}" WHERE "{spec.wire}" = ? AND "{REMOVED}" = 0',
                    (uid,),
                ).fetchall():
                    if _is_own(writing, cls, str(row[0]), own):
                        yield Dependent(cls.KIND, str(row[0]), f"{spec.label}用到它")


def _is_own(writing: Writing, cls: type[Record], uid: str, own: set[str]) -> bool:
    stream = journal_log.stream_of_record(writing.connection, cls.KIND, uid)
    return stream is not None and replica_of(stream) in own
