"""Scores of a year, honours, and what was made final (domain.md 3.28, 3.29, 5).

A score is always computed from records; what stands here are the rules, what people applied for, and the sheets
that were made final with the rule they were made by.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from lianxin.domain import codes
from lianxin.domain.dictionary import Record, given, maybe, told
from lianxin.domain.kinds import COUNT, DAY, DECIMAL, LINES, NAME, TEXT, YEAR, YES_NO, one_of, ref


class ScoreRule(Record, kind="score-rule", label="积分办法"):
    """A way of scoring one sort of target; nothing is scored while none is in use."""

    name: str = told(TEXT, "办法名称", length=60, search=True)
    target: str = given(one_of(codes.SCORE_TARGET), "积分对象", default="deputy")
    level: str | None = maybe(one_of(codes.LEVEL), "代表层级", default=None)
    year: int | None = maybe(YEAR, "适用年度", default=None, note="不填为各年都用")
    document: str | None = maybe(TEXT, "文号", default=None, length=40, search=True)
    version: str | None = maybe(TEXT, "版本", default=None, length=20)
    copied_from: str | None = maybe(TEXT, "参照", default=None, length=60)
    start_points: Decimal = given(DECIMAL, "基础分", default=Decimal(0), unit="分")
    active: bool = given(YES_NO, "启用", default=False)


class ScoreItem(Record, kind="score-item", label="积分项目", parent="score_rule"):
    """One line of a rule: `base` for the first, `per_unit` for each further one, never above `cap`.

    A record counts in one item only, the first by `place` whose source takes it. Items of one category together
    never give more than the highest cap among them, so that 议案建议 10 holds 领衔 and 附议 (domain.md 5.2, P1).
    """

    score_rule: str = told(ref("score-rule"), "积分办法")
    place: int = given(COUNT, "序号", default=0)
    category: str = told(TEXT, "类别", length=40, search=True)
    source: str = given(one_of(codes.SCORE_SOURCE), "记分依据", default="by_hand")
    base: Decimal = given(DECIMAL, "首次得分", default=Decimal(0), unit="分")
    per_unit: Decimal = given(DECIMAL, "每多一次", default=Decimal(0), unit="分")
    cap: Decimal | None = maybe(DECIMAL, "最高分", default=None, unit="分")
    unit: str = given(one_of(codes.SCORE_UNIT), "记分单位", default="time")
    least: Decimal | None = maybe(DECIMAL, "至少达到", default=None, note="达不到的不得首次得分")
    evidence: bool = given(YES_NO, "须有佐证", default=False)
    penalty: Decimal | None = maybe(DECIMAL, "每缺一次扣", default=None, unit="分")


class ScoreBand(Record, kind="score-band", label="积分等次", parent="score_rule"):
    """A grade of a rule: given when the total reaches `least`, the highest that is reached (domain.md 5.2, P5)."""

    score_rule: str = told(ref("score-rule"), "积分办法")
    name: str = told(TEXT, "等次", length=20)
    least: Decimal = given(DECIMAL, "达到分数", default=Decimal(0), unit="分")


class ScoreClaim(Record, kind="score-claim", label="加分申请", parent="person"):
    """Points asked for by application, counted only when approved."""

    person: str = told(ref("person"), "代表")
    year: int = told(YEAR, "年度")
    level: str | None = maybe(one_of(codes.LEVEL), "代表层级", default=None, note="各级分开计，不填为乡级")
    item: str | None = maybe(ref("score-item"), "积分项目", default=None)
    what: str = told(LINES, "事由", length=300, privacy="content", search=True)
    points: Decimal = told(DECIMAL, "申请分值", unit="分")
    evidence: str | None = maybe(TEXT, "佐证", default=None, length=120)
    state: str = given(one_of(codes.APPROVAL), "审批结果", default="asked", merge="decision")
    approver: str | None = maybe(NAME, "审批人", default=None, length=25, merge="decision")
    decided: date | None = maybe(DAY, "审批日期", default=None, merge="decision")


class FinalSheet(Record, kind="final-sheet", label="年度定稿"):
    """A year's file or score sheet made final: what it was, by which rule, and the SHA-256 of the paper."""

    what: str = told(TEXT, "定稿内容", length=40, note="履职档案、履职积分")
    year: int = told(YEAR, "年度")
    person: str | None = maybe(ref("person"), "代表", default=None)
    level: str | None = maybe(one_of(codes.LEVEL), "代表层级", default=None)
    rule: str | None = maybe(ref("score-rule"), "积分办法", default=None)
    rule_told: str | None = maybe(LINES, "所用办法", default=None, length=4000)
    content: str | None = maybe(
        LINES, "定稿数据", default=None, length=60000, privacy="content", ledger=False
    )
    digest: str | None = maybe(TEXT, "文件指纹", default=None, length=64)
    day: date = told(DAY, "定稿日期", wire="date")
    by: str | None = maybe(NAME, "定稿人", default=None, length=25)


class Honour(Record, kind="honour", label="表彰奖励"):
    """An honour from proposal to award, with what it rests on (founding document 003-17)."""

    year: int = told(YEAR, "年度")
    honour_type: str = told(one_of(codes.HONOUR_TYPE), "荣誉类别", wire="type", synonyms=("类别",))
    person: str | None = maybe(ref("person"), "代表", default=None)
    group: str | None = maybe(ref("group"), "代表小组", default=None)
    unit: str | None = maybe(ref("unit"), "单位", default=None)
    name: str | None = maybe(TEXT, "其他对象", default=None, length=60, search=True)
    authority: str | None = maybe(TEXT, "授予机关", default=None, length=60)
    document: str | None = maybe(TEXT, "文号", default=None, length=40)
    certificate: str | None = maybe(TEXT, "证书号", default=None, length=40)
    points: Decimal | None = maybe(DECIMAL, "依据分数", default=None, unit="分")
    publicised: date | None = maybe(DAY, "公示起始", default=None, merge="publicity")
    publicised_until: date | None = maybe(DAY, "公示截止", default=None, merge="publicity")
    state: str = given(one_of(codes.HONOUR_STATE), "进展", default="proposed")
    granted: date | None = maybe(DAY, "表彰日期", default=None, wire="date")
    why: str | None = maybe(LINES, "主要事迹", default=None, length=2000, privacy="content")
