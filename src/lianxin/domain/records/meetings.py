"""Meetings: congress, presidium and the others, with what they dealt with and decided (domain.md 3.3, 3.24)."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

from lianxin.domain import codes
from lianxin.domain.dictionary import Record, given, maybe, told
from lianxin.domain.kinds import CLOCK, COUNT, DAY, DECIMAL, LINES, NAME, TEXT, YES_NO, one_of, ref


class Meeting(Record, kind="meeting", label="会议", numbered="HY"):
    """One meeting; who came stands in `attendance` (组织法 §14, §19, §25)."""

    number: str | None = maybe(TEXT, "编号", default=None, length=40, search=True)
    meeting_type: str = told(one_of(codes.MEETING_TYPE), "会议类型", wire="type", synonyms=("类型",))
    name: str = told(TEXT, "会议名称", length=80, search=True, synonyms=("名称",))
    term: str | None = maybe(ref("term"), "届", default=None)
    ordinal: int | None = maybe(COUNT, "第几次", default=None, unit="次")
    extraordinary: bool = given(YES_NO, "临时会议", default=False)
    day: date = told(DAY, "日期", wire="date", synonyms=("会议日期", "召开日期", "时间"))
    until: date | None = maybe(DAY, "结束日期", default=None)
    start: time | None = maybe(CLOCK, "开始时间", default=None, merge="hours")
    end: time | None = maybe(CLOCK, "散会时间", default=None, merge="hours")
    days: Decimal | None = maybe(DECIMAL, "会期", default=None, unit="天")
    place: str | None = maybe(TEXT, "地点", default=None, length=60)
    chair: str | None = maybe(NAME, "主持人", default=None, length=25)
    recorder: str | None = maybe(NAME, "记录人", default=None, length=25)
    notified: date | None = maybe(DAY, "通知日期", default=None)
    announced: date | None = maybe(DAY, "公布日期", default=None)
    members: int | None = maybe(
        COUNT, "全体人数", default=None, unit="人", note="全体代表或全体成员，法定人数按它算"
    )
    group: str | None = maybe(ref("group"), "代表小组", default=None)
    with_election: bool = given(YES_NO, "有选举", default=False)
    conclusion: str | None = maybe(LINES, "会议结论", default=None, length=4000, privacy="content")
    held: bool = given(YES_NO, "已召开", default=False)
    purpose: str | None = maybe(LINES, "主要任务", default=None, length=300)
    requirements: str | None = maybe(LINES, "有关要求", default=None, length=500)
    record_state: str = given(one_of(codes.MINUTES_STATE), "记录稿状态", default="draft")
    chair_signed: date | None = maybe(DAY, "主持人签字日期", default=None)
    recorder_signed: date | None = maybe(DAY, "记录人签字日期", default=None)
    summary_number: int | None = maybe(COUNT, "纪要期号", default=None, merge="summary", note="第几期")
    summary_day: date | None = maybe(DAY, "纪要印发日期", default=None, merge="summary")
    issued_by: str | None = maybe(NAME, "签发人", default=None, length=25, merge="summary")
    sent_to: str | None = maybe(TEXT, "分送", default=None, length=120, merge="summary", note="印发范围")
    copies: int | None = maybe(COUNT, "印发份数", default=None, unit="份", merge="summary")


class AgendaItem(Record, kind="agenda-item", label="会议议题", parent="meeting"):
    """One item of the agenda of a meeting, in its order (domain.md 3.24)."""

    meeting: str = told(ref("meeting"), "会议")
    place: int = given(COUNT, "序号", default=0)
    title: str = told(TEXT, "议题", length=120, search=True)
    reporter: str | None = maybe(TEXT, "汇报人", default=None, length=40)
    report: str | None = maybe(LINES, "汇报要点", default=None, length=4000, privacy="content")
    means: str | None = maybe(one_of(codes.VOTE_MEANS), "表决方式", default=None, merge="votes")
    votes_for: int | None = maybe(COUNT, "赞成", default=None, unit="票", merge="votes")
    votes_against: int | None = maybe(COUNT, "反对", default=None, unit="票", merge="votes")
    abstained: int | None = maybe(COUNT, "弃权", default=None, unit="票", merge="votes")


class Speech(Record, kind="speech", label="会议发言", parent="meeting"):
    """What one person said at a meeting, in the order it was said (domain.md 3.24, 4.11).

    `item` is empty for what was said outside the agenda; a speaker nobody knows stands as a name.
    """

    meeting: str = told(ref("meeting"), "会议")
    item: str | None = maybe(ref("agenda-item"), "议题", default=None)
    place: int = given(COUNT, "序号", default=0)
    person: str | None = maybe(ref("person"), "发言人", default=None, merge="speaker")
    name: str | None = maybe(NAME, "其他发言人", default=None, length=25, merge="speaker")
    points: str = told(LINES, "要点", length=4000, privacy="content", search=True)


class Decision(Record, kind="decision", label="议定事项", parent="meeting"):
    """What a meeting decided or asked for, by whom and by when, and what became of it (domain.md 3.24, 4.12).

    决定, 决议, 审议意见 and tasks alike: each is tracked until it is carried out or given up.
    """

    meeting: str = told(ref("meeting"), "会议")
    item: str | None = maybe(ref("agenda-item"), "议题", default=None)
    place: int = given(COUNT, "序号", default=0)
    decision_type: str = given(one_of(codes.DECISION_TYPE), "类型", default="task", wire="type")
    what: str = told(LINES, "内容", length=1000, privacy="content", search=True)
    by: str | None = maybe(TEXT, "责任单位", default=None, length=60, synonyms=("责任人",))
    due: date | None = maybe(DAY, "完成期限", default=None)
    state: str = given(one_of(codes.DECISION_STATE), "落实情况", default="open", merge="outcome")
    done: date | None = maybe(DAY, "落实日期", default=None, merge="outcome")
    result: str | None = maybe(
        LINES, "落实结果", default=None, length=1000, privacy="content", merge="outcome"
    )


class MeetingBallot(Record, kind="meeting-ballot", label="会议投票", parent="meeting"):
    """One round of a secret ballot at a meeting with the counts of its sheets (组织法 §28, §29; domain.md 3.23.1).

    The votes of each candidate stand in `Appointment` or `Project`, which name this ballot. All counts are one merge
    group, as in `Evaluation`.
    """

    meeting: str = told(ref("meeting"), "会议")
    subject: str = given(one_of(codes.BALLOT_SUBJECT), "投票内容", default="election")
    title: str = told(TEXT, "职务或项目", length=60, search=True)
    seats: int = given(COUNT, "应选名额", default=1, unit="名", note="票决项目的，填选出几个")
    round: int = given(COUNT, "第几轮", default=1, note="票数相等不能确定当选人的，再次投票是第二轮")
    issued: int | None = maybe(COUNT, "发出票", default=None, unit="张", merge="sheets")
    returned: int | None = maybe(COUNT, "收回票", default=None, unit="张", merge="sheets")
    invalid: int | None = maybe(COUNT, "无效票", default=None, unit="张", merge="sheets")
    scrutineers: str | None = maybe(TEXT, "监票人", default=None, length=60)
    counters: str | None = maybe(TEXT, "计票人", default=None, length=60)
