"""转报事项: every matter that townships sent up, with where it stands at the county and by when the next act is due."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from lianxin.county.townships.belonging import belonging
from lianxin.county.townships.names import towns_in
from lianxin.county.townships.roster import roster_ever
from lianxin.domain.casework.referral import (
    AT_COUNTY,
    COUNTY_STEP_KINDS,
    REFERRAL_STAGE,
    Clock,
    Referral,
    clock_of,
    county_next_act,
)
from lianxin.domain.casework.steps import STEP_KINDS
from lianxin.domain.records import Opinion, Routing
from lianxin.office.cases.case import Case, cases_of, state_in
from lianxin.office.desk import Desk
from lianxin.office.numbers import short_number
from lianxin.store.arrivals import arrived
from lianxin.store.reading import Condition, Reading

ALL, OPEN, LATE, BACK = "all", "open", "late", "back"
"""Filters that are no stage: every matter, those not over, those past their day, those 不满意 came back for."""
_STEPS = {cls.KIND: cls for cls in STEP_KINDS}
_CHUNK = 250


@dataclass(frozen=True)
class Referred:
    """One referred matter as the county's list shows it. `arrived` is the day a report brought it."""

    uid: str
    code: str
    town: str
    number: str
    title: str
    category: str
    urgency: str
    registered: date
    arrived: date
    referral: Referral
    clock: Clock
    satisfaction: str

    @property
    def stage(self) -> str:
        """Code of REFERRAL_STAGE."""
        return self.referral.stage

    @property
    def late(self) -> bool:
        """Whether the next act is past its day."""
        return self.clock.days_left is not None and self.clock.days_left < 0

    @property
    def open(self) -> bool:
        """Whether it is not over yet, seen from the county."""
        return self.stage in AT_COUNTY

    @property
    def next_act(self) -> str:
        """What the county does next."""
        return county_next_act(self.referral, self.clock)

    @property
    def badge(self) -> str:
        """超期3天, 剩5天, or the stage where no clock runs."""
        return self.clock.badge or self.referral.label


@dataclass(frozen=True)
class ReferredFilter:
    """What the list is narrowed by: a stage or ALL, OPEN, LATE, BACK; a township's code; a county unit's name."""

    stage: str = OPEN
    town: str = ""
    unit: str = ""


class ReferredBook:
    """Every referred matter, kept from one look to the next and brought up to date by what was written since."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lock = threading.Lock()
        self._day = date.min
        self._counters: Mapping[str, int] = {}
        self._known: dict[str, Referred] = {}

    def look(self) -> tuple[Referred, ...]:
        """All of them: what the county has to do first, then the latest sent."""
        with self._lock, self._desk.store.reading() as reading:
            today, counters = self._desk.today(), reading.counters()
            if (today, counters) != (self._day, self._counters):
                self._known = self._now(reading, today)
                self._day, self._counters = today, counters
            return in_order(self._known.values())

    def _now(self, reading: Reading, today: date) -> dict[str, Referred]:
        if today != self._day or any(counters_fell(self._counters, reading.counters())):
            return {each.uid: each for each in referred_matters(self._desk, reading, sent_up(reading))}
        concerned = _concerned(reading, reading.written_after(self._counters))
        known = {uid: each for uid, each in self._known.items() if uid not in concerned}
        known |= {each.uid: each for each in referred_matters(self._desk, reading, sorted(concerned))}
        return known


def counters_fell(before: Mapping[str, int], now: Mapping[str, int]) -> Iterable[bool]:
    """Whether a stream is shorter than it was: a file was taken back, and everything is to be looked at anew."""
    return (now.get(stream, 0) < counter for stream, counter in before.items())


def referred_matters(desk: Desk, reading: Reading, uids: Sequence[str]) -> list[Referred]:
    """These matters as the county has them; those that were never sent up, or are removed, are left out."""
    owners, towns = belonging(reading, Opinion), towns_in(reading)
    goes_on = {old: town for town in roster_ever(reading, desk.today()) for old in town.codes}
    found: list[Referred] = []
    for start in range(0, len(uids), _CHUNK):
        opinions = list(reading.by_uid(Opinion, uids[start : start + _CHUNK]).values())
        judged = [(case, state_in(desk, case, desk.today())) for case in cases_of(reading, opinions)]
        sent = [(case, state.referral, state.satisfaction) for case, state in judged if state.referral]
        days = arrived(
            reading.connection, [uid for _, each, _ in sent for uid in (each.sent_by, each.again_by)]
        )
        for case, referral, satisfaction in sent:
            code = owners.get(case.opinion.uid, "")
            town = goes_on.get(code)
            found.append(
                _row(desk, case, referral, days, satisfaction, town.code if town else code,
                     town.name if town else towns.name(code))
            )  # fmt: skip
    return found


def _row(
    desk: Desk,
    case: Case,
    referral: Referral,
    days: Mapping[str, date],
    satisfaction: str,
    code: str,
    town: str,
) -> Referred:
    opinion = case.opinion
    came = days.get(referral.sent_by, referral.sent)
    back = days.get(referral.again_by, referral.again or came)
    clock = clock_of(
        referral,
        arrived=came,
        came_back=back,
        today=desk.today(),
        profile=desk.profile,
        urgency=opinion.urgency,
    )
    return Referred(
        uid=opinion.uid, code=code, town=town, number=short_number(opinion.number or ""), title=opinion.title,
        category=opinion.category, urgency=opinion.urgency, registered=opinion.registered, arrived=came,
        referral=referral, clock=clock, satisfaction=satisfaction,
    )  # fmt: skip


def in_order(rows: Iterable[Referred]) -> tuple[Referred, ...]:
    """What is to be done first: the county's own turn by its day, then what others have, then what is over."""
    return tuple(
        sorted(
            rows,
            key=lambda each: (
                not each.referral.waiting, not each.open, each.clock.due or date.max, -each.arrived.toordinal(),
                each.uid,
            ),
        )
    )  # fmt: skip


