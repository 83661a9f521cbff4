"""Entries, heads and projection: what was written, in a form that merges in any order (journal.md).

Everything here is pure. A `RecordState` is the cache of one sentence: a head of a field is an entry that wrote
it and that no known entry names in `replaces`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from lianxin.domain.canonical import MAX_INTEGER, JsonValue, NotCanonical, canonical, parse_canonical
from lianxin.domain.dictionary import Wire

Op = Literal["put", "remove", "restore", "erase"]
_OPS: tuple[Op, ...] = ("put", "remove", "restore", "erase")
STATE = "_state"
"""The register that removal and restoring write; no declared field may have this name."""
PRESENT, REMOVED = "present", "removed"
LONGEST_LINE = 1 << 20
_ID = re.compile(r"(.+)#([1-9][0-9]{0,15})", re.ASCII | re.DOTALL)
_SHA256 = re.compile(r"[0-9a-f]{64}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)", re.ASCII)
_KEYS = frozenset(
    ("stream", "counter", "lamport", "prev", "kind", "uid", "op", "fields", "seen", "schema", "at", "actor")
)


class EntryId(NamedTuple):
    """Names one entry: the stream and its place in it."""

    stream: str
    counter: int

    def text(self) -> str:
        """`stream#counter`, the form inside entries."""
        return f"{self.stream}#{self.counter}"

    @staticmethod
    def of(text: str) -> EntryId:
        """Reads `stream#counter`. Raises BadEntry."""
        found = _ID.fullmatch(text)
        if not found or int(found[2]) > MAX_INTEGER:
            raise BadEntry(f"not an entry id: {text[:80]!r}")
        return EntryId(found[1], int(found[2]))


class BadEntry(ValueError):
    """A line that is no entry, or an entry that breaks a rule of its stream (E604)."""


class Write(NamedTuple):
    """What an entry says of one field: the value, or the commitment to a value kept beside it."""

    value: Wire = None
    commitment: str | None = None
    replaces: tuple[EntryId, ...] = ()


@dataclass(frozen=True)
class Entry:
    """One write, as it is hashed, kept and carried. `prev` is the hash of the stream's previous entry, or ''."""

    stream: str
    counter: int
    lamport: int
    prev: str
    kind: str
    uid: str
    op: Op
    fields: Mapping[str, Write]
    seen: tuple[EntryId, ...]
    schema: int
    at: str
    actor: str

    @property
    def id(self) -> EntryId:
        """The name of this entry."""
        return EntryId(self.stream, self.counter)

    def line(self) -> bytes:
        """The canonical bytes of the entry, without a newline. Raises NotCanonical, BadEntry."""
        # Nobody may write what `parse_entry` refuses: such a journal could never be read back.
        _check_shape(self)
        line = canonical(_to_json(self))
        if len(line) > LONGEST_LINE:
            raise BadEntry("line over 1 MiB")
        return line

    def digest(self) -> str:
        """SHA-256 of the line, hex; the next entry's `prev`."""
        return line_digest(self.line())


def line_digest(line: bytes) -> str:
    """SHA-256 of an entry's line, 64 hex digits."""
    return hashlib.sha256(line).hexdigest()


def _to_json(entry: Entry) -> JsonValue:
    fields: dict[str, JsonValue] = {}
    for name, write in entry.fields.items():
        told: dict[str, JsonValue] = {"replaces": _names(write.replaces)}
        if entry.op != "erase":
            if write.commitment is None:
                told["v"] = write.value
            else:
                told["commitment"] = write.commitment
        fields[name] = told
    return {
        "stream": entry.stream,
        "counter": entry.counter,
        "lamport": entry.lamport,
        "prev": entry.prev,
        "kind": entry.kind,
        "uid": entry.uid,
        "op": entry.op,
        "fields": fields,
        "seen": _names(entry.seen),
        "schema": entry.schema,
        "at": entry.at,
        "actor": entry.actor,
    }


def _names(ids: tuple[EntryId, ...]) -> list[str]:
    return [each.text() for each in sorted(ids)] if ids else []


def parse_entry(line: bytes) -> Entry:
    """Reads one journal line strictly: exactly the known keys, exact types, canonical bytes. Raises BadEntry."""
    if len(line) > LONGEST_LINE:
        raise BadEntry("line over 1 MiB")
    try:
        told = parse_canonical(line)
    except NotCanonical as wrong:
        raise BadEntry(str(wrong)) from wrong
    return _entry_of(told)


