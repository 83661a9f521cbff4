"""Data rows of a ledger as the other modules see them: what each cell said, was understood as, and lacks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lianxin.domain.numerals import plain
from lianxin.ledgers.cells import Cell
from lianxin.ledgers.context import Context
from lianxin.ledgers.headings import Heading

REASON = "未导入原因"
"""The column that a workbook of refused rows adds; it is no part of what was typed."""

NO_HEADER = "没有找到表头"
"""Why a line was skipped on a sheet that could not be read."""

_TABLE_WIDTH = 3
_DITTO = re.compile(
    r"[\"'“”(]?(?:同上(?:行|一行|栏|述|例)?|上同|同前|同|如上|[-—~]*(?:〃|//|″|\"|“|”)[-—~]*|′{1,2}|〞|‖|∥|\"{1,2}|''|,,"
    r"|[-—~]*(?:do|ditto|idem)\.?[-—~]*|↑)[\"'“”。.)]?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Reading:
    """A cell that was understood rather than copied: what was typed, what was understood, and why."""

    field: str
    cell: str
    typed: str
    understood: str
    why: str


@dataclass(frozen=True)
class Problem:
    """A cell that is wrong or unreadable, in a sentence for the clerk."""

    field: str
    cell: str
    message: str


@dataclass(frozen=True)
class LedgerRow:
    """One data row: its cells as typed (by header), its values per field, and what to ask about it."""

    sheet: str
    row: int
    cells: Mapping[str, str]
    values: Mapping[str, str]
    readings: tuple[Reading, ...]
    problems: tuple[Problem, ...]
    identity: str
    raw: Mapping[str, Cell] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)  # field → its own cell as typed, 同上 unresolved
    places: Mapping[str, str] = field(default_factory=dict)  # field → "B4"
    merged: frozenset[str] = frozenset()  # fields whose value comes down a merge or from the row above
    kind_hint: str = ""
    month: int | None = None  # of the line above it that names the month of what follows: 一月份

    def place(self, name: str) -> str:
        """The address of a field's cell, or of the row when the ledger has no such column."""
        return self.places.get(name, f"第{self.row}行")


@dataclass(frozen=True)
class Skipped:
    """A row that is no data: blank, a total, a note, the header again."""

    sheet: str
    row: int
    why: str
    text: str
    filled: int = 1  # cells with something in them


@dataclass(frozen=True)
class Stated:
    """A total the ledger itself states (本月合计 15批次), to be compared with what was counted."""

    sheet: str
    row: int
    label: str
    number: int


@dataclass(frozen=True)
class SheetReading:
    """One sheet as understood. `heading` is None when it holds no ledger of the wanted kind.

    Of such a sheet `expected` are headings that would have been known and `seen` its first lines as they are.
    """

    sheet: str
    context: Context
    heading: Heading | None
    rows: tuple[LedgerRow, ...]
    skipped: tuple[Skipped, ...]
    stated: tuple[Stated, ...]
    typed_numbers: bool = True
    expected: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()

    @property
    def unread(self) -> int:
        """How many lines look like data and were not read, because no header says what they are."""
        if self.heading is not None:
            return 0
        return sum(each.why == NO_HEADER and each.filled >= _TABLE_WIDTH for each in self.skipped)


def is_ditto(text: str) -> bool:
    """Whether a cell says "as above": 同上, 〃."""
    return bool(text) and bool(_DITTO.fullmatch(plain(text)))
