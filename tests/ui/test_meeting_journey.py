"""A presidium meeting from its list to its minutes by keys: attendance, quorum, notes, votes, decisions, papers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from lianxin.domain.records import Meeting, Speech
from lianxin.office.meetings.attendance import add_named, mark_rest_present
from lianxin.office.meetings.ballots import ballots_of
from lianxin.office.meetings.meeting import make_meeting, set_agenda
from lianxin.office.meetings.notes import Decided, add_decision
from lianxin.office.meetings.record import MeetingRecord, meeting_record
from lianxin.office.records import new_uid
from lianxin.ui.activities import MeetingsPage
from lianxin.ui.activities.event_section import EventSection
from lianxin.ui.meetings.meeting_parts import MeetingParts
from tests.documents.reading_back import all_text
from tests.office.township import Township, new_township
from tests.ui.clerk import Clerk
from tests.ui.test_meetings_page import opened, quiet, section

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
PEOPLE = "周桂兰、龙志明、向光明、单大贵、彭世荣"


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Township]:
    made = new_township(tmp_path)
    yield made
    made.desk.store.close()


def last_time(town: Township) -> str:
    """The presidium's meeting of three months ago, with five of nine on its list."""
    meeting = Meeting(
        uid=new_uid(town.desk), meeting_type="presidium", name="主席团第一次会议", ordinal=1,
        day=date(2026, 8, 20), members=9,
    )  # fmt: skip
    uid = make_meeting(town.desk, meeting).record.uid
    add_named(town.desk, owner_kind=Meeting.KIND, owner=uid, names=PEOPLE, guest=False)
    mark_rest_present(town.desk, uid)
    return uid


def record(town: Township, uid: str) -> MeetingRecord:
    found = meeting_record(town.desk, uid)
    assert found is not None
    return found


def parts(part: EventSection) -> MeetingParts:
    assert part.detail.meeting is not None
    return part.detail.meeting


def new_meeting(clerk: Clerk, page: MeetingsPage, qtbot: QtBot, town: Township) -> str:
    """Registered with the list of the last one, its agenda typed."""
    before = last_time(town)
    part = section(page, "meetings")
    quiet(qtbot, clerk.window)
    clerk.press(Key.Key_F2).pick("主席团会议")
    part.detail.form.people.set_value(f"copy:{before}")
    form = part.detail.form.form
    form.focus_field("date")
    clerk.type("11.20")
    form.set_typed({"name": "石牌镇人大主席团第二次会议", "members": "9"})
    clerk.save()
    quiet(qtbot, clerk.window)
    uid = part.detail.uid
    set_agenda(town.desk, uid, ["听取饮水安全工作汇报", "研究年度计划"])
    part.refresh()
    return uid


def test_a_presidium_meeting_from_list_to_minutes(qtbot: QtBot, town: Township) -> None:
    clerk, page = opened(qtbot, town)
    uid = new_meeting(clerk, page, qtbot, town)
    part = section(page, "meetings")
    told = parts(part)
    assert part.detail.tab() == "people" and "实到0人，还差5人" in told.quorum.words.text()
    assert clerk.at.accessibleName() == "出勤名单"
    clerk.type("5")
    clerk.press(Key.Key_F4)
    assert "实到4人，还差1人，不能举行" in told.quorum.words.text()
    part.detail.people.list.select(part.detail.people.list.model.key_at(0))
    part.detail.people.list.view.setFocus()
    clerk.type("1")
    assert told.quorum.words.text() == "✓ 全体成员9人的过半数是5人，实到5人，符合法定人数"

    clerk.press(Key.Key_4, held=CTRL)
    assert part.detail.tab() == "notes" and clerk.at.accessibleName() == "记一条"
    clerk.type("lzm ").say("路要先修")
    assert told.notes.hint.text() == "龙志明：路要先修"
    clerk.enter().say("资金要列入预算").enter()
    clerk.type("szm").say("：").say("这句没有人叫szm").enter()
    clerk.press(Key.Key_PageDown).type("zgl ").say("同意").enter()
    found = record(town, uid)
    assert [each.speech.points for each in found.items[0].said] == [
        "路要先修\n资金要列入预算\nszm：这句没有人叫szm"
    ]
    assert [(each.speaker, each.speech.points) for each in found.items[1].said] == [("周桂兰", "同意")]

    clerk.press(Key.Key_5, held=CTRL)
    assert part.detail.tab() == "votes"
    clerk.type("4").enter().type("1").enter().type("0").enter()
    assert told.votes.verdict.text() == "赞成4票，全体成员9人的过半数是5票，还差1票，没有通过"
    told.votes.cells["赞成"].setFocus()
    told.votes.cells["赞成"].selectAll()
    clerk.type("5").enter().press(Key.Key_Backspace).type("0").enter(2)
    assert told.votes.verdict.text().endswith("通过") and "没有" not in told.votes.verdict.text()
    assert clerk.at.accessibleName() == "议定事项"
    clerk.say("修好三组水管").enter().say("镇水务站").enter().type("12.31").enter()
    (decision,) = record(town, uid).decisions
    assert (decision.what, decision.by, decision.due) == ("修好三组水管", "镇水务站", date(2026, 12, 31))

    clerk.press(Key.Key_P, held=CTRL)
    menu = clerk.at
    assert isinstance(menu, QMenu)
    QTest.keyClick(menu, Key.Key_8)
    folder = town.folder / "papers"
    qtbot.waitUntil(lambda: any(folder.glob("会议记录_*.docx")))
    words = all_text(next(folder.glob("会议记录_*.docx")).read_bytes())
    assert "龙志明：" in words and "责任单位：镇水务站；完成期限：2026年12月31日" in words
    part.print_paper("meeting-summary")
    assert any(folder.glob("会议纪要_*.docx")) and record(town, uid).meeting.summary_number == 1


