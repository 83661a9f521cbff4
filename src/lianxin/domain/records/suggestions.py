"""Suggestions and bills of deputies (domain.md 3.16, 3.20), and what else a matter leads to: being told, deeds.

A suggestion is handled as a matter of its own track: title, words, lead deputy and every step stand with that
matter, so that supervision, replies and judgements are the same for all tracks; here stands what only deputies' have.
"""

from __future__ import annotations

from datetime import date, time

from lianxin.domain import codes
from lianxin.domain.dictionary import Record, given, maybe, told
from lianxin.domain.kinds import CLOCK, COUNT, DAY, LINES, PHONE, TEXT, YES_NO, one_of, ref


class Suggestion(Record, kind="suggestion", label="代表议案建议", parent="opinion", numbered="JY"):
    """What makes a matter a deputy's suggestion or bill; `source` is the public's opinion it came of."""

    opinion: str = told(ref("opinion"), "办理件")
    number: str | None = maybe(TEXT, "建议编号", default=None, length=40, search=True)
    form: str = given(one_of(codes.SUGGESTION_FORM), "类型", default="suggestion", synonyms=("议案建议类型",))
    occasion: str = given(one_of(codes.SUGGESTION_TIME), "提出时间", default="between")
    term: str | None = maybe(ref("term"), "届", default=None)
    session: int | None = maybe(COUNT, "会次", default=None, unit="次")
    delegation: str | None = maybe(TEXT, "代表团", default=None, length=40)
    basis: str | None = maybe(LINES, "案据", default=None, length=4000, privacy="content", search=True)
    proposal: str | None = maybe(
        LINES,
        "方案",
        default=None,
        length=4000,
        privacy="content",
        search=True,
        synonyms=("建议内容", "具体建议"),
    )
    unfit: str = given(one_of(codes.UNFIT), "不受理情形", default="none")
    one_matter: bool = given(YES_NO, "一事一案", default=True)
    from_bill: bool = given(YES_NO, "议案转建议", default=False)
    hard: bool = given(YES_NO, "难办", default=False, note="涉及面广、处理难度大的，答复期限较长")
    wished_unit: str | None = maybe(ref("unit"), "代表希望的承办单位", default=None)
    key_matter: bool = given(YES_NO, "重点督办", default=False)
    supervisor: str | None = maybe(TEXT, "重点督办人", default=None, length=25)
    leader: str | None = maybe(TEXT, "领衔办理领导", default=None, length=25)
    branch: str | None = maybe(TEXT, "分线督办", default=None, length=60)
    inspecting: str | None = maybe(TEXT, "代表视察督办", default=None, length=120)
    source: str | None = maybe(ref("opinion"), "来自群众意见", default=None)
    became: str | None = maybe(ref("opinion"), "转成群众意见", default=None)
    hard_reason: str | None = maybe(LINES, "难办理由", default=None, length=500, privacy="content")
    target: str | None = maybe(
        TEXT,
        "质询对象",
        default=None,
        length=60,
        note="质询案要写质询对象、质询的问题和内容（代表法第二十条）",
    )
    question: str | None = maybe(LINES, "质询的问题", default=None, length=1000, privacy="content")
    bill_number: str | None = maybe(TEXT, "原议案编号", default=None, length=40, search=True)
    handler_head: str | None = maybe(TEXT, "承办负责人", default=None, length=25)
    handler_post: str | None = maybe(TEXT, "负责人职务", default=None, length=40)
    handler: str | None = maybe(TEXT, "承办人", default=None, length=25)
    handler_phone: str | None = maybe(PHONE, "承办人电话", default=None, length=30, privacy="personal")


class Signer(Record, kind="signer", label="联名代表", parent="suggestion"):
    """A deputy who signs a suggestion with the leading one."""

    suggestion: str = told(ref("suggestion"), "建议")
    person: str = told(ref("person"), "联名代表")
    signed: date | None = maybe(DAY, "签名日期", default=None)


class Screening(Record, kind="screening", label="三审", parent="opinion", merge="record"):
    """One of the three looks a suggestion passes before it is handed to a unit (founding document 003-05)."""

    opinion: str = told(ref("opinion"), "办理件")
    day: date = told(DAY, "审查日期", wire="date")
    stage: str = told(one_of(codes.SCREENING_STAGE), "审查环节")
    verdict: str = given(one_of(codes.SCREENING_VERDICT), "审查结论", default="passed")
    unit: str | None = maybe(ref("unit"), "联审单位", default=None)
    by: str | None = maybe(TEXT, "审查人", default=None, length=60)
    words: str | None = maybe(LINES, "审查意见", default=None, length=1000, privacy="content")


