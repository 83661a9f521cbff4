"""Opinions and the steps taken on them (domain.md 3.12 to 3.17). The state is computed from the steps."""

from __future__ import annotations

from datetime import date

from lianxin.domain import codes
from lianxin.domain.dictionary import Record, given, maybe, told
from lianxin.domain.kinds import COUNT, DAY, LINES, TEXT, YES_NO, one_of, ref


class Opinion(Record, kind="opinion", label="意见建议", numbered="YJ"):
    """One matter somebody raised, from registration to re-handling (founding document 002-19)."""

    number: str | None = maybe(TEXT, "编号", default=None, length=40, search=True)
    title: str = told(TEXT, "标题", length=60, search=True, privacy="content")
    words: str = told(
        LINES, "内容", length=4000, privacy="content", search=True, synonyms=("反映内容", "意见内容", "案由")
    )
    category: str = given(one_of(codes.CATEGORY), "类别", default="18")
    subcategory: str | None = maybe(
        TEXT, "小类", default=None, length=30, search=True, ledger=False, note="县人大下发的小类"
    )
    village: str | None = maybe(ref("region"), "涉及村（社区）", default=None)
    channel: str = given(one_of(codes.CHANNEL), "来源渠道", default="visit")
    contact: str | None = maybe(ref("contact"), "来源登记", default=None, ledger=False)
    person: str | None = maybe(ref("person"), "反映代表", default=None, synonyms=("领衔代表",))
    registered: date = told(DAY, "登记日期", synonyms=("反映时间", "提出日期"))
    registrar: str | None = maybe(TEXT, "登记人", default=None, length=25)
    urgency: str = given(one_of(codes.URGENCY), "紧急程度", default="ordinary")
    nature: str = given(one_of(codes.NATURE), "性质", default="request")
    track: str = given(one_of(codes.TRACK), "办理渠道", default="opinion")
    openness: str = given(one_of(codes.OPENNESS), "公开", default="on_request")
    level: str = given(one_of(codes.RESPONSIBLE_LEVEL), "责任层级", default="township")
    group: bool = given(YES_NO, "集体", default=False)
    confidential: bool = given(YES_NO, "涉密敏感", default=False)
    merged_into: str | None = maybe(ref("opinion"), "合并到", default=None)


class Routing(Record, kind="routing", label="梳理分流", parent="opinion", merge="record"):
    """Where a matter goes: the second step (domain.md 3.14)."""

    opinion: str = told(ref("opinion"), "意见")
    day: date = told(DAY, "分流日期", wire="date")
    route: str = told(one_of(codes.ROUTE), "处理方式")
    reason: str | None = maybe(LINES, "分流理由", default=None, length=500, privacy="content")
    guidance: str | None = maybe(one_of(codes.GUIDANCE), "引导事由", default=None)
    guided_to: str | None = maybe(TEXT, "引导去向", default=None, length=60)
    telling: str | None = maybe(one_of(codes.TELLING), "告知方式", default=None)
    decided_by: str | None = maybe(TEXT, "决定人", default=None, length=25)
    intended: str | None = maybe(
        ref("unit"), "拟交办单位", default=None, ledger=False, note="待主席审阅的，同意后交给它办理"
    )


class Assignment(Record, kind="assignment", label="交办", parent="opinion", numbered="JB", merge="record"):
    """The matter handed to a unit with a time limit (domain.md 3.15)."""

    opinion: str = told(ref("opinion"), "意见")
    number: str | None = maybe(TEXT, "交办单编号", default=None, length=40, search=True)
    day: date = told(DAY, "交办日期", wire="date")
    unit: str = told(ref("unit"), "承办单位")
    addressee: str | None = maybe(ref("unit"), "交办对象", default=None)
    due: date | None = maybe(DAY, "办理期限", default=None)
    demand: str | None = maybe(LINES, "要求", default=None, length=500, privacy="content")
    reason: str | None = maybe(LINES, "改派理由", default=None, length=500, privacy="content")
    by: str | None = maybe(TEXT, "交办人", default=None, length=25)


class Reply(Record, kind="reply", label="答复", parent="opinion", merge="record"):
    """What the handling unit answered (domain.md 3.17)."""

    opinion: str = told(ref("opinion"), "意见")
    day: date = told(DAY, "答复日期", wire="date", synonyms=("办结时间", "办结日期"))
    unit: str | None = maybe(ref("unit"), "承办单位", default=None)
    means: str = given(one_of(codes.MEANS), "答复方式", default="written")
    result: str | None = maybe(one_of(codes.RESULT), "办理结果", default=None, synonyms=("结果",))
    words: str | None = maybe(LINES, "答复内容", default=None, length=4000, privacy="content")
    document: str | None = maybe(TEXT, "文号", default=None, length=40, search=True)
    promise: str | None = maybe(LINES, "承诺事项", default=None, length=500, privacy="content")
    promised_day: date | None = maybe(DAY, "承诺完成期限", default=None)
    by: str | None = maybe(TEXT, "登记人", default=None, length=25)


class Satisfaction(Record, kind="satisfaction", label="反馈评价", parent="opinion", merge="record"):
    """What the visitor or deputy thought of it, attitude and result apart (domain.md 3.17)."""

    opinion: str = told(ref("opinion"), "意见")
    day: date | None = maybe(DAY, "反馈日期", default=None, wire="date")
    whom: str = given(one_of(codes.ASKED_WHOM), "征询对象", default="visitor")
    person: str | None = maybe(ref("person"), "评价代表", default=None)
    means: str = given(one_of(codes.MEANS), "反馈方式", default="phone")
    attitude: str | None = maybe(one_of(codes.SATISFACTION), "对办理态度", default=None)
    outcome: str | None = maybe(one_of(codes.SATISFACTION), "对办理结果", default=None)
    overall: str = told(one_of(codes.SATISFACTION), "满意度", synonyms=("是否满意", "满意情况"))
    words: str | None = maybe(LINES, "评价意见", default=None, length=500, privacy="content")
    attempts: int | None = maybe(COUNT, "联系次数", default=None, unit="次")
    by: str | None = maybe(TEXT, "回访人", default=None, length=25)
    attempts_needed: int | None = maybe(
        COUNT,
        "须联系次数",
        default=None,
        unit="次",
        ledger=False,
        note="登记时规则库的规定，以后改规则不受影响",
    )
    rounds_allowed: int | None = maybe(
        COUNT,
        "重办上限",
        default=None,
        unit="轮",
        ledger=False,
        note="登记时规则库的规定，以后改规则不受影响",
    )
