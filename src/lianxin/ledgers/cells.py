"""Workbooks as clerks keep them, whatever the file format: sheets of cells with what was typed and what was seen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cached_property
from typing import TypeAlias

Value: TypeAlias = str | int | float | bool | date | datetime | time | None


@dataclass(frozen=True)
class Cell:
    """One cell: its value, its text as seen, and the number format it was kept with ("" in text files)."""

    value: Value = None
    text: str = ""
    number_format: str = ""

    @property
    def is_number(self) -> bool:
        """Whether the file keeps this cell as a number rather than as text or a date."""
        return isinstance(self.value, int | float) and not isinstance(self.value, bool)

    @property
    def is_day(self) -> bool:
        """Whether the file keeps this cell as a date."""
        return isinstance(self.value, date)


@dataclass(frozen=True)
class Merge:
    """A merged range; rows and columns counted from 1, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


BLANK = Cell()


@dataclass(frozen=True)
class Sheet:
    """One sheet, or one table of a Word document; `before` holds the paragraphs above the table."""

    name: str
    rows: Sequence[Sequence[Cell]]
    merges: tuple[Merge, ...] = ()
    before: tuple[str, ...] = ()
    hidden: bool = False
    typed_numbers: bool = True  # False where the format keeps no types (.csv): "3.1" may have been a number
    _origins: dict[tuple[int, int], tuple[int, int]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        origins: dict[tuple[int, int], tuple[int, int]] = {}
        for merge in self.merges:
            for row in range(merge.top, min(merge.bottom, len(self.rows)) + 1):
                for column in range(merge.left, merge.right + 1):
                    origins[row, column] = (merge.top, merge.left)
        object.__setattr__(self, "_origins", origins)

    @cached_property
    def width(self) -> int:
        """The number of columns of the widest row."""
        return max((len(row) for row in self.rows), default=0)

    def cell(self, row: int, column: int) -> Cell:
        """The cell itself, row and column from 1; a blank outside the sheet."""
        if 1 <= row <= len(self.rows) and 1 <= column <= len(self.rows[row - 1]):
            return self.rows[row - 1][column - 1]
        return BLANK

    def origin(self, row: int, column: int) -> tuple[int, int] | None:
        """Top left of the merged range that covers this place, or None when it is not merged."""
        return self._origins.get((row, column))

    def seen(self, row: int, column: int) -> Cell:
        """The cell as a reader sees it: a merged value reaches every row of its merge, in its first column."""
        origin = self.origin(row, column)
        if origin is None:
            return self.cell(row, column)
        return self.cell(*origin) if origin[1] == column else BLANK


@dataclass(frozen=True)
class Workbook:
    """A file as read: its name (for a year in it), its format and its sheets."""

    name: str
    format: str
    sheets: tuple[Sheet, ...]


def text_cell(text: str) -> Cell:
    """A cell that is nothing but text."""
    return Cell(text or None, text, "@") if text else BLANK


def made_cell(value: Value, number_format: str) -> Cell:
    """A cell with its text as a reader of the spreadsheet sees it."""
    return BLANK if value is None or value == "" else Cell(value, shown(value, number_format), number_format)


def shown(value: Value, number_format: str = "") -> str:
    """The text of a value: dates in ISO form, whole numbers without decimals, 3.10 where the format says so."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, str):
        return value
    return _number(value, number_format)


def _number(value: int | float, number_format: str) -> str:
    section = number_format.split(";")[0].strip()
    if section.endswith("%"):
        decimals = len(section.rstrip("%").partition(".")[2])
        return f"{value * 100:.{decimals}f}%"
    whole, point, decimals_text = section.partition(".")
    if point and set(decimals_text) == {"0"} and set(whole) <= set("0#,"):
        return f"{value:.{len(decimals_text)}f}"
    if isinstance(value, int):
        return str(value).zfill(len(section)) if section and set(section) == {"0"} else str(value)
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return repr(value)


def trimmed(rows: Iterable[Sequence[Cell]]) -> tuple[tuple[Cell, ...], ...]:
    """Rows without blank cells at their ends and without blank rows at the end of the sheet."""
    kept: list[tuple[Cell, ...]] = []
    filled = 0
    for row in rows:
        end = len(row)
        while end and row[end - 1].text == "":
            end -= 1
        kept.append(tuple(row[:end]))
        if end:
            filled = len(kept)
    return tuple(kept[:filled])
