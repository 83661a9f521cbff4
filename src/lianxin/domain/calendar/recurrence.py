"""When a station receives: recurrences as clerks write them, and the days they give, holidays considered.

Every kind of domain.md 3.8. Public holidays and the lunar calendar are handed in; nothing is looked up here.
"""

from __future__ import annotations

import calendar
import dataclasses as dc
import re
from collections.abc import Iterable
from datetime import date, timedelta

from lianxin.domain import codes
from lianxin.domain.calendar.lunar import LunarTable
from lianxin.domain.calendar.market_days import Endings, market_on, read_endings
from lianxin.domain.calendar.workdays import MONDAY_TO_FRIDAY, WorkCalendar
from lianxin.domain.dates import Unreadable, read_day
from lianxin.domain.numerals import arabic, chinese_number
from lianxin.domain.records import ReceptionRule

LAST = -1
_LOOK_BACK = 40
"""A day moved into a span was due so many days earlier at most."""
_WEEKDAYS = (
    {word: place for place, word in enumerate("1234567")}
    | {word: place for place, word in enumerate("一二三四五六日")}
    | {"天": 6}
)
_SPLIT = re.compile(r"[、,，;；/和及与\s]+")
_WEEKDAY = re.compile(r"(?:每)?(?:周|星期|礼拜)?([一二三四五六日天1-7])")
_NTH = re.compile(r"(?:每月)?(?:第([一二三四五1-5])|(最后一?))个?(?:周|星期|礼拜)([一二三四五六日天1-7])")


@dc.dataclass(frozen=True)
class Recurrence:
    """A recurrence understood: which of the sets is filled follows from its kind (a code of RECURRENCE)."""

    kind: str
    numbers: frozenset[int] = frozenset()
    nth: frozenset[tuple[int, int]] = frozenset()
    dates: tuple[str, ...] = ()
    endings: Endings | None = None


@dc.dataclass(frozen=True)
class PlannedDay:
    """A day to be held. `instead_of` are the days off it was moved from, `holiday` the name of that holiday.

    A day kept on a holiday (照常) has the name without `instead_of`.
    """

    day: date
    instead_of: tuple[date, ...] = ()
    holiday: str = ""


@dc.dataclass(frozen=True)
class Plan:
    """The days of a rule in a span; `cancelled` are the days off with the holiday that took them (取消)."""

    days: tuple[PlannedDay, ...]
    cancelled: tuple[tuple[date, str], ...] = ()


def read_recurrence(kind: str, days: str) -> Recurrence:
    """Understands 哪几天 for a kind of recurrence. Raises Unreadable with a Chinese sentence."""
    typed = days.strip()
    if not any(char.isalnum() for char in typed):
        raise Unreadable("请填写哪几天。")
    if kind == "weekly":
        return Recurrence(kind, numbers=_weekdays(typed))
    if kind == "monthly_weekday":
        return Recurrence(kind, nth=_nth_weekdays(typed))
    if kind in ("monthly_day", "odd_month_day", "even_month_day"):
        return Recurrence(kind, numbers=_month_days(typed))
    if kind in ("ending_digit", "market_solar", "market_lunar"):
        return Recurrence(kind, endings=read_endings(typed))
    if kind == "custom":
        words = tuple(word for word in re.split(r"[、,，;；\s]+", typed) if word)
        for word in words:
            read_day(word, today=date(2024, 1, 1))
        return Recurrence(kind, dates=words)
    raise Unreadable(f"不认识规则类型“{codes.RECURRENCE.label_of(kind)}”。")


def _weekdays(typed: str) -> frozenset[int]:
    found = set()
    for word in _words(typed):
        match = _WEEKDAY.fullmatch(word)
        if match:
            found.add(_WEEKDAYS[match[1]])
        elif re.fullmatch(r"(?:每)?(?:周|星期)[一二三四五六日天1-7]{2,7}", word):
            found |= {_WEEKDAYS[char] for char in re.sub("每|周|星期", "", word)}
        else:
            raise Unreadable(f"“{word}”不是星期几，请写成“周三”或“周一、周四”。")
    return frozenset(found)


def _nth_weekdays(typed: str) -> frozenset[tuple[int, int]]:
    found = set()
    for word in _words(typed):
        match = _NTH.fullmatch(word)
        if not match:
            raise Unreadable(f"看不懂“{word}”，请写成“第2个周三”或“最后一个周五”。")
        place = LAST if match[2] else (chinese_number(match[1]) or 0)
        found.add((place, _WEEKDAYS[match[3]]))
    return frozenset(found)


