"""The minor registers: they have no screens of their own, the dictionary gives them everything (domain.md 3.23 to 3.30a)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from lianxin.domain import codes
from lianxin.domain.dictionary import Record, given, maybe, told
from lianxin.domain.kinds import COUNT, DAY, DECIMAL, LINES, NAME, OWNER, TEXT, YEAR, YES_NO, one_of, ref


class Staff(Record, kind="staff", label="机构人员"):
    """Who works in the office or at a station, full-time or beside another post (founding documents 000-02, 001-12)."""

    name: str = told(NAME, "姓名", length=25, search=True)
    post: str = told(TEXT, "职务", length=40)
    employment: str = given(one_of(codes.EMPLOYMENT), "专兼职", default="part")
    station: str | None = maybe(ref("station"), "站点", default=None)
    duties: str | None = maybe(LINES, "职责分工", default=None, length=300)
    start: date | None = maybe(DAY, "任职日期", default=None, merge="span")
    end: date | None = maybe(DAY, "离任日期", default=None, merge="span")


class SupervisionTopic(Record, kind="supervision-topic", label="监督议题"):
    """A topic of supervision of the year, from where it came to what became of the opinion (domain.md 3.23)."""

    year: int = told(YEAR, "年度")
    name: str = told(TEXT, "题目", length=80, search=True, synonyms=("议题",))
    source: str = given(one_of(codes.TOPIC_SOURCE), "议题来源", default="deputies")
    topic_type: str = given(one_of(codes.TOPIC_TYPE), "监督方式", default="hearing", wire="type")
    responsible: str | None = maybe(TEXT, "责任人", default=None, length=40)
    stage: str = given(one_of(codes.TOPIC_STAGE), "进展", default="started")
    started: date | None = maybe(DAY, "发起日期", default=None)
    considered: date | None = maybe(DAY, "审议日期", default=None)
    document: str | None = maybe(TEXT, "审议意见文号", default=None, length=40, search=True)
    sent_to: str | None = maybe(TEXT, "送交单位", default=None, length=60)
    sent: date | None = maybe(DAY, "送交日期", default=None, wire="date")
    due: date | None = maybe(DAY, "反馈期限", default=None)
    feedback: str | None = maybe(LINES, "反馈情况", default=None, length=1000, privacy="content")
    assessment: str | None = maybe(LINES, "落实评价", default=None, length=500, privacy="content")


class Filing(Record, kind="filing", label="决议决定备案"):
    """A resolution filed with the county (监督法 §39; domain.md 3.25)."""

    document: str = told(TEXT, "文号", length=40, search=True)
    title: str = told(TEXT, "标题", length=80, search=True)
    meeting: str | None = maybe(ref("meeting"), "通过会议", default=None)
    passed: date = told(DAY, "通过日期", wire="date")
    filed: date | None = maybe(DAY, "报备日期", default=None)
    materials: str | None = maybe(TEXT, "报备材料", default=None, length=120, note="备案报告、文本、说明")
    receipt: str | None = maybe(TEXT, "回执", default=None, length=60)
    review: str = given(one_of(codes.REVIEW), "审查意见", default="waiting")


class Appointment(Record, kind="appointment", label="人事任免"):
    """An election, appointment or removal with its votes and what goes before and after (founding document 001-07)."""

    day: date = told(DAY, "日期", wire="date")
    post: str = told(TEXT, "职务", length=60, search=True)
    name: str = told(NAME, "人选", length=25, search=True, synonyms=("姓名", "候选人"))
    act: str = given(one_of(codes.POST_ACT), "任免类型", default="elected")
    meeting: str | None = maybe(ref("meeting"), "会议", default=None)
    nominated_by: str = given(one_of(codes.NOMINATED_BY), "提名方", default="presidium")
    exam: Decimal | None = maybe(DECIMAL, "任前法律考试成绩", default=None, unit="分")
    statement: bool = given(YES_NO, "供职发言", default=False)
    members: int | None = maybe(COUNT, "全体代表", default=None, unit="人", merge="votes")
    votes_for: int | None = maybe(COUNT, "赞成", default=None, unit="票", merge="votes")
    votes_against: int | None = maybe(COUNT, "反对", default=None, unit="票", merge="votes")
    abstained: int | None = maybe(COUNT, "弃权", default=None, unit="票", merge="votes")
    others: int | None = maybe(COUNT, "另选他人", default=None, unit="票", merge="votes")
    result: str = given(one_of(codes.POST_RESULT), "结果", default="waiting", merge="votes")
    certificate: date | None = maybe(DAY, "任命书日期", default=None)
    after: str | None = maybe(LINES, "任后监督", default=None, length=500, note="年度书面报告等")
    ballot: str | None = maybe(ref("meeting-ballot"), "会议投票", default=None)


class Oath(Record, kind="oath", label="宪法宣誓"):
    """An oath to the constitution after election or appointment (全国人大常委会决定 2018)."""

    name: str = told(NAME, "宣誓人", length=25, search=True)
    post: str = told(TEXT, "职务", length=60)
    appointment: str | None = maybe(ref("appointment"), "任免", default=None)
    took_office: date | None = maybe(DAY, "当选任命日期", default=None)
    day: date = told(DAY, "宣誓日期", wire="date")
    place: str | None = maybe(TEXT, "地点", default=None, length=60)
    form: str = given(one_of(codes.OATH_FORM), "宣誓形式", default="alone")
    leader: str | None = maybe(NAME, "领誓人", default=None, length=25)
    supervisor: str | None = maybe(NAME, "监誓人", default=None, length=25)


class Project(Record, kind="project", label="民生实事项目"):
    """A project the congress chooses by vote, and how it goes on (组织法 §12, §19; domain.md 3.23.1)."""

    year: int = told(YEAR, "年度")
    name: str = told(TEXT, "项目名称", length=80, search=True)
    content: str | None = maybe(LINES, "建设内容", default=None, length=1000)
    money: Decimal | None = maybe(DECIMAL, "投资", default=None, unit="万元")
    unit: str | None = maybe(ref("unit"), "实施单位", default=None)
    due: date | None = maybe(DAY, "完成期限", default=None)
    meeting: str | None = maybe(ref("meeting"), "票决会议", default=None)
    votes_for: int | None = maybe(COUNT, "赞成", default=None, unit="票", merge="votes")
    votes_against: int | None = maybe(COUNT, "反对", default=None, unit="票", merge="votes")
    abstained: int | None = maybe(COUNT, "弃权", default=None, unit="票", merge="votes")
    place: int | None = maybe(COUNT, "名次", default=None, merge="votes")
    state: str = given(one_of(codes.PROJECT_STATE), "项目状态", default="collected")
    ballot: str | None = maybe(ref("meeting-ballot"), "会议投票", default=None)


class ProjectProgress(Record, kind="project-progress", label="项目进展", parent="project"):
    """How far a chosen project was at the end of a quarter."""

    project: str = told(ref("project"), "项目")
    day: date = told(DAY, "日期", wire="date")
    percent: int | None = maybe(COUNT, "完成比例", default=None, note="百分之几")
    words: str | None = maybe(LINES, "进展情况", default=None, length=500)


class PublicityPiece(Record, kind="publicity", label="信息宣传"):
    """A piece written about the work and where it was taken (founding documents 001-15, 004-19)."""

    title: str = told(TEXT, "标题", length=80, search=True)
    author: str | None = maybe(NAME, "作者", default=None, length=25, search=True)
    reporter: str | None = maybe(ref("reporter"), "信息员", default=None)
    piece_type: str = given(one_of(codes.PIECE_TYPE), "体裁", default="information", wire="type")
    sent_to: str | None = maybe(TEXT, "投送单位", default=None, length=60)
    media: str | None = maybe(TEXT, "采用媒体", default=None, length=60)
    level: str | None = maybe(one_of(codes.MEDIA_LEVEL), "媒体级别", default=None)
    day: date | None = maybe(DAY, "采用日期", default=None, wire="date")
    issue: str | None = maybe(TEXT, "期号", default=None, length=30)
    points: Decimal | None = maybe(DECIMAL, "分值", default=None, unit="分")


class Reporter(Record, kind="reporter", label="信息员"):
    """Somebody who writes for the office (founding document 001-15)."""

    name: str = told(NAME, "姓名", length=25, search=True)
    work: str | None = maybe(TEXT, "单位", default=None, length=60)
    field: str | None = maybe(TEXT, "负责条线", default=None, length=60)
    start: date | None = maybe(DAY, "聘期开始", default=None, merge="span")
    end: date | None = maybe(DAY, "聘期结束", default=None, merge="span")


class Innovation(Record, kind="innovation", label="工作创新"):
    """Something new in the work and whether it was honoured (founding document 004-16)."""

    year: int = told(YEAR, "年度")
    name: str = told(TEXT, "项目", length=80, search=True)
    method: str | None = maybe(LINES, "做法", default=None, length=2000, privacy="content")
    effect: str | None = maybe(LINES, "成效", default=None, length=2000, privacy="content")
    state: str = given(one_of(codes.INNOVATION_STATE), "结果", default="prepared")


class RuleDocument(Record, kind="rule-document", label="制度文件"):
    """A working rule of the office in one version (founding documents 000-14, 001-10, 002-18)."""

    name: str = told(TEXT, "名称", length=80, search=True)
    document: str | None = maybe(TEXT, "文号", default=None, length=40)
    passed: date | None = maybe(DAY, "通过日期", default=None, wire="date")
    version: str = given(TEXT, "版本", default="1", length=20)
    state: str = given(one_of(codes.RULE_DOCUMENT_STATE), "状态", default="in_force")
    replaces: str | None = maybe(ref("rule-document"), "代替", default=None, note="它代替的上一个版本")
    on_wall: bool = given(YES_NO, "上墙", default=False)
    text: str | None = maybe(LINES, "正文", default=None, length=20000)


class PartyReport(Record, kind="party-report", label="向党委汇报"):
    """A report to the Party committee and its answer (founding documents 001-01, 004-18)."""

    day: date = told(DAY, "日期", wire="date")
    form: str = given(one_of(codes.REPORT_FORM), "汇报形式", default="meeting")
    matter: str = told(LINES, "事项", length=1000, privacy="content", search=True)
    answer: str | None = maybe(LINES, "批示意见", default=None, length=1000, privacy="content")


class DocumentLog(Record, kind="document-log", label="收发文"):
    """A document that came in or went out; numbers that were void or reserved stay visible (domain.md 3.30a).

    `about` is the record the document was made for.
    """

    direction: str = given(one_of(codes.LOG_DIRECTION), "收发", default="out")
    day: date = told(DAY, "日期", wire="date")
    document: str | None = maybe(TEXT, "文号", default=None, length=40, search=True)
    fate: str = given(one_of(codes.DOCUMENT_FATE), "文号状态", default="used")
    title: str = told(TEXT, "标题", length=100, search=True)
    organ: str | None = maybe(TEXT, "来文或发往机关", default=None, length=80, search=True)
    demand: str | None = maybe(TEXT, "办理要求", default=None, length=120)
    due: date | None = maybe(DAY, "办理期限", default=None)
    done: date | None = maybe(DAY, "办结日期", default=None)
    copies: int | None = maybe(COUNT, "印发份数", default=None, unit="份")
    filed: bool = given(YES_NO, "签字件已归档", default=False)
    about: str | None = maybe(OWNER, "关联记录", default=None, ledger=False)


class DeputyInformation(Record, kind="deputy-information", label="履职资讯"):
    """What deputies were told or given so that they know (founding document 000-20)."""

    day: date = told(DAY, "日期", wire="date")
    informing: str = given(one_of(codes.INFORMING), "资讯类型", default="politics", wire="type")
    title: str = told(TEXT, "内容", length=100, search=True)
    to: str | None = maybe(TEXT, "发送范围", default=None, length=60, wire="recipients")
    persons: int | None = maybe(COUNT, "人数", default=None, unit="人")


class StationChange(Record, kind="station-change", label="站点沿革", parent="station"):
    """What happened to a station: founded, renamed, moved, merged, closed, graded (domain.md 0.9)."""

    station: str = told(ref("station"), "站点")
    day: date = told(DAY, "日期", wire="date")
    change: str = told(one_of(codes.STATION_CHANGE), "变动类型")
    into: str | None = maybe(ref("station"), "并入", default=None)
    document: str | None = maybe(TEXT, "依据", default=None, length=60)
    words: str | None = maybe(TEXT, "变动情况", default=None, length=200)


class StationMoney(Record, kind="station-money", label="站点经费", parent="station"):
    """What a station has to spend in a year and from where (founding documents 000-03, 002-03)."""

    station: str = told(ref("station"), "站点")
    year: int = told(YEAR, "年度")
    source: str = told(TEXT, "来源", length=60)
    money: Decimal = told(DECIMAL, "金额", unit="元")


class TypicalCase(Record, kind="typical-case", label="典型案例"):
    """A matter done so well that others should know (domain.md 3.4.1 有实际成效, 6.4: a year's return counts them)."""

    day: date = told(DAY, "日期", wire="date")
    title: str = told(TEXT, "案例名称", length=60, search=True, synonyms=("案例", "案例题目"))
    station: str | None = maybe(ref("station"), "站点", default=None)
    person: str | None = maybe(ref("person"), "代表", default=None)
    opinion: str | None = maybe(ref("opinion"), "相关意见建议", default=None)
    background: str | None = maybe(LINES, "背景", default=None, length=2000, privacy="content")
    method: str | None = maybe(
        LINES, "做法", default=None, length=4000, privacy="content", synonyms=("主要做法",)
    )
    effect: str | None = maybe(LINES, "成效", default=None, length=2000, privacy="content")
    lesson: str | None = maybe(LINES, "启示", default=None, length=2000, privacy="content")
    state: str = given(one_of(codes.CASE_USE), "采用情况", default="kept", merge="use")
    used_by: str | None = maybe(TEXT, "采用单位", default=None, length=60, merge="use")


class WorkReport(Record, kind="work-report", label="工作报告"):
    """主席团工作报告 or 年度工作总结 as the office words it, begun from the year's records (组织法 §19, domain.md 4.15)."""

    year: int = told(YEAR, "年度")
    report_type: str = told(one_of(codes.WORK_REPORT), "报告类型", wire="type")
    meeting: str | None = maybe(ref("meeting"), "报告会议", default=None, note="主席团工作报告向哪次会议作")
    day: date | None = maybe(DAY, "成文日期", default=None, wire="date")
    done: str | None = maybe(LINES, "工作情况", default=None, length=20000, privacy="content", search=True)
    lacking: str | None = maybe(LINES, "存在的不足", default=None, length=5000, privacy="content")
    plans: str | None = maybe(LINES, "下一步安排", default=None, length=10000, privacy="content")
