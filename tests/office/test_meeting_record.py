"""The record of a meeting: notes, votes, decisions, their papers and reminders; elections and projects."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from lianxin.documents.measuring.official_check import check_official
from lianxin.domain.meetings.notes import Attendee
from lianxin.domain.records import Appointment, Decision, Filing, Meeting, Oath, Project, Speech
from lianxin.domain.tally.meeting_ballots import Sheets
from lianxin.office.meetings.attendance import add_named, list_of, mark_rest_present
from lianxin.office.meetings.ballots import (
    Counted,
    NotCounted,
    ballots_of,
    confirm_ballot,
    file_resolution,
    make_ballot,
    oath_of,
    set_sheets,
    set_votes,
)
from lianxin.office.meetings.meeting import agenda_of, make_meeting, remove_meeting, set_agenda
from lianxin.office.meetings.notes import (
    Decided,
    Vote,
    add_decision,
    change_note,
    number_summary,
    set_report,
    set_vote,
    settle_decision,
    take_note,
)
from lianxin.office.meetings.record import MeetingRecord, meeting_record
from lianxin.office.overview import overview
from lianxin.office.papers.catalogue import make_paper
from lianxin.office.records import new_uid, undo_changes
from tests.documents.reading_back import all_text
from tests.office.township import Township, new_township

UIGHUR = "吐尔逊·买买提"


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Township]:
    made = new_township(tmp_path)
    yield made
    made.desk.store.close()


def met(town: Township, kind: str = "presidium", *, members: int | None = 9, names: str = "") -> str:
    """A meeting of today with two items and these people present."""
    meeting = Meeting(
        uid=new_uid(town.desk), meeting_type=kind, day=date(2026, 11, 20), members=members,
        name="石牌镇第十九届人民代表大会主席团第十七次会议", chair="陈国强",
    )  # fmt: skip
    uid = make_meeting(town.desk, meeting).record.uid
    set_agenda(town.desk, uid, ["听取饮水安全工作汇报", "研究年度计划"])
    if names:
        add_named(town.desk, owner_kind=Meeting.KIND, owner=uid, names=names, guest=False)
        mark_rest_present(town.desk, uid)
    return uid


def items(town: Township, meeting: str) -> list[str]:
    with town.desk.store.reading() as reading:
        return [each.uid for each in agenda_of(reading, meeting)]


def record(town: Township, meeting: str) -> MeetingRecord:
    found = meeting_record(town.desk, meeting)
    assert found is not None
    return found


FIVE = f"周桂兰、龙志明、向光明、单大贵、{UIGHUR}"


def test_notes_become_speeches_and_go_on_with_the_one_before(town: Township) -> None:
    uid = met(town, names=FIVE)
    first, second = items(town, uid)
    take_note(town.desk, uid, item=first, points="路要先修", speaker=Attendee("龙志明", "x"))
    take_note(town.desk, uid, item=first, points="资金要列入预算")
    take_note(town.desk, uid, item=second, points="没有人名的一句")
    changes = take_note(town.desk, uid, item=first, points="同意", speaker=Attendee("王站长"))
    told = record(town, uid).items
    assert [each.speech.points for each in told[0].said] == ["路要先修\n资金要列入预算", "同意"]
    assert [(each.speaker, each.speech.points) for each in told[1].said] == [("", "没有人名的一句")]
    undo_changes(town.desk, changes)
    assert len(record(town, uid).items[0].said) == 1
    change_note(town.desk, told[0].said[0].speech.uid, points="路要修", speaker=Attendee("田书记"))
    assert [each.speaker for each in record(town, uid).items[0].said] == ["田书记"]
    set_agenda(town.desk, uid, [])
    assert [len(each.said) for each in record(town, uid).items] == [2], "said to items that are gone"


def test_a_very_long_speech_is_kept_whole(town: Township) -> None:
    uid = met(town)
    take_note(town.desk, uid, item=None, points="水" * 9001, speaker=Attendee("龙志明"))
    said = [each.speech.points for item in record(town, uid).items for each in item.said]
    assert "".join(said) == "水" * 9001 and len(said) == 3


def test_five_of_nine_meet_and_four_votes_decide_nothing(town: Township) -> None:
    uid = met(town, names=FIVE)
    first, _ = items(town, uid)
    told = record(town, uid)
    assert told.quorum is not None and told.quorum.reached
    set_vote(town.desk, first, Vote("hands", 4, 1, 0))
    told = record(town, uid)
    assert told.items[0].verdict.outcome == "failed"
    add_decision(town.desk, uid, first, Decided("修路"))
    assert any("没有通过，却写了决定事项" in words for words in record(town, uid).findings)
    set_vote(town.desk, first, Vote("hands", 5, 0, 0))
    found = record(town, uid)
    assert found.items[0].verdict.outcome == "passed"
    assert "第1项：“修路”没有写责任单位、完成期限" in found.findings


def test_decisions_come_back_until_they_are_carried_out(town: Township) -> None:
    uid = met(town, names=FIVE)
    add_decision(town.desk, uid, None, Decided("修好三组水管", "opinion", "镇水务站", date(2026, 11, 25)))

    def rows() -> list[str]:
        return [row.title for row in overview(town.desk).to_do.dated if row.kind == Decision.KIND]

    assert rows() == ["审议意见：修好三组水管"]
    decision = record(town, uid).decisions[0]
    assert decision.by == "镇水务站" and decision.state == "open"
    settle_decision(town.desk, decision.uid, state="done", result="已修好")
    with town.desk.store.reading() as reading:
        told = reading.get(Decision, decision.uid)
    assert told is not None and (told.state, told.done) == ("done", date(2026, 11, 20))
    assert rows() == []


def test_minutes_and_summary_tell_what_a_secret_ballot_brought(town: Township) -> None:
    uid = met(town, names=FIVE)
    ballot = make_ballot(town.desk, uid, subject="election", title="副乡长", seats=1, names="向明、王芳")
    set_sheets(town.desk, ballot, Sheets(5, 5, 0))
    assert "无记名" not in all_text(make_paper(town.desk, "minutes", uid=uid)), "nothing is counted yet"
    for choice, agreed in zip(ballots_of(town.desk, uid)[0].choices, (5, 0), strict=True):
        set_votes(town.desk, choice, Counted(agreed, 5 - agreed, 0, 0))
    minutes = all_text(make_paper(town.desk, "minutes", uid=uid))
    assert "选举副乡长" in minutes and "收回票5张，无效票0张。向明赞成5票，反对0票" in minutes
    assert "选举向明为副乡长。" in all_text(make_paper(town.desk, "meeting-summary", uid=uid))


def test_minutes_and_summary_tell_what_happened_and_keep_the_standard(town: Township) -> None:
    uid = met(town, names=FIVE)
    first, _ = items(town, uid)
    set_report(town.desk, first, reporter="镇水务站张伟", report="已换管网12公里。")
    take_note(town.desk, uid, item=first, points="路要先修", speaker=Attendee("龙志明"))
    set_vote(town.desk, first, Vote("hands", 5, 0, 0))
    add_decision(town.desk, uid, first, Decided("修好三组水管", "task", "镇水务站", date(2027, 3, 31)))
    add_named(town.desk, owner_kind=Meeting.KIND, owner=uid, names="赵敏", guest=True)
    number_summary(town.desk, uid)
    minutes = all_text(make_paper(town.desk, "minutes", uid=uid))
    for words in ("应到5人，实到5人", UIGHUR, "镇水务站张伟汇报", "龙志明：", "赞成5票", "过半数是5票，通过",
                  "责任单位：镇水务站；完成期限：2027年3月31日", "主持人（签字）"):  # fmt: skip
        assert words in minutes, words
    summary = make_paper(town.desk, "meeting-summary", uid=uid)
    assert not [each for each in check_official(summary) if each.weight == "deviation"]
    told = all_text(summary)
    for words in (
        "第1期",
        "会议应到主席团成员5人，实到5人，符合法定人数",
        "三、会议议定",
        f"{UIGHUR}",
        "列席：",
    ):
        assert words in told, words
    number_summary(town.desk, uid)
    assert "第1期" in all_text(make_paper(town.desk, "meeting-summary", uid=uid)), "a number is given once"


@pytest.mark.parametrize("people", [0, 200])
def test_papers_of_an_empty_meeting_and_of_a_crowd(town: Township, people: int) -> None:
    names = "、".join(f"代表{at}{UIGHUR if at % 7 == 0 else '甲'}" for at in range(people))
    uid = met(town, "congress", members=people or None, names=names)
    for name in ("minutes", "meeting-summary", "event-agenda", "sign-in-sheet"):
        assert Document(io.BytesIO(make_paper(town.desk, name, uid=uid))).element is not None
    summary = make_paper(town.desk, "meeting-summary", uid=uid)
    assert not [each for each in check_official(summary) if each.weight == "deviation"]
    assert all_text(summary).count(UIGHUR) == len(range(0, people, 7))
    assert "会议记录" in all_text(make_paper(town.desk, "minutes")).replace("　", "")


def test_a_meeting_goes_with_its_parts_and_comes_back(town: Township) -> None:
    uid = met(town, names=FIVE)
    take_note(town.desk, uid, item=None, points="一句", speaker=Attendee("龙志明"))
    add_decision(town.desk, uid, None, Decided("一件"))
    changes = remove_meeting(town.desk, uid)
    with town.desk.store.reading() as reading:
        assert not reading.all(Speech) and not reading.all(Decision)
    undo_changes(town.desk, changes)
    assert len(record(town, uid).decisions) == 1 and len(list_of_people(town, uid)) == 5


def list_of_people(town: Township, uid: str) -> list[str]:
    with town.desk.store.reading() as reading:
        return [each.uid for each in list_of(reading, uid)]


def test_an_election_asks_for_more_than_half_of_all(town: Township) -> None:
    uid = met(town, "congress", members=47)
    ballot = make_ballot(town.desk, uid, subject="election", title="镇长", seats=1, names="石振华、田勇")
    (file,) = ballots_of(town.desk, uid)
    with pytest.raises(NotCounted):
        confirm_ballot(town.desk, ballot)
    set_sheets(town.desk, ballot, Sheets(45, 45, 1))
    for choice, votes in zip(file.choices, (Counted(23, 10, 10, 1), Counted(20, 20, 3, 1)), strict=True):
        set_votes(town.desk, choice, votes)
    (file,) = ballots_of(town.desk, uid)
    assert not file.outcome.chosen and "没有人达到" in file.outcome.words
    set_votes(town.desk, file.choices[0], Counted(24, 10, 9, 1))
    confirm_ballot(town.desk, ballot)
    with town.desk.store.reading() as reading:
        results = {each.name: each.result for each in reading.all(Appointment)}
        elected = next(each for each in reading.all(Appointment) if each.name == "石振华")
    assert results == {"石振华": "passed", "田勇": "failed"}
    assert "石振华为镇长。" in all_text(make_paper(town.desk, "election-notice", uid=ballot))
    assert not [
        each
        for each in check_official(make_paper(town.desk, "election-notice", uid=ballot))
        if each.weight == "deviation"
    ]
    assert "经石牌镇第十九届人民代表大会主席团第十七次会议选举，你当选为镇长。" in all_text(
        make_paper(town.desk, "certificate", uid=elected.uid)
    )
    oath = oath_of(town.desk, elected.uid)
    assert oath_of(town.desk, elected.uid) == oath, "one oath for one election"
    told = all_text(make_paper(town.desk, "oath", uid=oath))
    assert "我宣誓：忠于中华人民共和国宪法" in told and "石振华" in told and "2018年2月24日修订" in told
    assert "我宣誓" in all_text(make_paper(town.desk, "oath"))
    with town.desk.store.reading() as reading:
        assert reading.get(Oath, oath) is not None


def test_equal_votes_at_the_last_seat_begin_a_second_ballot(town: Township) -> None:
    uid = met(town, "congress", members=47)
    names = "长坪村饮水\n双溪村护栏\n镇区公厕"
    ballot = make_ballot(town.desk, uid, subject="project", title="2026年民生实事", seats=2, names=names)
    (file,) = ballots_of(town.desk, uid)
    for choice, agreed in zip(file.choices, (40, 30, 30), strict=True):
        set_votes(town.desk, choice, Counted(agreed, 0, 0))
    confirm_ballot(town.desk, ballot)
    first, second = ballots_of(town.desk, uid)
    assert [each.name for each in first.outcome.chosen] == ["长坪村饮水"]
    assert (second.ballot.round, second.ballot.seats, len(second.choices)) == (2, 1, 2)
    with town.desk.store.reading() as reading:
        states = sorted(each.state for each in reading.all(Project))
    assert states == ["candidate", "candidate", "chosen", "voted_again", "voted_again"]
    confirm_ballot(town.desk, ballot)
    assert len(ballots_of(town.desk, uid)) == 2, "confirmed again, no other second round begins"
    assert len(ballots_of(town.desk, uid)[0].choices) == 3, "the first round keeps whom it was held on"
    ledger = load_workbook(io.BytesIO(make_paper(town.desk, "project-ledger"))).worksheets[0]
    told = [str(cell.value) for row in ledger.iter_rows(min_row=4) for cell in row]
    assert sorted(told.count(name) for name in names.split("\n")) == [1, 1, 1], "each project is listed once"
    sheet = all_text(make_paper(town.desk, "ballot-result", uid=ballot))
    assert "再次投票" in sheet and "长坪村饮水" in sheet and "全体代表47人" in sheet


def test_a_resolution_is_filed_and_reminded_of(town: Township) -> None:
    uid = met(town, "congress", members=47)
    add_decision(town.desk, uid, None, Decided("关于批准财政预算的决议", "resolution"))
    filing = file_resolution(town.desk, record(town, uid).decisions[0].uid, document="石镇人〔2026〕9号")
    with town.desk.store.reading() as reading:
        told = reading.get(Filing, filing)
    assert told is not None and (told.passed, told.filed) == (date(2026, 11, 20), None)
    letter = make_paper(town.desk, "filing-report", uid=filing)
    assert not [each for each in check_official(letter) if each.weight == "deviation"]
    assert "关于批准财政预算的决议" in all_text(letter)
    assert not any(row.uid == filing for row in overview(town.desk).to_do.dated)
    town.clock.at(date(2026, 12, 18))
    assert [row.due for row in overview(town.desk).to_do.dated if row.uid == filing] == [date(2026, 12, 20)]


def test_a_congress_is_to_be_announced_in_time(town: Township) -> None:
    town.clock.at(date(2026, 11, 6))
    uid = met(town, "congress", members=47)
    rows = [row for row in overview(town.desk).to_do.dated if row.uid == uid and row.title.endswith("的通知")]
    assert [row.due for row in rows] == [date(2026, 11, 13)]
