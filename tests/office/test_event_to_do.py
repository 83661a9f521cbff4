"""近期待办 of activities and meetings: what comes up, what is missing, and the law's word after the first absence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from lianxin.domain.records import Activity, Attendance, DeputyGroup, Meeting, Person
from lianxin.office.meetings.attendance import ListFrom, list_of, mark
from lianxin.office.meetings.meeting import make_meeting
from lianxin.office.overview import overview
from lianxin.office.records import new_uid
from lianxin.office.to_do.row import ToDo
from tests.office.township import Township, new_township

EVERYBODY = ListFrom("level", "township")


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Township]:
    made = new_township(tmp_path)
    yield made
    made.desk.store.close()


def put(town: Township, *records: Activity | Meeting | DeputyGroup) -> None:
    with town.desk.store.writing(reason="准备") as writing:
        for record in records:
            writing.put(replace(record, uid=writing.new_uid()))


def activity(day: date, **more: date | str) -> Activity:
    sent, due = more.get("sent"), more.get("due")
    return Activity(
        uid="", activity_type="inspection", topic="视察", day=day,
        report_sent=sent if isinstance(sent, date) else None, report_due=due if isinstance(due, date) else None,
    )  # fmt: skip


def congress(town: Township, day: date, away: str) -> str:
    """A congress that was held, from which one deputy stayed away without leave."""
    meeting = Meeting(uid=new_uid(town.desk), meeting_type="congress", name="第十九届人代会", day=day)
    uid = make_meeting(town.desk, meeting, source=EVERYBODY).record.uid
    with town.desk.store.reading() as reading:
        absent = [each.uid for each in list_of(reading, uid) if each.person == town.uid(Person, away)]
    mark(town.desk, absent, "absent")
    return uid


def rows(town: Township) -> list[ToDo]:
    told = overview(town.desk).to_do
    return [*told.dated, *told.reminders]


def titles(town: Township) -> dict[str, str]:
    return {row.title: row.badge for row in rows(town)}


def test_an_event_of_the_coming_week_and_one_nobody_marked(town: Township) -> None:
    put(
        town,
        replace(activity(date(2026, 11, 25)), topic="下周视察"),
        replace(activity(date(2026, 12, 9)), topic="以后"),
    )
    meeting = Meeting(uid=new_uid(town.desk), meeting_type="work", name="例会", day=date(2026, 11, 12))
    uid = make_meeting(town.desk, meeting, source=EVERYBODY).record.uid
    assert titles(town)["下周视察"] == "剩5天" and titles(town)["例会"] == "未签到"
    assert "以后" not in titles(town)
    with town.desk.store.reading() as reading:
        mark(town.desk, [list_of(reading, uid)[0].uid], "present")
    assert "例会" not in titles(town)


def test_feedback_on_a_report_is_asked_for_until_it_is_there(town: Township) -> None:
    put(town, activity(date(2026, 9, 1), sent=date(2026, 9, 10), due=date(2026, 11, 17)))
    assert titles(town)["视察：报告的反馈"] == "超期3天"
    with town.desk.store.writing(reason="反馈") as writing, town.desk.store.reading() as reading:
        (told,) = reading.all(Activity)
        writing.put(replace(told, feedback="已整改"), opened=told)
    assert "视察：报告的反馈" not in titles(town)


def test_the_presidium_is_called_from_day_75_unless_a_meeting_is_planned(town: Township) -> None:
    met = Meeting(uid="", meeting_type="presidium", name="主席团会议", day=date(2026, 9, 3), held=True)
    put(town, met)
    assert titles(town)["该开主席团会议了"] == "剩13天"
    put(town, replace(met, day=date(2026, 11, 30), held=False))
    assert "该开主席团会议了" not in titles(town)


def test_leave_waits_for_an_answer(town: Township) -> None:
    uid = congress(town, date(2026, 1, 9), "向光明")
    with town.desk.store.reading() as reading:
        first = list_of(reading, uid)[0].uid
    mark(town.desk, [first], "sick", reason="住院")
    assert titles(town)["人代会：1人请假待审批"] == "待审批"
    mark(town.desk, [first], "sick", reason="住院", approval="approved")
    assert "人代会：1人请假待审批" not in titles(town)


def test_groups_are_told_in_the_last_quarter(town: Township) -> None:
    put(town, DeputyGroup(uid="", name="一组"))
    assert "1个代表小组活动次数不够" in titles(town)
    town.clock.at(date(2026, 9, 30))
    assert "1个代表小组活动次数不够" not in titles(town)


def test_the_first_absence_from_the_congress_is_told_and_the_second_is_the_laws_case(town: Township) -> None:
    first = congress(town, date(2026, 1, 9), "向光明")
    assert titles(town)["向光明未经批准1次不出席人代会"] == "待提醒"
    congress(town, date(2026, 7, 9), "向光明")
    (row,) = [row for row in rows(town) if "向光明" in row.title]
    assert (row.badge, row.tone, row.uid) == ("法定情形", "late", town.uid(Person, "向光明"))
    with town.desk.store.reading() as reading:
        (absent,) = [each for each in list_of(reading, first) if each.presence == "absent"]
    mark(town.desk, [absent.uid], "sick", reason="住院", approval="approved", approver="陈国强")
    assert "向光明未经批准1次不出席人代会" in titles(town)


def test_a_guest_or_a_name_is_never_alarmed(town: Township) -> None:
    uid = congress(town, date(2026, 1, 9), "向光明")
    with town.desk.store.writing(reason="准备") as writing:
        writing.put(
            Attendance(
                uid=writing.new_uid(), owner_kind="meeting", owner=uid, name="李站长", role="guest", presence="absent"
            )
        )  # fmt: skip
    assert not any("李站长" in title for title in titles(town))
