"""What is called plainly closed is closed, by the judge of every matter; and what the first page remembers is right."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from lianxin.domain.casework.standing import to_do
from lianxin.domain.counts import cases_at
from lianxin.domain.duties.compliance import duties
from lianxin.domain.figures.distributions import by_month
from lianxin.domain.figures.of_period import figures
from lianxin.domain.periods import Period
from lianxin.domain.records import Assignment, Contact, Opinion, Reply, Routing, Satisfaction
from lianxin.office.case_papers.promised import promises_due
from lianxin.office.cases import matter_memory
from lianxin.office.cases.case import cases_of, promising, state_in
from lianxin.office.cases.matter_memory import MatterMemory
from lianxin.office.cases.plainly_closed import plainly_closed
from lianxin.office.cases.states import CaseBook
from lianxin.office.desk import Desk
from lianxin.office.figuring import facts_of
from lianxin.office.overview import overview
from lianxin.store.reading import Condition
from lianxin.store.writing import Writing
from tests.ui.small_office import NOW, matter, small_office

TODAY = NOW.date()
ROUTES = (
    "assigned",
    "assigned",
    "assigned",
    "answered_on_spot",
    "guided",
    "to_county",
    "withdrawn",
    "merged",
)
JUDGED = ("satisfied", "satisfied", "basically", "unsatisfied", "unreached")


def _steps(writing: Writing, random: Random, opinion: str, day: date) -> None:
    """Mostly the usual course; sometimes steps missing, doubled, on one day, out of order or dated ahead."""
    unit = writing.new_uid()
    if random.random() < 0.5:
        _usual_course(writing, random, opinion, day, unit)
        return

    def later() -> date:
        return day + timedelta(days=random.choice((0, 1, 3, 9, 20, 400)))

    days = sorted(later() for _ in range(4))
    if random.random() < 0.3:
        random.shuffle(days)
    for _ in range(random.choice((0, 1, 1, 1, 1, 2))):
        writing.put(Routing(uid=writing.new_uid(), opinion=opinion, day=days[0], route=random.choice(ROUTES)))
    for _ in range(random.choice((0, 1, 1, 1, 2))):
        writing.put(Assignment(uid=writing.new_uid(), opinion=opinion, day=days[1], unit=unit))
    for _ in range(random.choice((0, 1, 1, 1, 2))):
        writing.put(Reply(uid=writing.new_uid(), opinion=opinion, day=days[2], result="A"))
    for _ in range(random.choice((0, 1, 1, 1, 2))):
        said = random.choice(JUDGED)
        told = None if random.random() < 0.1 else days[3]
        writing.put(Satisfaction(uid=writing.new_uid(), opinion=opinion, day=told, overall=said))


def _usual_course(writing: Writing, random: Random, opinion: str, day: date, unit: str) -> None:
    route = random.choice(ROUTES)
    writing.put(Routing(uid=writing.new_uid(), opinion=opinion, day=day, route=route))
    if route != "assigned":
        return
    answered = day + timedelta(days=random.randrange(4))
    asked = answered + timedelta(days=random.choice((0, 0, 2, 5)))
    writing.put(Assignment(uid=writing.new_uid(), opinion=opinion, day=day, unit=unit))
    promise = random.choice((None, None, "年底前修好"))
    writing.put(Reply(uid=writing.new_uid(), opinion=opinion, day=answered, result="A", promise=promise))
    said = random.choice(JUDGED)
    writing.put(Satisfaction(uid=writing.new_uid(), opinion=opinion, day=asked, overall=said))


def _written(office: Desk, count: int, seed: int) -> None:
    random = Random(seed)
    with office.store.writing(reason="准备") as writing:
        for _ in range(count):
            opinion, contact = writing.new_uid(), writing.new_uid()
            day = TODAY - timedelta(days=random.randrange(900))
            track = random.choice(("opinion", "opinion", "opinion", "petition", "suggestion"))
            half, channel = random.random() < 0.1, random.choice(("visit", "symposium", "home_visit"))
            writing.put(
                Contact(
                    uid=contact, channel=channel, day=day, words="断水", persons=2, to_complete=half,
                    place=random.choice(("村部", "学校")),
                )
            )  # fmt: skip
            writing.put(
                Opinion(uid=opinion, title="断水", words="断水", contact=contact, registered=day, track=track)
            )
            _steps(writing, random, opinion, day)


@pytest.fixture
def office(tmp_path: Path) -> Desk:
    made = small_office(tmp_path)
    _written(made, 240, 5)
    return made


def test_plainly_closed_is_closed_with_that_end_and_unit(office: Desk) -> None:
    with office.store.reading() as reading:
        plain = plainly_closed(reading, TODAY)
        judged = {
            case.opinion.uid: state_in(office, case, TODAY)
            for case in cases_of(reading, reading.all(Opinion))
        }
    assert len(plain) > 20
    assert {uid: (judged[uid].code, judged[uid].unit) for uid in plain} == {
        uid: (over.code, over.unit) for uid, over in plain.items()
    }
    assert not any(judged[uid].open for uid in plain)


def test_the_book_of_states_says_the_same_of_plain_matters(office: Desk) -> None:
    with office.store.reading() as reading:
        known = CaseBook(office).standings(reading)
        told = {
            case.opinion.uid: state_in(office, case, TODAY)
            for case in cases_of(reading, reading.all(Opinion))
        }
    assert known.keys() == told.keys()
    assert all((known[uid].due, known[uid].unit) == (state.due, state.unit) for uid, state in told.items())


def test_the_first_page_says_what_the_whole_ledger_says(office: Desk) -> None:
    found = overview(office)
    with office.store.reading() as reading:
        facts, waiting = facts_of(reading), promises_due(office, reading, promising(reading), TODAY)
    whole = duties(TODAY.year, facts, profile=office.profile, today=TODAY)
    told = {duty.key: duty for duty in found.duties}
    assert {duty.key: replace(duty, uids=tuple(sorted(duty.uids))) for duty in whole} == {
        key: replace(duty, uids=tuple(sorted(duty.uids))) for key, duty in told.items()
    }
    assert told["told"].done and told["told"].uids and told["symposiums"].done
    month = figures(Period.parse("2026-11"), facts, profile=office.profile)
    numbers = {fact.key: fact.number for fact in found.numbers}
    assert numbers["closed"] == month["closed"].shown and numbers["persons"] == month["contact_persons"].shown
    assert [each.value for each in found.months] == [each.value for each in by_month(found.year, facts)[:11]]
    open_cases = to_do([case.state for case in cases_at(facts, TODAY, office.profile)])
    assert waiting and found.to_do.count == len(open_cases) + len(waiting)


def test_a_remembering_page_shows_what_a_first_look_shows(
    office: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matter_memory, "_WORTH_KEEPING", 1)
    memory = MatterMemory(office)
    overview(office, memory)
    matter(office, TODAY - timedelta(days=3))
    _written(office, 20, 6)
    with office.store.reading() as reading:
        gone = reading.all(Opinion)[:5]
        kept, left = reading.all(Reply, Condition("promise", "filled"))[:2]
    with office.store.writing(reason="删除") as writing:
        for opinion in gone:
            writing.remove(Opinion, opinion.uid)
        writing.remove(Reply, left.uid)
        writing.put(replace(kept, promise=None))
    found = overview(office, memory)
    assert found == overview(office, MatterMemory(office)), "from the note in the database"
    office.store.set_setting("matters-known", None)
    assert found == overview(office, MatterMemory(office)), "from nothing"
