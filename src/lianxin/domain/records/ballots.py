"""Evaluations by ballot: counters only, never a single ballot (domain.md 3.19, 0.7)."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

from lianxin.domain import codes
from lianxin.domain.dictionary import Record, given, maybe, told
from lianxin.domain.kinds import CLOCK, COUNT, DAY, DECIMAL, NAME, TEXT, YES_NO, one_of, ref


class Evaluation(Record, kind="evaluation", label="测评", numbered="CP"):
    """One vote by ballot on deputies, units, reports, projects or stations, with the counts of its sheets.

    Issued ≥ returned = valid + invalid, and invalid = the sum of its causes. All counts are one merge group: two
    desks that counted differently conflict as a whole and are never mixed.
    """

    number: str | None = maybe(TEXT, "编号", default=None, length=40, search=True)
    name: str = told(TEXT, "测评名称", length=60, search=True)
    day: date = told(DAY, "日期", wire="date", synonyms=("测评日期",))
    target: str = given(one_of(codes.EVALUATION_TARGET), "测评对象", default="deputy")
    scheme: str = given(one_of(codes.GRADE_SCHEME), "等次方案", default="three")
    unknown: bool = given(YES_NO, "设“不了解”", default=True)
    aspects: str | None = maybe(
        TEXT, "测评项目", default=None, length=120, note="分项测评时填，用顿号隔开；只作总体评价的不填"
    )
    session: str | None = maybe(ref("report-session"), "述职评议会", default=None)
    place: str | None = maybe(TEXT, "地点", default=None, length=60)
    expected: int | None = maybe(COUNT, "应到", default=None, unit="人", merge="sheets")
    present: int | None = maybe(COUNT, "实到", default=None, unit="人", merge="sheets")
    issued: int | None = maybe(COUNT, "发出票", default=None, unit="张", merge="sheets")
    returned: int | None = maybe(COUNT, "收回票", default=None, unit="张", merge="sheets")
    valid: int | None = maybe(COUNT, "有效票", default=None, unit="张", merge="sheets")
    invalid: int | None = maybe(COUNT, "无效票", default=None, unit="张", merge="sheets")
    blank: int = given(COUNT, "全空白", default=0, unit="张", merge="sheets")
    several: int = given(COUNT, "每行都多选", default=0, unit="张", merge="sheets")
    illegible: int = given(COUNT, "字迹不清", default=0, unit="张", merge="sheets")
    altered: int = given(COUNT, "另行涂改", default=0, unit="张", merge="sheets")
    unstated: int = given(
        COUNT,
        "未注明原因",
        default=0,
        unit="张",
        merge="sheets",
        note="从以前的汇总表导入、没有写原因的无效票",
    )
    caller: str | None = maybe(NAME, "唱票人", default=None, length=25)
    counters: str | None = maybe(TEXT, "计票人", default=None, length=60, note="两人以上，用顿号隔开")
    scrutineers: str | None = maybe(TEXT, "监票人", default=None, length=60)
    reader: str | None = maybe(NAME, "宣读人", default=None, length=25)
    counted_at: time | None = maybe(CLOCK, "计票时间", default=None)
    base: str = given(one_of(codes.RATE_BASE), "计算基数", default="valid")
    double_entered: bool = given(
        YES_NO, "复核录入", default=False, merge="sheets", note="合计由两人各录一遍，逐项相符"
    )
    state: str = given(one_of(codes.EVALUATION_STATE), "状态", default="planned", merge="sheets")
    reason: str | None = maybe(TEXT, "作废原因", default=None, length=120, merge="sheets")
    correction: str | None = maybe(
        TEXT, "更正说明", default=None, length=200, merge="sheets", note="确认以后更正过的，写明原因"
    )
    repeats: str | None = maybe(ref("evaluation"), "重新投票，前一次", default=None)
    grade_rule: str | None = maybe(ref("grade-rule"), "评定办法", default=None, merge="grading")
    grade_rule_told: str | None = maybe(
        TEXT,
        "评定依据",
        default=None,
        length=400,
        merge="grading",
        note="确认时所用办法的全文，以后改了办法这里不变",
    )


class TallyRow(Record, kind="tally-row", label="计票", parent="evaluation"):
    """The counters of one row of the sheet: one target, overall or in one aspect.

    first + second + third + fourth + unknown + abstained + void = valid sheets; several marks in a row void that
    row and not the sheet, a row left blank is an abstention (domain.md 3.19). For 百分制 `points` is the sum of
    all points given on `first` sheets.
    """

    evaluation: str = told(ref("evaluation"), "测评")
    place: int = given(COUNT, "序号", default=0)
    person: str | None = maybe(ref("person"), "代表", default=None)
    unit: str | None = maybe(ref("unit"), "单位", default=None)
    station: str | None = maybe(ref("station"), "站点", default=None)
    name: str | None = maybe(TEXT, "名称", default=None, length=60, search=True)
    aspect: str | None = maybe(TEXT, "测评项目", default=None, length=30, note="总体评价不填")
    first: int | None = maybe(COUNT, "第一档", default=None, unit="票", merge="counts")
    second: int | None = maybe(COUNT, "第二档", default=None, unit="票", merge="counts")
    third: int | None = maybe(COUNT, "第三档", default=None, unit="票", merge="counts")
    fourth: int | None = maybe(COUNT, "第四档", default=None, unit="票", merge="counts")
    unknown: int | None = maybe(COUNT, "不了解", default=None, unit="票", merge="counts")
    abstained: int | None = maybe(COUNT, "弃权", default=None, unit="票", merge="counts")
    void: int | None = maybe(COUNT, "该行无效", default=None, unit="票", merge="counts")
    points: Decimal | None = maybe(DECIMAL, "总分", default=None, unit="分", merge="counts")
    grade: str | None = maybe(
        TEXT, "等次", default=None, length=20, merge="counts", note="确认时按评定办法得出，没有办法就没有等次"
    )


class GradeRule(Record, kind="grade-rule", label="评定办法"):
    """A rule by which counts become a grade; without its document number none applies (domain.md 5.1, M4)."""

    name: str = told(TEXT, "办法名称", length=60, search=True)
    document: str = told(TEXT, "文号", length=40, search=True)
    version: str | None = maybe(TEXT, "版本", default=None, length=20)
    scheme: str = given(one_of(codes.GRADE_SCHEME), "等次方案", default="three")
    base: str = given(one_of(codes.RATE_BASE), "计算基数", default="valid")
    from_day: date | None = maybe(DAY, "施行日期", default=None)
    active: bool = given(YES_NO, "在用", default=False)
    ranking: bool = given(YES_NO, "排名次", default=False, note="默认只有票数和比率，不排名次")
    source: str | None = maybe(
        TEXT, "出处", default=None, length=200, note="参照别处的办法时，写明是哪里的什么文件"
    )


class GradeStep(Record, kind="grade-step", label="评定等次", parent="grade_rule"):
    """One grade: given when the share of the first `marks` grades reaches `least` percent, best first."""

    grade_rule: str = told(ref("grade-rule"), "评定办法")
    place: int = given(COUNT, "序号", default=1)
    name: str = told(TEXT, "等次", length=20)
    marks: int = given(COUNT, "计入前几档", default=1, note="1：只算第一档；2：第一、二档合计")
    least: Decimal = given(DECIMAL, "达到百分比", default=Decimal(0))
