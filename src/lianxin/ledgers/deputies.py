"""Rosters of deputies: one row per person with all levels in one cell → persons with their mandates."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from lianxin.domain.checks import is_nothing, read_identity, read_name
from lianxin.domain.codes import LEVEL, PARTY, SEX
from lianxin.domain.dates import Unreadable, day_of_serial, read_day, read_month, show_day, show_month
from lianxin.domain.numerals import plain
from lianxin.ledgers.cells import Cell, Workbook
from lianxin.ledgers.findings import Findings, RefusedRow
from lianxin.ledgers.headings import Column
from lianxin.ledgers.rows import LedgerRow, SheetReading
from lianxin.ledgers.sheets import read_rows
from lianxin.ledgers.terms import ordinals_told
from lianxin.ledgers.visit_columns import looks_like_phone, looks_like_sex

KIND = "deputy"


def _is_identity(text: str) -> bool:
    return bool(re.fullmatch(r"'?\d{15}|'?\d{17}[\dXx]|\d\.\d+e\+17", plain(text)))


def _is_nation(text: str) -> bool:
    return plain(text).removesuffix("族") in NATIONS


COLUMNS = (
    Column("number", "序号", ("编号", "号", "No")),
    Column("name", "姓名", ("代表姓名", "名字", "代表"), required=True),
    Column("sex", "性别", (), looks_like_sex),
    Column("nation", "民族", ("族别",), _is_nation),
    Column("born", "出生年月", ("出生日期", "出生", "生日", "出生时间")),
    Column("party", "政治面貌", ("党派", "面貌")),
    Column("schooling", "文化程度", ("学历", "学历学位", "文化")),
    Column("work", "工作单位及职务", ("单位职务", "工作单位", "单位及职务", "现任职务", "职务", "工作单位和职务")),
    Column("level", "代表层级", ("层级", "级别", "代表级别", "代表类别", "何级代表", "代表层次", "几级代表")),
    Column("ordinal", "届次", ("届别", "届", "当选届次", "任届", "何届代表", "第几届", "代表届次", "届数")),
    Column("level_nation", "全国", ("全国级", "全国代表", "全国人大代表")),
    Column("level_province", "省", ("省级", "省代表", "省级代表", "省人大代表")),
    Column("level_city", "市", ("市级", "州", "州级", "市州", "市代表", "市级代表", "市人大代表", "设区的市")),
    Column("level_county", "县", ("县级", "区县", "县区", "县市区", "县代表", "县级代表", "县人大代表")),
    Column("level_township", "乡", ("乡级", "乡镇级", "镇级", "乡镇代表", "乡级代表", "镇代表", "乡镇人大代表",
                                    "镇人大代表")),
    Column("district", "选区", ("选举单位", "所在选区", "选区名称", "当选选区", "选区(选举单位)")),
    Column("phone", "联系电话", ("电话", "手机", "联系方式", "手机号", "手机号码", "电话号码"), looks_like_phone),
    Column("identity_number", "身份证号码", ("身份证号", "身份证", "证件号码", "公民身份号码"), _is_identity),
    Column("address", "住址", ("家庭住址", "地址", "居住地", "所在村")),
    Column("group", "代表小组", ("所在小组", "小组")),
    Column("station", "进站站点", ("所属站点", "联络站", "进驻站点")),
    Column("certificate", "代表证号", ("证号", "代表证编号")),
    Column("elected", "当选日期", ("当选时间", "任职时间")),
    Column("remark", "备注", ("说明",)),
)  # fmt: skip

# GB/T 3304-1991, without 族.
_NATION_NAMES = (
    "汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 "
    "柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 "
    "塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺"
)
NATIONS = frozenset(_NATION_NAMES.split())
_LEVEL_COLUMNS = ("nation", "province", "city", "county", "township")
_TICKED = re.compile(r"[√✓✔☑■●★▲◆vVyY1是有对]|[\u2611\u2713\u2714]|.*代表|.*届")
_NOT_TICKED = re.compile(r"[×xXnN0否无□☐○/\\—-]+|")
_COUNTY_ROSTER = re.compile(r"(?:县|市|区)(?:第.{1,4}届)?(?:人民代表大会|人大).{0,10}代表")
_PARTIES = {
    "中共": "党员", "共产党员": "党员", "中国共产党": "党员", "中共正式党员": "党员", "共产党": "党员", "预备": "预备党员",
    "共青团": "团员", "群众代表": "群众", "非党": "群众", "非中共": "群众", "无党派人": "无党派", "一般群众": "群众",
}  # fmt: skip
_BESIDE_NAME = re.compile(r"([^(（]{2,}?)\s*[(（](.+?)[)）]")
_LEVEL_PARTS = re.compile(r"全国|省|市|州|县|区|乡|镇|国")


@dataclass(frozen=True)
class DeputyRow:
    """One person of a roster with the levels they are a deputy at. Codes are those of domain/codes."""

    row: LedgerRow
    name: str
    sex: str | None  # code of SEX
    nation: str | None  # 土家族
    born: str | None  # YYYY-MM
    party: str | None  # code of PARTY
    schooling: str | None
    work: str | None
    levels: tuple[str, ...]  # codes of LEVEL, one mandate each; empty when unreadable
    ordinals: Mapping[str, int]  # level → which congress, where the roster says it
    district: str | None
    phone: str | None
    identity_number: str | None
    address: str | None
    group: str | None
    station: str | None
    certificate: str | None
    elected: date | None
    remark: str | None


@dataclass(frozen=True)
class Roster:
    """A whole roster as understood; nothing is stored yet."""

    sheets: tuple[SheetReading, ...]
    deputies: tuple[DeputyRow, ...]
    refused: tuple[RefusedRow, ...]

    @property
    def mandates(self) -> int:
        """The number of mandates: a person at two levels makes two."""
        return sum(len(deputy.levels) for deputy in self.deputies)


def read_roster(
    workbook: Workbook,
    *,
    today: date,
    overrides: Mapping[str, Mapping[int, str]] | None = None,
    persons: bool = False,
) -> Roster:
    """Understand a roster; `overrides` per sheet say which column is which field, as corrected.

    With `persons` it is a list of people, who hold a mandate only where the list says so.
    """
    sheets = read_rows(workbook, COLUMNS, kind=KIND, overrides=overrides)
    deputies: list[DeputyRow] = []
    refused: list[RefusedRow] = []
    for sheet in sheets:
        usual = "county" if _COUNTY_ROSTER.search(plain(sheet.context.title)) else "township"
        usual = "" if persons else usual
        for row in sheet.rows:
            found = _understood(row, today, usual, sheet.context.title)
            if isinstance(found, DeputyRow):
                deputies.append(found)
            else:
                refused.append(found)
    return Roster(sheets, tuple(deputies), tuple(refused))


def _understood(row: LedgerRow, today: date, usual: str, title: str) -> DeputyRow | RefusedRow:
    findings = Findings(row)
    beside = _BESIDE_NAME.fullmatch(findings.text("name"))
    try:
        name = findings.name("name") if beside is None else read_name(beside[1]).name
        if name is None:
            raise Unreadable("姓名是空的，请填写。")
    except Unreadable as unreadable:
        findings.refuse("name", str(unreadable))
        return RefusedRow(findings.row, tuple(findings.fatal))
    sex = findings.sex()
    if beside:
        findings.read_as("name", name, f"括号里的“{beside[2]}”不算姓名")
        told = next(
            (code for part in re.split("[，,、]", beside[2]) if (code := SEX.find(part.strip()))), None
        )
        sex = sex or (told.code if told else None)
    identity, birth, identity_sex = _identity(findings, today)
    born = _born(findings, birth, today)
    if sex and identity_sex and sex != identity_sex:
        findings.wrong("sex", f"性别是{SEX.label_of(sex)}，身份证号却是{SEX.label_of(identity_sex)}，请核对")
    nation, party, levels = _nation(findings), _party(findings), _levels(findings, usual)
    phone, elected = findings.phone(), _elected(findings, today)
    return DeputyRow(
        row=findings.row,
        name=name,
        sex=sex or identity_sex,
        nation=nation,
        born=born,
        party=party,
        schooling=findings.words("schooling"),
        work=findings.words("work"),
        levels=levels,
        ordinals=_ordinals(findings, levels, title),
        district=findings.words("district"),
        phone=phone,
        identity_number=identity,
        address=findings.words("address"),
        group=findings.words("group"),
        station=findings.words("station"),
        certificate=findings.words("certificate"),
        elected=elected,
        remark=findings.words("remark"),
    )


def _identity(findings: Findings, today: date) -> tuple[str | None, date | None, str | None]:
    text = findings.text("identity_number")
    reading = read_identity(text, today=today, number_cell=findings.cell("identity_number").is_number)
    for doubt in reading.doubts:
        findings.wrong("identity_number", doubt)
    if text and not reading.number and reading.doubts:
        findings.read_as("identity_number", "空白", "、".join(reading.doubts))
    sex = SEX.find(reading.sex) if reading.sex else None
    return reading.number or None, reading.birth, sex.code if sex else None


def _born(findings: Findings, birth: date | None, today: date) -> str | None:
    from_identity = f"{birth.year:04d}-{birth.month:02d}" if birth else None
    text = findings.text("born")
    if is_nothing(text):
        return from_identity
    try:
        month, doubt = _month(findings.cell("born"), today)
    except Unreadable as unreadable:
        findings.wrong("born", str(unreadable))
        return from_identity
    options = (month, f"{month[:-2]}10") if _may_be_october(findings.cell("born"), month) else (month,)
    if from_identity and from_identity in options:
        month = from_identity
    if len(options) > 1:
        doubt = f"数字{text}按{show_month(month)}理解，也可能是{show_month(next(o for o in options if o != month))}"
    if doubt:
        findings.read_as("born", show_month(month), doubt)
    if from_identity and from_identity != month:
        shown = show_month(from_identity)
        findings.wrong("born", f"出生年月是{show_month(month)}，身份证号却是{shown}，请核对")
    return month


def _month(cell: Cell, today: date) -> tuple[str, str | None]:
    value = cell.value.date() if isinstance(cell.value, datetime) else cell.value
    if isinstance(value, date):
        return f"{value.year:04d}-{value.month:02d}", None
    if isinstance(value, int | float) and 7_000 <= value < 73_051 and "." not in cell.text:
        reading = day_of_serial(float(value)) if value >= 20_000 else None
        if reading:
            return f"{reading.day.year:04d}-{reading.day.month:02d}", reading.doubt
    found = read_month(cell.text, today=today)
    return found.month, found.doubt


def _may_be_october(cell: Cell, month: str) -> bool:
    """1990.1 kept as a number may have been typed 1990.10."""
    return cell.is_number and month.endswith("-01") and bool(re.fullmatch(r"\d+\.1", cell.text))


def _nation(findings: Findings) -> str | None:
    text = findings.words("nation")
    if text is None:
        return None
    core = plain(text).removesuffix("族")
    if core not in NATIONS:
        findings.read_as("nation", text, f"民族“{text}”不在56个民族之内，按原样保留")
        return text
    return f"{core}族"


def _party(findings: Findings) -> str | None:
    text = findings.text("party")
    if not text:
        return None
    found = PARTY.find(plain(text)) or PARTY.find(_PARTIES.get(plain(text), ""))
    if found is None:
        findings.wrong("party", f"政治面貌“{text}”不在可选范围内，没有采用")
        return None
    if found.label != text:
        findings.read_as("party", found.label, f"“{text}”按{found.label}理解")
    return found.code


def _levels(findings: Findings, usual: str) -> tuple[str, ...]:
    """县、乡 → two levels; 县级人大代表 → one; none written → the level the roster's title speaks of, asked."""
    text = findings.words("level")
    ticked = _ticked(findings)
    if text is None:
        if ticked or not usual:
            return ticked
        shown = LEVEL.label_of(usual)
        findings.read_as("level", shown, f"没有写代表层级，按{shown}级代表理解")
        return (usual,)
    core = re.sub(r"人大|代表|级|[（(].*?[)）]", "", plain(text)).replace("乡镇", "乡").replace("市州", "市")
    if core == "五":
        return _LEVEL_COLUMNS
    core = re.sub(r"(?<=[国省市州县区乡镇])[两二三四2-4]$", "", core)
    codes: list[str] = list(ticked)
    for word in _LEVEL_PARTS.findall(core):
        found = LEVEL.find(word)
        if found:
            codes.append(found.code)
    if not codes and not usual:
        findings.wrong("level", f"代表层级“{text}”看不懂，只登记人员")
        return ()
    if not codes:
        shown = LEVEL.label_of(usual)
        findings.read_as("level", shown, f"代表层级“{text}”看不懂，按{shown}级代表理解")
        return (usual,)
    if re.sub(_LEVEL_PARTS, "", core).strip("、,，/;；和兼及+&"):
        findings.wrong("level", f"代表层级“{text}”看不全懂，请核对")
    return tuple(dict.fromkeys(codes))


