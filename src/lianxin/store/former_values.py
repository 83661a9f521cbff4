"""What fields held before certain writes, so that these can be taken back and nothing else with them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from lianxin.domain.dictionary import Wire
from lianxin.domain.journal import Entry, EntryId
from lianxin.domain.values import Kept, Lookup


@dataclass(frozen=True)
class Former:
    """The value of one field before; `beside` when it lay beside its entry and has to lie there again."""

    name: str
    value: Wire
    beside: bool = False


def former_values(history: Sequence[Entry], mine: Collection[EntryId], lookup: Lookup) -> Iterator[Former]:
    """The former value of every field whose latest write is one of `mine`; what was written later stays as it is.

    `history` holds the entries of one record in the order for showing.
    """
    names = {name for entry in history if entry.id in mine and entry.op == "put" for name in entry.fields}
    for name in sorted(names):
        writes = [entry for entry in history if entry.op == "put" and name in entry.fields]
        if writes[-1].id in mine:
            before = next((entry for entry in reversed(writes) if entry.id not in mine), None)
            yield _held(before, name, lookup)


def _held(before: Entry | None, name: str, lookup: Lookup) -> Former:
    if before is None:
        return Former(name, None)
    write = before.fields[name]
    if write.commitment is None:
        return Former(name, write.value)
    beside = lookup(before.id, name)
    return Former(name, beside.value if isinstance(beside, Kept) else None, beside=True)
