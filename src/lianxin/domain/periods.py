"""Spans that are counted: a month, quarter, half-year or year, or from one month to another, to the county's cut-off day."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache

from lianxin.domain.dates import FIRST_YEAR, LAST_YEAR
from lianxin.domain.rules import MONTH_END

_SPAN = re.compile(r"(\d{4}-\d{1,2})\.\.(\d{4}-\d{1,2})")
_SHAPE = re.compile(r"(\d{4})(?:-(?:(\d{1,2})|[Qq]([1-4])|[Hh]([12])))?")


_USUAL = (1, 3, 6, 12)
MOST_MONTHS = 120
"""Two terms of five years; longer spans are asked for by mistake."""


class BadPeriod(ValueError):
    """The text names no period; the message says in Chinese how to write one."""


@dataclass(frozen=True, order=True)
class Period:
    """A span of whole statistical months. `first_month` counts months since year 0 (year × 12 + month − 1)."""

    first_month: int
    months: int
    cutoff: int = MONTH_END

    @classmethod
    def parse(cls, text: str, *, cutoff: int = MONTH_END) -> Period:
        """Reads 2026-11, 2026-Q4, 2026-H2, 2026 or 2026-01..2026-11. `cutoff` is the profile's 统计截止日.

        Raises BadPeriod.
        """
        if span := _SPAN.fullmatch(text.strip()):
            return cls.parse(span[1], cutoff=cutoff).until(cls.parse(span[2], cutoff=cutoff))
        match = _SHAPE.fullmatch(text.strip())
        if not match:
            raise BadPeriod(
                f"看不懂时段“{text}”，请写成 2026-11、2026-Q4、2026-H2、2026 或 2026-01..2026-11。"
            )
        year, month, quarter, half = int(match[1]), match[2], match[3], match[4]
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise BadPeriod(f"时段“{text}”的年份不对，请核对。")
        if month and not 1 <= int(month) <= 12:
            raise BadPeriod(f"时段“{text}”的月份不对，请核对。")
        if not 1 <= cutoff <= MONTH_END:
            raise BadPeriod(f"统计截止日{cutoff}不对，应在1到31之间。")
        start = year * 12
        if month:
            return cls(start + int(month) - 1, 1, cutoff)
        if quarter:
            return cls(start + (int(quarter) - 1) * 3, 3, cutoff)
        return cls(start + (int(half) - 1) * 6, 6, cutoff) if half else cls(start, 12, cutoff)

    @classmethod
    def containing(cls, day: date, *, cutoff: int = MONTH_END) -> Period:
        """The statistical month in which a day is counted: with cut-off 25, 2026-10-26 belongs to November."""
        return _month_with(day, cutoff)

    def until(self, last: Period) -> Period:
        """From the first month of this period to the last one of another. Raises BadPeriod when that is earlier."""
        months = last.first_month + last.months - self.first_month
        if months < 1:
            raise BadPeriod(f"时段“{self.label}至{last.label}”的起止颠倒了，请核对。")
        if months > MOST_MONTHS:
            raise BadPeriod(f"时段“{self.label}至{last.label}”超过了{MOST_MONTHS // 12}年，请分段统计。")
        return Period(self.first_month, months, self.cutoff)

    @property
    def is_usual(self) -> bool:
        """Whether it is a month, quarter, half-year or year as the calendar has them: what is reported."""
        return self.months in _USUAL and self.first_month % self.months == 0

    @cached_property
    def start(self) -> date:
        """First day counted."""
        return _end_of(self.first_month - 1, self.cutoff) + timedelta(days=1)

    @cached_property
    def end(self) -> date:
        """Last day counted; whatever the cut-off, it lies in the last month, so its year is that of the period."""
        return _end_of(self.first_month + self.months - 1, self.cutoff)

    def __contains__(self, day: date | None) -> bool:
        return day is not None and self.start <= day <= self.end

    @property
    def code(self) -> str:
        """2026-11, 2026-Q4, 2026-H2, 2026, 2026-01..2026-11: what `parse` reads."""
        if not self.is_usual:
            return f"{self.parts[0].code}..{self.parts[-1].code}"
        year, month = divmod(self.first_month, 12)
        if self.months == 12:
            return f"{year:04d}"
        if self.months == 6:
            return f"{year:04d}-H{month // 6 + 1}"
        return f"{year:04d}-Q{month // 3 + 1}" if self.months == 3 else f"{year:04d}-{month + 1:02d}"

    @property
    def label(self) -> str:
        """2026年11月, 2026年第四季度, 2026年下半年, 2026年, 2026年1—11月, 2025年11月—2026年2月."""
        year, month = divmod(self.first_month, 12)
        if not self.is_usual:
            last_year, last_month = divmod(self.first_month + self.months - 1, 12)
            last = f"{last_month + 1}月" if last_year == year else f"{last_year}年{last_month + 1}月"
            return f"{year}年{month + 1}{'' if last_year == year else '月'}—{last}"
        if self.months == 12:
            return f"{year}年"
        if self.months == 6:
            return f"{year}年{'上' if month == 0 else '下'}半年"
        if self.months == 3:
            return f"{year}年第{'一二三四'[month // 3]}季度"
        return f"{year}年{month + 1}月"

    @property
    def parts(self) -> tuple[Period, ...]:
        """The statistical months of this period, in order."""
        return tuple(Period(self.first_month + step, 1, self.cutoff) for step in range(self.months))

    @property
    def before(self) -> Period:
        """The period of the same length just before."""
        return Period(self.first_month - self.months, self.months, self.cutoff)

    @property
    def year_before(self) -> Period:
        """The same months of the year before (上年同期)."""
        return Period(self.first_month - 12, self.months, self.cutoff)


@lru_cache(maxsize=4096)
def _month_with(day: date, cutoff: int) -> Period:
    """Remembered: thousands of records are counted on a few hundred days."""
    month = day.year * 12 + day.month - 1
    return Period(month if day <= _end_of(month, cutoff) else month + 1, 1, cutoff)


@lru_cache(maxsize=1024)
def _end_of(month: int, cutoff: int) -> date:
    year, place = divmod(month, 12)
    return date(year, place + 1, min(cutoff, calendar.monthrange(year, place + 1)[1]))
