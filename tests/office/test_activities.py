"""Activities and meetings as the office works with them: list, marks, leave, steps, copies, papers, undo."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from pathlib import Path

import pytest

from lianxin.domain.records import Activity, ActivityStep, AgendaItem, Attendance, Meeting, Person
from lianxin.office.meetings.activities import (
    activity_file,
    copy_activity,
    make_activity,
    remove_activity,
    tick_step,
)
from lianxin.office.meetings.attendance import (
    ListFrom,
    NobodyThere,
    ReasonWanted,
    add_named,
    approve_leave,
    attendance_list,
    mark,
    mark_rest_present,
)
from lianxin.office.meetings.event_file import EVENT_PAPERS, event_paper
from lianxin.office.meetings.meeting import agenda_of, make_meeting, propose, remove_meeting, set_agenda
from lianxin.office.papers.catalogue import PAPERS, make_paper
from lianxin.office.paperwork.paper import PapersProblem
from lianxin.office.records import new_uid, undo_changes
from tests.documents.reading_back import all_text
from tests.office.township import Township, new_township

DAY = date(2026, 11, 18)
OF_THE_TOWN = ListFrom("level", "township")


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Township]:
    made = new_township(tmp_path)
    yield made
    made.desk.store.close()


def inspected(town: Township, source: ListFrom | None = OF_THE_TOWN) -> Activity:
    activity = Activity(
        uid=new_uid(town.desk), activity_type="inspection", topic="视察饮用水水源", day=DAY, start=time(9),
        end=time(11), place="响水村", agenda="实地察看\n座谈",
    )  # fmt: skip
    return activity_of(town, make_activity(town.desk, activity, source=source).record.uid)


def activity_of(town: Township, uid: str) -> Activity:
    file = activity_file(town.desk, uid)
    assert file is not None
    return file.activity


def lines(town: Township, owner: str) -> dict[str, Attendance]:
    with town.desk.store.reading() as reading:
        return {line.name: line.attendance for line in attendance_list(reading, owner).lines}


def words(town: Township, owner: str) -> str:
    with town.desk.store.reading() as reading:
        return attendance_list(reading, owner).tally.words


def test_an_activity_is_made_with_number_steps_and_everybody_of_its_level(town: Township) -> None:
    made = inspected(town)
    file = activity_file(town.desk, made.uid)
    assert file is not None and file.activity.number == "439901102-2026-HD0001"
    assert [line.name for line in file.people.lines] == ["龙志明", "向光明", "单大贵", "覃春生"]
    assert file.people.tally.unmarked == 4 and file.steps_words == "0 / 10 项"
    assert [step.stage for step in file.steps] == ["before"] * 3 + ["during"] * 3 + ["after"] * 4


def test_the_exceptions_are_marked_and_the_rest_came(town: Township) -> None:
    made = inspected(town)
    people = lines(town, made.uid)
    with pytest.raises(ReasonWanted):
        mark(town.desk, [people["向光明"].uid], "private")
    mark(town.desk, [people["向光明"].uid], "private", reason="陪护家人")
    mark(town.desk, [people["单大贵"].uid], "absent")
    changes = mark_rest_present(town.desk, made.uid)
    assert words(town, made.uid) == "应到4人，实到2人，请假1人，缺席1人"
    approve_leave(town.desk, [people["向光明"].uid], approval="approved", approver="陈国强")
    leave = lines(town, made.uid)["向光明"]
    assert (leave.reason, leave.approval, leave.approved) == ("陪护家人", "approved", date(2026, 11, 20))
    undo_changes(town.desk, changes)
    assert words(town, made.uid) == "应到4人，实到0人，请假1人，缺席1人，未记2人"
    mark(town.desk, [leave.uid], "present")
    again = lines(town, made.uid)["向光明"]
    assert (again.approval, again.reason) == (None, None)


def test_names_are_known_people_where_they_can_be_and_stay_names_otherwise(town: Township) -> None:
    made = inspected(town, None)
    add_named(
        town.desk, owner_kind="activity", owner=made.uid, names="周桂兰、吐尔逊·买买提 、周桂兰", guest=False
    )
    add_named(town.desk, owner_kind="activity", owner=made.uid, names="周桂兰 刘站长", guest=True)
    told = lines(town, made.uid)
    assert told["周桂兰"].person == town.uid(Person, "周桂兰")
    assert (told["吐尔逊·买买提"].person, told["吐尔逊·买买提"].name) == (None, "吐尔逊·买买提")
    assert told["刘站长"].role == "guest" and len(told) == 3


def test_an_empty_list_stores_nothing(town: Township) -> None:
    with pytest.raises(NobodyThere):
        inspected(town, ListFrom("group", "nobody"))
    with town.desk.store.reading() as reading:
        assert not reading.all(Activity)


def test_a_copy_takes_plan_list_and_steps_and_nothing_that_happened(town: Township) -> None:
    made = inspected(town)
    mark_rest_present(town.desk, made.uid)
    file = activity_file(town.desk, made.uid)
    assert file is not None
    tick_step(town.desk, file.steps[0].uid, DAY)
    copied = copy_activity(town.desk, made.uid, day=date(2026, 12, 2))
    assert copied is not None
    again = activity_file(town.desk, copied.record.uid)
    assert again is not None and again.activity.number == "439901102-2026-HD0002"
    assert (again.activity.place, again.activity.day) == ("响水村", date(2026, 12, 2))
    assert again.people.tally.unmarked == 4 and again.steps_words == "0 / 10 项"


def test_an_activity_goes_and_comes_back_whole(town: Township) -> None:
    made = inspected(town)
    changes = remove_activity(town.desk, made.uid)
    assert activity_file(town.desk, made.uid) is None and not lines(town, made.uid)
    undo_changes(town.desk, changes)
    file = activity_file(town.desk, made.uid)
    assert file is not None and len(file.people.lines) == 4 and len(file.steps) == 10


def test_a_congress_knows_its_name_and_number_and_keeps_its_items(town: Township) -> None:
    told = propose(town.desk, "congress", DAY)
    assert told.name.endswith("人民代表大会第一次会议") and told.ordinal == 1 and told.members == 4
    meeting = Meeting(
        uid=new_uid(town.desk), meeting_type="congress", name=told.name, term=told.term,
        ordinal=told.ordinal, day=DAY, held=True,
    )  # fmt: skip
    made = make_meeting(town.desk, meeting, source=told.source).record
    assert propose(town.desk, "congress", date(2026, 12, 20)).ordinal == 2
    set_agenda(town.desk, made.uid, ["听取政府工作报告", "听取主席团工作报告"])
    first = agenda(town, made.uid)
    set_agenda(town.desk, made.uid, ["听取主席团工作报告", "听取和审议政府工作报告", "选举"])
    now = agenda(town, made.uid)
    assert [item.title for item in now] == ["听取主席团工作报告", "听取和审议政府工作报告", "选举"]
    assert {item.uid for item in first} < {item.uid for item in now}
    changes = remove_meeting(town.desk, made.uid)
    with town.desk.store.reading() as reading:
        assert reading.get(Meeting, made.uid) is None
    undo_changes(town.desk, changes)
    with town.desk.store.reading() as reading:
        assert reading.get(Meeting, made.uid) is not None
        assert len(attendance_list(reading, made.uid).lines) == 4
    assert len(agenda(town, made.uid)) == 3


def agenda(town: Township, meeting: str) -> list[AgendaItem]:
    with town.desk.store.reading() as reading:
        return agenda_of(reading, meeting)


@pytest.mark.parametrize("name", [paper.name for paper in EVENT_PAPERS])
def test_every_paper_tells_the_event(name: str, town: Township) -> None:
    made = inspected(town)
    people = lines(town, made.uid)
    mark(town.desk, [people["向光明"].uid], "private", reason="陪护家人")
    mark_rest_present(town.desk, made.uid)
    title, packed = event_paper(town.desk, name, made.uid)
    assert title.endswith("_2026-HD0001.docx") and PAPERS[name].label in title
    text = all_text(packed).replace("\n", "")
    if name == "name-plates":
        assert text.count("龙志明") == 2
    else:
        assert "视察饮用水水源" in text
    assert ("陪护家人" in text) is False, "why somebody was away is nobody's business"
    assert make_paper(town.desk, name, uid=made.uid) == packed


def test_a_paper_of_nothing_says_so(town: Township) -> None:
    with pytest.raises(PapersProblem, match="没有找到"):
        make_paper(town.desk, "sign-in-sheet", uid="nothing")


def test_steps_are_ticked_and_taken_back(town: Township) -> None:
    file = activity_file(town.desk, inspected(town).uid)
    assert file is not None
    changes = tick_step(town.desk, file.steps[0].uid, DAY)
    with town.desk.store.reading() as reading:
        assert reading.by_uid(ActivityStep, [file.steps[0].uid])[file.steps[0].uid].done == DAY
    undo_changes(town.desk, changes)
    again = activity_file(town.desk, file.activity.uid)
    assert again is not None and again.steps_words == "0 / 10 项"
