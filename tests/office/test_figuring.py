"""Figures read no more of the ledger than they count; they are those of the whole ledger."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lianxin.bootstrap import profile_named
from lianxin.domain.distributions import by_month
from lianxin.domain.figures import Period, figures
from lianxin.domain.records import (
    Assignment,
    Contact,
    Opinion,
    ReceptionDay,
    Reply,
    Rota,
    Routing,
    Satisfaction,
)
from lianxin.office.desk import Desk
from lianxin.office.figuring import facts_of, figure_sheet
from lianxin.office.safekeeping.setting_up import Beginning, set_up
from lianxin.store.writing import Writing
from tests.store.desks import ORG, new_store

FIRST = date(2024, 11, 1)
DAYS = st.integers(0, 760).map(lambda count: FIRST + timedelta(days=count))
PERIODS = st.sampled_from(["2025-12", "2026-01", "2026-Q2", "2026-H1", "2026", "2025"])


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(DAYS, st.integers(0, 5), st.booleans()), max_size=14), PERIODS)
def test_figures_of_a_period_are_those_of_the_whole_ledger(
    told: list[tuple[date, int, bool]], text: str
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = new_store(Path(folder))
        set_up(store, Beginning("township", ORG, "清江县石牌镇人大", station="石牌镇代表联络站", term=19))
        with store.writing(reason="测") as door:
            for day, steps, flag in told:
                _happened(door, day, steps, flag)
        desk = Desk(store, profile_named("national"))
        period = Period.parse(text, cutoff=desk.profile.cutoff_day.value)
        year = Period(period.first_month // 12 * 12, 12, period.cutoff)
        with store.reading() as reading:
            whole, own = facts_of(reading), facts_of(reading, period)
        assert figures(period, own, profile=desk.profile) == figures(period, whole, profile=desk.profile)
        sheet = figure_sheet(desk, period)
        assert sheet.before == figures(period.before, whole, profile=desk.profile)
        assert sheet.year_before == figures(period.year_before, whole, profile=desk.profile)
        assert sheet.charts.months == by_month(year, whole)
        store.close()


def _happened(door: Writing, day: date, steps: int, flag: bool) -> None:
    """A reception day with one on duty and one contact, and a matter that came some steps far."""
    held = ReceptionDay(uid=door.new_uid(), day=day, state="held" if flag else "cancelled")
    here = Contact(
        uid=door.new_uid(), channel="visit" if flag else "home_visit", day=day, words="样", persons=2
    )
    matter = Opinion(uid=door.new_uid(), title="样", words="样", registered=day, contact=here.uid)
    door.put(held)
    door.put(Rota(uid=door.new_uid(), reception_day=held.uid, person="甲", attendance="present"))
    door.put(here)
    door.put(matter)
    later = [day + timedelta(days=count * 9) for count in range(4)]
    done = (
        Routing(uid=door.new_uid(), opinion=matter.uid, day=later[0], route="assigned"),
        Assignment(uid=door.new_uid(), opinion=matter.uid, day=later[1], unit="乙"),
        Reply(uid=door.new_uid(), opinion=matter.uid, day=later[2], result="A", words="好", unit="乙"),
        Satisfaction(uid=door.new_uid(), opinion=matter.uid, day=later[3], overall="satisfied"),
    )
    for record in done[:steps]:
        door.put(record)
