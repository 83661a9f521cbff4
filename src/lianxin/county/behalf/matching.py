"""What was read on behalf of a township against what was read for it before: equal records are the same record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from lianxin.county.behalf.passing_office import ReadRecord
from lianxin.domain.dictionary import Record, Wire
from lianxin.domain.on_behalf import Key, Row, own_day
from lianxin.store.owners import written_on_behalf
from lianxin.store.writing import Writing

_Values = tuple[tuple[str, Wire], ...]


@dataclass(frozen=True)
class Matched:
    """The rows of a table, the records that are new among them, and uid as read → uid in this ledger."""

    rows: tuple[Row, ...]
    fresh: tuple[Record, ...]
    uids: Mapping[str, str]


def match(writing: Writing, code: str, records: Sequence[ReadRecord]) -> Matched:
    """Gives every record its uid: that of an equal one written for this township before, or a new one.

    Records come with what they point at first. Two equal rows of one table stay two.
    """
    written = _Written(writing, code)
    uids: dict[Key, str] = {}
    days: dict[Key, date | None] = {}
    rows, fresh = [], []
    for each in records:
        values = {**each.values, **{wire: uids[target] for wire, target in each.refs.items()}}
        uid = written.take(each.cls, values)
        is_new = uid is None
        uid = uid or writing.new_uid()
        record = each.cls.unpacked({**values, "uid": uid})
        uids[each.key] = uid
        # A step belongs to its matter, whenever it was taken: both count or neither does.
        days[each.key] = _day_of_parent(each, days) or own_day(record)
        rows.append(Row((each.key[0], uid), days[each.key]))
        if is_new:
            fresh.append(record)
    return Matched(tuple(rows), tuple(fresh), {key[1]: uid for key, uid in uids.items()})


def put_all(writing: Writing, code: str, records: Iterable[Record]) -> None:
    """Stores new records on behalf of the township."""
    with writing.on_behalf(code):
        for record in records:
            writing.put(record)


def _day_of_parent(each: ReadRecord, days: Mapping[Key, date | None]) -> date | None:
    parent = each.refs.get(each.cls.PARENT) if each.cls.PARENT else None
    return days.get(parent) if parent is not None else None


class _Written:
    """The records written for one township by what they say; each answers once."""

    def __init__(self, writing: Writing, code: str) -> None:
        self._writing, self._code = writing, code
        self._by_values: dict[str, dict[_Values, list[str]]] = {}

    def take(self, cls: type[Record], values: Mapping[str, Wire]) -> str | None:
        book = self._by_values.get(cls.KIND)
        if book is None:
            book = self._by_values[cls.KIND] = {}
            found = written_on_behalf(self._writing.connection, cls, self._code)
            for uid, packed in found.items():
                book.setdefault(_told(packed), []).append(uid)
        known = book.get(_told(values))
        return known.pop(0) if known else None


def _told(values: Mapping[str, Wire]) -> _Values:
    return tuple(
        sorted((wire, value) for wire, value in values.items() if value is not None and wire != "uid")
    )
