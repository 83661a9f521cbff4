"""The one door for writes: compares with what is stored, appends an entry, updates row and index, all at once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection

from lianxin.domain.dictionary import SCHEMA, Record, Wire, kind_named, merge_units
from lianxin.domain.identity import Randomness, RisingUids
from lianxin.domain.journal import (
    PRESENT,
    REMOVED,
    STATE,
    Entry,
    EntryId,
    Op,
    RecordState,
    Write,
    advance,
    settled,
)
from lianxin.domain.personal_words import holds_personal
from lianxin.domain.roles import Acting, act_for
from lianxin.domain.streams import Tip, next_lamport, stream_of
from lianxin.domain.values import Beside, Kept, commitment_to
from lianxin.store import drafts, journal_log, search
from lianxin.store.acting import require
from lianxin.store.errors import StoreProblem
from lianxin.store.former_values import former_values
from lianxin.store.lying_beside import content_fields, declared_beside, lies_beside
from lianxin.store.projection import (
    Row,
    erase_value,
    put_value,
    read_row,
    stored_lookup,
    write_first,
    write_row,
)
from lianxin.store.whose_stream import audience_for, require_ours

Outcome = Literal["new", "changed", "same", "removed", "restored", "erased"]


class RecordGone(StoreProblem):
    """A removed record was written; it has to be restored first."""

    code = "D134"

    def __init__(self, label: str, uid: str) -> None:
        self.uid = uid
        super().__init__(f"这条{label}已经删除，没有改动。请先在回收站里恢复，再修改。")


class RecordUnknown(StoreProblem):
    """No record has this uid."""

    code = "D135"

    def __init__(self, label: str, uid: str) -> None:
        self.uid = uid
        super().__init__(f"没有找到这条{label}（{uid}），没有改动任何数据。")


class ChangedSince(StoreProblem):
    """What is to be taken back was written over by somebody else meanwhile."""

    code = "D137"

    def __init__(self, label: str, uid: str) -> None:
        self.uid = uid
        super().__init__(f"这条{label}后来又有人改过，没有撤销，后来的内容都在。需要的话请打开它直接改。")


@dataclass(frozen=True)
class Change:
    """What one write did; `fields` are the wire names that got another value, `entry` is what was written."""

    kind: str
    uid: str
    outcome: Outcome
    fields: tuple[str, ...] = ()
    entry: EntryId | None = None


@dataclass(frozen=True)
class Author:
    """Who writes, and on which replica; only the short actor code of the person travels."""

    replica: str
    acting: Acting


class Writing:
    """One transaction of writes. Made by `RecordStore.writing`; nothing is stored until it closes well."""

    def __init__(
        self,
        connection: Connection,
        *,
        author: Author,
        reason: str,
        batch: str | None,
        clock: Callable[[], datetime],
        randomness: Randomness,
        tips: dict[str, Tip],
        uids: Callable[[], str] | None = None,
    ) -> None:
        self.connection = connection
        self.changes: list[Change] = []
        self._author, self._reason, self._batch = author, reason, batch
        self._clock, self._randomness = clock, randomness
        self._tips = tips
        self._touched: set[str] = set()
        self._stored = stored_lookup(connection)
        self._fresh: dict[tuple[EntryId, str], Kept] = {}
        self._streams: dict[str, str] = {}
        self._behalf = ""
        self._last = ""
        self._written: EntryId | None = None
        self._unwritten: set[str] = set()
        self._people: set[str] = set()
        self._uids = uids or RisingUids(clock, randomness)

    def new_uid(self) -> str:
        """A fresh uid for a record about to be put; those of one process sort in the order they were asked for."""
        uid = self._uids()
        self._unwritten.add(uid)
        return uid

    def names_people(self, names: Iterable[str]) -> None:
        """Tells whom the following texts may name: one that does is kept beside its entry, like a phone number.

        The words of a visitor travel openly, his name in them does not (journal.md, "Values beside entries").
        """
        self._people.update(name for name in names if name)

    def now(self) -> datetime:
        """The local time with offset at which this is written."""
        return self._clock()

    def put(self, record: Record, *, opened: Record | None = None) -> Change:
        """Stores the record as it is: new, changed in some fields, or the same. Raises RecordGone.

        With `opened`, the record as the form showed it, only what was changed in the form is written: what
        another window stored in other fields meanwhile stays.
        """
        cls = type(record)
        if not record.uid:
            raise ValueError("a record without a uid")
        row = None if record.uid in self._unwritten else read_row(self.connection, cls, record.uid)
        values = record.packed()
        if row is None:
            wanted = {wire: value for wire, value in values.items() if value is not None}
            return self._put(cls, record.uid, row, wanted or {"remark": None}, "new")
        if row.state.removed:
            raise RecordGone(cls.LABEL, record.uid)
        if opened is not None:
            former = opened.packed()
            values = {w: v if _differs(v, former[w]) else row.values[w] for w, v in values.items()}
        changed = tuple(wire for wire, value in values.items() if _differs(value, row.values[wire]))
        if not changed:
            return self._note(Change(cls.KIND, record.uid, "same"))
        return self._put(cls, record.uid, row, _whole(cls, row, values, changed), "changed", changed)

    def settle(self, cls: type[Record], uid: str, values: Mapping[str, Wire]) -> Change:
        """Answers open questions: these packed values by wire name stand, and every head known here is named.

        Also a value that is shown already is written, since only an entry ends a conflict. Raises RecordUnknown,
        RecordGone; KeyError for a name the dictionary does not hold.
        """
        row = self._row(cls, uid)
        if row.state.removed:
            raise RecordGone(cls.LABEL, uid)
        names = tuple(cls.spec(wire).wire for wire in values)
        if not names:
            return self._note(Change(cls.KIND, uid, "same"))
        whole = _whole(cls, row, {**row.values, **values}, names)
        return self._put(cls, uid, row, whole, "changed", names)

    def remove(self, cls: type[Record], uid: str) -> Change:
        """Takes a record out of sight; it stays in the journal and can be restored. Raises RecordUnknown."""
        row = self._row(cls, uid)
        if row.state.removed:
            return self._note(Change(cls.KIND, uid, "same"))
        seen = _seen(row.state)
        state = Write(REMOVED, None, row.state.head_ids(STATE))
        self._append(cls, uid, row, "remove", {STATE: state}, seen)
        return self._note(Change(cls.KIND, uid, "removed"))

    def restore(self, cls: type[Record], uid: str) -> Change:
        """Brings a removed record back as it was. Raises RecordUnknown."""
        row = self._row(cls, uid)
        if not row.state.removed and not row.state.contested:
            return self._note(Change(cls.KIND, uid, "same"))
        seen = _seen(row.state)
        state = Write(PRESENT, None, row.state.head_ids(STATE))
        self._append(cls, uid, row, "restore", {STATE: state}, seen)
        return self._note(Change(cls.KIND, uid, "restored"))

    def erase(self, cls: type[Record], uid: str, fields: Iterable[str]) -> Change:
        """Takes personal values away for good, here and downstream; ids and chain stay (journal.md)."""
        require(self._author.acting, "erase")
        row = self._row(cls, uid)
        wanted = [name for name in fields if cls.spec(name).withheld_able]
        written = [
            entry
            for entry, _ in journal_log.entries_of_record(self.connection, cls.KIND, uid)
            if entry.op == "put" and any(name in entry.fields for name in wanted)
        ]
        names = tuple(name for name in wanted if any(name in entry.fields for entry in written))
        seen = tuple(sorted(entry.id for entry in written))
        if all((each, name) in row.state.erased for each in seen for name in names):
            return self._note(Change(cls.KIND, uid, "same"))
        self._append(cls, uid, row, "erase", {name: Write() for name in names}, seen)
        search.wipe_overwritten(self.connection)
        # A draft of this record may hold what has to go.
        drafts.delete_draft(self.connection, kind=cls.KIND, key=uid)
        return self._note(Change(cls.KIND, uid, "erased", names))

    def undo(self, kind: str, uid: str, entry: EntryId | None = None) -> Change:
        """Takes one entry of a record back by a new one: the one named, otherwise its latest.

        A field that somebody wrote after it keeps the later value. Raises RecordUnknown; ChangedSince when
        nothing of the entry stands any more, or a record it made was gone on with.
        """
        cls = kind_named(kind)
        history = [each for each, _ in journal_log.entries_of_record(self.connection, kind, uid)]
        acts = [each for each in history if each.op != "erase" and (entry is None or each.id == entry)]
        if not acts:
            raise RecordUnknown(cls.LABEL, uid)
        act = acts[-1]
        if act.op != "put":
            if any(each.op not in ("put", "erase") for each in history[history.index(act) + 1 :]):
                raise ChangedSince(cls.LABEL, uid)
            return self.restore(cls, uid) if act.op == "remove" else self.remove(cls, uid)
        puts = [each.id for each in history if each.op == "put"]
        if puts[0] == act.id:
            if len(puts) > 1:
                raise ChangedSince(cls.LABEL, uid)
            return self.remove(cls, uid)
        return self.take_back(cls, uid, history, {act.id})

    def take_back(
        self, cls: type[Record], uid: str, history: Sequence[Entry], mine: Collection[EntryId]
    ) -> Change:
        """Gives every field that stands as `mine` wrote it its former value. Raises RecordUnknown, ChangedSince."""
        row = self._row(cls, uid)
        former = list(former_values(history, mine, self._lookup))
        if not former or row.state.removed:
            raise ChangedSince(cls.LABEL, uid)
        # What lay beside its entry because it names somebody does not come back openly.
        self.names_people(each.value for each in former if each.beside and isinstance(each.value, str))
        before = {each.name: each.value for each in former}
        return self._put(cls, uid, row, before, "changed", tuple(before))

    @contextmanager
    def on_behalf(self, code: str) -> Iterator[None]:
        """What is written inside is a township's without the program; it never leaves this county (ADR 0024)."""
        self._behalf = code
        try:
            yield
        finally:
            self._behalf = ""

    def forget_draft(self, kind: str, key: str) -> None:
        """Drops a draft in the transaction that saves what it held."""
        drafts.delete_draft(self.connection, kind=kind, key=key)

    def finish(self) -> None:
        """Notes how far the streams are now; called once before the commit."""
        for stream in self._touched:
            journal_log.set_tip(self.connection, stream, self._tips[stream])

    @property
    def replica(self) -> str:
        """The replica id under which is written here."""
        return self._author.replica

    @property
    def tips(self) -> Mapping[str, Tip]:
        """How far each stream is known inside this transaction."""
        return self._tips

    def heard(self, stream: str, tip: Tip) -> None:
        """Another desk's stream is known so far now, or not at all; what is written after it counts it as known."""
        if tip.counter:
            self._tips[stream] = tip
            self._touched.add(stream)
        else:
            self._tips.pop(stream, None)
            self._touched.discard(stream)
        self._last = ""

    def _row(self, cls: type[Record], uid: str) -> Row:
        row = read_row(self.connection, cls, uid)
        if row is None:
            raise RecordUnknown(cls.LABEL, uid)
        return row

    def _lookup(self, entry: EntryId, name: str) -> Beside | None:
        return self._fresh.get((entry, name)) or self._stored(entry, name)

    def _put(
        self,
        cls: type[Record],
        uid: str,
        row: Row | None,
        values: Mapping[str, Wire],
        outcome: Outcome,
        changed: tuple[str, ...] = (),
    ) -> Change:
        kept: dict[str, Kept] = {}
        fields: dict[str, Write] = {}
        for wire, value in values.items():
            replaces = row.state.head_ids(wire) if row else ()
            if (
                declared_beside(cls, row, wire)
                or lies_beside(row, wire, value)
                or self._names_somebody(cls, wire, value)
            ):
                kept[wire] = Kept(self._randomness(32).hex(), value)
                fields[wire] = Write(None, commitment_to(kept[wire]), replaces)
            else:
                fields[wire] = Write(value, None, replaces)
        self._append(cls, uid, row, "put", fields, (), kept)
        return self._note(Change(cls.KIND, uid, outcome, changed or tuple(values)))

    def _names_somebody(self, cls: type[Record], wire: str, value: Wire) -> bool:
        return isinstance(value, str) and wire in content_fields(cls) and holds_personal(value, self._people)

    def _append(
        self,
        cls: type[Record],
        uid: str,
        row: Row | None,
        op: Op,
        fields: Mapping[str, Write],
        seen: tuple[EntryId, ...],
        kept: Mapping[str, Kept] | None = None,
    ) -> None:
        act = act_for(cls.KIND)
        if act is not None:
            require(self._author.acting, act)
        if row is not None:
            require_ours(self.connection, cls, uid, self.replica.partition("-")[0], self._behalf)
        stream = self._stream(cls, row, fields)
        tip = self._tips.get(stream) or Tip()
        entry = Entry(
            stream=stream,
            counter=tip.counter + 1,
            lamport=self._next_lamport(stream),
            prev=tip.digest,
            kind=cls.KIND,
            uid=uid,
            op=op,
            fields=fields,
            seen=seen,
            schema=SCHEMA,
            at=self._clock().isoformat(timespec="seconds"),
            actor=self._author.acting.code,
        )
        for name, value in (kept or {}).items():
            put_value(self.connection, entry.id, name, value)
            self._fresh[entry.id, name] = value
        for name in fields if op == "erase" else ():
            for each in seen:
                erase_value(self.connection, each, name)
                self._fresh.pop((each, name), None)
        self._tips[stream] = journal_log.append(
            self.connection, entry, reason=self._reason, batch=self._batch
        )
        self._touched.add(stream)
        self._written = entry.id
        self._unwritten.discard(uid)
        if row is None and op == "put" and write_first(self.connection, cls, entry, kept or {}):
            return
        state = advance(row.state if row else RecordState(cls.KIND, uid), entry)
        if state.named:
            state = settled(state, journal_log.known_counters(self._tips))
        write_row(self.connection, cls, state, row, self._lookup)

    def _stream(self, cls: type[Record], row: Row | None, fields: Mapping[str, Write]) -> str:
        audience = audience_for(cls, self._behalf, row, fields)
        stream = self._streams.get(audience)
        if stream is None:
            stream = self._streams[audience] = stream_of(self._author.replica, audience)
        return stream

    def _next_lamport(self, stream: str) -> int:
        # Inside one transaction only our own streams grow: after the first entry the next number is known,
        # unless another of them was written in between.
        if self._last != stream:
            self._last = stream
            return next_lamport(stream, self._tips)
        return self._tips[stream].lamport + 1

    def _note(self, change: Change) -> Change:
        if change.outcome != "same":
            change = replace(change, entry=self._written)
        self.changes.append(change)
        return change


def _seen(state: RecordState) -> tuple[EntryId, ...]:
    return tuple(sorted({head.id for heads in state.heads.values() for head in heads}))


def _whole(
    cls: type[Record], row: Row, values: Mapping[str, Wire], changed: Collection[str]
) -> dict[str, Wire]:
    """The values to write: what changed, with the rest of its merge units, so that these are one head again.

    Of that rest a value that is not here (withheld, or readable to a newer program only) is not written over.
    """
    units = merge_units(cls)
    wide = {member for wire in changed for member in units[wire]}
    return {
        wire: value
        for wire, value in values.items()
        if wire in wide and (wire in changed or value is not None or not _silent(row, wire))
    }


def _silent(row: Row, wire: str) -> bool:
    return row.values[wire] is None and any(
        head.commitment is not None or head.value is not None for head in row.state.heads.get(wire, ())
    )


def _differs(one: Wire, other: Wire) -> bool:
    return one != other or isinstance(one, bool) != isinstance(other, bool)
