"""Reception days: made by hand or from a rule, announced, held, postponed or cancelled; the sheet of one day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time

from lianxin.domain import codes
from lianxin.domain.calendar.recurrence import Plan, days_of, plan
from lianxin.domain.dates import show_clock, show_day
from lianxin.domain.records import Contact, Mandate, Opinion, ReceptionDay, ReceptionRule, Rota, Routing
from lianxin.office.desk import Desk, main_station, office_of
from lianxin.office.handed.calendars import lunar_table
from lianxin.office.names import Names
from lianxin.office.numbers import next_number
from lianxin.store.reading import Condition, Order, Reading
from lianxin.store.writing import Change, Writing

DEFAULT_START, DEFAULT_END = time(9, 0), time(11, 0)
"""The usual hours (domain.md 3.8), until a rule or the clerk says otherwise."""


class DayRefused(ValueError):
    """What was to be done with a reception day cannot be done; the sentence says why. Nothing was written."""


class DayThere(DayRefused):
    """This station has a reception day on that date already."""

    def __init__(self, day: ReceptionDay) -> None:
        self.day = day
        super().__init__(f"{show_day(day.day)}这个站点已经有接待日，没有再建。可以直接打开它。")


class DayDecided(DayRefused):
    """A day that was held, postponed or cancelled is not decided upon again: it would count twice (domain.md 6.1)."""

    def __init__(self, day: ReceptionDay) -> None:
        super().__init__(
            f"{show_day(day.day)}的接待日已经记为“{day.shown('state')}”，没有改动。请先撤销那一步。"
        )


class NotLater(DayRefused):
    """顺延 goes to a later date."""

    def __init__(self, day: date, to: date) -> None:
        super().__init__(f"顺延到的日期{show_day(to)}要晚于原来的{show_day(day)}，接待日没有改动。")


class NotOver(DayRefused):
    """A day that is still to come cannot be marked as held."""

    def __init__(self, day: date) -> None:
        super().__init__(f"{show_day(day)}还没有到，不能记为已开展；没有改动。")


class ReasonWanted(DayRefused):
    """Postponing and cancelling need a reason, for the county asks for it."""

    message = "请写明原因，接待日没有改动。"

    def __init__(self) -> None:
        super().__init__(self.message)


@dataclass(frozen=True)
class OnDuty:
    """One deputy of a day as the page shows them: the rota record with names and level in words."""

    rota: Rota
    name: str
    level: str
    substitute: str

    def called(self) -> str:
        """周桂兰（县）."""
        return f"{self.name}（{self.level}）" if self.level else self.name

    def words(self) -> str:
        """周桂兰（县） 8:52到岗."""
        who = self.called()
        rota = self.rota
        if rota.attendance == "present":
            at = show_clock(rota.arrived) if rota.arrived else ""
            return f"{who} {at}到岗"
        if rota.attendance in ("leave", "substituted") and self.substitute:
            return f"{who} 请假，{self.substitute}替班"
        return f"{who} {rota.shown('attendance')}"


@dataclass(frozen=True)
class DaySheet:
    """One reception day with everything its page shows except the list of visits."""

    day: ReceptionDay
    station: str
    duties: tuple[OnDuty, ...]
    visits: int
    persons: int
    opinions: int
    answered: int
    to_complete: tuple[str, ...]

    def counts(self) -> str:
        """已接待7批13人次 · 意见7条 · 当场答复2条."""
        told = f"已接待{self.visits}批{self.persons}人次 · 意见{self.opinions}条 · 当场答复{self.answered}条"
        return f"{told} · 待补全{len(self.to_complete)}条" if self.to_complete else told

    def deputies(self) -> str:
        """The names for the record of a visit: who was there, or before the first arrival who is planned."""
        here = [duty.name for duty in self.duties if duty.rota.attendance == "present"]
        here += [duty.substitute for duty in self.duties if duty.substitute]
        planned = [duty.name for duty in self.duties if duty.rota.attendance == "planned"]
        return "、".join(here or planned)


def day_sheet(desk: Desk, uid: str) -> DaySheet | None:
    """The sheet of one day; None when it is not here (any more)."""
    with desk.store.reading() as reading:
        day = reading.get(ReceptionDay, uid)
        if day is None:
            return None
        contacts = reading.children(Contact, "reception_day", [uid])
        opinions = reading.children(Opinion, "contact", [each.uid for each in contacts])
        routings = reading.children(Routing, "opinion", [each.uid for each in opinions])
        answered = {each.opinion for each in routings if each.route == "answered_on_spot"}
        spot = {each.contact for each in opinions if each.uid in answered}
        also = [each for each in contacts if each.answered and each.uid not in spot]
        return DaySheet(
            day=day,
            station=Names(reading).of("station", day.station),
            duties=duties_of(reading, uid),
            visits=len(contacts),
            persons=sum(each.persons for each in contacts),
            opinions=len(opinions),
            answered=len(answered) + len(also),
            to_complete=tuple(each.uid for each in contacts if each.to_complete),
        )


def duties_of(reading: Reading, day: str) -> tuple[OnDuty, ...]:
    """The rota of a day in the order it was made."""
    names = Names(reading)
    rota = reading.children(Rota, "reception_day", [day])
    levels = levels_of(reading, [each.person for each in rota])
    return tuple(
        OnDuty(
            each,
            names.of("person", each.person),
            levels.get(each.person, ""),
            names.of("person", each.substitute),
        )
        for each in rota
    )


def levels_of(reading: Reading, persons: Sequence[str]) -> dict[str, str]:
    """Person → the highest level they serve at, in one word: 县."""
    found: dict[str, str] = {}
    order = {code.code: place for place, code in enumerate(codes.LEVEL.codes)}
    mandates = [each for each in reading.children(Mandate, "person", persons) if each.state == "serving"]
    for mandate in sorted(mandates, key=lambda each: order.get(each.level, 99)):
        found.setdefault(mandate.person, mandate.shown("level"))
    return found


def days_between(desk: Desk, start: date, end: date) -> list[ReceptionDay]:
    """The reception days from `start` to `end`, in order of time."""
    with desk.store.reading() as reading:
        return reading.all(
            ReceptionDay,
            Condition("date", ">=", start.isoformat()),
            Condition("date", "<=", end.isoformat()),
            order=Order("date"),
        )


def day_to_show(desk: Desk) -> ReceptionDay | None:
    """The day a clerk most likely wants: today's, else the latest that was, else the next to come."""
    today = Condition("date", ">=", desk.today().isoformat())
    with desk.store.reading() as reading:
        coming = reading.all(ReceptionDay, today, order=Order("date"), limit=1)
        past = reading.all(
            ReceptionDay,
            Condition("date", "<", desk.today().isoformat()),
            order=Order("date", descending=True),
            limit=1,
        )
    if coming and coming[0].day == desk.today():
        return coming[0]
    return next(iter(past or coming), None)


