"""Activities of deputies, who attended, the theme of the year, plans, contact pairs, publications, expenses.

Sources: domain.md 3.21, 3.22, 3.30a; 代表法 §25 to §31, §41 to §44, §58.
"""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

from lianxin.domain import codes
from lianxin.domain.dictionary import Record, given, maybe, told
from lianxin.domain.kinds import (
    CLOCK,
    COUNT,
    DAY,
    DECIMAL,
    LINES,
    NAME,
    OWNER,
    TEXT,
    YEAR,
    YES_NO,
    one_of,
    ref,
    some_of,
)


class Activity(Record, kind="activity", label="履职活动", numbered="HD"):
    """One activity of deputies, of whatever kind, from its plan to what became of its report (domain.md 3.21)."""

    number: str | None = maybe(TEXT, "编号", default=None, length=40, search=True)
    activity_type: str = told(
        one_of(codes.ACTIVITY_TYPE), "活动类型", wire="type", synonyms=("类型", "活动类别")
    )
    topic: str = told(TEXT, "主题", length=60, search=True, synonyms=("活动主题", "活动内容", "活动名称"))
    day: date = told(DAY, "日期", wire="date", synonyms=("活动日期", "活动时间", "时间"))
    until: date | None = maybe(DAY, "结束日期", default=None)
    start: time | None = maybe(CLOCK, "开始时间", default=None, merge="hours")
    end: time | None = maybe(CLOCK, "结束时间", default=None, merge="hours")
    place: str | None = maybe(TEXT, "地点", default=None, length=60, synonyms=("活动地点",))
    organiser: str = given(one_of(codes.ORGANISER), "组织单位", default="township")
    group: str | None = maybe(ref("group"), "代表小组", default=None)
    station: str | None = maybe(ref("station"), "站点", default=None)
    theme: str | None = maybe(ref("annual-theme"), "年度主题", default=None)
    plan_item: str | None = maybe(ref("plan-item"), "年度计划项", default=None)
    training_form: str | None = maybe(one_of(codes.TRAINING_FORM), "培训形式", default=None)
    hours: Decimal | None = maybe(DECIMAL, "学时", default=None)
    duty_days: Decimal | None = maybe(
        DECIMAL, "履职天数", default=None, unit="天", note="按半天计，如 0.5、1、1.5"
    )
    plan: str | None = maybe(LINES, "活动方案", default=None, length=4000, privacy="content")
    agenda: str | None = maybe(LINES, "议程", default=None, length=2000)
    notes: str | None = maybe(LINES, "活动记录", default=None, length=8000, privacy="content")
    summary: str | None = maybe(LINES, "活动总结", default=None, length=4000, privacy="content")
    report_to: str | None = maybe(TEXT, "报告转交单位", default=None, length=60, merge="report")
    report_sent: date | None = maybe(DAY, "报告转交日期", default=None, merge="report")
    report_due: date | None = maybe(DAY, "反馈期限", default=None, merge="report")
    feedback: str | None = maybe(
        LINES, "反馈情况", default=None, length=1000, privacy="content", merge="report"
    )
    money: Decimal | None = maybe(DECIMAL, "经费", default=None, unit="元")
    cancelled: bool = given(YES_NO, "取消", default=False)
    purpose: str | None = maybe(LINES, "目的", default=None, length=300)
    requirements: str | None = maybe(LINES, "有关要求", default=None, length=500)
    lecturer: str | None = maybe(TEXT, "师资", default=None, length=60)
    opinions: int | None = maybe(COUNT, "收集意见数", default=None, unit="条")
    to_county: bool = given(YES_NO, "报送县人大", default=False)


class ActivityStep(Record, kind="activity-step", label="活动步骤", parent="activity"):
    """One line of the list before, during and after an activity (founding document 000-22)."""

    activity: str = told(ref("activity"), "活动")
    stage: str = told(one_of(codes.STEP_STAGE), "阶段")
    place: int = given(COUNT, "序号", default=0)
    what: str = told(TEXT, "事项", length=80)
    by: str | None = maybe(TEXT, "负责人", default=None, length=40)
    done: date | None = maybe(DAY, "完成日期", default=None)
    due: date | None = maybe(DAY, "完成期限", default=None)


class Attendance(Record, kind="attendance", label="出勤"):
    """One person expected at an activity or a meeting, and whether they came (domain.md 3.21, 代表法 §13)."""

    owner_kind: str = told(TEXT, "所属类别", length=40, ledger=False)
    owner: str = told(OWNER, "所属记录", ledger=False)
    place: int = given(COUNT, "序号", default=0)
    person: str | None = maybe(ref("person"), "姓名", default=None)
    name: str | None = maybe(NAME, "其他人员", default=None, length=25, search=True)
    post: str | None = maybe(TEXT, "单位职务", default=None, length=60)
    role: str = given(one_of(codes.ATTENDING_ROLE), "身份", default="member")
    presence: str = given(one_of(codes.PRESENCE), "出勤", default="expected", merge="presence")
    reason: str | None = maybe(TEXT, "请假事由", default=None, length=60, privacy="content", merge="presence")
    approval: str | None = maybe(one_of(codes.APPROVAL), "请假审批", default=None, merge="presence")
    approver: str | None = maybe(NAME, "批准人", default=None, length=25, merge="presence")
    approved: date | None = maybe(DAY, "批准日期", default=None, merge="presence")
    days: Decimal | None = maybe(DECIMAL, "履职天数", default=None, unit="天", note="与活动不同时填")


