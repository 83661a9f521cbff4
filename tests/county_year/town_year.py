"""A township's work, month by month, written through the office's own functions: visits, matters in steps, events."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from random import Random

from lianxin.domain.casework.steps import StepRecord
from lianxin.domain.records import (
    Activity,
    Assignment,
    Attendance,
    Contact,
    District,
    HandlingUnit,
    Mandate,
    Person,
    ReceptionDay,
    Region,
    Reply,
    Rota,
    Routing,
    Satisfaction,
    Station,
    Term,
    Visitor,
)
from lianxin.office.cases import steps
from lianxin.office.cases.opinions import put_assignment
from lianxin.office.cases.visit_records import opinion_from, put_contact, put_opinion
from lianxin.office.desk import Desk, office_of
from lianxin.office.meetings.activities import put_activity
from lianxin.office.meetings.attendance import ListFrom, list_of, put_expected
from lianxin.office.numbers import next_number
from lianxin.store.reading import Reading
from lianxin.store.writing import Writing
from tests.county_year import invented
from tests.county_year.invented import MATTERS, REFERRED, TALKS, UNITS, Matter

LAST_DAY = 18
"""Of a month: what happens later belongs to the next report, which is due on the 20th."""
_DUE_DAYS = 60
_TERM_START = date(2021, 12, 28)
_EVENTS = (
    ("training", "代表法学习培训"), ("inspection", "饮水安全视察"), ("research", "乡村产业调研"), ("visiting", "走访脱贫户"),
    ("law_check", "水污染防治法执法检查"), ("theme", "“双岗建功”主题活动"),
)  # fmt: skip
_RESULTS, _RESULT_SHARES = ("A", "B", "C", "D"), (60, 28, 8, 4)
_JUDGED, _JUDGED_SHARES = ("satisfied", "basically", "unsatisfied", "unreached"), (62, 28, 5, 5)


@dataclass(frozen=True)
class Size:
    """How much one township has: deputies and villages, and the most visits of a month."""

    deputies: int
    villages: int
    visits: int


ORDINARY = Size(deputies=24, villages=6, visits=9)
SMALL = Size(deputies=6, villages=3, visits=3)

Step = Callable[[Writing], None]


@dataclass
class TownYear:
    """One township's desk and what is still to happen there. `random` decides everything but ids and keys.

    With `quick` steps are written without asking the rules whether they may be taken: half the time.
    """

    desk: Desk
    town: str
    random: Random
    size: Size = ORDINARY
    quick: bool = False
    _people: list[tuple[str, str]] = field(default_factory=list)
    _villages: list[tuple[str, str]] = field(default_factory=list)
    _units: dict[str, str] = field(default_factory=dict)
    _station: str = ""
    _to_come: list[tuple[date, int, Step]] = field(default_factory=list)
    _planned: int = 0

    def found(self) -> None:
        """Villages, units, districts and deputies, as they are before the first month."""
        with self.desk.store.writing(reason="建立基础资料") as writing:
            reading = Reading(writing.connection)
            self._station = reading.all(Station)[0].uid
            term = reading.all(Term)[0]
            writing.put(replace(term, start=_TERM_START, seats=self.size.deputies), opened=term)
            for name in invented.villages(self.random, self.size.villages):
                uid = writing.new_uid()
                writing.put(Region(uid=uid, name=f"{name}村"))
                self._villages.append((uid, name))
            for unit in UNITS:
                uid = writing.new_uid()
                name = unit.name.format(self.town[-1])
                writing.put(HandlingUnit(uid=uid, name=name, unit_type=unit.unit_type))
                self._units[unit.name.removeprefix("{}")] = uid
            self._elect(writing, term.uid)

    def _elect(self, writing: Writing, term: str) -> None:
        districts = []
        for place, (_, village) in enumerate(self._villages, 1):
            district = District(
                uid=writing.new_uid(), number=f"第{place}选区", villages=f"{village}村", seats=3, term=term
            )
            writing.put(district)
            districts.append(district.uid)
        for place in range(self.size.deputies):
            name, sex = invented.person(self.random), self.random.choice(("male", "male", "female"))
            uid = writing.new_uid()
            writing.put(Person(uid=uid, name=name, sex=sex, party=self.random.choice(("01", "01", "13"))))
            writing.put(
                Mandate(
                    uid=writing.new_uid(), person=uid, level="township", term=term,
                    district=districts[place % len(districts)],
                    elected=_TERM_START, presidium=place < self.size.deputies // 4,
                )
            )  # fmt: skip
            if place % 8 == 1:
                writing.put(Mandate(uid=writing.new_uid(), person=uid, level="county"))
            self._people.append((uid, name))

    def month(self, year: int, month: int, *, share: float = 1.0) -> None:
        """What happens since the report before, until the 18th; the desk's clock must have come there."""
        until = date(year, month, LAST_DAY)
        since = (until.replace(day=1) - timedelta(days=1)).replace(day=LAST_DAY + 1)
        for at in range(max(1, round(share * self.random.randint(1, self.size.visits)))):
            day = since + timedelta(days=self.random.randrange((until - since).days + 1))
            self._plan(day, self._visit(day, referred=at == 0 and self.random.random() < 0.12))
        reception = until - timedelta(days=self.random.randrange(10))
        self._plan(reception, self._reception(reception))
        if self.random.random() < 0.4:
            held = until - timedelta(days=self.random.randrange(20))
            self._plan(held, self._event(held))
        with self.desk.store.writing(reason="登记") as writing:
            while self._to_come and self._to_come[0][0] <= until:
                _, _, step = self._to_come.pop(0)
                step(writing)

    def _plan(self, day: date, step: Step) -> None:
        self._planned += 1
        self._to_come.append((day, self._planned, step))
        self._to_come.sort(key=lambda each: each[:2])

    def _visit(self, day: date, *, referred: bool = False, reception: str | None = None) -> Step:
        """A contact; most raise a matter that then goes its way."""
        matter = self.random.choice(REFERRED if referred else MATTERS)
        talk = not referred and self.random.random() < 0.12
        village, village_name = self.random.choice(self._villages)
        words = self.random.choice(TALKS) if talk else invented.said(matter, self.random, village_name)
        name, phone = invented.person(self.random), invented.phone(self.random)
        persons = self.random.choice((1, 1, 1, 2, 3))
        channel = self.random.choice(("visit", "visit", "home_visit", "phone"))
        deputy = self.random.choice(self._people)[1]
        sex = self.random.choice(("male", "female"))

        def write(writing: Writing) -> None:
            contact = Contact(
                uid=writing.new_uid(), channel="reception_day" if reception else channel, day=day, words=words,
                persons=persons, station=self._station, deputies=deputy, reception_day=reception,
                answered=talk, answer="当面作了解释。" if talk else None,
            )  # fmt: skip
            visitor = Visitor(
                uid=writing.new_uid(), contact="", name=name, sex=sex, phone=phone, village=village
            )
            stored = put_contact(writing, contact, [visitor])
            if not talk:
                self._raise(writing, stored, matter, village)

        return write

    def _raise(self, writing: Writing, contact: Contact, matter: Matter, village: str) -> None:
        uid = writing.new_uid()
        made = opinion_from(contact, uid=uid, category=matter.category)
        urgency = self.random.choices(("ordinary", "pressing", "urgent"), (80, 15, 5))[0]
        level = "county" if matter.referred else "township"
        put_opinion(writing, replace(made, village=village, urgency=urgency, level=level))
        day = contact.day
        if matter.referred:
            self._route(writing, uid, day, "to_county", "属县级职责")
        elif self.random.random() < 0.15:
            self._route(writing, uid, day, "answered_on_spot", matter.answer)
        else:
            self._follow(uid, matter, day + timedelta(days=self.random.randint(0, 5)))

    def _follow(self, opinion: str, matter: Matter, handed: date) -> None:
        """Handed over, answered, judged, each on its day; one in fourteen stays with the unit."""
        unit = self._units[matter.unit]

        def hand(writing: Writing) -> None:
            self._route(writing, opinion, handed, "assigned", None)
            self._assign(writing, opinion, handed, unit)

        self._plan(handed, hand)
        if self.random.random() < 0.07:
            return
        answered = handed + timedelta(days=self.random.randint(4, 60))
        judged = answered + timedelta(days=self.random.randint(2, 12))
        result = self.random.choices(_RESULTS, _RESULT_SHARES)[0]
        overall = self.random.choices(_JUDGED, _JUDGED_SHARES)[0]

        def answer(writing: Writing) -> None:
            reply = Reply(
                uid=writing.new_uid(), opinion=opinion, day=answered, unit=unit, result=result,
                words=matter.answer, promise="按计划完成" if result == "B" else None,
                promised_day=answered + timedelta(days=120) if result == "B" else None,
            )  # fmt: skip
            self._take(writing, reply)

        def judge(writing: Writing) -> None:
            said = Satisfaction(
                uid=writing.new_uid(), opinion=opinion, day=judged, overall=overall,
                attempts=3 if overall == "unreached" else None,
            )  # fmt: skip
            self._take(writing, said)

        self._plan(answered, answer)
        self._plan(judged, judge)

    def _route(self, writing: Writing, opinion: str, day: date, way: str, reason: str | None) -> None:
        self._take(
            writing, Routing(uid=writing.new_uid(), opinion=opinion, day=day, route=way, reason=reason)
        )

    def _assign(self, writing: Writing, opinion: str, day: date, unit: str) -> None:
        if self.quick:
            due = day + timedelta(days=_DUE_DAYS)
            writing.put(Assignment(uid=writing.new_uid(), opinion=opinion, day=day, unit=unit, due=due))
        else:
            put_assignment(self.desk, writing, opinion=opinion, day=day, unit=unit)

    def _take(self, writing: Writing, step: StepRecord) -> None:
        if self.quick:
            writing.put(step)
        else:
            steps.take(self.desk, writing, step)

    def _reception(self, day: date) -> Step:
        """接待日: three deputies on duty, somebody away now and then, and those who came."""
        duty = self.random.sample(self._people, 3)
        away = self.random.random() < 0.15
        visits = self.random.randint(0, 2)

        def write(writing: Writing) -> None:
            code = office_of(Reading(writing.connection)).code
            held = ReceptionDay(
                uid=writing.new_uid(), day=day, start=time(9), end=time(11, 30), station=self._station, state="held",
                announced=day - timedelta(days=5), number=next_number(writing, code, ReceptionDay, day),
            )  # fmt: skip
            writing.put(held)
            for place, (person, _) in enumerate(duty):
                absent = away and place == 2
                writing.put(
                    Rota(
                        uid=writing.new_uid(), reception_day=held.uid, person=person,
                        attendance="leave" if absent else "present", reason="外出务工" if absent else None,
                    )
                )  # fmt: skip
            for _ in range(visits):
                self._visit(day, reception=held.uid)(writing)

        return write

    def _event(self, day: date) -> Step:
        """An activity of the deputies, with who came."""
        kind, topic = self.random.choice(_EVENTS)
        village = self.random.choice(self._villages)[1]
        away = self.random.randrange(self.size.deputies)

        def write(writing: Writing) -> None:
            activity = Activity(
                uid=writing.new_uid(), activity_type=kind, topic=topic, day=day, start=time(9), end=time(16),
                place=f"{village}村", summary="形成报告，提出意见3条。", opinions=3,
            )  # fmt: skip
            made = put_activity(writing, activity)
            put_expected(writing, Activity.KIND, made.uid, ListFrom("level", "township"), day)
            _mark(writing, list_of(Reading(writing.connection), made.uid), away)

        return write


def _mark(writing: Writing, expected: Sequence[Attendance], away: int) -> None:
    for place, each in enumerate(expected):
        private = place == away
        came = replace(
            each, presence="private" if private else "present", reason="家中有事" if private else None,
            approval="approved" if private else None,
        )  # fmt: skip
        writing.put(came, opened=each)
