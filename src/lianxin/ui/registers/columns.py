"""Which columns a register shows where there is little room."""

from __future__ import annotations

import dataclasses as dc
from collections.abc import Mapping, Sequence

from lianxin.domain.dictionary import Record
from lianxin.office.desk import Desk as Office
from lianxin.ui.sources import RecordSource
from lianxin.ui.table import Column

_NUMBER_WIDTH = 182
_LONG = 60


def register_source(office: Office, cls: type[Record]) -> RecordSource:
    """The list of any kind, straight from the dictionary."""
    usual = RecordSource(office, cls).columns
    return RecordSource(office, cls, columns=_giving_way(cls, usual))


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
            width=_NUMBER_WIDTH if columns[place].key == "number" else columns[place].width,
        )
        for rank, place in enumerate(order)
    }


def _weight(cls: type[Record], column: Column, place: int) -> int:
    spec = cls.spec(column.key)
    if place == 0 or spec.required:
        return 0
    if spec.wire == "remark" or spec.kind.lines:
        return 3
    return 1 if spec.default is not None or spec.kind.refers else 2