def _entry_of(told: JsonValue) -> Entry:
    if type(told) is not dict or told.keys() != _KEYS:
        raise BadEntry("not exactly the keys of an entry")
    op, fields, seen = _op(told["op"]), told["fields"], told["seen"]
    prev = told["prev"]
    if type(fields) is not dict:
        raise BadEntry("fields is no object")
    # Filled at once: the constructor of a frozen class sets twelve parts one by one.
    entry = Entry.__new__(Entry)
    entry.__dict__.update(
        stream=_text(told["stream"]),
        counter=_positive(told["counter"]),
        lamport=_positive(told["lamport"]),
        prev=_digest(prev) if prev != "" else "",
        kind=_text(told["kind"]),
        uid=_text(told["uid"]),
        op=op,
        fields={name: _write(name, write, op) for name, write in fields.items()},
        seen=entry_ids(_list(seen)) if seen != [] else (),
        schema=_positive(told["schema"]),
        at=_text(told["at"]),
        actor=_text(told["actor"], may_be_empty=True),
    )
    _check_shape(entry)
    return entry


def _op(value: JsonValue) -> Op:
    for known in _OPS:
        if value == known:
            return known
    raise BadEntry(f"unknown op {value!r}")


def _text(value: JsonValue, *, may_be_empty: bool = False) -> str:
    if type(value) is not str or (not value and not may_be_empty):
        raise BadEntry("a text is missing")
    return value


def _positive(value: JsonValue) -> int:
    if type(value) is not int or not 1 <= value <= MAX_INTEGER:
        raise BadEntry("a number is missing, below 1 or beyond 2^53")
    return value


def _digest(value: JsonValue) -> str:
    if type(value) is not str or not _SHA256.fullmatch(value):
        raise BadEntry("not a SHA-256")
    return value


def _list(value: JsonValue) -> list[JsonValue]:
    if type(value) is not list:
        raise BadEntry("not a list of entry ids")
    return value


def entry_ids(names: Iterable[JsonValue]) -> tuple[EntryId, ...]:
    """The ids of a list in a line. Raises BadEntry for what is none, out of order or there twice."""
    ids = tuple([EntryId.of(_text(each)) for each in names])
    # One set of ids has one form; otherwise an entry read and written again would have another hash.
    if any(one >= other for one, other in pairwise(ids)):
        raise BadEntry("entry ids out of order or twice")
    return ids


def _write(name: str, told: JsonValue, op: Op) -> Write:
    if type(told) is not dict:
        raise BadEntry(f"field {name} is no object")
    if len(told) != (1 if op == "erase" else 2) or "replaces" not in told:
        raise BadEntry(f"field {name} has other keys")
    named = told["replaces"]
    replaces = entry_ids(_list(named)) if named != [] else ()
    if op == "erase":
        return Write(None, None, replaces)
    if "commitment" in told:
        return Write(None, _digest(told["commitment"]), replaces)
    if "v" not in told:
        raise BadEntry(f"field {name} has other keys")
    value = told["v"]
    kind = type(value)
    if kind is int and not -MAX_INTEGER <= value <= MAX_INTEGER:
        raise BadEntry(f"field {name} holds an integer beyond ±2^53")
    if not (kind is str or value is None or kind is bool or kind is int):
        raise BadEntry(f"field {name} holds no plain value")
    return Write(value, None, replaces)


def _check_shape(entry: Entry) -> None:
    """The rules between the parts: who writes `_state`, who lists `seen`, and that nobody names the future."""
    if not is_moment(entry.at):
        raise BadEntry("at is no moment with an offset")
    if (entry.counter == 1) != (entry.prev == ""):
        raise BadEntry("only the first entry of a stream has no predecessor")
    for write in entry.fields.values():
        if write.replaces:
            _refuse_future(write.replaces, entry)
    if entry.seen:
        _refuse_future(entry.seen, entry)
    if entry.op in ("remove", "restore"):
        state = entry.fields.get(STATE)
        wanted = REMOVED if entry.op == "remove" else PRESENT
        if set(entry.fields) != {STATE} or state is None or state.value != wanted:
            raise BadEntry(f"{entry.op} writes only the register of removal")
    elif STATE in entry.fields or not entry.fields:
        raise BadEntry(f"{entry.op} with wrong fields")
    if entry.op == "put" and entry.seen:
        raise BadEntry("put with seen")
    if entry.op == "erase" and (not entry.seen or any(write.replaces for write in entry.fields.values())):
        raise BadEntry("erase names in seen whose values go, and replaces nothing")


def _refuse_future(named: tuple[EntryId, ...], entry: Entry) -> None:
    if any(each.stream == entry.stream and each.counter >= entry.counter for each in named):
        raise BadEntry("names an entry of its own future")


@lru_cache(maxsize=64)
def is_moment(text: str) -> bool:
    """Whether this is a moment with an offset, as the `at` of entries."""
    if not _MOMENT.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


class Head(NamedTuple):
    """One standing write of one field, in the order for showing (lamport, stream, counter)."""

    lamport: int
    stream: str
    counter: int
    value: Wire
    commitment: str | None

    @property
    def id(self) -> EntryId:
        """The entry that wrote it."""
        return EntryId(self.stream, self.counter)


