"""Which columns a register shows where there is little room: the first stays, the last goes first."""

from __future__ import annotations

import dataclasses as dc
from collections.abc import Mapping, Sequence

from lianxin.domain.dictionary import Record
from lianxin.office.desk import Desk as Office
from lianxin.ui.sources import RecordSource
from lianxin.ui.table import Column


def register_source(office: Office, cls: type[Record]) -> RecordSource:
    """The list of any kind, straight from the dictionary."""
    usual = RecordSource(office, cls).columns
    return RecordSource(office, cls, columns=_giving_way(usual))


def _giving_way(columns: Sequence[Column]) -> Mapping[str, Column]:
    found: dict[str, Column] = {}
    for place, column in enumerate(columns):
        first = place == 0
        found[column.key] = dc.replace(
            column,
            drop=place,
            stretch=first or column.stretch,
            width=max(column.width, 150) if first else column.width,
        )
    return found
