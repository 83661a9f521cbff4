"""Days that were made before the year's arrangements were known and turn out to be days off: moved or cancelled."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from lianxin.domain.records import ReceptionDay, ReceptionRule
from lianxin.office.desk import Desk
from lianxin.office.reception.days import DayThere, cancel_day, postpone_day
from lianxin.office.reception.rota_table import days_on_holidays
from lianxin.store.reading import Reading
from lianxin.store.writing import Change


def settle_holidays(desk: Desk, start: date, end: date) -> tuple[int, tuple[Change, ...]]:
    """Does with each such day what its rule says, 顺延 where there is none; how many, and the changes.

    A day whose next working day is a reception day already is only marked 顺延: it counts once.
    """
    done: tuple[Change, ...] = ()
    lines = days_on_holidays(desk, start, end)
    for line in lines:
        name = desk.profile.calendar.holiday(line.day.day)
        with desk.store.reading() as reading:
            rule = reading.get(ReceptionRule, line.day.rule) if line.day.rule else None
        if rule is not None and rule.holidays == "cancel":
            done += cancel_day(desk, line.day.uid, reason=f"{name}放假")
            continue
        to = desk.profile.calendar.next_workday(line.day.day)
        try:
            done += postpone_day(desk, line.day.uid, to=to, reason=f"{name}放假")[1]
        except DayThere as there:
            done += _only_marked(
                desk, line.day.uid, f"{name}放假，并入{there.day.day.month}月{there.day.day.day}日"
            )
    return len(lines), done


def _only_marked(desk: Desk, uid: str, reason: str) -> tuple[Change, ...]:
    with desk.store.writing(reason="顺延接待日") as writing:
        day = Reading(writing.connection).get(ReceptionDay, uid)
        if day is not None:
            writing.put(replace(day, state="postponed", state_reason=reason))
        return tuple(writing.changes)