@dataclass(frozen=True)
class RecordState:
    """All that known entries say of one record. `named` are ids named in `replaces` whose entry is not here yet.

    `past` holds, per head of `_state`, what its writer had seen.
    """

    kind: str
    uid: str
    heads: Mapping[str, tuple[Head, ...]] = field(default_factory=dict)
    named: Mapping[str, frozenset[EntryId]] = field(default_factory=dict)
    past: Mapping[EntryId, tuple[EntryId, ...]] = field(default_factory=dict)
    erased: frozenset[tuple[EntryId, str]] = frozenset()

    @property
    def removed(self) -> bool:
        """Gone: `_state` says so and no head lies outside the past of `seen`."""
        return self._says_removed() and not self._outside()

    @property
    def contested(self) -> bool:
        """Removed by one and written by another who did not know: shown with all its values and a question."""
        states = {head.value for head in self.heads.get(STATE, ())}
        return len(states) > 1 or (self._says_removed() and bool(self._outside()))

    def _says_removed(self) -> bool:
        states = self.heads.get(STATE, ())
        return bool(states) and all(head.value == REMOVED for head in states)

    def _outside(self) -> list[Head]:
        reach: dict[str, int] = {}
        for head in self.heads.get(STATE, ()):
            for each in self.past.get(head.id, ()):
                reach[each.stream] = max(reach.get(each.stream, 0), each.counter)
        return [
            head
            for name, heads in self.heads.items()
            if name != STATE
            for head in heads
            if head.counter > reach.get(head.stream, 0)
        ]

    def head_ids(self, name: str) -> tuple[EntryId, ...]:
        """The entries that stand for this field, sorted."""
        return tuple(sorted(head.id for head in self.heads.get(name, ())))


def advance(state: RecordState, entry: Entry) -> RecordState:
    """The state after one more entry of this record; entries come once each, in any order between streams."""
    if entry.op == "erase":
        gone = {(each, name) for name in entry.fields for each in entry.seen}
        return replace(state, erased=state.erased | gone)
    heads, named = dict(state.heads), dict(state.named)
    for name, write in entry.fields.items():
        written = Head(entry.lamport, entry.stream, entry.counter, write.value, write.commitment)
        standing, waiting = heads.get(name, ()), named.get(name, frozenset())
        if not waiting and {head.id for head in standing} == set(write.replaces):
            # Nearly every write: it names just what stands.
            heads[name] = (written,)
        else:
            heads[name], named[name] = _joined(standing, waiting, written, write.replaces)
    past = state.past
    if STATE in entry.fields:
        standing_ids = {head.id for head in heads[STATE]}
        past = {key: seen for key, seen in {**past, entry.id: entry.seen}.items() if key in standing_ids}
    named = {name: ids for name, ids in named.items() if ids} if named else {}
    return RecordState(state.kind, state.uid, heads, named, past, state.erased)


def _joined(
    standing: tuple[Head, ...], waiting: frozenset[EntryId], written: Head, replaces: tuple[EntryId, ...]
) -> tuple[tuple[Head, ...], frozenset[EntryId]]:
    """The heads of one field after one more write, and the names of entries still waited for."""
    replaced = set(replaces)
    kept = [head for head in standing if head.id not in replaced]
    waiting = waiting | (replaced - {head.id for head in standing})
    if written.id not in waiting:
        kept.append(written)
    # Ids older than a known entry of the same stream have come already and can never come again.
    return tuple(sorted(kept, key=_order)), waiting - {written.id}


def _order(head: Head) -> tuple[int, str, int]:
    return (head.lamport, head.stream, head.counter)


def settled(state: RecordState, known: Mapping[str, int]) -> RecordState:
    """Forgets waiting names of entries that are here (up to `known` counter per stream): they were replaced.

    `advance` cannot tell an entry that has not come from one that came and was replaced; whoever knows the
    counters can, and keeps the cache small.
    """
    named = {
        name: frozenset(each for each in ids if each.counter > known.get(each.stream, 0))
        for name, ids in state.named.items()
    }
    return replace(state, named={name: ids for name, ids in named.items() if ids})


def project(entries: Iterable[Entry]) -> dict[tuple[str, str], RecordState]:
    """(kind, uid) → state, from entries in any order; each entry at most once."""
    states: dict[tuple[str, str], RecordState] = {}
    known: dict[str, int] = {}
    for entry in entries:
        key = (entry.kind, entry.uid)
        states[key] = advance(states.get(key) or RecordState(entry.kind, entry.uid), entry)
        known[entry.stream] = max(known.get(entry.stream, 0), entry.counter)
    return {key: settled(state, known) for key, state in states.items()}
