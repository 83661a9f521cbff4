"""Data rows of a ledger: which rows are data, what each cell says once merges and 同上 are resolved."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lianxin.domain.checks import clean_text
from lianxin.domain.numerals import plain
from lianxin.ledgers.cells import BLANK, Cell, Sheet, Workbook
from lianxin.ledgers.context import Context, is_note, read_context
from lianxin.ledgers.headings import Column, Heading, find_heading, folded, is_repeated
from lianxin.ledgers.xlsx import column_letters

REASON = "未导入原因"
"""The column that a workbook of refused rows adds; it is no part of what was typed."""

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}")
_DITTO = re.compile(
    r"[\"'“”]?(?:同上|上同|同前|同上行|同|[-—~]*〃[-—~]*|′{1,2}|〞|‖|\"{1,2}|“|”|''|,,)[\"'“”。.]?"
)
_TOTAL = re.compile(
    r"(?:本?[年月季日页]度?|全[年月]|上半年|下半年|第?[一二三四1-4]季度?|累计|本表|本站|以上)?"
    r"(?:总|合|小|共|累)计[:：]?.*|.{1,8}(?:总|合|小|共|累)计[:：]?|平均[:：]?|本[页月]小结|[总一]?共(?:有)?\d+(?:批次|批|件|人次|人|名|次|条|户)?"
)
_ASIDE_ALONE = re.compile(r"[(【\[].*[)】\]]|[*※].*")
_NUMBERED_NOTE = re.compile(r"[(（]?[\d一二三四五六七八九十]{1,2}[)）]?[、.．)）](?!\d)\S{4,}")


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


@dataclass(frozen=True)
class Stated:
    """A total the ledger itself states (本月合计 15批次), to be compared with what was counted."""

    sheet: str
    row: int
    label: str
    number: int


@dataclass(frozen=True)
class SheetReading:
    """One sheet as understood. `heading` is None when it holds no ledger of the wanted kind."""

    sheet: str
    context: Context
    heading: Heading | None
    rows: tuple[LedgerRow, ...]
    skipped: tuple[Skipped, ...]
    stated: tuple[Stated, ...]
    typed_numbers: bool = True


def read_rows(
    workbook: Workbook,
    columns: Sequence[Column],
    *,
    kind: str,
    carried: Sequence[str] = (),
    overrides: Mapping[str, Mapping[int, str]] | None = None,
) -> tuple[SheetReading, ...]:
    """Read every sheet. `kind` enters each row's identity; `overrides` per sheet name correct the columns.

    `carried` fields, led by the first, come down into rows that leave them blank while the first is blank too.
    """
    counted: Counter[str] = Counter()
    return tuple(
        _read_sheet(
            sheet, workbook.name, columns, kind, carried, (overrides or {}).get(sheet.name, {}), counted
        )
        for sheet in workbook.sheets
    )


def _read_sheet(
    sheet: Sheet,
    file_name: str,
    columns: Sequence[Column],
    kind: str,
    carried: Sequence[str],
    overrides: Mapping[int, str],
    counted: Counter[str],
) -> SheetReading:
    heading = find_heading(sheet, columns, overrides)
    if heading is None:
        skipped = [
            Skipped(sheet.name, n, "空行" if _blank(sheet, n) else "没有找到表头", _line(sheet, n))
            for n in range(1, len(sheet.rows) + 1)
        ]
        return SheetReading(sheet.name, Context(), None, (), tuple(skipped), ())
    context = read_context(sheet, heading.first, file_name)
    body = _Body(sheet, heading, context, kind, tuple(carried), counted)
    for number in range(heading.last + 1, len(sheet.rows) + 1):
        body.take(number)
    return SheetReading(
        sheet.name,
        context,
        heading,
        tuple(body.rows),
        tuple(body.skipped),
        tuple(body.stated),
        sheet.typed_numbers,
    )


class _Body:
    """Walks the rows under one header, remembering the row above for 同上 and blanks."""

    def __init__(
        self,
        sheet: Sheet,
        heading: Heading,
        context: Context,
        kind: str,
        carried: tuple[str, ...],
        counted: Counter[str],
    ) -> None:
        self.sheet, self.heading, self.context = sheet, heading, context
        self.kind, self.carried, self.counted = kind, carried, counted
        self.rows: list[LedgerRow] = []
        self.skipped: list[Skipped] = []
        self.stated: list[Stated] = []
        self._above: dict[str, Cell] = {}
        self._number_column = heading.column_of("number")
        self._headers = {match.field: match.header for match in heading.matches}

    def take(self, row: int) -> None:
        why = self._no_data(row)
        if why:
            self.skipped.append(Skipped(self.sheet.name, row, why, _line(self.sheet, row)))
            if why == "合计":
                self._note_total(row)
            return
        self.rows.append(self._data(row))

    def _no_data(self, row: int) -> str:
        if _blank(self.sheet, row):
            return "空行"
        texts = [
            (c, clean_text(cell.text))
            for c, cell in enumerate(self.sheet.rows[row - 1], 1)
            if cell.text.strip()
        ]
        if all(column == self._number_column for column, _text in texts):
            return "空行" if plain(texts[0][1]).isdigit() else "说明"
        if any(_TOTAL.fullmatch(plain(text)) for _column, text in texts[:2]):
            return "合计"
        if is_note(texts[0][1]) and len(texts) <= 4:
            return "说明"
        if is_repeated(self.sheet, row, self.heading):
            return "表头"
        if len(texts) == 1 and (self._spans_table(row, texts[0][0]) or self._goes_on(row, texts[0][1])):
            return "说明"
        return ""

    def _goes_on(self, row: int, text: str) -> bool:
        """Whether a line on its own is an aside, or a further point of the notes above it: 2、每季度末报送."""
        above = self.skipped[-1] if self.skipped else None
        if _ASIDE_ALONE.fullmatch(plain(text)):
            return True
        return bool(
            above and above.why == "说明" and above.row == row - 1 and _NUMBERED_NOTE.fullmatch(plain(text))
        )

    def _spans_table(self, row: int, column: int) -> bool:
        return self.sheet.origin(row, column) == (row, column) and self.sheet.origin(row, column + 3) == (
            row,
            column,
        )

    def _note_total(self, row: int) -> None:
        texts = [clean_text(cell.text) for cell in self.sheet.rows[row - 1] if cell.text.strip()]
        for text in texts:
            match = re.search(r"(\d+)\s*(?:批次|批|件|人次|人|名|次|条)?$", plain(text))
            if match:
                self.stated.append(Stated(self.sheet.name, row, texts[0], int(match[1])))
                return

    def _data(self, row: int) -> LedgerRow:
        raw: dict[str, Cell] = {}
        places: dict[str, str] = {}
        merged: set[str] = set()
        readings: list[Reading] = []
        problems: list[Problem] = []
        typed = self._typed(row)
        own: dict[str, str] = {}
        for match in self.heading.matches:
            name, column = match.field, match.column
            place = f"{column_letters(column)}{row}"
            places[name] = place
            cell = self.sheet.seen(row, column)
            own[name] = cell.text.strip()
            origin = self.sheet.origin(row, column)
            if origin and origin[0] < row and cell.text:
                merged.add(name)
            if is_ditto(cell.text):
                cell = self._ditto(name, match.header, place, cell, readings, problems)
            raw[name] = cell
        self._carry(raw, merged, typed)
        self._above = raw
        values = {name: clean_text(cell.text) for name, cell in raw.items() if clean_text(cell.text)}
        for column, header in self.heading.unknown.items():
            if text := clean_text(self.sheet.seen(row, column).text):
                values[f"?{folded(header)}"] = text
        return LedgerRow(
            self.sheet.name, row, typed, values, tuple(readings), tuple(problems), self._identity(typed, raw),
            raw, own, places, frozenset(merged), self.kind,
        )  # fmt: skip

    def _ditto(
        self, name: str, header: str, place: str, cell: Cell, readings: list[Reading], problems: list[Problem]
    ) -> Cell:
        above = self._above.get(name, BLANK)
        if not above.text.strip():
            problems.append(Problem(name, place, f"“{cell.text.strip()}”上面没有内容，按空白处理"))
            return BLANK
        readings.append(
            Reading(name, place, cell.text.strip(), clean_text(above.text), f"{folded(header)}与上一行相同")
        )
        return above

    def _carry(self, raw: dict[str, Cell], merged: set[str], typed: dict[str, str]) -> None:
        first = self.carried[0] if self.carried else ""
        if not first or (raw.get(first, BLANK).text.strip() and first not in merged):
            return
        for name in self.carried:
            if name in raw and not raw[name].text.strip() and self._above.get(name, BLANK).text.strip():
                raw[name] = self._above[name]
                merged.add(name)
                # So that a file that lost its merges (saved as .csv) gives the same rows as before.
                typed[folded(self._headers[name])] = raw[name].text.strip()

    def _typed(self, row: int) -> dict[str, str]:
        """Cells as typed, by header, a merged value in every row of its merge; running numbers left out."""
        typed: dict[str, str] = {}
        for column in range(1, self.sheet.width + 1):
            text = self.sheet.seen(row, column).text.strip()
            header = folded(self.heading.headers.get(column, "")) or column_letters(column)
            if text and column != self._number_column and header != REASON:
                typed[header if header not in typed else f"{header}/{column_letters(column)}"] = text
        return typed

    def _identity(self, typed: Mapping[str, str], raw: Mapping[str, Cell]) -> str:
        """Kind, cells as typed and how-manieth among equals; the ledger's year where the row's own day has none."""
        day = raw.get("day", BLANK)
        needs_year = bool(day.text) and not day.is_day and not _YEAR.search(plain(day.text))
        said = json.dumps(
            [self.kind, self.context.year if needs_year else None, sorted(typed.items())], ensure_ascii=False
        )
        self.counted[said] += 1
        return hashlib.sha256(f"{said}#{self.counted[said]}".encode()).hexdigest()


def is_ditto(text: str) -> bool:
    """Whether a cell says "as above": 同上, 〃."""
    return bool(text) and bool(_DITTO.fullmatch(plain(text)))


def _blank(sheet: Sheet, row: int) -> bool:
    return not any(cell.text.strip() for cell in sheet.rows[row - 1])


def _line(sheet: Sheet, row: int) -> str:
    return " ".join(clean_text(cell.text) for cell in sheet.rows[row - 1] if cell.text.strip())[:200]
