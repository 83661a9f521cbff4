"""Reception days and contacts: rule, day, rota, contact of any channel, visitors (domain.md 3.8 to 3.11)."""

from __future__ import annotations

from datetime import date, time

from lianxin.domain import codes
from lianxin.domain.dictionary import Record, given, maybe, told
from lianxin.domain.kinds import CLOCK, COUNT, DAY, IDENTITY, LINES, NAME, PHONE, TEXT, YES_NO, one_of, ref


class ReceptionRule(Record, kind="reception-rule", label="接待日规则"):
    """When a station receives (domain.md 3.8). `days` holds the numbers of the recurrence, as typed."""

    station: str = told(ref("station"), "站点")
    recurrence: str = told(one_of(codes.RECURRENCE), "规则类型", merge="recurrence")
    days: str = told(
        TEXT, "哪几天", length=60, merge="recurrence", note="如“15”、“周三”、“第2个周三”、“4、9”"
    )
    start: time | None = maybe(CLOCK, "开始时间", default=None, merge="hours")
    end: time | None = maybe(CLOCK, "结束时间", default=None, merge="hours")
    holidays: str = given(one_of(codes.HOLIDAY_RULE), "遇法定节假日", default="postpone")
    announce_days: int | None = maybe(COUNT, "公告提前天数", default=None, unit="天")
    deputies: int | None = maybe(COUNT, "每次代表人数", default=None, unit="名")
    active: bool = given(YES_NO, "在用", default=True)


class ReceptionDay(Record, kind="reception-day", label="接待日", numbered="JR"):
    """One day on which deputies receive at a station (domain.md 3.9)."""

    number: str | None = maybe(TEXT, "编号", default=None, length=40, search=True)
    day: date = told(DAY, "日期", wire="date", synonyms=("接待时间", "接待日期"))
    start: time | None = maybe(CLOCK, "开始时间", default=None, merge="hours")
    end: time | None = maybe(CLOCK, "结束时间", default=None, merge="hours")
    station: str | None = maybe(ref("station"), "站点", default=None, synonyms=("接待地点", "地点"))
    topic: str | None = maybe(TEXT, "主题", default=None, length=60, search=True)
    invited: str | None = maybe(TEXT, "邀请部门", default=None, length=100)
    state: str = given(one_of(codes.DAY_STATE), "状态", default="planned", merge="state")
    state_reason: str | None = maybe(TEXT, "原因", default=None, length=100, merge="state")
    announced: date | None = maybe(DAY, "公告日期", default=None)
    rule: str | None = maybe(ref("reception-rule"), "规则", default=None)
    summary: str | None = maybe(LINES, "小结", default=None, length=1000, privacy="content")


class Rota(Record, kind="rota", label="轮值", parent="reception_day"):
    """One deputy on one reception day, with attendance (domain.md 3.9)."""

    reception_day: str = told(ref("reception-day"), "接待日")
    person: str = told(ref("person"), "接待代表")
    attendance: str = given(one_of(codes.ATTENDANCE), "到岗情况", default="planned", merge="attendance")
    arrived: time | None = maybe(CLOCK, "到岗时间", default=None, merge="attendance")
    substitute: str | None = maybe(ref("person"), "替班人", default=None, merge="attendance")
    reason: str | None = maybe(TEXT, "事由", default=None, length=60, merge="attendance")
    fixed: bool = given(YES_NO, "手工指定", default=False)