def kept(rows: Sequence[Referred], chosen: ReferredFilter, words: str = "") -> list[Referred]:
    """The rows that meet the filter and hold all the words."""
    return [each for each in _narrowed(rows, chosen, words) if _in_stage(each, chosen.stage)]


def counts(rows: Sequence[Referred], chosen: ReferredFilter, words: str = "") -> dict[str, int]:
    """How many there are under each stage, the other filters applied."""
    narrowed = _narrowed(rows, chosen, words)
    by_stage = Counter(each.stage for each in narrowed)
    return {
        **by_stage,
        ALL: len(narrowed),
        **{stage: sum(_in_stage(each, stage) for each in narrowed) for stage in (OPEN, LATE, BACK)},
    }


def _narrowed(rows: Sequence[Referred], chosen: ReferredFilter, words: str) -> list[Referred]:
    asked = words.split()
    return [
        each
        for each in rows
        if (not chosen.town or each.code == chosen.town)
        and (not chosen.unit or each.referral.unit == chosen.unit)
        and all(word in f"{each.number} {each.title} {each.town} {each.referral.unit}" for word in asked)
    ]


def _in_stage(row: Referred, stage: str) -> bool:
    match stage:
        case "all":
            return True
        case "open":
            return row.open
        case "late":
            return row.late
        case "back":
            return row.referral.rounds > 0 and row.open
    return row.stage == stage


def first_line(rows: Sequence[Referred]) -> str:
    """共18件转报事项：待交办3件，办理中9件（超期2件），待乡镇反馈4件，已办结2件."""
    if not rows:
        return "乡镇还没有转报县人大的事项"
    by_stage = Counter(each.stage for each in rows)
    late = Counter(each.stage for each in rows if each.late)
    told = [
        f"{stage.label}{count}件" + (f"（超期{late[stage.code]}件）" if late[stage.code] else "")
        for stage in REFERRAL_STAGE.codes
        if (count := by_stage[stage.code])
    ]
    return f"共{len(rows)}件转报事项：{'，'.join(told)}"


def sent_up(reading: Reading) -> list[str]:
    """The uids of all matters that a township sent up, or that the county did anything about."""
    routes = reading.all(Routing, Condition("route", "=", "to_county"))
    found = {each.opinion for each in routes}
    for cls in COUNTY_STEP_KINDS:
        found.update(str(opinion) for (opinion,) in reading.fields(cls, ("opinion",)))
    return sorted(found)


def _concerned(reading: Reading, written: Iterable[tuple[str, str]]) -> set[str]:
    found: set[str] = set()
    for kind, uid in written:
        if kind == Opinion.KIND:
            found.add(uid)
        elif kind in _STEPS:
            matter = reading.shown(_STEPS[kind], uid).get("opinion")
            if matter is not None and isinstance(matter.value, str):
                found.add(matter.value)
    return found
