"""Days in ledger cells: dates, serial numbers, packed numbers, 3月上旬, and 3.1 that was typed 3.10."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from lianxin.domain.dates import DayReading, Unreadable, day_of_serial, read_day, show_day, show_day_short
from lianxin.domain.numerals import plain
from lianxin.ledgers.cells import Cell
from lianxin.ledgers.context import Context
from lianxin.ledgers.new_year import Dated, years_told
from lianxin.ledgers.rows import LedgerRow
from lianxin.ledgers.vague_days import VagueDay, read_vague_day, serial_in_text, tidied_day

_ONE_DECIMAL = re.compile(r"(\d{1,2})\.([123])")
_FULL_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=[年.\-/]|\d{4}(?!\d))")
_SHORT_YEAR = re.compile(
    r"'?(\d{2})[年.\-/](\d{1,2})[月.\-/](\d{1,2})[日号]?.*|[12]\d[01]\d[0-3]\d|(?:去|今|本|前)年.*"
)


@dataclass(frozen=True)
class _Group:
    """Rows that share one day cell (a merge, or blanks under it), and what the cell may mean."""

    rows: tuple[int, ...]
    cell: Cell
    options: tuple[DayReading, ...]
    wrong: Unreadable | None
    vague: VagueDay | None = None

    @property
    def says_year(self) -> bool:
        """Whether the cell names its year itself."""
        return self.vague.says_year if self.vague else _says_year(self.cell)


def resolve_days(
    rows: Sequence[LedgerRow], field: str, *, today: date, context: Context, typed_numbers: bool
) -> list[DayReading | Unreadable]:
    """The day of each row of one sheet; neighbours decide between 3月1日 and 3月10日 for the number 3.1."""
    year = context.year or _year_among([row.raw[field] for row in rows if field in row.raw])
    base = year or (context.years[0] if context.years else None)
    groups = _groups(rows, field, today, base, context.month)
    falling = _is_falling(groups)
    before: date | None = None
    chosen: list[DayReading | None] = []
    for group, after in zip(groups, _next_days(groups), strict=True):
        low, high = (after, before) if falling else (before, after)
        reading = None if group.wrong else _chosen(group, low, high, typed_numbers)
        before = reading.day if reading else before
        chosen.append(reading)
    told = [
        Dated(place, reading.day, group.cell.text.strip())
        for place, (group, reading) in enumerate(zip(groups, chosen, strict=True))
        if reading and not group.says_year
    ]
    moved = years_told(told, falling=falling, today=today, context=context, year_known=year is not None)
    found: list[DayReading | Unreadable] = [Unreadable("日期是空的，请填写。")] * len(rows)
    for place, (group, reading) in enumerate(zip(groups, chosen, strict=True)):
        result: DayReading | Unreadable = group.wrong or Unreadable("日期看不懂，请核对。")
        if reading:
            day, doubt = moved.get(place, (reading.day, None))
            if reading.doubt and day != reading.day:
                doubt = doubt or f"“{group.cell.text.strip()}”按{show_day(day)}理解"
            result = DayReading(day, doubt or reading.doubt or _differs(day, context))
        for index in group.rows:
            found[index] = result
    return found


def read_cell_day(
    cell: Cell, *, today: date, year: int | None, month: int | None = None, not_before: date | None = None
) -> DayReading:
    """One day from one cell on its own. Raises Unreadable."""
    try:
        options = _options(cell, today, year, month, not_before)
    except Unreadable:
        vague = read_vague_day(cell.text, year=year or today.year, month=month)
        if vague is None:
            raise
        day = vague.likeliest(not_before if not_before and not_before <= vague.last else None, None)
        return DayReading(day, _vague_asked(cell, day))
    if len(options) > 1 and not_before:
        fitting = [option for option in options if option.day >= not_before]
        if len(fitting) == 1:
            return fitting[0]
    first = options[0]
    if len(options) > 1 and cell.is_number and not first.doubt:
        asked = f"数字{cell.text}按{show_day_short(first.day)}理解，也可能是{show_day_short(options[1].day)}"
        return DayReading(first.day, asked)
    return first


def _groups(
    rows: Sequence[LedgerRow], field: str, today: date, year: int | None, month: int | None
) -> list[_Group]:
    groups: list[_Group] = []
    for index, row in enumerate(rows):
        cell = row.raw.get(field)
        if cell is None or not cell.text.strip():
            continue
        if groups and field in row.merged and groups[-1].cell is cell:
            last = groups[-1]
            groups[-1] = _Group((*last.rows, index), cell, last.options, last.wrong, last.vague)
            continue
        of_month = row.month or month
        try:
            groups.append(_Group((index,), cell, _options(cell, today, year, of_month, None), None))
        except Unreadable as wrong:
            vague = read_vague_day(cell.text, year=year or today.year, month=of_month)
            groups.append(_Group((index,), cell, (), None if vague else wrong, vague))
    return groups


def _options(
    cell: Cell, today: date, year: int | None, month: int | None, not_before: date | None
) -> tuple[DayReading, ...]:
    """What a cell may mean, the plainest reading first. Raises Unreadable."""
    value = cell.value
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return (_date_cell(value, cell, year),)
    if isinstance(value, int | float) and not isinstance(value, bool):
        if 20_000 <= value < 73_051:
            return (day_of_serial(float(value)),)
        if isinstance(value, int) and 1 <= value <= 31 and month:
            reading = read_day(f"{month}月{value}日", today=today, year=year, not_before=not_before)
            return (DayReading(reading.day, f"只写了“{value}”，按{show_day(reading.day)}理解"),)
    elif (serial := serial_in_text(cell.text)) is not None:
        return (day_of_serial(serial),)
    first = _plain_day(cell.text, today, year, month, not_before)
    match = _ONE_DECIMAL.fullmatch(plain(cell.text))
    if match:
        try:
            text = f"{match[1]}.{match[2]}0"
            return (first, read_day(text, today=today, year=year, not_before=not_before))
        except Unreadable:
            pass
    return (first,)


def _plain_day(
    text: str, today: date, year: int | None, month: int | None, not_before: date | None
) -> DayReading:
    """One day of a text, also in an odd shape. Raises Unreadable."""
    try:
        return read_day(text, today=today, year=year, month=month, not_before=not_before)
    except Unreadable:
        tidied = tidied_day(text)
        if tidied is None:
            raise
    found = read_day(tidied[0], today=today, year=year, month=month, not_before=not_before)
    return DayReading(found.day, tidied[1] or found.doubt)


def _date_cell(day: date, cell: Cell, year: int | None) -> DayReading:
    shows_year = "y" in cell.number_format.lower() or "e" in cell.number_format.lower()
    if year and day.year != year and not shows_year and (day.month, day.day) != (2, 29):
        moved = day.replace(year=year)
        return DayReading(moved, f"表格按录入时的{day.year}年存放、只显示月日，按{show_day(moved)}理解")
    return DayReading(day)


def _is_falling(groups: Sequence[_Group]) -> bool:
    """Whether the ledger lists the latest day first."""
    days = [group.options[0].day for group in groups if len(group.options) == 1]
    return sum(1 if a < b else -1 if a > b else 0 for a, b in pairwise(days)) < 0


def _next_days(groups: Sequence[_Group]) -> list[date | None]:
    """For each group the next day below it that has one meaning only."""
    days: list[date | None] = []
    after: date | None = None
    for group in reversed(groups):
        days.append(after)
        if len(group.options) == 1:
            after = group.options[0].day
    return days[::-1]


def _chosen(group: _Group, low: date | None, high: date | None, typed_numbers: bool) -> DayReading:
    if group.vague:
        day = group.vague.likeliest(low, high)
        return DayReading(day, _vague_asked(group.cell, day))
    if len(group.options) == 1:
        return group.options[0]
    fitting = [
        option
        for option in group.options
        if (low is None or option.day >= low) and (high is None or option.day <= high)
    ]
    chosen = fitting[0] if fitting else group.options[0]
    other = next(option for option in group.options if option is not chosen)
    maybe_number = group.cell.is_number or not typed_numbers
    if chosen is group.options[0] and not maybe_number:
        return chosen
    around = [show_day_short(day) for day in (low, high) if day]
    reason = f"（前后为{'、'.join(around)}）" if len(fitting) == 1 and around else ""
    typed = f"数字{group.cell.text}" if maybe_number else f"“{group.cell.text}”"
    asked = f"{typed}按{show_day_short(chosen.day)}理解{reason}，也可能是{show_day_short(other.day)}"
    return DayReading(chosen.day, chosen.doubt or asked)


def _vague_asked(cell: Cell, day: date) -> str:
    return f"“{cell.text.strip()}”没有写明哪一天，先按{show_day(day)}登记，请核对"


def _differs(day: date, context: Context) -> str | None:
    """Ask about a year that is not the sheet's, and about a month that is not its month."""
    years = context.years or ((context.year,) if context.year else ())
    if years and day.year not in years:
        shown = "—".join(str(year) for year in years)
        return f"与{context.year_source}写的{shown}年不一致，按{show_day(day)}登记，请核对"
    if context.month and day.month != context.month:
        return f"与本表的{context.month}月不一致，按{show_day(day)}登记，请核对"
    return None


def _says_year(cell: Cell) -> bool:
    if cell.is_day or serial_in_text(cell.text) is not None:
        return True
    if cell.is_number and isinstance(cell.value, int | float) and cell.value >= 20_000:
        return True
    text = plain(cell.text)
    return bool(_FULL_YEAR.search(text) or _SHORT_YEAR.fullmatch(text) or tidied_day(cell.text))


def _year_among(cells: Sequence[Cell]) -> int | None:
    years: Counter[int] = Counter()
    for cell in cells:
        if isinstance(cell.value, date):
            years[cell.value.year] += 1
        elif match := _FULL_YEAR.search(plain(cell.text)):
            years[int(match[1])] += 1
    return next(iter(years)) if len(years) == 1 else None