class Contact(Record, kind="contact", label="来访走访", numbered="JF"):
    """One contact with the public through any channel, in the visitor's own words (domain.md 3.11)."""

    number: str | None = maybe(TEXT, "编号", default=None, length=40, search=True)
    channel: str = told(one_of(codes.CHANNEL), "类型", wire="type", synonyms=("联系方式类型", "渠道"))
    day: date = told(DAY, "日期", wire="date", synonyms=("接待时间", "接待日期", "时间", "来访日期"))
    at: time | None = maybe(CLOCK, "时刻", default=None, wire="time")
    station: str | None = maybe(ref("station"), "站点", default=None, synonyms=("接待地点",))
    reception_day: str | None = maybe(ref("reception-day"), "接待日", default=None, ledger=False)
    place: str | None = maybe(TEXT, "地点", default=None, length=60)
    deputies: str | None = maybe(
        TEXT, "接待代表", default=None, length=100, search=True, synonyms=("接待人", "接访代表")
    )
    words: str = told(
        LINES,
        "反映内容",
        length=4000,
        privacy="content",
        search=True,
        note="按来访人原话",
        synonyms=("反映问题", "诉求内容", "反映事项", "反映的问题", "内容", "主要内容"),
    )
    request: str | None = maybe(
        TEXT,
        "诉求",
        default=None,
        length=200,
        privacy="content",
        search=True,
        note="来访人要求怎样办，没有说的不填",
        synonyms=("要求", "来访诉求", "具体诉求", "来访人诉求", "希望解决的问题"),
    )
    persons: int = given(COUNT, "人次", default=1, unit="人次", synonyms=("人数", "来访人数"))
    households: int | None = maybe(COUNT, "户数", default=None, unit="户")
    proposal: str | None = maybe(
        LINES, "拟办意见", default=None, length=500, privacy="content", synonyms=("处理意见",)
    )
    answered: bool = given(YES_NO, "当场答复", default=False, merge="answer")
    answer: str | None = maybe(
        LINES, "答复内容", default=None, length=1000, privacy="content", merge="answer"
    )
    recorder: str | None = maybe(TEXT, "记录人", default=None, length=25)
    paper_number: str | None = maybe(TEXT, "纸质表号", default=None, length=30, search=True)
    joined: str | None = maybe(
        ref("opinion"), "合并办理到", default=None, ledger=False, note="反映的是已登记的同一件事，不另立意见"
    )
    to_complete: bool = given(YES_NO, "待补全", default=False, ledger=False)
    topic: str | None = maybe(
        TEXT, "走访或座谈主题", default=None, length=60, ledger=False, note="走访、座谈会、上街设点的主题"
    )
    host: str | None = maybe(TEXT, "座谈主持人", default=None, length=25, ledger=False)
    helped: str | None = maybe(LINES, "帮扶情况", default=None, length=500, privacy="content", ledger=False)
    opened_by: str | None = maybe(
        TEXT, "开箱人", default=None, length=60, ledger=False, note="两人以上在场开箱"
    )
    letters: int | None = maybe(COUNT, "开箱件数", default=None, unit="件", ledger=False)
    leaflets: int | None = maybe(COUNT, "宣传资料份数", default=None, unit="份", ledger=False)


class Visitor(Record, kind="visitor", label="来访人", parent="contact"):
    """Who came; one record per visitor and contact (domain.md 3.10, 个人信息保护法 §34, §35)."""

    contact: str = told(ref("contact"), "来访登记")
    name: str | None = maybe(
        NAME,
        "来访人",
        default=None,
        length=25,
        privacy="personal",
        search=True,
        synonyms=("来访群众", "姓名", "群众", "反映人", "来访人姓名"),
    )
    anonymous: bool = given(YES_NO, "匿名", default=False)
    sex: str | None = maybe(one_of(codes.SEX), "性别", default=None, privacy="personal")
    age: str | None = maybe(one_of(codes.AGE_BAND), "年龄段", default=None, privacy="personal")
    phone: str | None = maybe(
        PHONE,
        "电话",
        default=None,
        length=30,
        privacy="personal",
        search=True,
        synonyms=("联系电话", "手机", "联系方式"),
    )
    identity_number: str | None = maybe(IDENTITY, "身份证号", default=None, privacy="sensitive", ledger=False)
    village: str | None = maybe(
        ref("region"), "村（社区）", default=None, synonyms=("村", "村组", "村（社区）")
    )
    address: str | None = maybe(
        TEXT,
        "住址",
        default=None,
        length=80,
        privacy="personal",
        search=True,
        synonyms=("家庭住址", "详细地址"),
    )
    standing: str | None = maybe(one_of(codes.VISITOR_STANDING), "身份", default=None)
    confidential: bool = given(YES_NO, "要求保密", default=False)
    informed: bool = given(YES_NO, "已告知", default=False, note="已告知个人信息处理事项")

    def address_in(self, village: str) -> str:
        """The address as a paper tells it: behind the village's name, unless the clerk typed that too."""
        address = self.address or ""
        return address if village and address.startswith(village) else village + address