def make_day(
    desk: Desk,
    *,
    day: date,
    station: str | None = None,
    start: time | None = None,
    end: time | None = None,
    topic: str | None = None,
) -> tuple[ReceptionDay, tuple[Change, ...]]:
    """A reception day made by hand; hours and station are the usual ones when not said. Raises DayThere."""
    with desk.store.writing(reason="新建接待日") as writing:
        reading = Reading(writing.connection)
        if station is None:
            usual = main_station(reading)
            station = usual.uid if usual else None
        _refuse_second(reading, day, station)
        rule = next(
            (each for each in reading.all(ReceptionRule) if each.active and each.station == station), None
        )
        made = ReceptionDay(
            uid="",
            day=day,
            station=station,
            start=start or (rule.start if rule else None) or DEFAULT_START,
            end=end or (rule.end if rule else None) or DEFAULT_END,
            topic=topic,
            rule=rule.uid if rule and day in rule_days(desk, rule, day, day) else None,
        )
        stored = _put_day(writing, made)
        return stored, tuple(writing.changes)


def save_rule(
    desk: Desk, rule: ReceptionRule, *, opened: ReceptionRule | None = None
) -> tuple[ReceptionRule, tuple[Change, ...]]:
    """Stores a rule, new when its uid is empty; with `opened` only what the form changed is written.

    Raises Unreadable when 哪几天 cannot be understood.
    """
    rule_days(desk, rule, desk.today(), desk.today())
    with desk.store.writing(reason="接待日规则") as writing:
        stored = replace(rule, uid=rule.uid or writing.new_uid())
        writing.put(stored, opened=opened)
        return stored, tuple(writing.changes)


def plan_of(desk: Desk, rule: ReceptionRule, start: date, end: date) -> Plan:
    """The days a rule gives, by the calendars in force, with what public holidays do to them. Raises Unreadable."""
    return plan(rule, start, end, lunar=lunar_table(), workdays=desk.profile.calendar)


def rule_days(desk: Desk, rule: ReceptionRule, start: date, end: date) -> list[date]:
    """The bare days of `plan_of`. Raises Unreadable."""
    return days_of(rule, start, end, lunar=lunar_table(), workdays=desk.profile.calendar)


