"""The number cards of the first page, each saying exactly what is compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from lianxin.domain.counts import Case, Facts
from lianxin.domain.dates import show_day_short, show_weekday
from lianxin.domain.figures.opinion import Over, ended, is_own
from lianxin.domain.periods import Period
from lianxin.office.names import Names
from lianxin.store.reading import Reading


@dataclass(frozen=True)
class NumberFact:
    """One number card: the note says exactly what is compared; `page` is where its records are."""

    key: str
    title: str
    number: str
    unit: str
    note: str
    explain: str
    page: str
    late: bool = False


def number_cards(
    reading: Reading,
    facts: Facts,
    persons: Mapping[date, int],
    cases: Sequence[Case],
    over: Sequence[Over],
    month: Period,
    today: date,
) -> tuple[NumberFact, ...]:
    """Five cards: this month beside the same days of the month before, what is open, and what is late.

    `persons` are those met on each day; what is over may stand in `over` alone.
    """
    first, last = month.before.start, min(month.before.end, month.before.start + (today - month.start))
    span = _span(month, first, last)
    open_cases = [case.state for case in cases if case.state.open]
    late = [state for state in open_cases if state.overdue]
    longest = max((-(state.days_left or 0) for state in late), default=0)
    due_today = sum(1 for state in open_cases if state.days_left == 0)
    waiting = sum(1 for state in open_cases if state.code == "answered")
    this, before = _closed(cases, over, month.start, today), _closed(cases, over, first, last)
    return (
        NumberFact(
            "persons", "本月联系群众", f"{_persons(persons, month.start, today):,}", "人次",
            f"{span}：{_persons(persons, first, last):,}",
            f"{show_day_short(month.start)}至今天各种方式联系群众的人次，与{span}相比。", "contacts",
        ),
        NumberFact(
            "open", "待办意见", f"{len(open_cases):,}", "件",
            f"其中今天到期{due_today}，待回访{waiting}", "登记后还没有办结、引导、转建议、合并或撤回的意见建议。",
            "opinions",
        ),
        NumberFact(
            "late", "超期未办", f"{len(late):,}", "件", f"最长超期{longest}天" if late else "没有超期的",
            "待办意见中，下一步已经过了期限的。", "opinions", late=bool(late),
        ),
        NumberFact(
            "closed", "本月办结", f"{this:,}", "件", f"{span}：{before:,}",
            f"{show_day_short(month.start)}至今天办结的转交、转报意见，与{span}相比；当场答复的不计入。", "figures",
        ),
        _next_day(reading, facts, today),
    )  # fmt: skip


def _span(month: Period, first: date, last: date) -> str:
    """上月1日至22日, or both dates in full where the statistical month is not the calendar's."""
    if first.day == 1 and first.month == last.month:
        return f"上月1日至{last.day}日" if last > first else "上月1日"
    return f"{show_day_short(first)}至{show_day_short(last)}"


def _persons(persons: Mapping[date, int], first: date, last: date) -> int:
    return sum(count for day, count in persons.items() if first <= day <= last)


def _closed(cases: Sequence[Case], over: Sequence[Over], first: date, last: date) -> int:
    """办结 as the return counts it, so that the card and 统计 tell the same number."""
    days = [each.closed for each in over if each.handled]
    days += [case.state.closed_day for case in cases if is_own(case) and ended(case)]
    return sum(day is not None and first <= day <= last for day in days)


def _next_day(reading: Reading, facts: Facts, today: date) -> NumberFact:
    coming = sorted(
        (day for day in facts.days if day.day >= today and day.state in ("planned", "announced")),
        key=lambda day: (day.day, day.uid),
    )
    explain = "已经安排、还没有开展的最近一个接待日。"
    if not coming:
        return NumberFact("day", "下次接待日", "—", "", "还没有安排", explain, "reception")
    day = coming[0]
    when = "今天" if day.day == today else "明天" if day.day == today + timedelta(days=1) else ""
    deputies = sum(1 for rota in facts.rota if rota.reception_day == day.uid)
    place = Names(reading).of("station", day.station)
    note = "，".join(part for part in (place, f"代表{deputies}名" if deputies else "还没有排代表") if part)
    return NumberFact(
        "day", "下次接待日", show_day_short(day.day), when or show_weekday(day.day), note, explain,
        "reception",
    )  # fmt: skip
