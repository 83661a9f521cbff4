"""Which columns a register shows where there is little room."""

from __future__ import annotations

import dataclasses as dc
from collections.abc import Mapping, Sequence

from lianxin.domain.dictionary import Record
from lianxin.office.desk import Desk as Office
from lianxin.office.papers.register_period import time_wire
from lianxin.store.reading import Order
from lianxin.ui.sources import RecordSource
from lianxin.ui.table import Column

_NUMBER_WIDTH = 182
_LONG = 60
_WIDTHS = ((20, 88), (40, 164))
"""(length of a text at most, width of its column)."""
_CHARACTER, _BESIDE = 15, 26


def register_source(office: Office, cls: type[Record], *, without: str = "") -> RecordSource:
    """The list of any kind, straight from the dictionary, the latest first; `without` one field.

    Lines of a record (`without` names what they belong to) stand as they were entered unless they have days.
    """
    wires = [spec.wire for spec in cls.fields() if spec.ledger and spec.wire != without]
    usual = RecordSource(office, cls, wires).columns
    return RecordSource(
        office, cls, wires, columns=_giving_way(cls, usual), order=_order(cls, is_line=bool(without))
    )


def _order(cls: type[Record], *, is_line: bool) -> Order:
    wire = time_wire(cls)
    return Order(wire, True) if wire else Order(descending=not is_line)


def _giving_way(cls: type[Record], columns: Sequence[Column]) -> Mapping[str, Column]:
    """What must be filled in stays longest; the longest text of those, or the first column, takes the room."""
    order = sorted(range(len(columns)), key=lambda place: (_weight(cls, columns[place], place), place))
    asked = [cls.spec(c.key) for c in columns if cls.spec(c.key).required]
    words = [spec.wire for spec in asked if spec.kind.lines]
    words += [spec.wire for spec in asked if spec.kind.name == "text" and (spec.length or 0) >= _LONG]
    wide = words[0] if words else columns[0].key
    return {
        columns[place].key: dc.replace(
            columns[place],
            drop=rank,
            stretch=columns[place].key == wide,
            width=_width(cls, columns[place]),
        )
        for rank, place in enumerate(order)
    }


def _width(cls: type[Record], column: Column) -> int:
    spec = cls.spec(column.key)
    if column.key == "number" and cls.NUMBERED:
        return _NUMBER_WIDTH
    if spec.kind.codes is not None:
        return _BESIDE + _CHARACTER * max(
            len(word) for word in (spec.label, *(c.label for c in spec.kind.codes.codes))
        )
    if spec.kind.name != "text" or not spec.length:
        return column.width
    return next((width for length, width in _WIDTHS if spec.length <= length), column.width)


def _weight(cls: type[Record], column: Column, place: int) -> int:
    spec = cls.spec(column.key)
    if place == 0 or spec.required:
        return 0
    if spec.wire == "remark" or spec.kind.lines:
        return 5
    if spec.search:
        return 1
    if spec.kind.refers == cls.KIND:
        return 4
    return 2 if spec.default is not None or spec.kind.refers else 3
