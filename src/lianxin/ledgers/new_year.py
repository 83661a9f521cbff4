"""The years of days that name none: of the sheet, of a ledger that runs over New Year, or of no known year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from lianxin.domain.dates import show_day
from lianxin.ledgers.context import Context

_SECOND_HALF = 7


@dataclass(frozen=True)
class Dated:
    """A day whose cell names no year, as read with the sheet's year; `place` tells it apart."""

    place: int
    day: date
    typed: str


Told = Mapping[int, tuple[date, str | None]]
"""Place → the day in its year, and what to ask about it; places not named stay as they were read."""


def years_told(
    days: Sequence[Dated], *, falling: bool, today: date, context: Context, year_known: bool
) -> Told:
    """Puts days without a year into theirs. `days` stand in the ledger's order, latest first when `falling`."""
    told = list(reversed(days)) if falling else list(days)
    if context.years and not year_known:
        return _over_two_years(told, context, today)
    turn = _turn(told)
    moved = _over_new_year(told, turn, today, year_known) if turn else {}
    if year_known:
        return {each.place: (day, _crossing(each, day)) for each, day in moved.items()}
    return _without_year(told, moved, today)


def _turn(told: Sequence[Dated]) -> int | None:
    """Where the days pass from December into January, when they do so once; else None."""
    turns = [
        number
        for number, (one, other) in enumerate(pairwise(told), 1)
        if one.day.month >= 10 and other.day.month <= 3 and one.day.year == other.day.year
    ]
    return turns[0] if len(turns) == 1 else None


def _over_new_year(told: Sequence[Dated], turn: int, today: date, year_known: bool) -> dict[Dated, date]:
    """The part that the sheet's year misses moves, where the whole then spans no more than a year.

    So two blocks of one year under another stay as they are.
    """
    earlier, later = told[:turn], told[turn:]
    first, last = min(each.day for each in earlier), max(each.day for each in later)
    if _month_day(last) >= _month_day(first):
        return {}
    ahead = year_known and _in_year(last, last.year + 1) <= today
    part, shift = (later, 1) if ahead else (earlier, -1)
    return {each: _in_year(each.day, each.day.year + shift) for each in part}


def _crossing(each: Dated, day: date) -> str:
    return f"本表从12月接到次年1月，“{each.typed}”按{show_day(day)}理解"


def _without_year(told: Sequence[Dated], moved: Mapping[Dated, date], today: date) -> Told:
    """No year is written anywhere: the latest years in which no day lies ahead of today, and each is asked."""
    days = {each: moved.get(each, each.day) for each in told}
    back = 1 if any(day > today for day in days.values()) else 0
    found: dict[int, tuple[date, str | None]] = {}
    for each, day in days.items():
        put = _in_year(day, day.year - back)
        found[each.place] = (put, f"没有写年份，按{show_day(put)}理解")
    return found


def _over_two_years(told: Sequence[Dated], context: Context, today: date) -> Told:
    assert context.years is not None
    first, second = context.years
    turn = _turn(told)
    months = {each.day.month for each in told}
    mixed = min(months, default=1) < _SECOND_HALF <= max(months, default=1)
    found: dict[int, tuple[date, str | None]] = {}
    for number, each in enumerate(told):
        if context.first_month:
            year = first if each.day.month >= context.first_month else second
        elif turn is not None:
            year = first if number < turn else second
        elif mixed and all(one.day <= other.day for one, other in pairwise(told)):
            year = first if _in_year(told[-1].day, second) > today else second
        else:
            year = first if each.day.month >= _SECOND_HALF else second
        day = _in_year(each.day, year)
        asked = f"{context.year_source}写的是{first}—{second}年，“{each.typed}”按{show_day(day)}理解"
        found[each.place] = (day, None if context.first_month else asked)
    return found


def _in_year(day: date, year: int) -> date:
    """The same day of another year; 29 February keeps to a year that has one, else it is the 28th."""
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def _month_day(day: date) -> tuple[int, int]:
    return day.month, day.day