class CoHandling(Record, kind="co-handling", label="协办", parent="opinion", merge="record"):
    """A unit that handles a suggestion beside the first one, with a reply of its own (domain.md 2.3)."""

    opinion: str = told(ref("opinion"), "办理件")
    day: date = told(DAY, "交办日期", wire="date")
    unit: str = told(ref("unit"), "协办单位")
    part: str = given(one_of(codes.CO_PART), "参与方式", default="helping")
    due: date | None = maybe(DAY, "答复期限", default=None)
    answered: date | None = maybe(DAY, "答复日期", default=None)
    result: str | None = maybe(one_of(codes.RESULT), "办理结果", default=None)
    document: str | None = maybe(TEXT, "文号", default=None, length=40)
    answer: str | None = maybe(LINES, "协办意见", default=None, length=4000, privacy="content")
    by: str | None = maybe(TEXT, "登记人", default=None, length=25)


class Consultation(Record, kind="consultation", label="面商", parent="opinion", merge="record"):
    """The handling unit spoke with the deputies: before its reply (代表法 §51 与代表联系沟通), or replying in person.

    `words` is what was said or answered, `view` what the deputies said to it; both stand on the 当面答复记录
    (domain.md 4.7).
    """

    opinion: str = told(ref("opinion"), "办理件")
    day: date = told(DAY, "面商日期", wire="date")
    purpose: str = given(one_of(codes.CONSULTED_FOR), "面商环节", default="before")
    means: str = given(one_of(codes.MEANS), "沟通方式", default="face")
    start: time | None = maybe(CLOCK, "时间", default=None, wire="time")
    place: str | None = maybe(TEXT, "地点", default=None, length=60)
    unit: str | None = maybe(ref("unit"), "承办单位", default=None)
    participants: str | None = maybe(TEXT, "参加人", default=None, length=200)
    words: str | None = maybe(LINES, "沟通或答复内容", default=None, length=4000, privacy="content")
    view: str | None = maybe(LINES, "代表意见", default=None, length=1000, privacy="content")
    by: str | None = maybe(TEXT, "登记人", default=None, length=25)


class Informing(Record, kind="informing", label="答复送代表", parent="opinion", merge="record"):
    """One deputy who signed a suggestion was given the reply to it: each gets one (domain.md 2.3, 河南 §21)."""

    opinion: str = told(ref("opinion"), "办理件")
    reply: str = told(ref("reply"), "送达的答复")
    person: str = told(ref("person"), "代表")
    day: date = told(DAY, "送达日期", wire="date")
    means: str = given(one_of(codes.MEANS), "送达方式", default="written")
    by: str | None = maybe(TEXT, "送达人", default=None, length=25)


class Telling(Record, kind="telling", label="告知", parent="opinion", numbered="GZ", merge="record"):
    """A visitor told where a matter belongs that is not handled here (信访工作条例 §23)."""

    opinion: str = told(ref("opinion"), "意见")
    number: str | None = maybe(TEXT, "告知单编号", default=None, length=40, search=True)
    day: date = told(DAY, "告知日期", wire="date")
    means: str = given(one_of(codes.MEANS), "告知方式", default="written")
    destination: str | None = maybe(TEXT, "告知去向", default=None, length=60)
    words: str | None = maybe(LINES, "告知内容", default=None, length=1000, privacy="content")
    by: str | None = maybe(TEXT, "告知人", default=None, length=25)


class Deed(Record, kind="deed", label="办实事", numbered="SS"):
    """What a deputy did for people himself; never the end of a matter by another name (domain.md 3.30a, 0.4)."""

    number: str | None = maybe(TEXT, "编号", default=None, length=40, search=True)
    person: str = told(ref("person"), "代表")
    day: date = told(DAY, "日期", wire="date", synonyms=("办理日期",))
    what: str = told(
        LINES,
        "事项",
        length=1000,
        privacy="content",
        search=True,
        synonyms=("办实事内容", "实事内容", "内容"),
    )
    households: int | None = maybe(COUNT, "受益户数", default=None, unit="户", synonyms=("受益户",))
    persons: int | None = maybe(COUNT, "受益人数", default=None, unit="人", synonyms=("受益人",))
    own_money: int | None = maybe(COUNT, "自筹资金", default=None, unit="元")
    raised_money: int | None = maybe(COUNT, "争取资金", default=None, unit="元")
    witness: str | None = maybe(TEXT, "证明人", default=None, length=60)
    opinion: str | None = maybe(ref("opinion"), "来自意见", default=None)
    sort: str = given(one_of(codes.DEED_SORT), "实事类别", default="deed", synonyms=("类别",))
    theme: str | None = maybe(ref("annual-theme"), "关联主题", default=None)
    activity: str | None = maybe(ref("activity"), "关联活动", default=None)