def _month_days(typed: str) -> frozenset[int]:
    found = set()
    for word in _words(typed):
        bare = re.sub(r"每月|每逢|逢|[单双]月|每|日|号", "", word)
        if bare in ("最后一天", "月末", "月底", "最后一"):
            found.add(LAST)
            continue
        number = chinese_number(bare)
        if number is None or not 1 <= number <= 31:
            raise Unreadable(f"“{word}”不是一个月里的日子，请写成“15”或“5、20”。")
        found.add(number)
    return frozenset(found)


def _words(typed: str) -> list[str]:
    return [word for word in _SPLIT.split(typed.replace("　", " ")) if word]


def days_of(
    rule: ReceptionRule,
    start: date,
    end: date,
    *,
    lunar: LunarTable | None = None,
    workdays: WorkCalendar = MONDAY_TO_FRIDAY,
) -> list[date]:
    """The days from `start` to `end` on which this rule receives. Raises Unreadable."""
    return [planned.day for planned in plan(rule, start, end, lunar=lunar, workdays=workdays).days]


def plan(
    rule: ReceptionRule,
    start: date,
    end: date,
    *,
    lunar: LunarTable | None = None,
    workdays: WorkCalendar = MONDAY_TO_FRIDAY,
) -> Plan:
    """The days of a rule with what public holidays do to them (weekends are none). Raises Unreadable.

    顺延 goes to the next working day; several days off moved to one day, or to a day of the rule itself, are one
    day. Which day a moved one lands on does not depend on the span asked for.
    """
    recurrence = read_recurrence(rule.recurrence, rule.days)
    held: dict[date, PlannedDay] = {}
    cancelled: list[tuple[date, str]] = []
    for day in _occurrences(recurrence, start - timedelta(days=_LOOK_BACK), end, lunar):
        name = workdays.holiday(day)
        if not name or rule.holidays == "as_usual":
            there = held.get(day, PlannedDay(day))
            held[day] = dc.replace(there, holiday=there.holiday or name)
        elif rule.holidays == "postpone":
            moved = workdays.next_workday(day)
            there = held.get(moved, PlannedDay(moved))
            held[moved] = PlannedDay(moved, (*there.instead_of, day), there.holiday or name)
        else:
            cancelled.append((day, name))
    return Plan(
        tuple(held[day] for day in sorted(held) if start <= day <= end),
        tuple(each for each in cancelled if start <= each[0]),
    )


def _occurrences(recurrence: Recurrence, start: date, end: date, lunar: LunarTable | None) -> list[date]:
    if recurrence.kind == "custom":
        return _custom(recurrence.dates, start, end)
    _want_lunar(recurrence, start + timedelta(days=_LOOK_BACK), end, lunar)
    span = (start + timedelta(days=step) for step in range((end - start).days + 1))
    return [day for day in span if _falls_on(recurrence, day, lunar)]


def _want_lunar(recurrence: Recurrence, start: date, end: date, lunar: LunarTable | None) -> None:
    if recurrence.kind != "market_lunar" or (recurrence.endings and recurrence.endings.branches):
        return
    if lunar is None:
        raise Unreadable("本机没有农历表，请改用“公历赶集日”或“自定日期”。")
    if start < lunar.first or end > lunar.last:
        raise Unreadable(f"农历表只有{lunar.first.year + 1}年到{lunar.last.year - 1}年，请核对年份。")


def _custom(words: Iterable[str], start: date, end: date) -> list[date]:
    """Days with a year once; days without one in every year of the span."""
    found = set()
    for word in words:
        for year in range(start.year, end.year + 1):
            try:
                found.add(read_day(word, today=start, year=year).day)
            except Unreadable:
                if not re.search(r"2月29|[.-]?0?2[.-]29", arabic(word)):
                    raise
    return sorted(day for day in found if start <= day <= end)


def _falls_on(recurrence: Recurrence, day: date, lunar: LunarTable | None) -> bool:
    kind, numbers = recurrence.kind, recurrence.numbers
    if kind == "weekly":
        return day.weekday() in numbers
    last = calendar.monthrange(day.year, day.month)[1]
    if kind == "monthly_weekday":
        place = (day.day - 1) // 7 + 1
        ending = LAST if day.day + 7 > last else place
        return (place, day.weekday()) in recurrence.nth or (ending, day.weekday()) in recurrence.nth
    if kind in ("monthly_day", "odd_month_day", "even_month_day"):
        parity = {"odd_month_day": 1, "even_month_day": 0}.get(kind, day.month % 2)
        on_day = day.day in numbers or (LAST in numbers and day.day == last)
        return day.month % 2 == parity and on_day
    assert recurrence.endings is not None
    lunar_day = lunar.on(day) if kind == "market_lunar" and lunar is not None else None
    if kind == "market_lunar" and lunar_day is None and not recurrence.endings.branches:
        return False
    return market_on(recurrence.endings, day, lunar_day)
