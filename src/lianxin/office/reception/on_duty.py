"""Who receives on a reception day: a fair proposal that keeps what was chosen by hand, and who came."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, time

from lianxin.domain.calendar.rota import Served, candidates, propose
from lianxin.domain.counts import attended, serving
from lianxin.domain.records import Mandate, ReceptionDay, ReceptionRule, Rota
from lianxin.office.desk import Desk
from lianxin.office.names import Names
from lianxin.office.reception.days import levels_of
from lianxin.store.reading import Condition, Order, Reading
from lianxin.store.writing import Change, Writing

OPEN_STATES = ("planned", "announced")
"""A reception day in one of these is still to be held."""
_YEAR_DAYS = 366


@dataclass(frozen=True)
class Proposed:
    """What a proposal did: days that got deputies, and days that lack some for want of people."""

    filled: int
    short: int
    changes: tuple[Change, ...]


def fill_rota(desk: Desk, *, start: date, end: date, only: str = "") -> Proposed:
    """Proposes deputies for the days to come between two dates; 手工指定 and who already came stay.

    Fairness counts the year before the first day: least served first, nobody twice running, levels mixed.
    """
    with desk.store.writing(reason="轮值安排") as writing:
        reading = Reading(writing.connection)
        days = [
            each
            for each in reading.all(
                ReceptionDay,
                Condition("date", ">=", start.isoformat()),
                Condition("date", "<=", end.isoformat()),
                order=Order("date"),
            )
            if each.state in OPEN_STATES and only in ("", each.uid)
        ]
        if not days:
            return Proposed(0, 0, ())
        mandates = serving(reading.all(Mandate), days[0].day)
        filled, short = 0, 0
        history = _served(reading, days[0].day)
        rules = {rule.uid: rule.deputies for rule in reading.all(ReceptionRule)}
        # Nobody receives at two stations on one day, nor on a day of leave.
        busy: set[tuple[str, date]] = set()
        for run in _runs(days, lambda day: rules.get(day.rule or "") or desk.profile.day_deputies.value):
            kept = {day.uid: _kept(writing, reading, day) for day in run.days}
            dates = {day.day: day for day in run.days}
            fixed = {on: kept[day.uid].there for on, day in dates.items()}
            busy |= {(person, on) for on, day in dates.items() for person in kept[day.uid].away}
            slots = propose(
                list(dates), candidates(mandates, station=run.days[0].station), per_day=run.wanted,
                history=history, fixed=fixed, away=frozenset(busy),
            )  # fmt: skip
            for on, day in dates.items():
                proposed = [slot.person for slot in slots if slot.day == on and not slot.fixed]
                for person in proposed:
                    writing.put(Rota(uid=writing.new_uid(), reception_day=day.uid, person=person))
                filled += bool(proposed)
                short += len(proposed) + len(fixed[on]) < run.wanted
            for slot in slots:
                busy.add((slot.person, slot.day))
                known = history.get(slot.person, Served())
                history[slot.person] = Served(known.times + 1, max(slot.day, known.last or slot.day))
        return Proposed(filled, short, tuple(writing.changes))


@dataclass(frozen=True)
class _Run:
    """Days one after another, each on another date, that want as many deputies."""

    wanted: int
    days: tuple[ReceptionDay, ...]


def _runs(days: Sequence[ReceptionDay], wanted: Callable[[ReceptionDay], int]) -> list[_Run]:
    """Cuts days in order of time where the wish or only the station changes: a proposal has one of each date."""
    found: list[_Run] = []
    for day in days:
        last = found[-1] if found else None
        same = last is not None and last.wanted == wanted(day) and last.days[0].station == day.station
        if last is not None and same and last.days[-1].day != day.day:
            found[-1] = _Run(last.wanted, (*last.days, day))
        else:
            found.append(_Run(wanted(day), (day,)))
    return found


@dataclass(frozen=True)
class _Kept:
    """Who holds a place on a day, and who of its rota does not come."""

    there: tuple[str, ...]
    away: tuple[str, ...]


def _kept(writing: Writing, reading: Reading, day: ReceptionDay) -> _Kept:
    """Who stays on this day; what an earlier proposal put there makes room, and so does who is on leave."""
    there, away = [], []
    for rota in reading.children(Rota, "reception_day", [day.uid]):
        if rota.attendance in ("leave", "absent"):
            away.append(rota.person)
        elif rota.attendance == "substituted":
            there.append(rota.substitute or rota.person)
            away.append(rota.person)
        elif rota.fixed or rota.attendance != "planned":
            there.append(rota.person)
        else:
            writing.remove(Rota, rota.uid)
    return _Kept(tuple(there), tuple(away))


def _served(reading: Reading, before: date) -> dict[str, Served]:
    """How often each deputy was on duty in the year before, and when last."""
    since = date.fromordinal(before.toordinal() - _YEAR_DAYS)
    days = {
        each.uid: each.day
        for each in reading.all(
            ReceptionDay,
            Condition("date", ">=", since.isoformat()),
            Condition("date", "<", before.isoformat()),
        )
        if each.state not in ("postponed", "cancelled")
    }
    found: dict[str, Served] = {}
    for rota in reading.children(Rota, "reception_day", list(days)):
        person = attended(rota) or (rota.person if rota.attendance == "planned" else None)
        if person is not None:
            known = found.get(person, Served())
            day = days[rota.reception_day]
            found[person] = Served(known.times + 1, max(day, known.last or day))
    return found


def put_on_duty(desk: Desk, *, day: str, person: str, instead_of: str | None = None) -> tuple[Change, ...]:
    """手工指定: this deputy receives on this day, in place of another rota line when one is named."""
    with desk.store.writing(reason="手工指定接待代表") as writing:
        reading = Reading(writing.connection)
        there = reading.children(Rota, "reception_day", [day])
        known = next((each for each in there if each.person == person), None)
        if instead_of is not None and (known is None or known.uid != instead_of):
            writing.remove(Rota, instead_of)
        if known is not None:
            writing.put(replace(known, fixed=True))
        else:
            writing.put(Rota(uid=writing.new_uid(), reception_day=day, person=person, fixed=True))
        return tuple(writing.changes)


def take_off_duty(desk: Desk, rota: str) -> tuple[Change, ...]:
    """Takes a deputy from the rota of a day."""
    with desk.store.writing(reason="调整接待代表") as writing:
        writing.remove(Rota, rota)
        return tuple(writing.changes)


def check_in(desk: Desk, rota: str, *, at: time | None = None) -> tuple[Change, ...]:
    """到岗, at the present time unless another is told."""
    now = desk.store.now().time().replace(second=0, microsecond=0)
    return _attend(desk, rota, "present", arrived=at or now)


def on_leave(
    desk: Desk, rota: str, *, reason: str | None = None, substitute: str | None = None
) -> tuple[Change, ...]:
    """请假, with the deputy who stands in (替班) when there is one."""
    state = "substituted" if substitute else "leave"
    return _attend(desk, rota, state, substitute=substitute, reason=reason)


def absent(desk: Desk, rota: str) -> tuple[Change, ...]:
    """缺席 without a word."""
    return _attend(desk, rota, "absent")


def await_again(desk: Desk, rota: str) -> tuple[Change, ...]:
    """Back to 待到岗."""
    return _attend(desk, rota, "planned")


def _attend(
    desk: Desk,
    rota: str,
    state: str,
    *,
    arrived: time | None = None,
    substitute: str | None = None,
    reason: str | None = None,
) -> tuple[Change, ...]:
    with desk.store.writing(reason="登记到岗") as writing:
        known = Reading(writing.connection).get(Rota, rota)
        if known is None:
            raise ValueError("这名代表已不在当天轮值里，没有改动。")
        writing.put(replace(known, attendance=state, arrived=arrived, substitute=substitute, reason=reason))
        return tuple(writing.changes)


def who_can_stand_in(desk: Desk, day: str, *, most: int = 3) -> tuple[str, ...]:
    """Names of deputies who could take over on a day, least served first: not on its rota, not on leave."""
    with desk.store.reading() as reading:
        found = reading.get(ReceptionDay, day)
        if found is None:
            return ()
        names = Names(reading)
        return tuple(names.of("person", person) for person in free_on(reading, found)[:most])


def free_on(reading: Reading, day: ReceptionDay) -> list[str]:
    """Serving deputies who have nothing to do with any reception of that date, least served first."""
    same_date = reading.all(ReceptionDay, Condition("date", "=", day.day.isoformat()))
    there = reading.children(Rota, "reception_day", [each.uid for each in same_date])
    taken = {each.person for each in there} | {each.substitute for each in there if each.substitute}
    people = candidates(serving(reading.all(Mandate), day.day), station=day.station)
    served = _served(reading, day.day)
    free = [each.person for each in people if each.person not in taken]
    return sorted(free, key=lambda person: served.get(person, Served()).times)


def deputies_to_choose(desk: Desk, words: str = "") -> list[tuple[str, str]]:
    """(uid, 周桂兰（县）) of the serving deputies, found by words, pinyin or initials, in roster order."""
    with desk.store.reading() as reading:
        people = [each.person for each in candidates(serving(reading.all(Mandate), desk.today()))]
        if words.strip():
            hits = {hit.uid for hit in reading.search(words, kinds=["person"], limit=200)}
            people = [person for person in people if person in hits]
        levels, names = levels_of(reading, people), Names(reading)
        return [(person, _called(names, levels, person)) for person in people]


def _called(names: Names, levels: dict[str, str], person: str) -> str:
    name, level = names.of("person", person), levels.get(person, "")
    return f"{name}（{level}）" if level else name
