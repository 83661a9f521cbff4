"""Ledgers (台账) as workbooks: of any kind of record, straight from the dictionary."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lianxin.documents.blackout import blacked_out
from lianxin.documents.workbooks.looks import Look
from lianxin.documents.workbooks.writer import Row, Sheet, Value, address, sheet_name, workbook_bytes
from lianxin.domain.dictionary import Record, Spec, Wire

Names = Callable[[str, str], str]
"""(kind, uid) → the name people read; empty when the record is not known."""

NOTHING_YET = "没有记录"
REDACTED_NOTE = "不含个人信息"
_ORDER = "序号"
"""Counted where the kind has no such field of its own: two columns of one name could not be told apart."""
_HEAD_ROWS = 3
_PAPER_WIDTH = 148.0
_SMALLER_PRINT = 165.0
"""Total width at which fitting to the paper still prints 9.4 pt (domain.md 4.3 allows 9)."""
_LEAST_LONG, _GOOD_SHARE = 12.0, 13.0
_SHORT, _LONG = 12.5, 60.0
_PADDING = 2.4
_LINE, _LEAST_ROW, _TALLEST = 15.5, 22.0, 409.0
_PEN_ROW, _PEN_ROWS = 34.0, 12
"""A hand needs 12 mm a row (domain.md 9.6); so many fill a page."""


@dataclass(frozen=True)
class Column:
    """One column of a ledger. `share` is its part of the room left for long texts; 0 keeps what it needs."""

    label: str
    look: Look
    share: int = 0


def ledger_xlsx(
    kind: type[Record],
    rows: Sequence[Record],
    *,
    title: str,
    office_name: str,
    redact: bool,
    names: Names,
    further: Sequence[Sheet] = (),
) -> bytes:
    """The ledger of one kind of record, in paper order, every label from the dictionary.

    `redact` leaves out every personal or sensitive column and takes numbers of phones and identity cards out of
    free text; use it for whatever leaves the house. `rows` are in the order wanted.
    """
    specs = [spec for spec in kind.fields() if spec.ledger and not (redact and spec.withheld_able)]
    read = _Reader(names, redact)
    columns = tuple(_column(spec) for spec in specs)
    body = [read.row(record, specs) for record in rows]
    if all(column.label != _ORDER for column in columns):
        columns = (Column(_ORDER, Look.ORDER), *columns)
        body = [(at, *values) for at, values in enumerate(body, 1)]
    return table_xlsx(
        columns,
        body,
        title=title,
        office_name=office_name,
        label=kind.LABEL,
        note=REDACTED_NOTE * redact,
        further=further,
    )


def table_xlsx(
    columns: Sequence[Column],
    body: Sequence[tuple[Value, ...]],
    *,
    title: str,
    office_name: str,
    label: str,
    note: str = "",
    blank: Sequence[float] = (),
    further: Sequence[Sheet] = (),
) -> bytes:
    """A ledger of ready values: title, office and count, frozen and repeated head, A4 landscape to width.

    `blank` are the widths in characters of one without a body that is to be written on by hand.
    """
    widths = tuple(blank) or fitted_widths(columns, body)
    looks = tuple(column.look for column in columns)
    last = len(columns)
    counted = "" if blank else f"共{len(body)}条" + (f"（{note}）" if note else "")
    rows = [
        Row((title, *("",) * (last - 1)), (Look.TITLE,) * last, 32, fixed=True),
        _under(office_name, counted, last),
        Row(tuple(column.label for column in columns), (Look.HEAD,) * last, 33, fixed=True),
    ]
    rows += [Row(values, looks, tall) for values, tall in zip(body, _heights(body, widths), strict=True)]
    if blank:
        rows += [Row(("",) * last, (Look.TEXT,) * last, _PEN_ROW, fixed=True) for _ in range(_PEN_ROWS)]
    elif not body:
        rows.append(Row((NOTHING_YET, *("",) * (last - 1)), (Look.MIDDLE,) * last, 24))
    end = address(len(rows), last)
    half = max(1, last // 2)
    merges = [f"A1:{address(1, last)}"] if last > 1 else []
    if half > 1:
        merges.append(f"A2:{address(2, half)}")
    if half + 1 < last:
        merges.append(f"{address(2, half + 1)}:{address(2, last)}")
    if not body and not blank and last > 1:
        merges.append(f"A{len(rows)}:{end}")
    sheet = Sheet(
        name=sheet_name(label),
        widths=widths,
        rows=rows,
        merges=tuple(merges),
        head_rows=_HEAD_ROWS,
        filtered=f"A{_HEAD_ROWS}:{end}" if body else "",
    )
    return workbook_bytes([sheet, *further], title=title, author=office_name)


def fitted_widths(columns: Sequence[Column], body: Sequence[tuple[Value, ...]]) -> tuple[float, ...]:
    """Widths in characters: as wide as the content, but together no wider than the paper while that can be.

    Only columns of long text give way, those that need least being served first; dates, numbers and names keep
    what they need.
    """
    wanted = [_wanted(column, [values[at] for values in body]) for at, column in enumerate(columns)]
    long = [at for at, column in enumerate(columns) if column.share]
    long.sort(key=lambda at: wanted[at] / columns[at].share)
    short = sum(wanted) - sum(wanted[at] for at in long)
    shares = sum(columns[at].share for at in long)
    room = max(_PAPER_WIDTH - short, min(_SMALLER_PRINT - short, _GOOD_SHARE * shares))
    for at in long:
        most = max(_LEAST_LONG, round(room * columns[at].share / shares, 1))
        wanted[at] = min(wanted[at], most)
        room -= wanted[at]
        shares -= columns[at].share
    return tuple(wanted)


def _wanted(column: Column, values: Sequence[Value]) -> float:
    least = _label_width(column.label)
    if column.look is Look.DAY:
        return max(11.5, least)
    if column.look in (Look.COUNT, Look.DECIMAL, Look.ORDER):
        return max(least, max((len(str(value)) for value in values), default=1) + 3.0)
    return min(max(least, _widest(values) + _PADDING), _LONG if column.share else max(_SHORT, least))


def _widest(values: Sequence[Value]) -> int:
    most = 0
    for value in values:
        # A text of half as many characters cannot be wider, whatever they are.
        if isinstance(value, str) and len(value) * 2 > most:
            most = max(most, _across(value))
    return most


def _label_width(label: str) -> float:
    """A heading of four or more characters may stand on two lines of equal length, unless it has a bracket."""
    on_one_line = len(label) < 4 or "（" in label
    return (_across(label) if on_one_line else (len(label) + 1) // 2 * 2) + 1.6


def _across(text: str) -> int:
    """Width on paper in half characters: GB 18030 has a byte for each, and some to spare for rare ones."""
    return len(text) if text.isascii() else len(text.encode("gb18030", "replace"))


def _under(left: str, right: str, last: int) -> Row:
    half = max(1, last // 2)
    values = [left, *("",) * (last - 1)]
    if last > half:
        values[half] = right
    looks = (Look.UNDER_LEFT,) * half + (Look.UNDER_RIGHT,) * (last - half)
    return Row(tuple(values), looks, 20, fixed=True)


def _heights(body: Sequence[tuple[Value, ...]], widths: Sequence[float]) -> list[float]:
    """The height of every row, by the cell of it that takes the most lines."""
    lines = [1] * len(body)
    # An empty body has no columns.
    for values, width in zip(zip(*body, strict=True), widths, strict=bool(body)):
        fits = width - _PADDING
        # A text of half as many characters cannot be wider, whatever they are.
        wide = [
            (at, text)
            for at, text in enumerate(values)
            if isinstance(text, str) and (len(text) * 2 > fits or "\n" in text)
        ]
        for at, text in wide:
            count = sum([_lines(part, fits) for part in text.split("\n")])
            if count > lines[at]:
                lines[at] = count
    return [min(_TALLEST, max(_LEAST_ROW, count * _LINE + 4)) for count in lines]


def _lines(text: str, fits: float) -> int:
    """Lines of a text, rather one too many: a stop that may not begin a line takes a character with it."""
    across = _across(text)
    return 1 if across <= fits else math.ceil(across / max(2.0, fits - 2))


def _column(spec: Spec) -> Column:
    kind = spec.kind
    if kind.name == "day":
        return Column(spec.label, Look.DAY)
    if kind.name == "count":
        return Column(spec.label, Look.COUNT)
    if kind.name == "decimal":
        return Column(spec.label, Look.DECIMAL)
    if kind.lines or spec.length > 40:
        return Column(spec.label, Look.TEXT, share=2 if kind.lines else 1)
    return Column(spec.label, Look.MIDDLE)


class _Reader:
    """Reads cells out of records; words for codes and references are looked up once each."""

    def __init__(self, names: Names, redact: bool) -> None:
        self._names = names
        self._redact = redact
        self._seen: dict[tuple[str, str, Wire], str] = {}

    def row(self, record: Record, specs: Sequence[Spec]) -> tuple[Value, ...]:
        packed = record.packed()
        return tuple(self._value(spec, packed[spec.wire]) for spec in specs)

    def _value(self, spec: Spec, wire: Wire) -> Value:
        kind = spec.kind
        if wire is None or wire == "":
            return None
        if kind.name == "day":
            day = date.fromisoformat(str(wire))
            return None if day == date.min else day
        if kind.name == "count":
            return int(wire)
        if kind.name == "decimal":
            return Decimal(str(wire))
        if kind.codes is None and not kind.refers:
            shown = kind.show(kind.unpack(wire))
            return blacked_out(shown) if self._redact and spec.privacy == "content" else shown
        key = (kind.refers, spec.wire, wire)
        if key not in self._seen:
            self._seen[key] = (
                self._names(kind.refers, str(wire)) if kind.refers else kind.show(kind.unpack(wire))
            )
        return self._seen[key]
