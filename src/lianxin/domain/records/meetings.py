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


class AgendaItem(Record, kind="agenda-item", label="会议议题", parent="meeting"):
    """One item of the agenda of a meeting, in its order (domain.md 3.24)."""

    meeting: str = told(ref("meeting"), "会议")
    place: int = given(COUNT, "序号", default=0)
    title: str = told(TEXT, "议题", length=120, search=True)
    reporter: str | None = maybe(TEXT, "汇报人", default=None, length=40)
