"""Duties that the registers fulfil: counted, short, late, by the profile's own numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from lianxin.bootstrap import profile_named
from lianxin.domain.counts import Facts
from lianxin.domain.duties.duty import Duty
from lianxin.domain.duties.record_duties import YearRecords, record_duties
from lianxin.domain.records import (
    Activity,
    Appointment,
    Attendance,
    Commitment,
    DocumentLog,
    Filing,
    Mandate,
    Meeting,
    Oath,
    PartyReport,
    Publication,
    Station,
    StationCheck,
    StationCheckItem,
)

PROFILE = profile_named("national")
TODAY = date(2026, 11, 22)
MANDATES = [Mandate(uid=f"m{n}", person=f"p{n}", level="township", term="t") for n in (1, 2)]
COURSE = Activity(
    uid="a1", activity_type="training", topic="新代表法", day=date(2026, 4, 8), plan="方案", summary="总结"
)


def told(key: str, records: YearRecords, facts: Facts | None = None, today: date = TODAY) -> Duty:
    """The duty of a key."""
    found = record_duties(2026, facts or Facts(mandates=MANDATES), records, profile=PROFILE, today=today)
    return {duty.key: duty for duty in found}[key]


def test_training_counts_each_deputy_who_was_there() -> None:
    present = Attendance(uid="x", owner_kind="activity", owner="a1", person="p1", presence="present")
    away = Attendance(uid="y", owner_kind="activity", owner="a1", person="p2", presence="sick_leave")
    facts = Facts(mandates=MANDATES, attendances=[present, away])
    duty = told("training", YearRecords(activities=[COURSE]), facts)
    assert (duty.done, duty.needed, duty.uids, duty.standing) == (1, 2, ("p2",), "on_track")
    late = told("training", YearRecords(activities=[COURSE]), facts, date(2027, 1, 5))
    assert late.standing == "behind"


def test_what_is_asked_once_a_year() -> None:
    report = PartyReport(uid="r", day=date(2026, 6, 1), matter="半年工作")
    assert told("party_reports", YearRecords(party_reports=[report])).standing == "met"
    assert told("party_reports", YearRecords()).done == 0
    shown = Publication(uid="u", what="performance", title="履职情况", start=date(2026, 2, 1))
    assert told("performance_public", YearRecords(publications=[shown])).done == 1
    assert told("handling_report", YearRecords(publications=[shown])).done == 0


def test_a_rule_the_profile_leaves_open_is_not_told() -> None:
    bare = replace(PROFILE, training=None, party_reports=None, publicity=None)
    keys = {duty.key for duty in record_duties(2026, Facts(), YearRecords(), profile=bare, today=TODAY)}
    assert keys.isdisjoint({"training", "party_reports", "publicity"}) and "commitments" in keys


@pytest.mark.parametrize(
    ("today", "standing"), [(date(2026, 1, 20), "on_track"), (date(2026, 2, 1), "behind")]
)
def test_commitments_are_due_in_january(today: date, standing: str) -> None:
    made = Commitment(uid="c", person="p1", year=2026, what="修路灯")
    duty = told("commitments", YearRecords(commitments=[made]), today=today)
    assert (duty.done, duty.needed, duty.standing, duty.uids) == (1, 2, standing, ("p2",))


def test_stations_are_looked_at_and_mended() -> None:
    running, closed = Station(uid="s1", name="站"), Station(uid="s2", name="点", state="closed")
    check = StationCheck(uid="k", station="s1", year=2026, day=date(2026, 5, 1))
    item = StationCheckItem(uid="i", station_check="k", item="place", mend_by=date(2026, 6, 1))
    records = YearRecords(stations=[running, closed], checks=[check], check_items=[item])
    assert told("station_checks", records).standing == "met"
    assert (told("mending", records).standing, told("mending", records).uids) == ("behind", ("i",))
    mended = replace(item, mended=date(2026, 5, 20))
    assert told("mending", replace(records, check_items=[mended])).standing == "met"


def test_events_have_plan_and_summary_and_a_congress_its_notice() -> None:
    bare = replace(COURSE, uid="a2", summary=None)
    assert told("event_papers", YearRecords(activities=[COURSE, bare])).uids == ("a2",)
    congress = Meeting(
        uid="g",
        meeting_type="congress",
        name="第一次会议",
        day=date(2026, 1, 15),
        held=True,
        notified=date(2026, 1, 13),
    )
    assert told("congress_notice", YearRecords(meetings=[congress])).standing == "behind"
    early = replace(congress, notified=date(2025, 12, 20))
    assert told("congress_notice", YearRecords(meetings=[early])).standing == "met"


def test_papers_that_wait() -> None:
    filing = Filing(uid="f", document="1号", title="决议", passed=date(2026, 1, 16))
    post = Appointment(uid="o", day=date(2026, 1, 16), post="镇长", name="向光明", result="passed")
    oath = Oath(uid="h", name="向光明", post="镇长", day=date(2026, 1, 16), appointment="o")
    late = DocumentLog(uid="d", direction="in", day=date(2026, 3, 1), title="通知", due=date(2026, 3, 9))
    records = YearRecords(filings=[filing], appointments=[post], documents=[late])
    assert told("filings", records).uids == ("f",)
    assert (
        told("oaths", records).uids == ("o",)
        and told("oaths", replace(records, oaths=[oath])).standing == "met"
    )
    assert told("documents", records).uids == ("d",)
    answered = replace(late, done=date(2026, 3, 8))
    assert told("documents", replace(records, documents=[answered])).standing == "met"
