"""Where and for whom the office works: office, term, region, station, electoral district, handling unit."""

from __future__ import annotations

from datetime import date

from lianxin.domain import codes
from lianxin.domain.dictionary import Record, given, maybe, told
from lianxin.domain.kinds import COUNT, DAY, LINES, NAME, PHONE, TEXT, YES_NO, one_of, ref


class Office(Record, kind="office", label="机构"):
    """The people's congress office that keeps the ledger (domain.md 3.2).

    Founding document 003-11, 003-12 asks oral report-backs of county deputies; an office may hold its own to it.
    """

    name: str = told(TEXT, "机构名称", length=60, search=True)
    code: str = told(TEXT, "区划代码", length=12)
    office_type: str = given(one_of(codes.OFFICE_TYPE), "机构类型", default="township", wire="type")
    short_name: str | None = maybe(
        TEXT, "简称", default=None, length=20, note="编号和公文里的简称，如“石牌镇”"
    )
    document_sign: str | None = maybe(TEXT, "发文代字", default=None, length=20, note="如“石镇人”")
    chair: str | None = maybe(ref("person"), "主席", default=None)
    clerk: str | None = maybe(TEXT, "人大专干", default=None, length=25)
    address: str | None = maybe(TEXT, "地址", default=None, length=100)
    phone: str | None = maybe(TEXT, "值班电话", default=None, length=30)
    email: str | None = maybe(TEXT, "政务邮箱", default=None, length=60)
    county_name: str | None = maybe(TEXT, "报送的县人大", default=None, length=60)
    county_uses: str = given(one_of(codes.COUNTY_USES), "县人大是否使用本程序", default="unknown")
    profile: str = given(TEXT, "规则库", default="national", length=40)
    township_shares: bool = given(
        YES_NO,
        "口头述职比例也用于乡镇代表",
        default=False,
        note="文件讲的是县人大代表；乡镇也照此安排的选“是”",
    )


class Term(Record, kind="term", label="届"):
    """One term of a congress; two may be open at once while elections are under way (代表法 §2)."""

    level: str = told(one_of(codes.TERM_LEVEL), "级别")
    ordinal: int = told(COUNT, "届次", unit="届")
    start: date | None = maybe(DAY, "首次会议日期", default=None, merge="span")
    end: date | None = maybe(DAY, "届满日期", default=None, merge="span", note="下一届第一次会议举行之日")
    seats: int | None = maybe(COUNT, "应有代表数", default=None, unit="名")
    provisional: bool = given(YES_NO, "暂定", default=False, note="开始使用时自动建立，尚未核对")


class Region(Record, kind="region", label="行政区划"):
    """A place of the administrative division; villages of the township are its leaves (GB/T 2260, 10114)."""

    name: str = told(TEXT, "名称", length=40, search=True)
    code: str | None = maybe(TEXT, "区划代码", default=None, length=12)
    level: str = given(one_of(codes.REGION_LEVEL), "级别", default="village")
    short_name: str | None = maybe(TEXT, "简称", default=None, length=20)
    former_code: str | None = maybe(TEXT, "原代码", default=None, length=12)
    valid_from: date | None = maybe(DAY, "启用日期", default=None)
    valid_to: date | None = maybe(DAY, "停用日期", default=None)


class Station(Record, kind="station", label="站点"):
    """A deputy contact station or point (domain.md 3.4); closed or merged ones keep their history."""

    name: str = told(TEXT, "站点名称", length=60, search=True, synonyms=("站点", "接待地点"))
    station_type: str = given(one_of(codes.STATION_TYPE), "类型", default="station", wire="type")
    parent: str | None = maybe(ref("station"), "上级站", default=None)
    village: str | None = maybe(ref("region"), "所在村（社区）", default=None)
    address: str | None = maybe(TEXT, "地址", default=None, length=100)
    built: date | None = maybe(DAY, "建站日期", default=None)
    state: str = given(one_of(codes.STATION_STATE), "状态", default="running")
    merged_into: str | None = maybe(ref("station"), "合并到", default=None)
    grade: str = given(one_of(codes.STATION_GRADE), "等级", default="ordinary")
    head: str | None = maybe(NAME, "站长", default=None, length=25)
    liaison: str | None = maybe(NAME, "联络员", default=None, length=25)
    phone: str | None = maybe(TEXT, "站点电话", default=None, length=30)
    opening: str | None = maybe(TEXT, "开放时间", default=None, length=60)
    three_rooms: bool = given(YES_NO, "三室一体", default=False)


class District(Record, kind="district", label="选区"):
    """An electoral district; elects one to three deputies (选举法 §25)."""

    number: str = told(TEXT, "选区编号", length=20, search=True)
    name: str | None = maybe(TEXT, "选区名称", default=None, length=60, search=True)
    level: str = given(one_of(codes.TERM_LEVEL), "级别", default="township")
    villages: str | None = maybe(TEXT, "覆盖村（社区）", default=None, length=200)
    voters: int | None = maybe(COUNT, "选民数", default=None, unit="人")
    population: int | None = maybe(COUNT, "人口数", default=None, unit="人")
    seats: int | None = maybe(COUNT, "应选名额", default=None, unit="名")
    term: str | None = maybe(ref("term"), "届", default=None)


class HandlingUnit(Record, kind="unit", label="承办单位"):
    """A unit that handles matters (domain.md 3.15)."""

    name: str = told(TEXT, "单位名称", length=60, search=True, synonyms=("承办单位",))
    unit_type: str = given(one_of(codes.UNIT_TYPE), "单位类型", default="township", wire="type")
    contact: str | None = maybe(TEXT, "联系人", default=None, length=25)
    phone: str | None = maybe(PHONE, "联系电话", default=None, length=30, privacy="personal")
    leader: str | None = maybe(TEXT, "分管领导", default=None, length=25)
    duties: str | None = maybe(LINES, "职责范围", default=None, length=300)
