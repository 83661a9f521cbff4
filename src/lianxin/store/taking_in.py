"""Taking entries of other desks in: one transaction per bundle, each touched record projected once.

Whatever a bundle holds, this costs by its size and not by the ledger's: lines go in by the hundred, states of new
records grow in memory, and only records that stood here before are read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from sqlalchemy import Connection

from lianxin.domain.arrival import Arrival, Known, Trouble
from lianxin.domain.dictionary import SCHEMA, Record, kinds
from lianxin.domain.journal import (
    Entry,
    EntryId,
    RecordState,
    Write,
    advance,
    parse_entry,
    settled,
)
from lianxin.domain.streams import Tip, org_of
from lianxin.domain.values import ERASED, Beside, Kept
from lianxin.store import drafts, journal_log, search
from lianxin.store.projection import (
    FirstRow,
    Row,
    erase_value,
    first_row,
    note_still_kept,
    put_values,
    read_row,
    stored_lookup,
    write_first_rows,
    write_row,
)
from lianxin.store.statements import run
from lianxin.store.tables import QUESTION
from lianxin.store.writing import Writing

Key = tuple[str, str]
CarriedOpening = tuple[EntryId, str, Kept]
_AT_ONCE = 500
# Where a canonical line names its entry and record. A quotation mark inside a text is escaped, so none of these is
# found in one; and a line whose hash is known is what it was when it was read.
_NAME = re.compile(rb',"stream":"([^"\\]+)","uid":"([^"\\]+)"\}$')
_COUNTER = re.compile(rb'^\{"actor":"(?:[^"\\]|\\.)*","at":"[^"]*","counter":([0-9]{1,16}),')
_KIND = re.compile(rb',"kind":"([^"\\]+)","lamport":')
_IN_MEMORY = 20_000


class NotTaken(Exception):
    """A bundle that cannot be taken in; nothing of it was kept."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.what, trouble.entry.text(), trouble.why)
        self.trouble = trouble


def _parsed(lines: Sequence[bytes]) -> Iterable[Entry]:
    return map(parse_entry, lines)


@dataclass(frozen=True)
class Delivery:
    """What arrives: `org` is the office whose desk signed it, `reader` this office.

    `lines` are canonical entries in the order of the bundle, then `values` (entry, field, salt and value);
    `former`, `patient` and `own_copy` as in `Arrival`. `read` may be any reader of some lines that takes
    and refuses what `parse_entry` does.
    """

    org: str
    reader: str
    acknowledges: Mapping[str, int]
    lines: Iterable[bytes]
    values: Iterable[CarriedOpening] = ()
    former: frozenset[str] = frozenset()
    patient: bool = False
    own_copy: bool = False
    read: Callable[[Sequence[bytes]], Iterable[Entry]] = _parsed


@dataclass(frozen=True)
class Touched:
    """One record of a bundle: what happened to it, and whether the bundle opened a question about it."""

    kind: str
    uid: str
    outcome: Literal["new", "changed", "same"]
    asked: bool = False


@dataclass(frozen=True)
class Taken:
    """What a bundle brought. `before` is how far each stream with something new was known.

    `newer` says that there is something a newer program wrote and this one cannot show.
    """

    records: tuple[Touched, ...]
    entries: int
    values: int
    before: Mapping[str, int]
    newer: bool
    erased: bool

    def count(self, outcome: str) -> int:
        """How many records came out so."""
        return sum(1 for each in self.records if each.outcome == outcome)

    @property
    def conflicts(self) -> int:
        """How many records are in question since."""
        return sum(1 for each in self.records if each.asked)


def take_in(writing: Writing, delivery: Delivery) -> Taken:
    """Adds what is new of a bundle and projects it. Raises NotTaken, and then nothing has happened.

    Comes before anything is put in the same transaction, so that what is written after it counts it as known.
    """
    connection = writing.connection
    with savepoint(connection):
        reception = _Reception(connection, writing.tips, delivery)
        reception.hear()
        reception.open_values()
        if reception.arrival.trouble is not None:
            raise NotTaken(reception.arrival.trouble)
        taken = reception.close()
    for stream, tip in reception.arrival.tips.items():
        if stream in taken.before:
            writing.heard(stream, tip)
    return taken


@contextmanager
def savepoint(connection: Connection) -> Iterator[None]:
    """A part of a transaction that is kept whole or not at all, without ending the transaction."""
    run(connection, "SAVEPOINT part")
    try:
        yield
    except BaseException:
        run(connection, "ROLLBACK TO part")
        run(connection, "RELEASE part")
        raise
    run(connection, "RELEASE part")


