"""Who came: counts, rates, leave, days of duty, and absences that end a mandate (代表法 §13, §62; domain.md 3.21, 6.3).

Pure functions over `Attendance` records; which meeting or activity they belong to is for the caller to know.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal, TypeAlias

from lianxin.domain.records import Activity, Attendance, Mandate, Meeting
from lianxin.domain.rules import RuleProfile

LEAVE = frozenset({"sick", "private", "official"})
HALF = Decimal("0.5")

Alarm: TypeAlias = Literal["", "warning", "statutory"]
"""warning after one absence fewer than the law names, statutory from that number on."""


@dataclass(frozen=True)
class Tally:
    """应到, 实到, 请假, 缺席 of one event. Guests (列席) are counted apart: they do not make a quorum."""

    expected: int
    present: int
    on_leave: int
    absent: int
    unmarked: int
    guests: int

    @property
    def rate(self) -> Fraction | None:
        """出席率 = 实到 ÷ 应到; None when nobody was expected."""
        return Fraction(self.present, self.expected) if self.expected else None

    @property
    def words(self) -> str:
        """应到9人，实到7人，请假1人，缺席1人."""
        parts = [f"应到{self.expected}人", f"实到{self.present}人"]
        told = (
            ("请假", self.on_leave),
            ("缺席", self.absent),
            ("未记", self.unmarked),
            ("列席", self.guests),
        )
        parts += [f"{label}{count}人" for label, count in told if count]
        return "，".join(parts)


def tally_of(attendances: Iterable[Attendance]) -> Tally:
    """Counts everybody once by the mark that stands."""
    told = list(attendances)
    own = [each for each in told if each.role != "guest"]
    return Tally(
        expected=len(own),
        present=sum(each.presence == "present" for each in own),
        on_leave=sum(each.presence in LEAVE for each in own),
        absent=sum(each.presence == "absent" for each in own),
        unmarked=sum(each.presence == "expected" for each in own),
        guests=sum(each.role == "guest" and each.presence == "present" for each in told),
    )


def is_unapproved_absence(attendance: Attendance) -> bool:
    """Stayed away without leave: 缺席, or leave that was refused. Leave still waiting is not yet an absence."""
    if attendance.presence == "absent":
        return attendance.approval != "approved"
    return attendance.presence in LEAVE and attendance.approval == "refused"


@dataclass(frozen=True)
class AbsenceAlarm:
    """A deputy's unapproved absences from the congress of one level and term, the first first."""

    person: str
    meetings: tuple[str, ...]
    days: tuple[date, ...]
    alarm: Alarm


def absence_alarms(
    meetings: Iterable[Meeting],
    attendances: Iterable[Attendance],
    *,
    mandates: Iterable[Mandate],
    profile: RuleProfile,
) -> tuple[AbsenceAlarm, ...]:
    """Who stayed away from the congress without approval (代表法 §62(三)); the most absences first.

    Only sessions of the township's own congress that were held, and only absences within the term a deputy serves.
    """
    held = {each.uid: each for each in meetings if each.meeting_type == "congress" and each.held}
    terms = _terms_served(mandates)
    found: dict[str, list[Meeting]] = {}
    for each in attendances:
        meeting = held.get(each.owner)
        if meeting is None or each.person is None or not is_unapproved_absence(each):
            continue
        if _in_term(meeting, terms.get(each.person, ())):
            found.setdefault(each.person, []).append(meeting)
    alarms = [_alarm(person, missed, profile) for person, missed in found.items()]
    return tuple(sorted((a for a in alarms if a.alarm), key=lambda a: (-len(a.meetings), a.days, a.person)))


def _terms_served(mandates: Iterable[Mandate]) -> dict[str, tuple[Mandate, ...]]:
    found: dict[str, tuple[Mandate, ...]] = {}
    for mandate in mandates:
        if mandate.level == "township" and mandate.state == "serving":
            found[mandate.person] = (*found.get(mandate.person, ()), mandate)
    return found


def _in_term(meeting: Meeting, mandates: Sequence[Mandate]) -> bool:
    return any(
        (meeting.term is None or mandate.term is None or meeting.term == mandate.term)
        and (mandate.elected is None or mandate.elected <= meeting.day)
        for mandate in mandates
    )


def _alarm(person: str, missed: Sequence[Meeting], profile: RuleProfile) -> AbsenceAlarm:
    # A person entered twice on one list was away once.
    sessions = sorted({each.uid: each for each in missed}.values(), key=lambda each: (each.day, each.uid))
    most = profile.absences.value
    alarm: Alarm = ""
    if len(sessions) >= most:
        alarm = "statutory"
    elif len(sessions) >= most - 1:
        alarm = "warning"
    return AbsenceAlarm(
        person, tuple(each.uid for each in sessions), tuple(each.day for each in sessions), alarm
    )


@dataclass(frozen=True)
class DutyDays:
    """履职天数 of one deputy, and the attendances they come from."""

    person: str
    days: Decimal
    sources: tuple[str, ...]


def duty_days(
    events: Mapping[str, Activity | Meeting], attendances: Iterable[Attendance]
) -> dict[str, DutyDays]:
    """Days of duty of everybody who was present at these events, in halves.

    What stands on the attendance counts before what stands on the event; without either it is half a day when both
    hours are known and lie within four hours, otherwise a whole day for every day of the event.
    """
    found: dict[str, DutyDays] = {}
    seen: set[tuple[str, str]] = set()
    for each in attendances:
        event = events.get(each.owner)
        if event is None or each.person is None or each.presence != "present":
            continue
        if (each.person, each.owner) in seen:
            continue
        seen.add((each.person, each.owner))
        before = found.get(each.person, DutyDays(each.person, Decimal(), ()))
        days = in_halves(each.days) if each.days is not None else days_of_event(event)
        found[each.person] = DutyDays(each.person, before.days + days, (*before.sources, each.uid))
    return found


def days_of_event(event: Activity | Meeting) -> Decimal:
    """How many days of duty an event is worth for whoever was there; nothing when it was cancelled or not held."""
    if event.cancelled if isinstance(event, Activity) else not event.held:
        return Decimal()
    told = event.duty_days if isinstance(event, Activity) else event.days
    if told is not None:
        return in_halves(told)
    if event.until is not None and event.until > event.day:
        return Decimal((event.until - event.day).days + 1)
    if event.start is not None and event.end is not None:
        minutes = (event.end.hour - event.start.hour) * 60 + event.end.minute - event.start.minute
        if 0 < minutes <= _HALF_DAY_MINUTES:
            return HALF
    return Decimal(1)


_HALF_DAY_MINUTES = 240


def in_halves(days: Decimal) -> Decimal:
    """Rounded to the nearest half day, a quarter up; never below nothing."""
    if days <= 0:
        return Decimal()
    halves = (days * 2 + HALF).to_integral_value(rounding="ROUND_FLOOR")
    return halves / 2
