"""请假 of a deputy over a span of days in one act, with those who stand in."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

from lianxin.domain.dates import show_day
from lianxin.domain.records import ReceptionDay, Rota
from lianxin.office.desk import Desk
from lianxin.office.names import Names
from lianxin.office.reception.on_duty import OPEN_STATES, free_on
from lianxin.store.reading import Condition, Order, Reading
from lianxin.store.writing import Change


class LeaveRefused(ValueError):
    """There is nothing to be on leave from, or the days are the wrong way round; nothing was changed."""


@dataclass(frozen=True)
class DayOfLeave:
    """One reception day of the leave and who stands in, "" for nobody."""

    day: ReceptionDay
    substitute: str


@dataclass(frozen=True)
class Leave:
    """What a leave did: its days in order, and what was written, to be taken back in one step."""

    days: tuple[DayOfLeave, ...]
    changes: tuple[Change, ...]

    def words(self) -> str:
        """12月5日由龙志明替班，12月20日没有人替班."""
        told = [
            f"{each.day.day.month}月{each.day.day.day}日"
            + (f"由{each.substitute}替班" if each.substitute else "没有人替班")
            for each in self.days
        ]
        return "，".join(told)


def take_leave(
    desk: Desk, *, person: str, first: date, last: date, reason: str | None, stand_in: bool
) -> Leave:
    """Puts 请假 on every day to come of the span on which this deputy is to receive, also in place of another.

    With `stand_in` those who served least and are free that day stand in, nobody twice while others are left.
    Raises LeaveRefused.
    """
    if last < first:
        raise LeaveRefused(f"“到哪天”{show_day(last)}早于“从哪天”{show_day(first)}，没有改动。请核对日期。")
    with desk.store.writing(reason="代表请假") as writing:
        reading = Reading(writing.connection)
        names, asked = Names(reading), Counter[str]()
        found = []
        for day, rota in _duties(reading, person, first, last):
            free = [each for each in free_on(reading, day) if each != person] if stand_in else []
            # Who stood in on another day of this leave comes after those who did not; the order is kept otherwise.
            chosen = min(free, key=lambda each: asked[each], default=None)
            asked[chosen or ""] += 1
            writing.put(
                replace(
                    rota,
                    attendance="substituted" if chosen else "leave",
                    substitute=chosen,
                    arrived=None,
                    reason=reason if rota.person == person else rota.reason,
                )
            )
            found.append(DayOfLeave(day, names.of("person", chosen)))
        if not found:
            raise LeaveRefused(
                f"{show_day(first)}到{show_day(last)}没有排{names.of('person', person)}接待，没有改动。"
                "以后排到这段时间的，请到时再记。"
            )
        return Leave(tuple(found), tuple(writing.changes))


def _duties(reading: Reading, person: str, first: date, last: date) -> list[tuple[ReceptionDay, Rota]]:
    """The days that are still to be held in the span, with the place this deputy holds on each."""
    days = reading.all(
        ReceptionDay,
        Condition("date", ">=", first.isoformat()),
        Condition("date", "<=", last.isoformat()),
        order=Order("date"),
    )
    found = []
    for day in days:
        for rota in reading.children(Rota, "reception_day", [day.uid]) if day.state in OPEN_STATES else ():
            own = rota.person == person and rota.attendance in ("planned", "leave")
            instead = rota.substitute == person and rota.attendance == "substituted"
            if own or instead:
                found.append((day, rota))
    return found
