"""Which cells of a county's table are to be filled, and which headings, merged or not, lead to each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lianxin.documents.workbooks.writer import address

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_ROWS, _COLUMNS = 200, 80
_HEADS_LEAST = 3
"""A row is the head of a table when so many words stand beside each other above empty cells."""
_TITLE_SHARE = 0.7
"""Words over more than this part of the columns are a title."""
_LABEL = re.compile(
    r"^(?:填报|填表|报送|上报|统计)(?:单位|日期|时间|时段|月份|人)$|^报告期$|^(?:审核|负责)人$|^联系电话$"
)
"""What is told about a table, not in it."""
_MONTH = re.compile(r"^(?:1[0-2]|[1-9])月份?$")
_OF_NUMBERS = re.compile(
    r"^(?:数量|数值|数据|数|本[月期季年]度?(?:数|完成数?|情况)?|完成(?:数|情况)|填报(?:数|值)|统计数)$"
)
"""What stands over the numbers of a table whose figures stand under each other."""
_OF_UNITS = re.compile(r"^(?:计量)?单位$")


class NotFillable(ValueError):
    """The file is no workbook that can be filled; the message is a Chinese clause saying why and what to do."""


@dataclass(frozen=True)
class Cell:
    """A cell to be filled: its address, and the headings that lead to it, from the top down."""

    address: str
    headings: tuple[str, ...]

    @property
    def heading(self) -> str:
        """The headings in one line."""
        return " ".join(self.headings)


@dataclass(frozen=True)
class TableCells:
    """The words of a sheet by (row, column), and for merged cells where each begins and how far it goes."""

    words: Mapping[tuple[int, int], str]
    anchors: Mapping[tuple[int, int], tuple[int, int]]
    ends: Mapping[tuple[int, int], tuple[int, int]]
    rows: int
    columns: int

    @classmethod
    def of(cls, sheet: Worksheet) -> TableCells:
        """What stands on a sheet, as far as a table of a county goes."""
        spans = [
            ((int(span.min_row), int(span.min_col)), (int(span.max_row), int(span.max_col)))
            for span in sheet.merged_cells.ranges
        ]
        rows, columns = min(sheet.max_row, _ROWS), min(sheet.max_column, _COLUMNS)
        told = (
            (int(cell.row or 0), int(cell.column or 0), str(cell.value))
            for cells in sheet.iter_rows(max_row=rows, max_col=columns)
            for cell in cells
            if cell.value is not None
        )
        return cls.made(told, spans, rows=rows, columns=columns)

    @classmethod
    def made(
        cls,
        told: Iterable[tuple[int, int, str]],
        spans: Iterable[tuple[tuple[int, int], tuple[int, int]]],
        *,
        rows: int,
        columns: int,
    ) -> TableCells:
        """From (row, column, words) and the first and last cell of each merged one, whatever the file was."""
        anchors: dict[tuple[int, int], tuple[int, int]] = {}
        ends: dict[tuple[int, int], tuple[int, int]] = {}
        for first, last in spans:
            ends[first] = last
            for row in range(first[0], min(last[0], _ROWS) + 1):
                for column in range(first[1], min(last[1], _COLUMNS) + 1):
                    anchors[(row, column)] = first
        words = {
            (row, column): "".join(text.split())
            for row, column, text in told
            if row <= _ROWS and column <= _COLUMNS and text.strip()
        }
        return cls(words, anchors, ends, min(rows, _ROWS), min(columns, _COLUMNS))

    def at(self, row: int, column: int) -> str:
        """The words of a cell, those of the whole for a part of a merged one."""
        return self.words.get(self.anchors.get((row, column), (row, column)), "")

    def starts(self, row: int, column: int) -> bool:
        """Whether a cell stands by itself or is the first of a merged one."""
        return self.anchors.get((row, column), (row, column)) == (row, column)

    def end(self, row: int, column: int) -> tuple[int, int]:
        """The last row and column of the merged cell that begins here."""
        return self.ends.get((row, column), (row, column))


def cells_of(table: TableCells, office_names: Sequence[str]) -> Iterator[Cell]:
    """The empty cells under the heads of a table, in the row of this office or the first empty one, or beside the
    names of figures that stand under each other; and those beside a label that ends with a colon, says what is told
    about the table, or stands on a sheet without heads.
    """
    head = _head_rows(table)
    taken: set[tuple[int, int]] = set()
    own = _own_row(table, head[-1], office_names) if head else None
    standing = tuple(_standing(table, head[-1])) if head and own is None else ()
    for place, headings in standing:
        taken.add(place)
        yield Cell(address(*place), headings)
    if head and not standing:
        row = own or _first_empty_row(table, head[-1])
        for column in range(1, table.columns + 1):
            if row is not None and not table.at(row, column) and table.starts(row, column):
                headings = _headings(table, head, column)
                if headings:
                    taken.add((row, column))
                    yield Cell(address(row, column), headings)
    for (row, column), words in sorted(table.words.items()):
        after = table.end(row, column)[1] + 1
        beside = (row, after)
        is_label = row not in head and (not head or _is_label(words)) and not words.startswith("=")
        if is_label and beside not in taken and not table.at(*beside) and table.starts(*beside):
            taken.add(beside)
            yield Cell(address(row, after), (words,))


def _is_label(words: str) -> bool:
    return words.endswith(("：", ":")) or bool(_LABEL.match(words))


def _standing(table: TableCells, head: int) -> Iterator[tuple[tuple[int, int], tuple[str, ...]]]:
    """The empty cells of a table whose figures stand under each other: in its column of numbers, or of each month.

    Nothing where fewer than three names have such a cell: a column of numbers may stand in any table.
    """
    months = [c for c in range(2, table.columns + 1) if _MONTH.match(table.at(head, c))]
    columns = months or [c for c in range(2, table.columns + 1) if _OF_NUMBERS.match(table.at(head, c))]
    if not columns or (len(columns) > 1 and not months):
        return
    units = next((c for c in range(1, table.columns + 1) if _OF_UNITS.match(table.at(head, c))), 0)
    names = [
        (row, names)
        for row in range(head + 1, table.rows + 1)
        if (names := tuple(_names_beside(table, row, columns[0], units)))
        and any(not table.at(row, column) for column in columns)
    ]
    if len(names) < _HEADS_LEAST:
        return
    for row, told in names:
        unit = f"（{table.at(row, units)}）" if units and table.at(row, units) else ""
        for column in columns:
            if not table.at(row, column) and table.starts(row, column):
                month = (table.at(head, column),) if _MONTH.match(table.at(head, column)) else ()
                yield (row, column), (*told[:-1], f"{told[-1]}{unit}", *month)


def _names_beside(table: TableCells, row: int, before: int, units: int) -> Iterator[str]:
    """The words left of the numbers, from the left, each once; no number of order, no unit."""
    found: dict[str, None] = {}
    for column in range(1, before):
        words = table.at(row, column)
        if column != units and words and not _is_number(words) and not words.startswith("="):
            found[words] = None
    yield from found


def _head_rows(table: TableCells) -> range:
    """The rows of the head: the first row of several headings, those above it that span it, and those that split it."""
    best = next(
        (
            row
            for row in range(1, table.rows + 1)
            if _side_by_side(table, row) >= _HEADS_LEAST
            and any(not table.at(row + 1, c) for c in range(1, table.columns + 1))
        ),
        None,
    )
    if best is None:
        return range(0)
    first = best
    while first > 1 and _spans(table, first - 1, best):
        first -= 1
    below = best + 1
    while (
        below <= table.rows
        and sum(bool(table.words.get((below, c))) for c in range(1, table.columns + 1)) >= 2
    ):
        spans = [table.end(row, column)[0] for row, column in table.words if first <= row <= best]
        if below > max(spans, default=best) and not _splits(table, best, below):
            break
        best, below = below, below + 1
    return range(first, max(best, *(table.end(row, c)[0] for row, c in table.words if row == best)) + 1)


def _side_by_side(table: TableCells, row: int) -> int:
    """The most headings of a row with no empty cell and no label between them."""
    most = count = 0
    for column in range(1, table.columns + 1):
        words = table.at(row, column)
        if not words or _is_number(words) or _is_label(words):
            count = 0
        elif table.starts(row, column) or not count:
            count += 1
        most = max(most, count)
    return most


def _spans(table: TableCells, upper: int, head: int) -> bool:
    """Whether a row above the head belongs to it: a heading over several columns, or one that reaches down to it."""
    for row, column in table.words:
        end = table.end(row, column)
        across = end[1] - column + 1
        if row == upper and (end[0] >= head or 1 < across <= table.columns * _TITLE_SHARE):
            return not _is_label(table.words[row, column])
    return False


def _splits(table: TableCells, upper: int, lower: int) -> bool:
    """Whether the words of the lower row stand under a heading of the upper one that spans several columns."""
    return any(
        table.end(row, column)[1] > column
        and any(table.words.get((lower, c)) for c in range(column, table.end(row, column)[1] + 1))
        for row, column in table.words
        if row == upper
    )


def _own_row(table: TableCells, head: int, office_names: Sequence[str]) -> int | None:
    """The row that names this office."""
    for row in range(head + 1, table.rows + 1):
        words = [table.at(row, column) for column in range(1, min(4, table.columns) + 1)]
        if any(
            name and (name in word or (len(word) >= 2 and word in name))
            for word in words
            if word
            for name in office_names
        ):
            return row
    return None


def _first_empty_row(table: TableCells, head: int) -> int | None:
    """The first row below the head in which most cells are empty."""
    for row in range(head + 1, table.rows + 2):
        filled = sum(bool(table.at(row, column)) for column in range(1, table.columns + 1))
        if filled * 3 <= table.columns:
            return row
    return None


def _headings(table: TableCells, head: range, column: int) -> tuple[str, ...]:
    """The words above a cell within the head, from the top down, each once; titles over everything left out."""
    found: list[str] = []
    for row in head:
        words = table.at(row, column)
        anchor = table.anchors.get((row, column), (row, column))
        wide = table.end(*anchor)[1] - anchor[1] + 1 > table.columns * _TITLE_SHARE
        if words and not wide and words not in found:
            found.append(words)
    return tuple(found)


def _is_number(words: str) -> bool:
    return words.replace(".", "").replace("%", "").isdigit()
