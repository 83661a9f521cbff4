"""Report-backs of deputies: promises of January, who reports how, the meeting with voters (domain.md 3.18).

代表法 §58 and 组织法 §43 make reporting a duty; document 3 of the founding documents tells how it is done.
"""

from __future__ import annotations

from datetime import date, time

from lianxin.domain import codes
from lianxin.domain.dictionary import Record, given, maybe, told
from lianxin.domain.kinds import CLOCK, COUNT, DAY, LINES, NAME, TEXT, YEAR, YES_NO, one_of, ref, some_of


class Commitment(Record, kind="commitment", label="年初履职承诺", parent="person"):
    """One thing a deputy promised in January for the year (founding document 003-09)."""

    person: str = told(ref("person"), "代表")
    level: str = given(one_of(codes.LEVEL), "代表层级", default="township")
    year: int = told(YEAR, "年度")
    place: int = given(COUNT, "序号", default=1)
    what: str = told(LINES, "承诺内容", length=500, privacy="content", search=True, synonyms=("承诺事项",))
    target: str | None = maybe(TEXT, "目标数量", default=None, length=60)
    state: str = given(one_of(codes.COMMITMENT_STATE), "完成情况", default="open", merge="outcome")
    done: date | None = maybe(DAY, "完成日期", default=None, merge="outcome")
    evidence: str | None = maybe(
        LINES,
        "佐证",
        default=None,
        length=500,
        privacy="content",
        merge="outcome",
        note="怎样完成的，有什么依据",
    )
    deed: str | None = maybe(ref("deed"), "佐证办实事", default=None, merge="outcome", ledger=False)
    activity: str | None = maybe(ref("activity"), "佐证活动", default=None, merge="outcome", ledger=False)


class YearReport(Record, kind="year-report", label="代表述职", parent="person"):
    """How one deputy of one level reports in one year, and the written report when there is one.

    One record per deputy, level and year: shares are counted per level, never mixed (domain.md 3.18). The numbers
    of the nine aspects are computed from records; only words the office changed stand in `report-aspect`.
    """

    person: str = told(ref("person"), "代表")
    level: str = given(one_of(codes.LEVEL), "代表层级", default="township")
    year: int = told(YEAR, "年度")
    mode: str = given(one_of(codes.REPORT_MODE), "述职方式", default="written")
    session: str | None = maybe(ref("report-session"), "述职评议会", default=None)
    due: date | None = maybe(DAY, "应交日期", default=None)
    submitted: date | None = maybe(DAY, "交来日期", default=None, synonyms=("提交日期",))
    handed_out: date | None = maybe(DAY, "印发日期", default=None, merge="handed")
    handed_where: str | None = maybe(
        TEXT, "印发范围", default=None, length=60, merge="handed", note="述职报告表印发到选区的哪些地方"
    )
    shortcomings: str | None = maybe(
        LINES, "存在不足及改进措施", default=None, length=2000, privacy="content"
    )
    group_opinion: str | None = maybe(LINES, "代表小组意见", default=None, length=500, privacy="content")
    presidium_opinion: str | None = maybe(LINES, "主席团意见", default=None, length=500, privacy="content")
    order: int = given(COUNT, "述职顺序", default=0)
    told_on: date | None = maybe(
        DAY, "述职日期", default=None, note="没有登记述职评议会的口头述职才填，如以前年度的"
    )


class ReportAspect(Record, kind="report-aspect", label="述职方面文字", parent="year_report"):
    """Words of one of the aspects a report speaks of; without one the words made from the records stand."""

    year_report: str = told(ref("year-report"), "述职")
    place: int = told(COUNT, "第几方面")
    words: str = given(LINES, "文字", default="", length=2000, privacy="content", search=True)


class AspectName(Record, kind="aspect-name", label="述职方面"):
    """An aspect as this office names it, instead of the shipped one of the same place or behind the nine of them
    (domain.md 3.18); one not in use takes the shipped one away.
    """

    place: int = told(COUNT, "序号", note="1到9的代替自带的那一个方面，10以后的排在后面")
    name: str = told(TEXT, "名称", length=40, search=True)
    source: str = given(one_of(codes.ASPECT_SOURCE), "数据来源", default="none")
    active: bool = given(YES_NO, "使用", default=True)


class ReportSession(Record, kind="report-session", label="述职评议会", numbered="SZ"):
    """One meeting at which deputies of one level report to voters of one district (domain.md 3.18)."""

    number: str | None = maybe(TEXT, "编号", default=None, length=40, search=True)
    day: date = told(DAY, "日期", wire="date", synonyms=("述职日期", "会议日期"))
    start: time | None = maybe(CLOCK, "开始时间", default=None, merge="hours")
    end: time | None = maybe(CLOCK, "结束时间", default=None, merge="hours")
    level: str = given(one_of(codes.LEVEL), "代表层级", default="township")
    district: str | None = maybe(ref("district"), "选区", default=None)
    place: str | None = maybe(TEXT, "地点", default=None, length=60, search=True)
    chair: str | None = maybe(NAME, "主持人", default=None, length=25)
    expected: int | None = maybe(COUNT, "应到选民", default=None, unit="人")
    voters: int | None = maybe(COUNT, "参加选民", default=None, unit="人")
    attending: str | None = maybe(LINES, "列席人员", default=None, length=300)
    notified: date | None = maybe(DAY, "通知日期", default=None)
    recorder: str | None = maybe(NAME, "记录人", default=None, length=25)
    minutes: str | None = maybe(LINES, "会议记录", default=None, length=8000, privacy="content")
    result_means: tuple[str, ...] = given(some_of(codes.RESULT_MEANS), "结果公布方式", default=())
    published: date | None = maybe(DAY, "公布日期", default=None)
    held: bool = given(YES_NO, "已召开", default=False)


class ReportQuestion(Record, kind="report-question", label="提问和意见", parent="report_session"):
    """What a voter asked or wished at a report-back; it may become a matter of its own."""

    report_session: str = told(ref("report-session"), "述职评议会")
    place: int = given(COUNT, "序号", default=0)
    person: str | None = maybe(ref("person"), "问哪位代表", default=None)
    asker: str | None = maybe(NAME, "提问选民", default=None, length=25, privacy="personal")
    words: str = told(LINES, "提问或意见", length=1000, privacy="content", search=True)
    answer: str | None = maybe(LINES, "回答", default=None, length=1000, privacy="content")
    opinion: str | None = maybe(ref("opinion"), "转为意见", default=None, ledger=False)


class Improvement(Record, kind="improvement", label="整改措施", parent="person"):
    """What a deputy does after what was said at the report-back (founding document 000-19)."""

    person: str = told(ref("person"), "代表")
    session: str | None = maybe(ref("report-session"), "述职评议会", default=None)
    what: str = told(LINES, "整改措施", length=500, privacy="content", search=True)
    due: date | None = maybe(DAY, "整改期限", default=None)
    done: date | None = maybe(DAY, "完成日期", default=None, merge="outcome")
    outcome: str | None = maybe(
        LINES, "整改结果", default=None, length=500, privacy="content", merge="outcome"
    )