class AnnualTheme(Record, kind="annual-theme", label="年度主题"):
    """The theme of a year under which deputies work (“双岗建功”, domain.md 3.22, founding documents 004-10, 004-11)."""

    year: int = told(YEAR, "年度")
    name: str = told(TEXT, "主题", length=60, search=True)
    document: str | None = maybe(TEXT, "来源文件", default=None, length=80)
    when: str | None = maybe(TEXT, "时间安排", default=None, length=200)
    method: str | None = maybe(LINES, "方法", default=None, length=1000)
    steps: str | None = maybe(LINES, "步骤", default=None, length=1000)
    organisation: str | None = maybe(LINES, "组织", default=None, length=1000)
    praise: str | None = maybe(LINES, "总结表彰", default=None, length=1000)
    goals: str | None = maybe(LINES, "目标指标", default=None, length=1000)
    summary: str | None = maybe(LINES, "总结", default=None, length=4000, privacy="content")


class ThemeTask(Record, kind="theme-task", label="主题认领事项", parent="annual_theme"):
    """What one deputy took on under the theme of the year."""

    annual_theme: str = told(ref("annual-theme"), "年度主题")
    person: str = told(ref("person"), "代表")
    what: str = told(TEXT, "认领事项", length=100, search=True)
    state: str = given(one_of(codes.THEME_PART), "完成情况", default="open", merge="outcome")
    done: date | None = maybe(DAY, "完成日期", default=None, merge="outcome")
    result: str | None = maybe(LINES, "成效", default=None, length=500, privacy="content", merge="outcome")


class Plan(Record, kind="plan", label="年度计划"):
    """A plan of the year and where it was passed and published (代表法 §43)."""

    year: int = told(YEAR, "年度")
    plan_type: str = given(one_of(codes.PLAN_TYPE), "计划类型", default="deputies", wire="type")
    name: str = told(TEXT, "名称", length=60, search=True)
    passed_at: str | None = maybe(TEXT, "通过会议", default=None, length=60)
    passed: date | None = maybe(DAY, "通过日期", default=None)
    published: date | None = maybe(DAY, "公布日期", default=None)


class PlanItem(Record, kind="plan-item", label="计划事项", parent="plan"):
    """One task of a plan; what was done of it is counted from the records, not typed, where it can be."""

    plan: str = told(ref("plan"), "年度计划")
    place: int = given(COUNT, "序号", default=0)
    what: str = told(TEXT, "事项", length=100, search=True)
    start: date | None = maybe(DAY, "开始日期", default=None)
    due: date | None = maybe(DAY, "完成期限", default=None)
    by: str | None = maybe(TEXT, "责任人", default=None, length=40)
    times: int = given(COUNT, "目标次数", default=1, unit="次")
    counted: str = given(one_of(codes.PLAN_COUNTED), "按什么记完成", default="none")
    activity_type: str | None = maybe(one_of(codes.ACTIVITY_TYPE), "活动类型", default=None)
    done: int | None = maybe(COUNT, "已完成次数", default=None, unit="次", note="自己填写的才填")
    meeting_type: str | None = maybe(one_of(codes.MEETING_TYPE), "会议类型", default=None)


class ContactPair(Record, kind="contact-pair", label="联系关系"):
    """Who keeps contact with whom, and how often at least (founding documents 000-11, 000-15; 代表法 §37, §44)."""

    pair_type: str = told(one_of(codes.PAIR_TYPE), "联系类型", wire="type")
    person: str = told(ref("person"), "联系人")
    deputy: str | None = maybe(ref("person"), "被联系代表", default=None)
    group: str | None = maybe(ref("group"), "被联系小组", default=None)
    household: str | None = maybe(
        NAME, "联系选民（户）", default=None, length=25, privacy="personal", search=True
    )
    village: str | None = maybe(ref("region"), "村（社区）", default=None)
    start: date | None = maybe(DAY, "开始日期", default=None, merge="span")
    end: date | None = maybe(DAY, "结束日期", default=None, merge="span")
    yearly_least: int | None = maybe(COUNT, "每年联系下限", default=None, unit="次")


class Publication(Record, kind="publication", label="公示"):
    """Something made public, where and how long, after a check for personal data (代表法 §51, §58)."""

    what: str = told(one_of(codes.PUBLICATION_WHAT), "公示内容", synonyms=("内容",))
    title: str = told(TEXT, "标题", length=80, search=True)
    scope: str | None = maybe(TEXT, "范围", default=None, length=60)
    means: tuple[str, ...] = given(some_of(codes.PUBLICATION_MEANS), "公示方式", default=("board",))
    place: str | None = maybe(TEXT, "地点", default=None, length=80)
    start: date = told(DAY, "公示日期", wire="date", synonyms=("起始日期",))
    end: date | None = maybe(DAY, "截止日期", default=None)
    checked: bool = given(YES_NO, "脱敏检查", default=False, note="已检查，不含来访人个人信息")
    checked_by: str | None = maybe(NAME, "检查人", default=None, length=25)
    owner_kind: str | None = maybe(TEXT, "关联类别", default=None, length=40, ledger=False)
    owner: str | None = maybe(OWNER, "关联记录", default=None, ledger=False)


class Expense(Record, kind="expense", label="经费支出"):
    """Money spent on the work of deputies, kept apart from other money (代表法 §42)."""

    day: date = told(DAY, "日期", wire="date")
    what: str = told(TEXT, "事项", length=100, search=True)
    item: str = given(one_of(codes.EXPENSE_ITEM), "科目", default="activity")
    money: Decimal = told(DECIMAL, "金额", unit="元")
    person: str | None = maybe(ref("person"), "领取人", default=None)
    activity: str | None = maybe(ref("activity"), "关联活动", default=None)
    handled_by: str | None = maybe(NAME, "经手人", default=None, length=25)
