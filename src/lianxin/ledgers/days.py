"""Days in ledger cells: dates, serial numbers, packed numbers, and 3.1 that was typed 3.10."""

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
from lianxin.ledgers.rows import LedgerRow

_ONE_DECIMAL = re.compile(r"(\d{1,2})\.([123])")
_FULL_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=[年.\-/]|\d{4}(?!\d))")


@dataclass(frozen=True)
class _Group:
    """Rows that share one day cell (a merge, or blanks under it), and what the cell may mean."""

    rows: tuple[int, ...]
    cell: Cell
    options: tuple[DayReading, ...]
    wrong: Unreadable | None


def resolve_days(
    rows: Sequence[LedgerRow], field: str, *, today: date, context: Context, typed_numbers: bool
) -> list[DayReading | Unreadable]:
    """The day of each row of one sheet; neighbours decide between 3月1日 and 3月10日 for the number 3.1."""
    year = context.year or _year_among([row.raw[field] for row in rows if field in row.raw])
    groups = _groups(rows, field, today, year, context.month)
    falling = _is_falling(groups)
    found: list[DayReading | Unreadable] = [Unreadable("日期是空的，请填写。")] * len(rows)
    before: date | None = None
    following = _next_days(groups)
    results: list[DayReading | Unreadable] = []
    for group, after in zip(groups, following, strict=True):
        result: DayReading | Unreadable
        if group.wrong:
            result = group.wrong
        else:
            low, high = (after, before) if falling else (before, after)
            result = _chosen(group, low, high, typed_numbers)
            result = _year_asked(result, group.cell, year, context, today)
            before = result.day
        results.append(result)
    for group, day in zip(groups, _over_new_year(groups, results, falling, today), strict=True):
        for index in group.rows:
            found[index] = day
    return found


def _over_new_year(
    groups: Sequence[_Group], results: Sequence[DayReading | Unreadable], falling: bool, today: date
) -> list[DayReading | Unreadable]:
    """Days without a year that pass from December into January once: the part that the sheet's year misses moves.

    Only where the whole then spans no more than a year, so that two blocks of one year under another stay.
    """
    days = list(results)
    told = [
        (place, result.day)
        for place, (group, result) in enumerate(zip(groups, results, strict=True))
        if isinstance(result, DayReading) and not _says_year(group.cell)
    ]
    if falling:
        told.reverse()
    turns = [n for n in range(1, len(told)) if _turns_year(told[n - 1][1], told[n][1])]
    if len(turns) != 1:
        return days
    earlier, later = told[: turns[0]], told[turns[0] :]
    first, last = min(day for _, day in earlier), max(day for _, day in later)
    if last >= first or any((day.month, day.day) == (2, 29) for _, day in told):
        return days
    moved, shift = (later, 1) if last.replace(year=last.year + 1) <= today else (earlier, -1)
    for place, day in moved:
        other = day.replace(year=day.year + shift)
        asked = f"本表从12月接到次年1月，“{groups[place].cell.text.strip()}”按{show_day(other)}理解"
        days[place] = DayReading(other, asked)
    return days


def _turns_year(before: date, after: date) -> bool:
    return before.month >= 10 and after.month <= 3 and before.year == after.year


def read_cell_day(
    cell: Cell, *, today: date, year: int | None, month: int | None = None, not_before: date | None = None
) -> DayReading:
    """One day from one cell on its own. Raises Unreadable."""
    options = _options(cell, today, year, month, not_before)
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
            groups[-1] = _Group((*last.rows, index), cell, last.options, last.wrong)
            continue
        try:
            groups.append(_Group((index,), cell, _options(cell, today, year, month, None), None))
        except Unreadable as wrong:
            groups.append(_Group((index,), cell, (), wrong))
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
        if 20_000 <= value < 73_051 and "." not in cell.text:
            return (day_of_serial(float(value)),)
        if isinstance(value, int) and 1 <= value <= 31 and month:
            reading = read_day(f"{month}月{value}日", today=today, year=year, not_before=not_before)
            return (DayReading(reading.day, f"只写了“{value}”，按{show_day(reading.day)}理解"),)
    first = read_day(cell.text, today=today, year=year, month=month, not_before=not_before)
    match = _ONE_DECIMAL.fullmatch(plain(cell.text))
    if match:
        try:
            text = f"{match[1]}.{match[2]}0"
            return (first, read_day(text, today=today, year=year, not_before=not_before))
        except Unreadable:
            pass
    return (first,)


def _date_cell(day: date, cell: Cell, year: int | None) -> DayReading:
    shows_year = "y" in cell.number_format.lower() or "e" in cell.number_format.lower()
    if year and day.year != year and not shows_year and (day.month, day.day) != (2, 29):
        moved = day.replace(year=year)
        return DayReading(moved, f"表格按录入时的{day.year}年存放、只显示月日，按{show_day(moved)}理解")
    return DayReading(day)


def _is_falling(groups: Sequence[_Group]) -> bool:
    sure = [group.options[0].day for group in groups if len(group.options) == 1]
    steps = [(a, b) for a, b in pairwise(sure) if not _turns_year(a, b) and not _turns_year(b, a)]
    falls = sum(1 for a, b in steps if b < a)
    rises = sum(1 for a, b in steps if b > a)
    return falls > rises


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


def _year_asked(
    reading: DayReading, cell: Cell, year: int | None, context: Context, today: date
) -> DayReading:
    """Ask about a year that is written nowhere, or that is not the sheet's; about a month that is not its month."""
    day, doubt = reading.day, reading.doubt
    if not _says_year(cell) and year is None and not doubt:
        if day > today and (day.month, day.day) != (2, 29):
            day = day.replace(year=day.year - 1)
        doubt = f"没有写年份，按{show_day(day)}理解"
    elif context.year and day.year != context.year and not doubt:
        doubt = f"与{context.year_source}写的{context.year}年不一致，按{show_day(day)}登记，请核对"
    elif context.month and day.month != context.month and not doubt:
        doubt = f"与本表的{context.month}月不一致，按{show_day(day)}登记，请核对"
    return DayReading(day, doubt)


def _says_year(cell: Cell) -> bool:
    return cell.is_day or bool(_FULL_YEAR.search(plain(cell.text)))


def _year_among(cells: Sequence[Cell]) -> int | None:
    years: Counter[int] = Counter()
    for cell in cells:
        if isinstance(cell.value, date):
            years[cell.value.year] += 1
        elif match := _FULL_YEAR.search(plain(cell.text)):
            years[int(match[1])] += 1
    return next(iter(years)) if len(years) == 1 else None
