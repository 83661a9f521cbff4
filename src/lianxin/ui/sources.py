"""Lists over records of one kind: ordered keys first, then pages of rows by key."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from lianxin.domain.dictionary import Record, Spec
from lianxin.office.desk import Desk
from lianxin.office.lists.listing import masked, uids_holding
from lianxin.office.names import Names
from lianxin.store.reading import Condition, Order, Reading
from lianxin.ui.table import Column

Cell = Callable[[Reading, Names, Sequence[Record]], Sequence[str]]
"""Makes a computed column for a page of records at once, so that no list asks the store row by row."""

_Asked = tuple[Mapping[str, int], tuple[Condition, ...], Order]


class RecordSource:
    """A ListSource over one kind. `wires` are declared fields; `computed` adds columns no field holds.

    `widths` and `stretch` are by column key. Personal values are masked. `conditions` narrow the list and may be
    changed before `refresh`. The own order is `order`, latest first unless told otherwise.
    """

    def __init__(
        self,
        office: Desk,
        cls: type[Record],
        wires: Sequence[str] | None = None,
        *,
        computed: Mapping[str, tuple[Column, Cell]] | None = None,
        columns: Mapping[str, Column] | None = None,
        conditions: Sequence[Condition] = (),
        order: Order | None = None,
        deputies: bool = False,
    ) -> None:
        self._office, self._cls = office, cls
        self._computed = dict(computed or {})
        named = wires if wires is not None else [spec.wire for spec in cls.fields() if spec.ledger]
        self._wires = tuple(named)
        told = dict(columns or {})
        self._columns = tuple(
            self._computed[wire][0] if wire in self._computed else told.get(wire) or _column(cls.spec(wire))
            for wire in self._wires
        )
        self.conditions: tuple[Condition, ...] = tuple(conditions)
        self._order = order or Order(descending=True)
        self._deputies = deputies
        self._known: tuple[_Asked, Sequence[str]] | None = None

    @property
    def columns(self) -> Sequence[Column]:
        """The columns in order."""
        return self._columns

    def keys(self, sort: str, descending: bool, words: str) -> Sequence[str]:
        """All uids in order that meet the conditions and hold the words."""
        order = self._order_by(sort, descending)
        with self._office.store.reading() as reading:
            uids = self._ordered(reading, order)
            if not words:
                return uids
            found = uids_holding(reading, self._cls, words, deputies=self._deputies)
        return [uid for uid in uids if uid in found]

    def first_keys(self, sort: str, descending: bool, count: int) -> Sequence[str]:
        """The uids the list begins with, at once however long it is."""
        order = self._order_by(sort, descending)
        with self._office.store.reading() as reading:
            return reading.keys(self._cls, *self.conditions, order=order, limit=count)

    def _order_by(self, sort: str, descending: bool) -> Order:
        """By a field, however its cells are written; by nothing else than a field can records be sorted here."""
        is_field = any(sort == spec.wire for spec in self._cls.fields())
        return Order(sort, descending) if is_field else self._order

    def _ordered(self, reading: Reading, order: Order) -> Sequence[str]:
        """All uids in order; those of the last question when nothing was written since."""
        asked = (reading.counters(), self.conditions, order)
        if self._known is None or self._known[0] != asked:
            self._known = (asked, reading.keys(self._cls, *self.conditions, order=order))
        return self._known[1]

    def rows(self, keys: Sequence[str]) -> Sequence[Sequence[str]]:
        """The cells of these records; one that was removed meanwhile is a row of blanks."""
        with self._office.store.reading() as reading:
            found = reading.by_uid(self._cls, list(keys))
            records: list[Record] = list(found.values())
            names = Names(reading)
            _preload(names, self._cls, self._wires, records)
            computed = {
                wire: dict(zip(found, make(reading, names, records), strict=True))
                for wire, (_, make) in self._computed.items()
                if wire in self._wires
            }
            return [
                [computed[wire].get(key, "") if wire in computed else _cell(names, found.get(key), wire)
                 for wire in self._wires]
                for key in keys
            ]  # fmt: skip


def _preload(names: Names, cls: type[Record], wires: Sequence[str], records: Sequence[Record]) -> None:
    for wire in wires:
        spec = next((each for each in cls.specs() if each.wire == wire), None)
        if spec is not None and spec.kind.refers:
            names.preload(spec.kind.refers, [str(record.packed().get(wire) or "") for record in records])


def _cell(names: Names, record: Record | None, wire: str) -> str:
    if record is None:
        return ""
    spec = record.spec(wire)
    text = names.shown(record, wire)
    return masked(spec, text) if spec.withheld_able and text else text


def _column(spec: Spec) -> Column:
    width = {
        "day": 138,
        "count": 72,
        "year": 72,
        "decimal": 72,
        "code": 110,
        "yes_no": 64,
        "phone": 124,
        "name": 96,
    }.get(spec.kind.name, 140)
    return Column(
        spec.wire,
        spec.label,
        width=width,
        stretch=spec.kind.lines,
        align="right" if spec.kind.name in ("count", "decimal") else "left",
        note=spec.note,
        sortable=not spec.kind.refers,
    )