class _Reception:
    """One bundle being taken in."""

    def __init__(self, connection: Connection, tips: Mapping[str, Tip], delivery: Delivery) -> None:
        self._connection, self._delivery = connection, delivery
        self._stored = stored_lookup(connection)
        self._known_kinds = {cls.KIND: cls for cls in kinds()}
        self._digests = _Digests(connection)
        self._before = {stream: tip.counter for stream, tip in tips.items()}
        self._here: dict[Key, bool] = {}
        self._touched: dict[Key, bool] = {}
        self._asked: set[Key] = set()
        self._written: set[Key] = set()
        self._states: dict[Key, RecordState] = {}
        self._rows: dict[Key, Row | None] = {}
        self._firsts: dict[Key, Entry] = {}
        self._fresh: dict[tuple[EntryId, str], Beside] = {}
        self._key_of: dict[EntryId, Key] = {}
        self._looked: set[str] = set()
        self._entries = self._values = 0
        self._newer = self._erased = False
        known = Known(tips, self._digests.of, self._owner_of, self._write_of)
        self.arrival = Arrival(
            known,
            org=delivery.org,
            reader=delivery.reader,
            acknowledges=delivery.acknowledges,
            former=delivery.former,
            patient=delivery.patient,
            own_copy=delivery.own_copy,
        )

    def hear(self) -> None:
        """Judges and stores the entries; states of their records advance in memory. Raises BadEntry."""
        lines = iter(self._delivery.lines)
        while part := list(islice(lines, _AT_ONCE)):
            rows = []
            fresh = [line for line in part if not self._recalled(line)]
            for line, entry in zip(fresh, self._delivery.read(fresh), strict=True):
                told = self.arrival.hear(entry, line)
                if self.arrival.trouble is not None:
                    continue
                key = (entry.kind, entry.uid)
                if told is None:
                    self._touched.setdefault(key, False)
                    continue
                rows.append((entry, *told))
                self._advance(key, entry)
            journal_log.append_heard(self._connection, rows)
            self._entries += len(rows)
            if len(self._states) > _IN_MEMORY:
                self._project()

    def _recalled(self, line: bytes) -> bool:
        """Whether the line is known: most of a cumulative bundle is, and need not be read again."""
        name = _NAME.search(line)
        number, kind = _COUNTER.search(line), _KIND.search(line)
        if name is None or number is None or kind is None:
            return False
        entry = EntryId(name[1].decode(), int(number[1]))
        if not self.arrival.recall(entry, line):
            return False
        self._touched.setdefault((kind[1].decode(), name[2].decode()), False)
        return True

    def open_values(self) -> None:
        """Puts values beside their entries; what was erased stays erased."""
        rows: list[tuple[EntryId, str, Kept]] = []
        for entry, name, kept in self._delivery.values:
            beside = self._beside(entry, name)
            if beside == kept:
                continue
            if not self.arrival.open(entry, name, kept) or self.arrival.trouble is not None:
                continue
            if beside is not None:
                note_still_kept(self._connection, entry, name)
                continue
            rows.append((entry, name, kept))
            self._fresh[entry, name] = kept
            key = self._key_of.get(entry) or self._key_in_store(entry)
            self._touched[key] = True
            if key not in self._states and key[0] in self._known_kinds:
                self._load(key)
        put_values(self._connection, rows)
        self._values += len(rows)

    def close(self) -> Taken:
        """Projects what was touched and answers what happened."""
        self._project()
        if self._erased:
            search.wipe_overwritten(self._connection)
        before = {
            stream: self._before.get(stream, 0)
            for stream, tip in self.arrival.tips.items()
            if tip.counter > self._before.get(stream, 0)
        }
        records = tuple(
            Touched(kind, uid, self._outcome((kind, uid)), (kind, uid) in self._asked)
            for kind, uid in self._touched
        )
        return Taken(records, self._entries, self._values, before, self._newer, self._erased)

    def _outcome(self, key: Key) -> Literal["new", "changed", "same"]:
        if not self._touched[key]:
            return "same"
        return "changed" if self._here.get(key, True) else "new"

    def _advance(self, key: Key, entry: Entry) -> None:
        self._touched[key] = True
        cls = self._known_kinds.get(entry.kind)
        if cls is None or entry.schema > SCHEMA:
            self._newer = True
        self._look_for_erased(entry.stream)
        if entry.op == "erase":
            self._erase(entry)
        elif _committed(entry):
            self._key_of[entry.id] = key
        if cls is None:
            return
        if key not in self._states:
            self._load(key)
            alone = self._rows[key] is None and entry.op == "put"
            if alone:
                # Its state is made when more comes of it.
                self._firsts[key] = entry
        else:
            alone = False
        if not alone:
            self._states[key] = advance(self._whole_state(key), entry)
        if not self._newer:
            declared = _declared(cls)
            self._newer = not entry.fields.keys() <= declared

    def _load(self, key: Key) -> None:
        stands = self._here.get(key, True) or key in self._written
        row = read_row(self._connection, self._known_kinds[key[0]], key[1]) if stands else None
        self._rows[key] = row
        self._states[key] = row.state if row is not None else RecordState(*key)

    def _erase(self, entry: Entry) -> None:
        self._erased = True
        for name in entry.fields:
            for each in entry.seen:
                erase_value(self._connection, each, name)
                self._fresh[each, name] = ERASED
        # A draft of this record may hold what has to go.
        drafts.delete_draft(self._connection, kind=entry.kind, key=entry.uid)

    def _look_for_erased(self, stream: str) -> None:
        """An erased value whose entry was taken back and comes again: it stays erased."""
        if stream in self._looked:
            return
        self._looked.add(stream)
        rows = run(
            self._connection,
            "SELECT counter, field FROM value WHERE stream = ? AND counter > ? AND state = 'erased'",
            (stream, self._before.get(stream, 0)),
        )
        for counter, field in rows.fetchall():
            self._fresh[EntryId(stream, int(str(counter))), str(field)] = ERASED

    def _beside(self, entry: EntryId, name: str) -> Beside | None:
        told = self._fresh.get((entry, name))
        if told is not None or entry.counter > self._before.get(entry.stream, 0):
            return told
        return self._stored(entry, name)

    def _project(self) -> None:
        known = journal_log.known_counters(self.arrival.tips)
        alone: list[FirstRow] = []
        for key in self._states:
            row = self._rows[key]
            first = self._first_row(key)
            if first is not None:
                alone.append(first)
                continue
            state = self._whole_state(key)
            whole = settled(state, known) if state.named else state
            asked = write_row(self._connection, self._known_kinds[key[0]], whole, row, self._beside)
            if asked and (row is None or row.cache[QUESTION] is None):
                self._asked.add(key)
        write_first_rows(self._connection, alone)
        self._written.update(self._states)
        self._states.clear()
        self._rows.clear()
        self._firsts.clear()

    def _whole_state(self, key: Key) -> RecordState:
        """The state of a record with its first entry, where that was put off."""
        first = self._firsts.pop(key, None)
        return self._states[key] if first is None else advance(self._states[key], first)

    def _first_row(self, key: Key) -> FirstRow | None:
        """The row of a record of which one entry is all that is known; None when it is more than that."""
        entry = self._firsts.get(key)
        if entry is None:
            return None
        kept: dict[str, Kept] = {}
        for name, write in entry.fields.items():
            beside = None if write.commitment is None else self._fresh.get((entry.id, name))
            if write.replaces or (write.commitment is not None and not isinstance(beside, Kept)):
                return None
            if isinstance(beside, Kept):
                kept[name] = beside
        return first_row(self._known_kinds[key[0]], entry, kept)

    def _owner_of(self, kind: str, uid: str) -> str | None:
        stream = journal_log.stream_of_record(self._connection, kind, uid)
        self._here[kind, uid] = stream is not None
        return None if stream is None else org_of(stream)

    def _write_of(self, entry: EntryId, name: str) -> Write | None:
        line = journal_log.line_of(self._connection, entry)
        return None if line is None else parse_entry(line).fields.get(name)

    def _key_in_store(self, entry: EntryId) -> Key:
        found = run(
            self._connection,
            "SELECT kind, uid FROM entry WHERE stream = ? AND counter = ?",
            (entry.stream, entry.counter),
        ).fetchone()
        assert found is not None, "its commitment was found there"
        return str(found[0]), str(found[1])


class _Digests:
    """Hashes of kept entries, read by the stretch: a bundle repeats what the one before it held."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._read: dict[str, dict[int, str]] = {}

    def of(self, entry: EntryId) -> str | None:
        """The hash of a kept entry."""
        stretch = self._read.get(entry.stream)
        if stretch is None or entry.counter not in stretch:
            rows = run(
                self._connection,
                "SELECT counter, hash FROM entry WHERE stream = ? AND counter >= ? ORDER BY counter LIMIT 1000",
                (entry.stream, entry.counter),
            )
            stretch = self._read[entry.stream] = {int(str(row[0])): str(row[1]) for row in rows}
        return stretch.get(entry.counter)


def _committed(entry: Entry) -> list[str]:
    """The fields whose values lie beside the entry; asking `any` of each takes three times as long."""
    return [name for name, write in entry.fields.items() if write.commitment is not None]


_names: dict[type[Record], frozenset[str]] = {}


def _declared(cls: type[Record]) -> frozenset[str]:
    told = _names.get(cls)
    if told is None:
        told = _names[cls] = frozenset({"_state", *(spec.wire for spec in cls.specs())})
    return told
