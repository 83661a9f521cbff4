"""The lunar calendar, as far as market days and the screen need it: civil day → lunar month and day.

Month beginnings are data handed in from outside (resources/calendars/lunar.json, lunar years 1989 to 2100 after
GB/T 33661-2017); nothing astronomical is computed here.
"""

from __future__ import annotations

import dataclasses as dc
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise

from lianxin.domain.canonical import JsonValue, NotCanonical, parse_strict

_MONTHS = ("正", "二", "三", "四", "五", "六", "七", "八", "九", "十", "冬", "腊")
_TENS = ("初", "十", "廿", "三")
_UNITS = "十一二三四五六七八九"


class BadLunarTable(ValueError):
    """The table of lunar months is damaged; it travels with the program, so the program is to be installed anew."""

    def __init__(self, why: str) -> None:
        super().__init__(f"农历表不完整（{why}）。您的数据没有受影响，请重新安装本程序。")


@dc.dataclass(frozen=True)
class LunarDay:
    """A day of the lunar calendar; `length` is 29 or 30, the days of its month."""

    year: int
    month: int
    day: int
    leap: bool
    length: int

    @property
    def words(self) -> str:
        """十月初四, 闰六月廿九."""
        return f"{'闰' if self.leap else ''}{_MONTHS[self.month - 1]}月{day_words(self.day)}"


def day_words(day: int) -> str:
    """初四, 初十, 二十, 廿九, 三十."""
    if day in (20, 30):
        return "二十" if day == 20 else "三十"
    return "初十" if day == 10 else _TENS[day // 10] + _UNITS[day % 10]


@dc.dataclass(frozen=True)
class _Month:
    year: int
    month: int
    leap: bool
    first: date
    length: int


@dc.dataclass(frozen=True)
class LunarTable:
    """Lunar months one after another without a gap."""

    months: Sequence[_Month]
    _firsts: Sequence[date] = dc.field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_firsts", [month.first for month in self.months])

    @property
    def first(self) -> date:
        """The first day the table knows."""
        return self.months[0].first

    @property
    def last(self) -> date:
        """The last day the table knows."""
        return self.months[-1].first + timedelta(days=self.months[-1].length - 1)

    def on(self, day: date) -> LunarDay | None:
        """The lunar day of a civil day; None outside the table."""
        if not self.first <= day <= self.last:
            return None
        month = self.months[bisect_right(self._firsts, day) - 1]
        return LunarDay(month.year, month.month, (day - month.first).days + 1, month.leap, month.length)

    def civil(self, year: int, month: int, day: int, *, leap: bool = False) -> date | None:
        """The civil day of a lunar day; None when there is no such day."""
        for known in self.months:
            if (known.year, known.month, known.leap) == (year, month, leap):
                return known.first + timedelta(days=day - 1) if 1 <= day <= known.length else None
        return None


def load_lunar(text: str) -> LunarTable:
    """Reads {"kind": "lunar-months", "years": {"1990": [first day, leap month or 0, "0"/"1" for 29/30 days]}}.

    Raises BadLunarTable.
    """
    try:
        data = parse_strict(text.encode("utf-8", "surrogatepass"))
    except NotCanonical as wrong:
        raise BadLunarTable(str(wrong)) from wrong
    years = data.get("years") if isinstance(data, dict) and data.get("kind") == "lunar-months" else None
    if not isinstance(years, dict) or not years:
        raise BadLunarTable("years")
    months: list[_Month] = []
    for year in sorted(years):
        months += _months(year, years)
    for one, following in pairwise(months):
        if one.first + timedelta(days=one.length) != following.first:
            raise BadLunarTable(f"{following.year}")
    return LunarTable(tuple(months))


def _months(year: str, years: Mapping[str, JsonValue]) -> list[_Month]:
    told = years[year]
    if not isinstance(told, list) or len(told) != 3:
        raise BadLunarTable(year)
    start, leap, lengths = told
    if not (isinstance(start, str) and isinstance(leap, int) and isinstance(lengths, str)):
        raise BadLunarTable(year)
    if len(lengths) != 12 + bool(leap) or set(lengths) - {"0", "1"} or not 0 <= leap <= 12:
        raise BadLunarTable(year)
    first, found = date.fromisoformat(start), []
    for place, bit in enumerate(lengths):
        after_leap = bool(leap) and place >= leap
        length = 29 + int(bit)
        found.append(
            _Month(int(year), place + (0 if after_leap else 1), bool(leap) and place == leap, first, length)
        )
        first += timedelta(days=length)
    return found
