"""Which rows read on behalf of a township count now: pure, so that no order of arriving matters (docs/adr/0024).

A row counts while a table that names it stands. A table gives way to a signed file of its township and to a later
table of the same kind: whole when that covers its period, else for the days that fall into it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from lianxin.domain.dates import Unreadable
from lianxin.domain.dictionary import Record
from lianxin.domain.periods import BadPeriod, Period

Key = tuple[str, str]
"""(kind, uid) of a record."""
_DATED = ("date", "registered", "day")
_OWN_WITH_SIGNED = frozenset({"station", "mandate", "group", "group-member"})
"""What lasts and is counted by itself: a township that signs sends its own, whatever the period."""


@dataclass(frozen=True)
class Row:
    """A record that a table names; `day` is when it happened, None for what has no day (a deputy, a station)."""

    key: Key
    day: date | None = None


@dataclass(frozen=True)
class Table:
    """One table read on behalf of a township; `order` counts them as they were read.

    `beside` stands beside the earlier tables of its kind; one that was withdrawn (or whose file was taken back)
    neither counts nor replaces.
    """

    uid: str
    ledger: str
    period: Period
    order: int
    rows: Sequence[Row] = ()
    beside: bool = False
    withdrawn: bool = False

    @property
    def lasting(self) -> bool:
        """Whether nothing in it has a day, like a roster: the latest one is the one that holds."""
        return bool(self.rows) and all(row.day is None for row in self.rows)


def replacing(table: Table, tables: Iterable[Table], signed: Iterable[Period]) -> tuple[Period, ...]:
    """The periods of what this table gives way to."""
    later = (
        each.period
        for each in tables
        if each.order > table.order and each.ledger == table.ledger and not each.beside and not each.withdrawn
    )
    return (*signed, *later)


def stands_whole(table: Table, tables: Iterable[Table], signed: Iterable[Period]) -> bool:
    """Whether the table counts at all, if only for some of its days."""
    given_way = replacing(table, tables, signed)
    if table.withdrawn or (table.lasting and given_way):
        return False
    return not any(covers(each, table.period) for each in given_way)


def counted(tables: Sequence[Table], signed: Sequence[Period]) -> frozenset[Key]:
    """The records that count: each is named by a standing table that gave way for none of its days."""
    return frozenset(
        row.key
        for table in tables
        if stands_whole(table, tables, signed)
        for given_way in (replacing(table, tables, signed),)
        for row in table.rows
        if not any(row.day in each for each in given_way)
        and not (signed and row.day is None and row.key[0] in _OWN_WITH_SIGNED)
    )


def covers(wide: Period, narrow: Period) -> bool:
    """Whether one period holds all days of the other."""
    return wide.start <= narrow.start and narrow.end <= wide.end


def rows_told(rows: Iterable[Row]) -> str:
    """The rows of a table as its record keeps them."""
    return "\n".join(
        f"{each.key[0]} {each.key[1]} {each.day.isoformat() if each.day else '-'}" for each in rows
    )


def rows_read(told: str | None) -> tuple[Row, ...]:
    """What `rows_told` wrote; a line of a newer program that says more is read as far as it is known."""
    found = []
    for line in (told or "").splitlines():
        kind, uid, day = line.split()[:3]
        found.append(Row((kind, uid), None if day == "-" else date.fromisoformat(day)))
    return tuple(found)


def totals_told(totals: Mapping[str, int | str | None]) -> str:
    """Figures of a return sheet by key as its record keeps them; `figures.summed.read_totals` reads them."""
    return json.dumps(dict(totals), ensure_ascii=False, sort_keys=True)


def period_of(code: str, *, cutoff: int) -> Period | None:
    """The period of a file; None for one that names none (it replaces nothing)."""
    try:
        return Period.parse(code, cutoff=cutoff)
    except BadPeriod:
        return None


def own_day(record: Record) -> date | None:
    """The day on which what a record tells happened; None for what lasts."""
    packed = record.packed()
    for spec in record.fields():
        told = packed.get(spec.wire)
        if spec.kind.name == "day" and spec.wire in _DATED and isinstance(told, str):
            try:
                return date.fromisoformat(told)
            except (ValueError, Unreadable):
                return None
    return None
