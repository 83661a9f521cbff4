"""People and their mandates: a person is not a mandate (domain.md 3.6), groups and their members (3.7)."""

from __future__ import annotations

from datetime import date

from lianxin.domain import codes
from lianxin.domain.dictionary import Record, given, maybe, told
from lianxin.domain.kinds import COUNT, DAY, IDENTITY, MONTH, NAME, PHONE, TEXT, YES_NO, one_of, ref


class Person(Record, kind="person", label="人员"):
    """Somebody known to the office by name; deputies' names are public (代表法 §58)."""

    name: str = told(NAME, "姓名", length=25, search=True)
    sex: str | None = maybe(one_of(codes.SEX), "性别", default=None)
    nation: str | None = maybe(TEXT, "民族", default=None, length=20)
    born: str | None = maybe(
        MONTH, "出生年月", default=None, privacy="personal", synonyms=("出生日期", "出生")
    )
    identity_number: str | None = maybe(
        IDENTITY,
        "身份证号",
        default=None,
        privacy="sensitive",
        synonyms=("身份证号码", "身份证", "证件号码"),
        ledger=False,
    )
    party: str | None = maybe(one_of(codes.PARTY), "政治面貌", default=None, synonyms=("党派",))
    schooling: str | None = maybe(TEXT, "文化程度", default=None, length=20, synonyms=("学历",))
    work: str | None = maybe(
        TEXT,
        "工作单位及职务",
        default=None,
        length=80,
        search=True,
        synonyms=("单位职务", "工作单位", "单位及职务"),
    )
    phone: str | None = maybe(
        PHONE,
        "联系电话",
        default=None,
        length=30,
        privacy="personal",
        search=True,
        synonyms=("电话", "手机", "联系方式", "手机号"),
    )
    address: str | None = maybe(TEXT, "住址", default=None, length=80, privacy="personal")
    no_fixed_income: bool = given(YES_NO, "无固定收入", default=False, ledger=False)


class Mandate(Record, kind="mandate", label="代表资格"):
    """One person's seat at one level in one term (代表法 §2; domain.md 3.6)."""

    person: str = told(ref("person"), "姓名")
    level: str = told(one_of(codes.LEVEL), "代表层级", synonyms=("层级", "级别", "代表级别"))
    term: str | None = maybe(ref("term"), "届", default=None)
    district: str | None = maybe(
        ref("district"), "选区", default=None, synonyms=("选区（选举单位）", "选举单位")
    )
    certificate: str | None = maybe(TEXT, "代表证号", default=None, length=30, search=True)
    delegation: str | None = maybe(TEXT, "代表团", default=None, length=40)
    elected: date | None = maybe(DAY, "当选日期", default=None)
    elected_how: str = given(one_of(codes.ELECTED_HOW), "当选方式", default="general")
    state: str = given(one_of(codes.MANDATE_STATE), "状态", default="serving", merge="state")
    state_day: date | None = maybe(DAY, "状态日期", default=None, merge="state")
    state_document: str | None = maybe(TEXT, "公告文号", default=None, length=40, merge="state")
    station: str | None = maybe(ref("station"), "进站站点", default=None)
    leader: bool = given(YES_NO, "领导干部", default=False)
    presidium: bool = given(YES_NO, "主席团成员", default=False)


class DeputyGroup(Record, kind="group", label="代表小组"):
    """A group of deputies; three at least make one (组织法 §43)."""

    name: str = told(TEXT, "小组名称", length=40, search=True)
    group_type: str = given(one_of(codes.GROUP_TYPE), "类型", default="group", wire="type")
    villages: str | None = maybe(TEXT, "覆盖村（社区）", default=None, length=200)
    yearly_least: int | None = maybe(COUNT, "每年活动下限", default=None, unit="次")


class GroupMember(Record, kind="group-member", label="小组成员", parent="group"):
    """One deputy in one group; a deputy may be in several (founding document 000-28)."""

    group: str = told(ref("group"), "小组")
    person: str = told(ref("person"), "代表")
    role: str = given(one_of(codes.GROUP_ROLE), "组内职务", default="member")


class SamePerson(Record, kind="same-person", label="同一人认定", of_county=True):
    """What the county decided of two people that several offices reported: one person, or two (选举法 §48).

    The two records stay as they are; nobody merges what others wrote (journal.md, "Owner").
    """

    one: str = told(ref("person"), "其一")
    other: str = told(ref("person"), "其二")
    verdict: str = told(one_of(codes.SAME_PERSON), "认定")
    day: date = told(DAY, "认定日期", wire="date")
    reasons: str | None = maybe(TEXT, "依据", default=None, length=200)
