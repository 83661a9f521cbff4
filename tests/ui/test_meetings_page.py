"""活动与会议 as a clerk uses it: F2, a list, digits for who was away, the rest with F4, papers, undo."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QPushButton
from pytestqt.qtbot import QtBot

from lianxin.domain.records import (
    Activity,
    ActivityStep,
    AgendaItem,
    Attendance,
    DeputyGroup,
    GroupMember,
    Meeting,
    Person,
    Plan,
    PlanItem,
)
from lianxin.office.meetings.attendance import attendance_list
from lianxin.ui.activities import MeetingsPage
from lianxin.ui.activities.event_section import EventSection
from lianxin.ui.activities.year_section import YearSection
from lianxin.ui.draft_keeper import DraftKeeper
from lianxin.ui.finding import StoreSearch
from lianxin.ui.pages import PageEntry
from lianxin.ui.shell import MainWindow
from tests.office.township import Township, new_township
from tests.ui.clerk import Clerk, choose

Key = Qt.Key
TODAY = date(2026, 11, 20)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Township]:
    made = new_township(tmp_path)
    yield made
    made.desk.store.close()


def opened(qtbot: QtBot, town: Township, *, window_id: str = "one") -> tuple[Clerk, MeetingsPage]:
    keeper = DraftKeeper(town.desk, window_id)
    entry = PageEntry(
        "meetings", "活动与会议",
        lambda window: MeetingsPage(window, town.desk, drafts=keeper, papers=town.folder / "papers"),
        kinds=("activity", "meeting", "attendance", "plan", "plan-item"),
    )  # fmt: skip
    window = MainWindow([entry], office="石牌镇人大", search=StoreSearch(town.desk), clock=town.clock)
    qtbot.addWidget(window)
    window.setMinimumSize(0, 0)
    window.resize(1366, 768)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.go("meetings")
    page = window.page("meetings")
    assert isinstance(page, MeetingsPage)
    quiet(qtbot, window)
    return Clerk(qtbot, window), page


def quiet(qtbot: QtBot, window: MainWindow) -> None:
    window.hub.flush()
    qtbot.waitUntil(lambda: not window.reads.busy() and not window.jobs.busy())


def section(page: MeetingsPage, key: str = "activities") -> EventSection:
    found = page.choose(key)
    assert isinstance(found, EventSection)
    return found


def listed(town: Township, owner: str) -> dict[str, Attendance]:
    with town.desk.store.reading() as reading:
        return {line.name: line.attendance for line in attendance_list(reading, owner).lines}


def new_inspection(clerk: Clerk, page: MeetingsPage, qtbot: QtBot) -> str:
    """An inspection with all deputies of the township on its list, by keys."""
    part = section(page)
    clerk.press(Key.Key_F2).pick("视察")
    clerk.say("察看饮用水水源").enter().type("11.18").enter()
    part.detail.form.people.set_value("level:township")
    clerk.save()
    quiet(qtbot, clerk.window)
    return part.detail.uid


def test_an_activity_its_list_and_who_was_away_without_the_mouse(qtbot: QtBot, town: Township) -> None:
    clerk, page = opened(qtbot, town)
    uid = new_inspection(clerk, page, qtbot)
    part = section(page)
    assert part.detail.tab() == "people", "after saving comes the list"
    with town.desk.store.reading() as reading:
        made = reading.get(Activity, uid)
    assert made is not None and (made.topic, made.day) == ("察看饮用水水源", date(2026, 11, 18))
    assert clerk.at is part.detail.people.list.view
    clerk.type("5")
    clerk.type("3").say("外出务工").enter()
    clerk.press(Key.Key_F4)
    told = listed(town, uid)
    assert [each.presence for each in told.values()] == ["absent", "private", "present", "present"]
    assert (told["向光明"].reason, told["向光明"].approval) == ("外出务工", "approved")
    assert "实到2人，请假1人，缺席1人" in part.detail.people.counts.text()
    clerk.undo()
    assert [each.presence for each in listed(town, uid).values()][2:] == ["expected", "expected"]


def test_leave_wants_a_reason_and_escape_lets_it_be(qtbot: QtBot, town: Township) -> None:
    clerk, page = opened(qtbot, town)
    uid = new_inspection(clerk, page, qtbot)
    people = section(page).detail.people
    clerk.type("2").enter()
    assert people.leave.isVisible() and clerk.at is people.leave.reason
    clerk.press(Key.Key_Escape)
    assert not people.leave.isVisible() and clerk.at.accessibleName() == "出勤名单"
    assert {each.presence for each in listed(town, uid).values()} == {"expected"}


def test_several_are_marked_at_once_and_names_are_added(qtbot: QtBot, town: Township) -> None:
    clerk, page = opened(qtbot, town)
    uid = new_inspection(clerk, page, qtbot)
    people = section(page).detail.people
    clerk.press(Key.Key_Down, held=Qt.KeyboardModifier.ShiftModifier).type("1")
    assert [each.presence for each in listed(town, uid).values()][:3] == ["present", "present", "expected"]
    people.adding.names.setFocus()
    clerk.say("周桂兰、县水利局刘站长").enter()
    told = listed(town, uid)
    assert told["周桂兰"].person == town.uid(Person, "周桂兰")
    people.list.select(told["周桂兰"].uid)
    people.list.view.setFocus()
    clerk.press(Key.Key_Delete)
    assert "周桂兰" not in listed(town, uid)
    clerk.undo()
    assert "周桂兰" in listed(town, uid)


def test_papers_come_from_one_menu(qtbot: QtBot, town: Township) -> None:
    clerk, page = opened(qtbot, town)
    new_inspection(clerk, page, qtbot)
    clerk.press(Key.Key_P, held=Qt.KeyboardModifier.ControlModifier)
    menu = clerk.at
    assert isinstance(menu, QMenu)
    assert [act.text() for act in menu.actions()][3:5] == ["&4 签到表", "&5 桌牌"]
    QTest.keyClick(menu, Key.Key_4)
    qtbot.waitUntil(lambda: any((town.folder / "papers").glob("签到表_*.docx")))


def test_steps_are_ticked_added_and_taken_off(qtbot: QtBot, town: Township) -> None:
    clerk, page = opened(qtbot, town)
    uid = new_inspection(clerk, page, qtbot)
    part = section(page)
    clerk.press(Key.Key_3, held=Qt.KeyboardModifier.ControlModifier)
    steps = part.detail.steps
    assert part.detail.tab() == "steps" and steps is not None
    first = next(iter(steps.boxes.values()))
    first.setFocus()
    clerk.press(Key.Key_Space)
    steps.new_line.setFocus()
    clerk.say("准备水样瓶").enter()
    with town.desk.store.reading() as reading:
        told = reading.children(ActivityStep, "activity", [uid])
    assert sum(step.done == TODAY for step in told) == 1 and len(told) == 11
    assert first.text() != ""


def test_a_congress_brings_name_list_and_agenda(qtbot: QtBot, town: Township) -> None:
    clerk, page = opened(qtbot, town)
    part = section(page, "meetings")
    quiet(qtbot, clerk.window)
    clerk.press(Key.Key_F2).pick("人民代表大会")
    form = part.detail.form.form
    assert form.value("name").endswith("人民代表大会第一次会议")
    assert part.detail.form.people.currentText() == "乡代表"
    form.focus_field("date")
    clerk.type("11.12").save()
    quiet(qtbot, clerk.window)
    uid = part.detail.uid
    assert len(listed(town, uid)) == 4
    part.detail.show_tab("agenda")
    agenda = part.detail.agenda
    assert agenda is not None
    agenda.box.setFocus()
    clerk.say("听取政府工作报告").press(Key.Key_Return).say("选举")
    (notes,) = (chip for chip in part.detail.tabs.findChildren(QPushButton) if "记录" in chip.text())
    qtbot.mouseClick(notes, Qt.MouseButton.LeftButton)
    assert clerk.at.accessibleName() == "记一条", "a click goes to where one types"
    with town.desk.store.reading() as reading:
        items = reading.children(AgendaItem, "meeting", [uid])
        meeting = reading.get(Meeting, uid)
    assert [item.title for item in items] == ["听取政府工作报告", "选举"]
    assert meeting is not None and meeting.held, "what is entered after its day was held"


def test_what_is_typed_is_there_again_in_the_next_window(qtbot: QtBot, town: Township) -> None:
    clerk, page = opened(qtbot, town)
    clerk.press(Key.Key_F2).pick("视察").say("没写完的活动")
    page.close_down()
    clerk.window.close()
    again, other = opened(qtbot, town)
    again.press(Key.Key_F2)
    assert section(other).detail.form.form.value("topic") == "没写完的活动"


def test_a_removed_activity_comes_back_with_its_list(qtbot: QtBot, town: Township) -> None:
    clerk, page = opened(qtbot, town)
    uid = new_inspection(clerk, page, qtbot)
    part = section(page)
    part.detail.form.remove()
    quiet(qtbot, clerk.window)
    assert part.list.shown_count() == 0 and not listed(town, uid)
    clerk.undo()
    quiet(qtbot, clerk.window)
    assert part.list.shown_count() == 1 and len(listed(town, uid)) == 4


def test_a_plan_counts_what_the_records_hold(qtbot: QtBot, town: Township) -> None:
    with town.desk.store.writing(reason="准备") as writing:
        plan, group = writing.new_uid(), writing.new_uid()
        writing.put(Plan(uid=plan, year=2026, name="2026年代表工作计划"))
        writing.put(DeputyGroup(uid=group, name="一组"))
        writing.put(GroupMember(uid=writing.new_uid(), group=group, person=town.uid(Person, "龙志明")))
        writing.put(
            PlanItem(
                uid=writing.new_uid(), plan=plan, what="小组活动", times=2, counted="activity",
                activity_type="group", due=date(2026, 12, 31),
            )
        )  # fmt: skip
        for month, kind in ((3, "group"), (4, "training"), (12, "group")):
            day = date(2026, month, 1)
            writing.put(Activity(uid=writing.new_uid(), activity_type=kind, topic="x", day=day, group=group))
    clerk, page = opened(qtbot, town)
    year = page.choose("year")
    assert isinstance(year, YearSection)
    quiet(qtbot, clerk.window)
    clerk.window.open_record("plan", plan)
    parts = year.panel().parts
    assert parts is not None
    assert parts.counts.text() == "1项任务，完成0项，还差1项"
    assert parts.list.model.cells(0)[-2:] == ["1/2", "缺1次"]
    parts.begin_new()
    clerk.say("集中培训").enter().type("1").save()
    with town.desk.store.reading() as reading:
        told = reading.children(PlanItem, "plan", [plan])
    assert sorted(item.what for item in told) == ["小组活动", "集中培训"]


def test_roles_and_refused_leave_come_from_the_menu_of_a_line(qtbot: QtBot, town: Township) -> None:
    clerk, page = opened(qtbot, town)
    uid = new_inspection(clerk, page, qtbot)
    people = section(page).detail.people
    clerk.type("3").say("家中有事").enter()
    people.list.select(listed(town, uid)["龙志明"].uid)
    for words in ("身份：组长", "不同意请假"):
        people.list.asked.emit(people.list.current_key(), "name", people.mapToGlobal(people.rect().center()))
        menu = clerk.at
        assert isinstance(menu, QMenu)
        choose(menu, words)
        menu.close()
    told = listed(town, uid)["龙志明"]
    assert (told.role, told.presence, told.approval) == ("leader", "private", "refused")