def test_what_was_not_entered_is_there_after_a_crash(qtbot: QtBot, town: Township) -> None:
    clerk, page = opened(qtbot, town)
    uid = new_meeting(clerk, page, qtbot, town)
    notes = parts(section(page, "meetings")).notes
    clerk.press(Key.Key_4, held=CTRL)
    clerk.press(Key.Key_PageDown).type("lzm").enter().say("没写完的一句")
    agenda = section(page, "meetings").detail.agenda
    assert agenda is not None
    agenda.box.appendPlainText("还有一项")
    # The window is gone without a word, as in a power cut: nothing is closed down.
    clerk.window.hide()
    again, other = opened(qtbot, town, window_id="two")
    again.window.open_record("meeting", uid)
    part = section(other, "meetings")
    assert part.detail.agenda is not None and part.detail.agenda.box.toPlainText().endswith("还有一项")
    part.detail.show_tab("notes")
    fresh = parts(part).notes
    assert fresh.line.text() == "没写完的一句" and notes is not fresh
    assert fresh.items.title() == "研究年度计划"
    fresh.line.setFocus()
    QTest.keyClick(fresh.line, Key.Key_Return)
    said = record(town, uid).items[1].said
    assert [(each.speaker, each.speech.points) for each in said] == [("龙志明", "没写完的一句")]
    with town.desk.store.reading() as reading:
        assert not reading.drafts(Speech.KIND)


def test_notes_are_changed_and_taken_back(qtbot: QtBot, town: Township) -> None:
    clerk, page = opened(qtbot, town)
    uid = new_meeting(clerk, page, qtbot, town)
    clerk.press(Key.Key_4, held=CTRL)
    clerk.say("龙志明：路要修").enter()
    clerk.press(Key.Key_Up)
    clerk.press(Key.Key_End).say("好").enter()
    assert [each.speech.points for each in record(town, uid).items[0].said] == ["路要修好"]
    clerk.undo()
    assert [each.speech.points for each in record(town, uid).items[0].said] == ["路要修"]


def test_a_changed_speech_keeps_its_lines(qtbot: QtBot, town: Township) -> None:
    clerk, page = opened(qtbot, town)
    uid = new_meeting(clerk, page, qtbot, town)
    clerk.press(Key.Key_4, held=CTRL)
    clerk.say("龙志明：路要修").enter()
    clerk.say("还要加宽").enter()
    clerk.press(Key.Key_Up)
    clerk.press(Key.Key_End).say("一米").enter()
    assert [each.speech.points for each in record(town, uid).items[0].said] == ["路要修\n还要加宽一米"]


def test_an_election_by_keys(qtbot: QtBot, town: Township) -> None:
    clerk, page = opened(qtbot, town)
    uid = new_meeting(clerk, page, qtbot, town)
    part = section(page, "meetings")
    told = parts(part).ballots
    part.detail.show_tab("ballots")
    told.beginning.title.setFocus()
    clerk.say("主席团常务主席").enter().press(Key.Key_Backspace).type("1").enter().say(
        "龙志明、周桂兰"
    ).enter()
    clerk.type("5").enter()
    first = next(iter(told.cells.values()))[0]
    qtbot.waitUntil(first.isVisible)
    first.setFocus()
    clerk.type("5").enter()
    told.more.setFocus()
    (file,) = ballots_of(town.desk, uid)
    assert file.choices[0].votes_for == 5 and file.ballot.issued == 5
    assert len(file.choices) == 2 and not file.outcome.chosen, "the other one has no votes yet"


def test_a_decision_opens_where_it_is_voted_on(qtbot: QtBot, town: Township) -> None:
    clerk, page = opened(qtbot, town)
    uid = new_meeting(clerk, page, qtbot, town)
    _, second = record(town, uid).items
    assert second.item is not None
    add_decision(town.desk, uid, second.item.uid, Decided("修好水管"))
    page.open_record("decision", record(town, uid).decisions[0].uid)
    part = section(page, "meetings")
    assert (part.detail.tab(), parts(part).votes.items.title()) == ("votes", "研究年度计划")
