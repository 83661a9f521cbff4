"""What a sheet came to, against the total the ledger itself states (本月合计 15批次)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lianxin.domain.numerals import plain
from lianxin.ledgers.rows import SheetReading
from lianxin.office.importing.understood import SheetCount

_AMOUNT = re.compile(r"(\d+)\s*(批次|批|件|人次|人|名|次|条)?")
_OF_PERSONS = ("人次", "人", "名")


@dataclass(frozen=True)
class StatedSum:
    """One total of the ledger (`words` as written) beside what was counted."""

    words: str
    stated: int
    counted: int
    unit: str

    @property
    def agrees(self) -> bool:
        """Whether the ledger and the count say the same."""
        return self.stated == self.counted


@dataclass(frozen=True)
class SheetSum:
    """One sheet: whether a header was found, its data rows, rows left out by reason, its totals."""

    sheet: str
    found: bool
    rows: int
    skipped: Mapping[str, int]
    entries: int
    persons: int | None
    stated: tuple[StatedSum, ...]
    unread: int = 0  # lines that look like data under no header
    expected: tuple[str, ...] = ()  # headings that would have been known
    seen: tuple[str, ...] = ()  # its first lines, where no header was found

    @property
    def agrees(self) -> bool:
        """False when a total of the ledger is another than what was counted."""
        return all(each.agrees for each in self.stated)


def sums_of(sheets: tuple[SheetReading, ...], counted: Mapping[str, SheetCount]) -> tuple[SheetSum, ...]:
    """Every sheet of a file in its order."""
    return tuple(_sum(sheet, counted.get(sheet.sheet) or SheetCount(len(sheet.rows))) for sheet in sheets)


def _sum(sheet: SheetReading, count: SheetCount) -> SheetSum:
    skipped: dict[str, int] = {}
    for row in sheet.skipped:
        skipped[row.why] = skipped.get(row.why, 0) + 1
    return SheetSum(
        sheet.sheet,
        sheet.heading is not None,
        len(sheet.rows),
        skipped,
        count.entries,
        count.persons,
        tuple(_stated(sheet, count)),
        sheet.unread,
        sheet.expected,
        sheet.seen,
    )


def _stated(sheet: SheetReading, count: SheetCount) -> Iterator[StatedSum]:
    for row in sheet.skipped:
        if row.why != "合计":
            continue
        for found in _AMOUNT.finditer(plain(row.text)):
            unit = found[2] or ""
            persons = unit in _OF_PERSONS and count.persons is not None
            # A bare number among other columns need not be a count of rows.
            if unit or len(row.text.split()) == 2:
                counted = count.persons if persons and count.persons is not None else count.entries
                yield StatedSum(row.text, int(found[1]), counted, unit)