def _ordinals(findings: Findings, levels: tuple[str, ...], title: str) -> Mapping[str, int]:
    """Which congress the mandates are of: by the row, else by the title for the level that it names."""
    text = findings.words("ordinal") or (findings.text("level") if "届" in findings.text("level") else "")
    if not text:
        return {level: number for level, number in ordinals_told(title, levels).items() if level in levels}
    found = ordinals_told(text, levels)
    if not found:
        findings.wrong("ordinal", f"届次“{text}”看不懂，按本届登记")
    return found


def _ticked(findings: Findings) -> tuple[str, ...]:
    """The levels marked in columns of their own (五级代表: 全国 省 市 县 乡)."""
    found: list[str] = []
    for level in _LEVEL_COLUMNS:
        field = f"level_{level}"
        mark = plain(findings.text(field))
        if _TICKED.fullmatch(mark):
            found.append(level)
        elif not _NOT_TICKED.fullmatch(mark):
            findings.wrong(
                field, f"“{findings.text(field)}”看不出是不是{LEVEL.label_of(level)}级代表，没有采用"
            )
    return tuple(found)


def _elected(findings: Findings, today: date) -> date | None:
    text = findings.words("elected")
    if text is None:
        return None
    cell = findings.cell("elected")
    if isinstance(cell.value, datetime):
        return cell.value.date()
    try:
        reading = read_day(text, today=today)
    except Unreadable as unreadable:
        findings.wrong("elected", str(unreadable))
        return None
    if reading.doubt:
        findings.read_as("elected", show_day(reading.day), reading.doubt)
    return reading.day
