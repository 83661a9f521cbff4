"""Figures read no more of the ledger than they count; they are those of the whole ledger."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lianxin.bootstrap import profile_named
from lianxin.domain.counts import cases_at
from lianxin.domain.dictionary import Record
from lianxin.domain.figures.distributions import charts_of
from lianxin.domain.figures.of_period import Period, figures
from lianxin.domain.records import (
    Archiving,
    Assignment,
    Contact,
    Opinion,
    ReceptionDay,
    Reply,
    Rota,
    Routing,
    Satisfaction,
    Supervision,
)
from lianxin.office.desk import Desk
from lianxin.office.figuring import facts_of, figure_sheet
from lianxin.office.safekeeping.setting_up import Beginning, set_up
from lianxin.store.writing import Writing
from tests.store.desks import ORG, new_store

FIRST = date(2024, 11, 1)
DAYS = st.integers(0, 760).map(lambda count: FIRST + timedelta(days=count))
PERIODS = st.sampled_from(["2025-12", "2026-01", "2026-Q2", "2026-H1", "2026", "2025"])


WAYS = st.sampled_from(
    (
        "usual",
        "usual",
        "urgent",
        "limited",
        "promised",
        "twice",
        "judged anew",
        "supervised",
        "archived",
        "guided",
        "at once",
    )
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(DAYS, st.integers(0, 5), st.booleans(), WAYS), min_size=4, max_size=20), PERIODS)
def test_figures_of_a_period_are_those_of_the_whole_ledger(
    told: list[tuple[date, int, bool, str]], text: str
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = new_store(Path(folder))
        set_up(store, Beginning("township", ORG, "清江县石牌镇人大", station="石牌镇代表联络站", term=19))
        with store.writing(reason="测") as door:
            for day, steps, flag, way in told:
                _happened(door, day, steps, flag, way)
        desk = Desk(store, profile_named("national"))
        period = Period.parse(text, cutoff=desk.profile.cutoff_day.value)
        year = Period(period.first_month // 12 * 12, 12, period.cutoff)
        with store.reading() as reading:
            whole, own = facts_of(reading), facts_of(reading, period)
        assert figures(period, own, profile=desk.profile) == figures(period, whole, profile=desk.profile)
        sheet = figure_sheet(desk, period)
        assert sheet.before == figures(period.before, whole, profile=desk.profile)
        assert sheet.year_before == figures(period.year_before, whole, profile=desk.profile)
        cases, of_year = (cases_at(whole, each.end, desk.profile) for each in (period, year))
        assert sheet.charts == charts_of(period, whole, cases=cases, year_cases=of_year)
        assert not whole.past and len(own.past) + len(own.opinions) <= len(whole.opinions)
        store.close()


def test_of_matters_that_were_over_before_a_line_is_read(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    with store.writing(reason="测") as door:
        for way in ("usual", "urgent", "limited", "archived", "promised"):
            _happened(door, FIRST, 4, flag=True, way=way)
        _happened(door, FIRST, 3, flag=True, way="usual")
    with store.reading() as reading:
        facts = facts_of(reading, Period.parse("2026"))
    assert len(facts.past) == 4 and len(facts.opinions) == 2
    assert sorted((each.urgency, each.due is None) for each in facts.past) == [
        ("ordinary", False), ("ordinary", True), ("ordinary", True), ("urgent", True),
    ]  # fmt: skip
    store.close()


def _happened(door: Writing, day: date, steps: int, flag: bool, way: str) -> None:
    """A reception day with one on duty and one contact, and a matter that came some steps far."""
    held = ReceptionDay(uid=door.new_uid(), day=day, state="held" if flag else "cancelled")
    here = Contact(
        uid=door.new_uid(), channel="visit" if flag else "home_visit", day=day, words="样", persons=2
    )
    urgency = "urgent" if way == "urgent" else "ordinary"
    matter = Opinion(
        uid=door.new_uid(), title="样", words="样", registered=day, contact=here.uid, urgency=urgency
    )
    door.put(held)
    door.put(Rota(uid=door.new_uid(), reception_day=held.uid, person="甲", attendance="present"))
    door.put(here)
    door.put(matter)
    for record in _steps(door, matter.uid, day, way)[:steps]:
        door.put(record)


def _steps(door: Writing, matter: str, day: date, way: str) -> list[Record]:
    """The usual four, or what becomes of a matter otherwise."""
    later = [day + timedelta(days=count * 9) for count in range(6)]
    limit, judged = (later[2] if way == "limited" else None), later[2 if way == "at once" else 3]
    promise, until = ("明年修", later[4]) if way == "promised" else (None, None)
    route = "guided" if way == "guided" else "assigned"
    done: list[Record] = [
        Routing(uid=door.new_uid(), opinion=matter, day=later[0], route=route),
        Assignment(uid=door.new_uid(), opinion=matter, day=later[1], unit="乙", due=limit),
        Reply(
            uid=door.new_uid(),
            opinion=matter,
            day=later[2],
            result="A",
            unit="乙",
            promise=promise,
            promised_day=until,
        ),
        Satisfaction(uid=door.new_uid(), opinion=matter, day=judged, overall="satisfied"),
    ]
    more: dict[str, Record] = {
        "twice": Assignment(uid=door.new_uid(), opinion=matter, day=later[2], unit="丙"),
        "judged anew": Satisfaction(uid=door.new_uid(), opinion=matter, day=later[5], overall="unsatisfied"),
        "supervised": Supervision(uid=door.new_uid(), opinion=matter, day=later[1], means="phone"),
        "archived": Archiving(uid=door.new_uid(), opinion=matter, day=later[4], number="2025-01"),
    }
    return [*done, more[way]] if way in more else done
