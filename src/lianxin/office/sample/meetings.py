"""What was said, voted on and decided at the meetings of the sample office, with an election and chosen projects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from lianxin.domain.meetings.notes import Attendee
from lianxin.domain.records import AgendaItem, Filing, Meeting, Project, ProjectProgress, Speech
from lianxin.domain.tally.meeting_ballots import Sheets
from lianxin.office.desk import Desk
from lianxin.office.meetings.ballots import (
    Counted,
    ballots_of,
    confirm_ballot,
    make_ballot,
    oath_of,
    set_sheets,
    set_votes,
)
from lianxin.office.meetings.meeting import agenda_of
from lianxin.office.meetings.notes import (
    Decided,
    Vote,
    add_decision,
    number_summary,
    set_report,
    set_vote,
    take_note,
)
from lianxin.office.meetings.record import attendees_of
from lianxin.store.reading import Condition

_SEATS = 2
_PROJECTS = (
    ("长坪村、大堰村人饮管网改造", 45, (31, 2, 1)), ("双溪村通组公路加装护栏", 28, (29, 3, 2)),
    ("镇区公共厕所改建", 16, (15, 16, 3)),
)  # fmt: skip


def make_sample_meetings(desk: Desk) -> None:
    """Puts the records of meetings in; nothing when there are speeches or no meetings."""
    with desk.store.reading() as reading:
        if reading.holds_any(Speech) or not reading.holds_any(Meeting):
            return
        held = sorted(reading.all(Meeting, Condition("held", "=", True)), key=lambda each: each.day)
        presidium = [each for each in held if each.meeting_type == "presidium"]
        congress = [each for each in held if each.meeting_type == "congress"]
    if presidium:
        _presidium(desk, presidium[-1])
    if congress:
        _congress(desk, congress[-1])


def _presidium(desk: Desk, meeting: Meeting) -> None:
    with desk.store.reading() as reading:
        items, people = agenda_of(reading, meeting.uid), attendees_of(reading, meeting.uid)
    if len(items) < 2 or len(people) < 4:
        return
    first, second = items[:2]
    set_report(
        desk, first.uid, reporter="镇应急办主任田大海", report="检查了14家企业和9处地质灾害点，发现隐患23处，已整改19处。"
    )  # fmt: skip
    _say(desk, meeting, first, people, (
        (1, "长坪村后山的监测点雨季前要装好。\n预警喇叭有两处不响。"), (2, "没有整改的四处要写明时间和责任人。"),
        (3, "同意，建议年底再看一次。"),
    ))  # fmt: skip
    set_vote(desk, first.uid, Vote("hands", 8, 0, 0))
    _decide(
        desk, meeting, first,
        Decided("对尚未整改的四处隐患，由镇应急办逐处明确责任人，限期整改", "opinion", "镇应急办", date(2025, 12, 26)),
        Decided("修复长坪村两处预警喇叭", "task", "长坪村村民委员会", date(2025, 10, 31)),
    )  # fmt: skip
    _say(desk, meeting, second, people, ((0, "县乡代表都要述职，口头述职的放在十一月。"),))
    set_vote(desk, second.uid, Vote("acclaim"))
    _decide(
        desk, meeting, second, Decided("十一月底前开完述职评议会", "decision", "镇人大办", date(2025, 11, 30))
    )
    number_summary(desk, meeting.uid)
    with desk.store.writing(reason="示例数据") as writing:
        told = replace(
            meeting, recorder=people[-1].name, record_state="signed", chair_signed=date(2025, 9, 24),
            recorder_signed=date(2025, 9, 24), summary_day=date(2025, 9, 25), issued_by=meeting.chair,
            sent_to="镇党委，镇人民政府，主席团成员", copies=30,
        )  # fmt: skip
        writing.put(told, opened=meeting)


def _say(
    desk: Desk,
    meeting: Meeting,
    item: AgendaItem,
    people: Sequence[Attendee],
    said: Sequence[tuple[int, str]],
) -> None:
    for who, points in said:
        take_note(desk, meeting.uid, item=item.uid, points=points, speaker=people[who])


def _decide(desk: Desk, meeting: Meeting, item: AgendaItem, *decided: Decided) -> None:
    for each in decided:
        add_decision(desk, meeting.uid, item.uid, each)


def _congress(desk: Desk, meeting: Meeting) -> None:
    election = make_ballot(
        desk, meeting.uid, subject="election", title="石牌镇人民政府副镇长", seats=1, names="石振华"
    )
    projects = make_ballot(
        desk, meeting.uid, subject="project", title="2025年民生实事项目", seats=_SEATS,
        names="\n".join(name for name, _, _ in _PROJECTS),
    )  # fmt: skip
    rounds = {each.ballot.uid: each for each in ballots_of(desk, meeting.uid)}
    for uid in (election, projects):
        set_sheets(desk, uid, Sheets(34, 34, 0))
    (candidate,) = rounds[election].choices
    set_votes(desk, candidate, Counted(32, 1, 1, 0))
    votes = {name: counts for name, _, counts in _PROJECTS}
    for choice in rounds[projects].choices:
        set_votes(desk, choice, Counted(*votes[choice.name]))
    for each in ballots_of(desk, meeting.uid):
        if not each.faults:
            confirm_ballot(desk, each.ballot.uid)
    oath_of(desk, candidate.uid)
    _projects(desk)
    with desk.store.writing(reason="示例数据") as writing:
        writing.put(replace(meeting, with_election=True), opened=meeting)
        writing.put(
            Filing(
                uid=writing.new_uid(), document="石镇人〔2025〕9号",
                title="关于批准2025年上半年财政预算执行情况的决议", meeting=meeting.uid, passed=meeting.day,
                filed=date(2025, 8, 1), materials="备案报告、决议文本、说明", receipt="已收", review="proper",
            )
        )  # fmt: skip


def _projects(desk: Desk) -> None:
    """Money and term of the projects, and how far the chosen ones were at the end of a quarter."""
    money = {name: amount for name, amount, _ in _PROJECTS}
    with desk.store.reading() as reading:
        found = reading.all(Project, Condition("state", "=", "chosen"))
    with desk.store.writing(reason="示例数据") as writing:
        for at, each in enumerate(found):
            told = replace(
                each, money=Decimal(money.get(each.name, 20)), due=date(2025, 12, 20 + at), state="running"
            )
            writing.put(told, opened=each)
            writing.put(
                ProjectProgress(
                    uid=writing.new_uid(), project=each.uid, day=date(2025, 9, 30), percent=60 + 15 * at,
                    words="主管已铺完，正在接户。" if at == 0 else "护栏已到货，完成一半安装。",
                )
            )  # fmt: skip
