"""When a station receives, and who is on duty: recurrences as clerks write them, and a fair rota."""

from __future__ import annotations

import calendar
import dataclasses as dc
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import TypeAlias

from lianxin.domain import codes
from lianxin.domain.dates import Unreadable, read_day, show_day
from lianxin.domain.numerals import arabic, chinese_number, plain
from lianxin.domain.records import Mandate, ReceptionRule

LunarDay: TypeAlias = Callable[[date], int]
"""Day of the lunar month (1 to 30) of a civil day."""

LAST = -1
_MOST_POSTPONED = 30
_WEEKDAYS = (
    {word: place for place, word in enumerate("1234567")}
    | {word: place for place, word in enumerate("一二三四五六日")}
    | {"天": 6}
)
_SPLIT = re.compile(r"[、,，;；/和及与\s]+")
_WEEKDAY = re.compile(r"(?:每)?(?:周|星期|礼拜)?([一二三四五六日天1-7])")
_NTH = re.compile(r"(?:每月)?(?:第([一二三四五1-5])|(最后一?))个?(?:周|星期|礼拜)([一二三四五六日天1-7])")
_DIGITS = dict(zip("零〇一二三四五六七八九", (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))


@dc.dataclass(frozen=True)
class Recurrence:
    """A recurrence understood: which of the sets is filled follows from its kind (a code of RECURRENCE)."""

    kind: str
    numbers: frozenset[int] = frozenset()
    nth: frozenset[tuple[int, int]] = frozenset()
    dates: tuple[str, ...] = ()
    exact: bool = False


@dc.dataclass(frozen=True)
class PlannedDay:
    """A day to be held; `instead_of` is the holiday it was moved from."""

    day: date
    instead_of: date | None = None


def read_recurrence(kind: str, days: str) -> Recurrence:
    """Understands 哪几天 for a kind of recurrence. Raises Unreadable with a Chinese sentence."""
    typed = days.strip()
    if not typed:
        raise Unreadable("请填写哪几天。")
    if kind == "weekly":
        return Recurrence(kind, numbers=_weekdays(typed))
    if kind == "monthly_weekday":
        return Recurrence(kind, nth=_nth_weekdays(typed))
    if kind in ("monthly_day", "odd_month_day", "even_month_day"):
        return Recurrence(kind, numbers=_month_days(typed))
    if kind in ("ending_digit", "market_solar", "market_lunar"):
        return _endings(kind, typed)
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


def _endings(kind: str, typed: str) -> Recurrence:
    """逢4、9 and 逢五逢十 are last digits; 9、19 and 初二、十二 are these days only."""
    exact = bool(re.search(r"初|廿|卅", typed))
    bare = re.sub(r"农历|阴历|公历|阳历|每月|每逢|尾数|赶集|赶场|赶圩|[日号]", "", plain(typed))
    bare = re.sub(r"[逢、,;/和及与初]", " ", bare)
    found: set[int] = set()
    for word in bare.split():
        if len(word) > 1 and all(char in _DIGITS for char in word):
            found |= {_DIGITS[char] for char in word}
            continue
        number = chinese_number(word)
        if number is None or not 0 <= number <= 31:
            raise Unreadable(f"“{word}”不是尾数，请写成“4、9”这样。")
        found.add(number)
    if not found:
        raise Unreadable(f"看不懂“{typed}”，请写成“4、9”这样。")
    if exact or any(number > 10 for number in found):
        if 0 in found:
            raise Unreadable(f"“{typed}”里没有“0日”，请核对。")
        return Recurrence(kind, numbers=frozenset(found), exact=True)
    return Recurrence(kind, numbers=frozenset(number % 10 for number in found))


def _words(typed: str) -> list[str]:
    return [word for word in _SPLIT.split(typed.replace("　", " ")) if word]


def days_of(
    rule: ReceptionRule,
    start: date,
    end: date,
    *,
    lunar_day: LunarDay | None = None,
    holiday: Callable[[date], bool] | None = None,
) -> list[date]:
    """The days from `start` to `end` on which this rule receives. Raises Unreadable.

    With `holiday` (public holidays, not weekends) the rule's 顺延, 取消 or 照常 is applied.
    """
    return [planned.day for planned in plan(rule, start, end, lunar_day=lunar_day, holiday=holiday)]


def plan(
    rule: ReceptionRule,
    start: date,
    end: date,
    *,
    lunar_day: LunarDay | None = None,
    holiday: Callable[[date], bool] | None = None,
) -> list[PlannedDay]:
    """Like `days_of`, saying for each moved day which holiday it stands for. 顺延 counts once. Raises Unreadable."""
    recurrence = read_recurrence(rule.recurrence, rule.days)
    if recurrence.kind == "market_lunar" and lunar_day is None:
        raise Unreadable("本机没有农历表，请改用“公历赶集日”或“自定日期”。")
    found: dict[date, PlannedDay] = {}
    for day in _occurrences(recurrence, start, end, lunar_day):
        off = holiday is not None and holiday(day)
        if not off or rule.holidays == "as_usual":
            found[day] = PlannedDay(day)
        elif rule.holidays == "postpone" and holiday is not None:
            moved = _first_open(day, holiday)
            if moved <= end:
                found.setdefault(moved, PlannedDay(moved, day))
    return [found[day] for day in sorted(found)]


def _first_open(day: date, holiday: Callable[[date], bool]) -> date:
    for step in range(1, _MOST_POSTPONED):
        moved = day + timedelta(days=step)
        if not holiday(moved):
            return moved
    raise Unreadable(f"{show_day(day)}以后一个月都是节假日，请核对节假日表。")


def _occurrences(recurrence: Recurrence, start: date, end: date, lunar_day: LunarDay | None) -> list[date]:
    if recurrence.kind == "custom":
        return _custom(recurrence.dates, start, end)
    span = (start + timedelta(days=step) for step in range((end - start).days + 1))
    return [day for day in span if _falls_on(recurrence, day, lunar_day)]


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


def _falls_on(recurrence: Recurrence, day: date, lunar_day: LunarDay | None) -> bool:
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
    number = lunar_day(day) if kind == "market_lunar" and lunar_day is not None else day.day
    return (number if recurrence.exact else number % 10) in numbers


# ---- who is on duty ----------------------------------------------------------------------------


@dc.dataclass(frozen=True)
class Candidate:
    """A deputy who can be on duty; `level` is the highest level of their mandates."""

    person: str
    level: str


@dc.dataclass(frozen=True)
class Served:
    """What a deputy has done so far: how often on duty, and when last."""

    times: int = 0
    last: date | None = None


@dc.dataclass(frozen=True)
class Slot:
    """One deputy on one day; `fixed` when the clerk chose it."""

    day: date
    person: str
    fixed: bool = False


def candidates(mandates: Iterable[Mandate]) -> tuple[Candidate, ...]:
    """The serving deputies, each once with the highest of their levels, in the order of the roster."""
    rank = {code.code: place for place, code in enumerate(codes.LEVEL.codes)}
    best: dict[str, str] = {}
    for mandate in mandates:
        if mandate.state != "serving":
            continue
        known = best.get(mandate.person)
        if known is None or rank.get(mandate.level, len(rank)) < rank.get(known, len(rank)):
            best[mandate.person] = mandate.level
    return tuple(Candidate(person, level) for person, level in best.items())


def propose(
    days: Sequence[date],
    deputies: Sequence[Candidate],
    *,
    per_day: int,
    history: Mapping[str, Served] | None = None,
    fixed: Mapping[date, Sequence[str]] | None = None,
    away: frozenset[tuple[str, date]] = frozenset(),
) -> tuple[Slot, ...]:
    """A fair rota: manual choices stay, nobody twice running where avoidable, least served first, levels mixed.

    `away` are (person, day) on leave. A day gets fewer than `per_day` only when nobody else is there.
    """
    times = {person: served.times for person, served in (history or {}).items()}
    last = {person: served.last for person, served in (history or {}).items() if served.last}
    order = {deputy.person: place for place, deputy in enumerate(deputies)}
    slots: list[Slot] = []
    planned = sorted(set(days))
    before = _on_the_day_before(planned, last)
    for place, day in enumerate(planned):
        chosen = list(dict.fromkeys((fixed or {}).get(day, ())))
        following = set((fixed or {}).get(planned[place + 1], ())) if place + 1 < len(planned) else set()
        slots += [Slot(day, person, True) for person in chosen]
        levels = {deputy.level for deputy in deputies if deputy.person in chosen}
        while len(chosen) < per_day:
            free = [d for d in deputies if d.person not in chosen and (d.person, day) not in away]
            if not free:
                break
            best = min(
                free,
                key=lambda deputy: (
                    deputy.person in before or deputy.person in following,
                    times.get(deputy.person, 0),
                    deputy.level in levels,
                    last.get(deputy.person, date.min),
                    order[deputy.person],
                ),
            )
            chosen.append(best.person)
            levels.add(best.level)
            slots.append(Slot(day, best.person))
        for person in chosen:
            times[person] = times.get(person, 0) + 1
            last[person] = day
        before = set(chosen)
    return tuple(slots)


def _on_the_day_before(planned: Sequence[date], last: Mapping[str, date]) -> set[str]:
    """Who was on duty the last time before the first planned day."""
    earlier = [day for day in last.values() if planned and day < planned[0]]
    return {person for person, day in last.items() if earlier and day == max(earlier)}