def rules_in_use(desk: Desk) -> list[ReceptionRule]:
    """The rules that make days, oldest first."""
    with desk.store.reading() as reading:
        return [rule for rule in reading.all(ReceptionRule) if rule.active]


def make_days(
    desk: Desk, *, start: date, end: date, rules: Sequence[ReceptionRule] | None = None
) -> tuple[list[ReceptionDay], tuple[Change, ...]]:
    """Makes the days that the rules give, public holidays considered, and that are not there yet.

    Raises Unreadable.
    """
    chosen = rules_in_use(desk) if rules is None else list(rules)
    with desk.store.writing(reason="按规则生成接待日") as writing:
        reading = Reading(writing.connection)
        there = {(each.day, each.station) for each in reading.all(ReceptionDay)}
        made = []
        for rule in chosen:
            for day in rule_days(desk, rule, start, end):
                if (day, rule.station) in there:
                    continue
                there.add((day, rule.station))
                planned = ReceptionDay(
                    uid="",
                    day=day,
                    station=rule.station,
                    start=rule.start or DEFAULT_START,
                    end=rule.end or DEFAULT_END,
                    rule=rule.uid,
                )
                made.append(_put_day(writing, planned))
        return sorted(made, key=lambda each: each.day), tuple(writing.changes)


def announce(desk: Desk, uid: str) -> tuple[Change, ...]:
    """Marks a planned day as announced today (the notice was made)."""
    with desk.store.writing(reason="接待日公告") as writing:
        day = _day(writing, uid)
        if day.state in ("planned", "announced"):
            writing.put(replace(day, state="announced", announced=day.announced or desk.today()))
        return tuple(writing.changes)


def close_day(desk: Desk, uid: str) -> tuple[Change, ...]:
    """结束接待: the day was held. What is 待补全 stays so. Raises NotOver for a day still to come, DayDecided."""
    with desk.store.writing(reason="结束接待") as writing:
        day = _open_day(writing, uid)
        if day.day > desk.today():
            raise NotOver(day.day)
        writing.put(replace(day, state="held", state_reason=None))
        return tuple(writing.changes)


def cancel_day(desk: Desk, uid: str, *, reason: str) -> tuple[Change, ...]:
    """取消: it still counts among the days owed (domain.md 6.1). Raises ReasonWanted, DayDecided."""
    if not reason.strip():
        raise ReasonWanted
    with desk.store.writing(reason="取消接待日") as writing:
        writing.put(replace(_open_day(writing, uid), state="cancelled", state_reason=reason.strip()))
        return tuple(writing.changes)


def postpone_day(desk: Desk, uid: str, *, to: date, reason: str) -> tuple[ReceptionDay, tuple[Change, ...]]:
    """顺延: the day keeps its mark and reason, a new one with the same rota stands on the new date.

    Raises ReasonWanted, DayThere, DayDecided, NotLater.
    """
    if not reason.strip():
        raise ReasonWanted
    with desk.store.writing(reason="顺延接待日") as writing:
        reading = Reading(writing.connection)
        day = _open_day(writing, uid)
        if to <= day.day:
            raise NotLater(day.day, to)
        _refuse_second(reading, to, day.station)
        moved = _put_day(
            writing,
            replace(day, uid="", number=None, day=to, state="planned", state_reason=None, announced=None),
        )
        writing.put(replace(day, state="postponed", state_reason=reason.strip()))
        for rota in reading.children(Rota, "reception_day", [uid]):
            fresh = Rota(uid=writing.new_uid(), reception_day=moved.uid, person=rota.person, fixed=rota.fixed)
            writing.put(fresh)
        return moved, tuple(writing.changes)


def _day(writing: Writing, uid: str) -> ReceptionDay:
    found = Reading(writing.connection).get(ReceptionDay, uid)
    if found is None:
        raise ValueError("这个接待日已经删除，没有改动。")
    return found


def _open_day(writing: Writing, uid: str) -> ReceptionDay:
    found = _day(writing, uid)
    if found.state not in ("planned", "announced"):
        raise DayDecided(found)
    return found


def _refuse_second(reading: Reading, day: date, station: str | None) -> None:
    for each in reading.all(ReceptionDay, Condition("date", "=", day.isoformat())):
        if each.station == station and each.state not in ("postponed", "cancelled"):
            raise DayThere(each)


def _put_day(writing: Writing, day: ReceptionDay) -> ReceptionDay:
    code = office_of(Reading(writing.connection)).code
    stored = replace(day, uid=writing.new_uid(), number=next_number(writing, code, ReceptionDay, day.day))
    writing.put(stored)
    return stored
