"""The rows under one header: which are data, and what each cell says once merges and 同上 are resolved."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from lianxin.domain.checks import clean_text
from lianxin.domain.numerals import arabic, plain
from lianxin.ledgers.cells import BLANK, Cell, Sheet, text_cell
from lianxin.ledgers.context import Context, is_note
from lianxin.ledgers.headings import Heading, folded, is_repeated
from lianxin.ledgers.rows import (
    REASON,
    LedgerRow,
    Problem,
    Reading,
    SheetReading,
    Skipped,
    Stated,
    is_ditto,
)
from lianxin.ledgers.xlsx import column_letters

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}")
_AMOUNTS = r"(?:接待|来访|群众|意见|反映|批次|批|件|人次|人|名|次|条|户|个|[\d、,，;；。:：])*"
_TOTAL = re.compile(
    r"(?:本?[年月季日页]度?|全[年月]|上半年|下半年|第?[一二三四1-4]季度?|\d{1,2}月份?|[一二三四五六七八九十]{1,2}月份?|本表|本站|以上)?"
    rf"(?:总|合|小|共|累)计{_AMOUNTS}|.{{1,8}}(?:总|合|小|共|累)计[:：]?|平均[:：]?|本[页月]小结"
    r"|[总一]?共(?:有)?\d+(?:批次|批|件|人次|人|名|次|条|户)?"
)
_MONTH_LINE = re.compile(r"(?:20\d\d年)?(1[0-2]|[1-9])月份?[:：]?")
_ASIDE_ALONE = re.compile(r"[(【\[].*[)】\]]|[*※].*")
_NUMBERED_NOTE = re.compile(r"[(（]?[\d一二三四五六七八九十]{1,2}[)）]?[、.．)）](?!\d)\S{4,}")


class Body:
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
        self._month: int | None = None
        self._parts: tuple[str, str] = ("", "")

    def read(self) -> SheetReading:
        """The sheet as understood."""
        for number in range(self.heading.last + 1, len(self.sheet.rows) + 1):
            self.take(number)
        return SheetReading(
            self.sheet.name,
            self.context,
            self.heading,
            tuple(self.rows),
            tuple(self.skipped),
            tuple(self.stated),
            self.sheet.typed_numbers,
        )

    def take(self, row: int) -> None:
        """One more row, in order."""
        why = self._no_data(row)
        if why:
            self.skipped.append(Skipped(self.sheet.name, row, why, line_of(self.sheet, row)))
            if why == "合计":
                self._note_total(row)
            elif why == "说明" and (match := _MONTH_LINE.fullmatch(arabic(plain(self.skipped[-1].text)))):
                self._month = int(match[1])
            return
        self.rows.append(self._data(row))

    def _no_data(self, row: int) -> str:
        if blank_row(self.sheet, row):
            return "空行"
        texts = [
            (c, clean_text(cell.text))
            for c, cell in enumerate(self.sheet.rows[row - 1], 1)
            if cell.text.strip()
        ]
        if all(column == self._number_column for column, _text in texts):
            return "空行" if plain(texts[0][1]).isdigit() else "说明"
        if _is_total(texts) or self._is_bare_sum(texts):
            return "合计"
        if is_note(texts[0][1]) and len(texts) <= 4:
            return "说明"
        if is_repeated(self.sheet, row, self.heading):
            return "表头"
        if len(texts) == 1 and (self._spans_table(row, texts[0][0]) or self._goes_on(row, texts[0][1])):
            return "说明"
        return ""

    def _is_bare_sum(self, texts: Sequence[tuple[int, str]]) -> bool:
        """Whether nothing but a number under 人数 stands in the row."""
        filled = [(column, text) for column, text in texts if column != self._number_column]
        persons = self.heading.column_of("persons")
        return len(filled) == 1 and filled[0][0] == persons and plain(filled[0][1]).isdigit()

    def _goes_on(self, row: int, text: str) -> bool:
        """Whether a line on its own is an aside, or a further point of the notes above it: 2、每季度末报送."""
        above = self.skipped[-1] if self.skipped else None
        if _ASIDE_ALONE.fullmatch(plain(text)) or _MONTH_LINE.fullmatch(arabic(plain(text))):
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
        if self.heading.day_parts:
            raw["day"] = self._day_of_parts(row)
        readings += self._carry(raw, merged, typed, places)
        self._above = raw
        values = {name: clean_text(cell.text) for name, cell in raw.items() if clean_text(cell.text)}
        for column, header in self.heading.unknown.items():
            if text := clean_text(self.sheet.seen(row, column).text):
                values[f"?{folded(header)}"] = text
        return LedgerRow(
            self.sheet.name, row, typed, values, tuple(readings), tuple(problems), self._identity(typed, raw),
            raw, own, places, frozenset(merged), self.kind, self._month,
        )  # fmt: skip

    def _day_of_parts(self, row: int) -> Cell:
        """The day of a ledger with columns of their own for 年, 月 and 日; blank ones go on from above."""
        year_column, month_column, day_column = self.heading.day_parts or (0, 0, 0)
        year, month = self._parts
        if year_column:
            year = plain(self.sheet.seen(row, year_column).text).rstrip("年") or year
        month = plain(self.sheet.seen(row, month_column).text).rstrip("月") or month
        day = plain(self.sheet.seen(row, day_column).text).rstrip("日号")
        self._parts = (year, month)
        if not day or not month:
            return BLANK
        return text_cell(f"{year}年{month}月{day}日" if year else f"{month}月{day}日")

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

    def _carry(
        self, raw: dict[str, Cell], merged: set[str], typed: dict[str, str], places: Mapping[str, str]
    ) -> list[Reading]:
        """What a row under a dated row leaves blank comes from above; asked unless a merge says so."""
        first = self.carried[0] if self.carried else ""
        by_merge = first in merged
        if not first or (raw.get(first, BLANK).text.strip() and not by_merge):
            return []
        asked: list[Reading] = []
        for name in self.carried:
            if name in raw and not raw[name].text.strip() and self._above.get(name, BLANK).text.strip():
                raw[name] = self._above[name]
                merged.add(name)
                # So that a file that lost its merges (saved as .csv) gives the same rows as before.
                typed[folded(self._headers[name])] = raw[name].text.strip()
                if not by_merge:
                    shown = clean_text(raw[name].text)
                    why = f"{folded(self._headers[name])}是空的，按上一行理解"
                    asked.append(Reading(name, places[name], "", shown, why))
        return asked

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


def _is_total(texts: Sequence[tuple[int, str]]) -> bool:
    """Whether a row adds up others: its first cell says so, or its second beside a number."""
    if _TOTAL.fullmatch(plain(texts[0][1])):
        return True
    return len(texts) > 1 and len(plain(texts[0][1])) <= 4 and bool(_TOTAL.fullmatch(plain(texts[1][1])))


def blank_row(sheet: Sheet, row: int) -> bool:
    """Whether nothing stands in a row."""
    return not any(cell.text.strip() for cell in sheet.rows[row - 1])


def line_of(sheet: Sheet, row: int) -> str:
    """What stands in a row, for people."""
    return " ".join(clean_text(cell.text) for cell in sheet.rows[row - 1] if cell.text.strip())[:200]
