"""The head cache beside a row: a `RecordState` packed small, because most fields have one head from one entry."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TypedDict

from lianxin.domain.dictionary import Wire
from lianxin.domain.journal import Entry, EntryId, Head, RecordState

Written = tuple[int, str, int]
"""lamport, stream, counter of an entry."""

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class _Packed(TypedDict, total=False):
    one: list[list[object]]
    more: dict[str, list[list[Wire]]]
    named: dict[str, list[str]]
    past: dict[str, list[str]]
    erased: list[list[str]]
    sealed: dict[str, str]


def pack_state(state: RecordState, columns: Mapping[str, Wire]) -> str:
    """JSON of the state; a lone head whose value stands in its column is kept as the entry's name only.

    Equal states give equal text, in whatever order the entries came.
    """
    together: dict[Written, list[str]] = {}
    more: dict[str, list[list[Wire]]] = {}
    sealed: dict[str, str] = {}
    for name in sorted(state.heads):
        heads = state.heads[name]
        if len(heads) == 1 and name in columns and _stands_in(columns[name], heads[0]):
            head = heads[0]
            together.setdefault(head[:3], []).append(name)
            if head.commitment is not None:
                sealed[name] = head.commitment
        else:
            more[name] = [[h.lamport, h.stream, h.counter, h.value, h.commitment] for h in heads]
    packed: _Packed = {"one": [[*written, *names] for written, names in sorted(together.items())]}
    if sealed:
        packed["sealed"] = sealed
    if more:
        packed["more"] = more
    if state.named:
        packed["named"] = {
            name: sorted(each.text() for each in state.named[name]) for name in sorted(state.named)
        }
    if state.past:
        packed["past"] = {key.text(): [each.text() for each in state.past[key]] for key in sorted(state.past)}
    if state.erased:
        packed["erased"] = sorted([each.text(), name] for each, name in state.erased)
    return _ENCODER.encode(packed)


def pack_first(entry: Entry) -> str:
    """`pack_state` of a record of which only this entry is known, when all its values stand in their columns."""
    names = sorted(entry.fields)
    packed: _Packed = {"one": [[entry.lamport, entry.stream, entry.counter, *names]]}
    sealed = {name: told for name in names if (told := entry.fields[name].commitment) is not None}
    if sealed:
        packed["sealed"] = sealed
    return _ENCODER.encode(packed)


def _stands_in(column: Wire, head: Head) -> bool:
    # A value that its column cannot hold (journal.md: nothing merged is refused) must not be lost with it.
    return head.commitment is not None or (column == head.value and type(column) is type(head.value))


def unpack_state(kind: str, uid: str, text: str, columns: Mapping[str, Wire]) -> RecordState:
    """The state of a row; `columns` are its field values as they travel (booleans as booleans)."""
    packed: _Packed = json.loads(text)
    sealed = packed.get("sealed", {})
    heads: dict[str, tuple[Head, ...]] = {}
    for written in packed["one"]:
        lamport, stream, counter, *names = written
        for name in names:
            field = str(name)
            commitment = sealed.get(field)
            value = columns[field] if commitment is None else None
            heads[field] = (Head(int(str(lamport)), str(stream), int(str(counter)), value, commitment),)
    for field, kept in packed.get("more", {}).items():
        heads[field] = tuple(
            Head(int(h[0] or 0), str(h[1]), int(h[2] or 0), h[3], None if h[4] is None else str(h[4]))
            for h in kept
        )
    return RecordState(
        kind,
        uid,
        heads,
        {name: frozenset(map(EntryId.of, ids)) for name, ids in packed.get("named", {}).items()},
        {EntryId.of(key): tuple(map(EntryId.of, seen)) for key, seen in packed.get("past", {}).items()},
        frozenset((EntryId.of(each), name) for each, name in packed.get("erased", [])),
    )
