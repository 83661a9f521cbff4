"""The head cache beside a row: a `RecordState` packed small, because most fields have one head from one entry."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TypedDict

from lianxin.domain.dictionary import Wire
from lianxin.domain.journal import EntryId, Head, RecordState

Written = tuple[int, str, int]
"""lamport, stream, counter of an entry."""


class _Packed(TypedDict, total=False):
    one: list[list[object]]
    more: dict[str, list[list[Wire]]]
    named: dict[str, list[str]]
    past: dict[str, list[str]]
    erased: list[list[str]]
    sealed: dict[str, str]


def pack_state(state: RecordState, columns: Mapping[str, Wire]) -> str:
    """JSON of the state; a lone head whose value stands in its column is kept as the entry's name only."""
    together: dict[Written, list[str]] = {}
    more: dict[str, list[list[Wire]]] = {}
    sealed: dict[str, str] = {}
    for name, heads in state.heads.items():
        if len(heads) == 1 and name in columns:
            head = heads[0]
            together.setdefault((head.lamport, head.stream, head.counter), []).append(name)
            if head.commitment is not None:
                sealed[name] = head.commitment
        else:
            more[name] = [[h.lamport, h.stream, h.counter, h.value, h.commitment] for h in heads]
    packed: _Packed = {"one": [[*written, *names] for written, names in together.items()]}
    if sealed:
        packed["sealed"] = sealed
    if more:
        packed["more"] = more
    if state.named:
        packed["named"] = {name: sorted(each.text() for each in ids) for name, ids in state.named.items()}
    if state.past:
        packed["past"] = {key.text(): [each.text() for each in seen] for key, seen in state.past.items()}
    if state.erased:
        packed["erased"] = sorted([each.text(), name] for each, name in state.erased)
    return json.dumps(packed, ensure_ascii=False, separators=(",", ":"))


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
