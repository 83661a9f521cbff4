"""活动台账 and 会议台账: a row an event, names as attendance, unknown names kept, edited rows brought up to date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from lianxin.domain.records import Activity, Attendance, Meeting, Person
from lianxin.office.importing.ledger_import import Imported, import_ledger, likely_kind, undo_import
from lianxin.office.meetings.attendance import attendance_list
from tests.office.township import Township, new_township

HEAD = ("序号", "日期", "类型", "活动主题", "活动地点", "参加人员", "参加人数", "请假人员", "备注")
ROWS: tuple[tuple[object, ...], ...] = (
    (1, "2026.3.10", "视察", "察看水源", "响水村", "龙志明、向光明 单大贵", 3, "覃春生", None),
    (
        2,
        datetime(2026, 4, 2),
        "学习活动",
        "学习代表法",
        "镇会议室",
        "龙志明，向 光明、吐尔逊·买买提、县人大李主任",
        4,
        None,
        None,
    ),
    (3, "2026年5月8日", None, "走访慰问老党员", "长坪村", "周桂兰", 2, None, "慰问金300元"),
    (4, "不详", "座谈", "座谈会", None, "周桂兰", None, None, None),
    ("合计", None, None, None, None, None, 9, None, None),
)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Township]:
    made = new_township(tmp_path)
    yield made
    made.desk.store.close()


def ledger(folder: Path, head: Sequence[str], rows: Sequence[Sequence[object]], title: str) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([title])
    sheet.append(list(head))
    for row in rows:
        sheet.append(list(row))
    path = folder / f"{title}.xlsx"
    book.save(path)
    return path


def taken(town: Township, rows: Sequence[Sequence[object]] = ROWS, *, preview: bool = False) -> Imported:
    path = ledger(town.folder, HEAD, rows, "石牌镇2026年代表活动台账")
    return import_ledger(town.desk, kind="activity", path=path, preview=preview)


def people(town: Township, topic: str) -> dict[str, Attendance]:
    with town.desk.store.reading() as reading:
        (event,) = [each for each in reading.all(Activity) if each.topic == topic]
        return {line.name: line.attendance for line in attendance_list(reading, event.uid).lines}


def test_rows_become_activities_with_who_was_there(town: Township) -> None:
    done = taken(town)
    assert {key: done.counts[key] for key in ("new", "refused", "skipped")} == {
        "new": 3,
        "refused": 1,
        "skipped": 1,
    }
    with town.desk.store.reading() as reading:
        told = {each.topic: each for each in reading.all(Activity)}
    assert [told[topic].activity_type for topic in ("察看水源", "学习代表法", "走访慰问老党员")] == [
        "inspection", "training", "visiting",
    ]  # fmt: skip
    assert (
        told["察看水源"].number == "439901102-2026-HD0001" and told["走访慰问老党员"].remark == "慰问金300元"
    )
    assert told["学习代表法"].day == date(2026, 4, 2)


def test_names_of_deputies_are_people_others_stay_names(town: Township) -> None:
    taken(town)
    came = people(town, "学习代表法")
    assert came["向光明"].person == town.uid(Person, "向光明")
    assert came["吐尔逊·买买提"].name == "吐尔逊·买买提" and came["县人大李主任"].person is None
    away = people(town, "察看水源")
    assert [each.presence for each in away.values()] == ["present"] * 3 + ["private"]
    with town.desk.store.reading() as reading:
        assert reading.count(Person) == 6, "a ledger of activities makes no deputies"


def test_doubts_are_named_and_cost_nothing(town: Township) -> None:
    outcomes = {row.row: row for row in taken(town, preview=True).rows}
    assert any("按走访理解" in reading.why for reading in outcomes[5].readings)
    assert any("按姓名登记" in problem.message for problem in outcomes[5].problems)
    assert outcomes[6].outcome == "refused"
    with town.desk.store.reading() as reading:
        assert not reading.all(Activity)


def test_the_same_ledger_again_is_the_same_and_an_edited_row_is_brought_up_to_date(town: Township) -> None:
    taken(town)
    again = taken(town)
    assert (again.counts["same"], again.counts["new"]) == (3, 0)
    edited = [list(row) for row in ROWS[:3]]
    edited[0][4], edited[0][5] = "响水村水库", "龙志明、向光明、单大贵、彭世荣"
    third = taken(town, edited)
    assert (third.counts["changed"], third.counts["new"]) == (1, 0)
    assert "彭世荣" in people(town, "察看水源") and len(people(town, "察看水源")) == 5
    assert third.batch is not None
    undo_import(town.desk, batch=third.batch)
    assert "彭世荣" not in people(town, "察看水源")


def test_an_import_is_taken_back_with_its_lists(town: Township) -> None:
    batch = taken(town).batch
    assert batch is not None
    undo_import(town.desk, batch=batch)
    with town.desk.store.reading() as reading:
        assert not reading.all(Activity) and not reading.all(Attendance)


def test_a_ledger_of_meetings_counts_as_held(town: Township) -> None:
    rows = [("2026-03-20", "石牌镇第十九届人大主席团第三次会议", "镇政府", "龙志明、向光明", "单大贵")]
    path = ledger(town.folder, ("日期", "会议名称", "地点", "出席人员", "请假人员"), rows, "主席团会议台账")
    import_ledger(town.desk, kind="meeting", path=path, preview=False)
    with town.desk.store.reading() as reading:
        (meeting,) = reading.all(Meeting)
        told = attendance_list(reading, meeting.uid).tally
    assert (meeting.meeting_type, meeting.held, told.words) == (
        "presidium",
        True,
        "应到3人，实到2人，请假1人",
    )


def test_a_ledger_of_activities_is_known_for_one(town: Township) -> None:
    path = ledger(town.folder, HEAD, ROWS, "石牌镇2026年代表活动台账")
    assert likely_kind(path) == "activity"
    short = ledger(
        town.folder, ("日期", "类型", "主题", "地点", "参加人员"), [r[1:6] for r in ROWS[:3]], "简"
    )
    assert likely_kind(short) == "activity"
