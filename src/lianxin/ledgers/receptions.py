"""Reception ledgers: one row per visit under merged reception days → visits, days without visitors, refused rows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from lianxin.domain.checks import read_phone
from lianxin.domain.codes import CATEGORY, CHANNEL, RESULT, SATISFACTION
from lianxin.domain.dates import DayReading, Unreadable, show_day
from lianxin.domain.numerals import plain
from lianxin.ledgers.addresses import split_address, split_names
from lianxin.ledgers.cells import Workbook
from lianxin.ledgers.context import Context
from lianxin.ledgers.days import read_cell_day, resolve_days
from lianxin.ledgers.findings import Findings, RefusedRow
from lianxin.ledgers.handling import Handling, read_handling
from lianxin.ledgers.headings import Column
from lianxin.ledgers.people_count import read_persons
from lianxin.ledgers.rows import LedgerRow, SheetReading, Stated, read_rows

KIND = "visit"
_NOBODY = re.compile(
    r"(?:今日|当日|本日|本次)?(?:无人|无群众|没有群众|无|没有人)(?:来访|接访|到访)?(?:记录)?"
)
_NOT_CLOSED = re.compile(r"办理中|正在办理|未办结|在办|待办|跟踪中|继续办理|长期|—+|-+|/|无|未")
_DEGREES = re.compile(
    r"(?:群众)?(?:表示)?(?:(?P<near>较|比较|较为|还算|一般)|(?P<no>不太|不够|不很|很不|非常不)"
    r"|非常|很|十分|特别|表示)满意|(?P<plain>一般|尚可)"
)
_LONGEST_WORDS = 4000


def looks_like_phone(text: str) -> bool:
    """Whether a cell is a mobile or landline number."""
    return read_phone(text).kind in ("mobile", "landline")


def looks_like_sex(text: str) -> bool:
    """Whether a cell says 男 or 女."""
    return plain(text) in ("男", "女")


COLUMNS = (
    Column("number", "序号", ("编号", "号", "No")),
    Column("day", "接待时间", ("日期", "接待日期", "来访日期", "来访时间", "反映时间", "反映日期", "走访时间", "走访日期", "接访时间", "接访日期", "时间", "登记日期"),
           required=True),
    Column("place", "接待地点", ("地点", "站点", "接访地点", "联络站")),
    Column("deputies", "接待代表", ("接待人", "接访代表", "代表姓名", "接待人员", "人大代表", "代表", "接访人",
                                      "反映代表", "走访代表")),
    Column("channel", "来源", ("类型", "来源渠道", "渠道", "反映渠道", "反映方式", "接待方式", "联系方式类型",
                               "收集渠道", "收集方式")),
    Column("visitors", "来访人", ("来访群众", "来访者", "姓名", "群众姓名", "来访人姓名", "反映人", "来访选民", "选民姓名",
                                  "群众", "上访人", "信访人", "走访对象", "走访群众", "走访选民", "走访户",
                                  "受访人", "被走访人")),
    Column("sex", "性别", (), looks_like_sex),
    Column("address", "住址", ("家庭住址", "地址", "住所", "村组", "所在村组", "村(社区)", "所在村", "单位或住址")),
    Column("phone", "电话", ("联系电话", "联系方式", "手机", "手机号", "手机号码", "电话号码", "联系号码"), looks_like_phone),
    Column("persons", "人数", ("人次", "来访人数", "人次数")),
    Column("words", "反映问题", ("反映内容", "反映事项", "诉求内容", "诉求", "反映的问题", "来访事由", "事由", "主要内容",
                                 "反映情况", "意见建议", "问题", "内容", "反映主要问题", "群众诉求",
                                 "内容摘要", "意见内容", "建议内容"), required=True),
    Column("category", "类别", ("问题类别", "事项类别", "意见类别", "分类", "反映类别")),
    Column("handling", "处理意见", ("处理方式", "拟办意见", "处理情况", "办理方式", "答复意见", "处理", "办理意见")),
    Column("unit", "承办单位", ("办理单位", "责任单位", "转办单位", "承办部门", "责任部门", "交办单位", "主办单位")),
    Column("assigned", "交办日期", ("交办时间", "转办时间", "转办日期")),
    Column("due", "期限", ("办理期限", "办结期限", "要求办结时间")),
    Column("closed", "办结时间", ("办结日期", "完成时间", "办理时间", "答复时间", "答复日期")),
    Column("result", "办理结果", ("结果", "办理情况", "落实情况", "处理结果", "办结情况")),
    Column("satisfaction", "是否满意", ("满意度", "满意情况", "群众满意度", "群众是否满意", "评价")),
    Column("feedback", "反馈", ("反馈情况", "反馈时间", "回访情况")),
    Column("remark", "备注", ("说明", "附注")),
)  # fmt: skip


@dataclass(frozen=True)
class VisitRow:
    """One visit, ready to become a contact with visitors and an opinion. Codes are those of domain/codes.py."""

    row: LedgerRow
    day: date
    half_day: str | None  # 上午, 下午 where the ledger says so
    channel: str | None  # code of CHANNEL where the ledger says it
    category: str | None  # code of CATEGORY where the ledger has one
    place: str | None
    deputies: tuple[str, ...]
    visitors: tuple[str, ...]  # empty when anonymous
    anonymous: bool
    sex: str | None  # code of SEX
    address: str | None
    village: str | None
    group: str | None
    phone: str | None
    persons: int
    households: int | None
    words: str
    handling: str | None  # code of ROUTE
    handling_words: str | None
    unit: str | None
    assigned: date | None
    due: date | None
    closed: date | None
    result: str | None  # code of RESULT
    result_words: str | None
    satisfaction: str | None  # code of SATISFACTION
    feedback: str | None
    repeated: bool
    remark: str | None


@dataclass(frozen=True)
class EmptyDay:
    """A reception day on which nobody came."""

    row: LedgerRow
    day: date
    place: str | None
    deputies: tuple[str, ...]


@dataclass(frozen=True)
class HeldDay:
    """A reception day as its rows show it; `visits` counts the rows under it."""

    day: date
    place: str | None
    deputies: tuple[str, ...]
    visits: int


@dataclass(frozen=True)
class SheetSum:
    """What one sheet came to, beside the total it states itself (None when it states none)."""

    sheet: str
    visits: int
    persons: int
    empty_days: int
    refused: int
    skipped: int
    stated: Stated | None

    @property
    def agrees(self) -> bool:
        """Whether the stated total equals the rows counted."""
        return self.stated is None or self.stated.number in (self.visits + self.refused, self.persons)


@dataclass(frozen=True)
class ReceptionLedger:
    """A whole reception ledger as understood; nothing is stored yet."""

    sheets: tuple[SheetReading, ...]
    visits: tuple[VisitRow, ...]
    empty_days: tuple[EmptyDay, ...]
    refused: tuple[RefusedRow, ...]

    @property
    def persons(self) -> int:
        """The sum of persons over all visits, as understood."""
        return sum(visit.persons for visit in self.visits)

    @property
    def days(self) -> tuple[HeldDay, ...]:
        """The reception days, in the ledger's order, with and without visitors."""
        held: dict[tuple[date, str | None], HeldDay] = {}
        rows: tuple[VisitRow | EmptyDay, ...] = (*self.visits, *self.empty_days)
        for row in rows:
            key = (row.day, row.place)
            known = held.get(key, HeldDay(row.day, row.place, (), 0))
            deputies = tuple(dict.fromkeys((*known.deputies, *row.deputies)))
            held[key] = HeldDay(*key, deputies, known.visits + isinstance(row, VisitRow))
        return tuple(sorted(held.values(), key=lambda day: day.day))

    @property
    def sums(self) -> tuple[SheetSum, ...]:
        """One line per sheet for the preview."""
        return tuple(self._sum(sheet) for sheet in self.sheets if sheet.heading)

    def _sum(self, sheet: SheetReading) -> SheetSum:
        visits = [visit for visit in self.visits if visit.row.sheet == sheet.sheet]
        return SheetSum(
            sheet.sheet,
            len(visits),
            sum(visit.persons for visit in visits),
            sum(1 for empty in self.empty_days if empty.row.sheet == sheet.sheet),
            sum(1 for refused in self.refused if refused.row.sheet == sheet.sheet),
            len(sheet.skipped),
            sheet.stated[0] if sheet.stated else None,
        )


def read_receptions(
    workbook: Workbook,
    *,
    today: date,
    overrides: Mapping[str, Mapping[int, str]] | None = None,
    more: Sequence[Column] = (),
) -> ReceptionLedger:
    """Understand a reception ledger; `overrides` per sheet say which column is which field, as corrected.

    `more` are columns a ledger may have beside the usual ones; their cells come back in `row.values`.
    """
    sheets = read_rows(
        workbook, (*COLUMNS, *more), kind=KIND, carried=("day", "place", "deputies"), overrides=overrides
    )
    visits: list[VisitRow] = []
    empty_days: list[EmptyDay] = []
    refused: list[RefusedRow] = []
    for sheet in sheets:
        days = resolve_days(
            sheet.rows, "day", today=today, context=sheet.context, typed_numbers=sheet.typed_numbers
        )
        above: Handling | None = None
        for row, day in zip(sheet.rows, days, strict=True):
            found = _understood(row, day, sheet.context, today, above)
            above = None
            if isinstance(found, VisitRow):
                visits.append(found)
                above = Handling(found.handling, found.handling_words, found.unit)
            elif isinstance(found, EmptyDay):
                empty_days.append(found)
            else:
                refused.append(found)
    return ReceptionLedger(sheets, tuple(visits), tuple(empty_days), tuple(refused))


def _understood(
    row: LedgerRow, day: DayReading | Unreadable, context: Context, today: date, above: Handling | None
) -> VisitRow | EmptyDay | RefusedRow:
    findings = Findings(row)
    if isinstance(day, Unreadable):
        findings.refuse("day", str(day))
        return RefusedRow(findings.row, tuple(findings.fatal))
    if day.doubt:
        findings.read_as("day", show_day(day.day), day.doubt)
    if day.day > today:
        findings.wrong("day", f"接待日期{show_day(day.day)}晚于今天，请核对")
    place = findings.words("place") or context.station or None
    deputies = split_names(findings.text("deputies"))
    if _nobody_came(findings):
        return EmptyDay(findings.row, day.day, place, deputies)
    if not findings.words("words"):
        findings.refuse("words", "反映内容是空的，请填写")
        return RefusedRow(findings.row, tuple(findings.fatal))
    return _visit(findings, day.day, place, deputies, today, above, context.title)


def _nobody_came(findings: Findings) -> bool:
    who, words = plain(findings.text("visitors")), plain(findings.text("words"))
    carried = "day" in findings.row.merged
    if not carried and not any(
        findings.text(field) for field in ("visitors", "words", "address", "phone", "persons", "handling")
    ):
        findings.wrong("words", "只有接待日期，没有来访人和内容，按无人来访登记")
        return True
    if words and not _NOBODY.fullmatch(words):
        return False
    return bool(_NOBODY.fullmatch(who) or (words and not who))


def _visit(
    findings: Findings,
    day: date,
    place: str | None,
    deputies: tuple[str, ...],
    today: date,
    above: Handling | None,
    title: str,
) -> VisitRow:
    visitors, anonymous = _visitors(findings)
    address = findings.words("address")
    village, group = split_address(address) if address else (None, None)
    persons, households = read_persons(findings, max(len(visitors), 1))
    handling = read_handling(findings, above)
    closed = _later_day(findings, "closed", day, today)
    half = re.search(r"上午|下午|全天|晚上", findings.text("day"))
    remark = findings.words("remark")
    assigned = _later_day(findings, "assigned", day, today)
    due = _later_day(findings, "due", day, None)
    result_words = findings.words("result")
    result = RESULT.find(result_words) if result_words else None
    satisfaction = _satisfaction(findings)
    sex, phone, words = findings.sex(), findings.phone(), _words(findings)
    channel, category = _channel(findings, title), _category(findings)
    return VisitRow(
        row=findings.row,
        day=day,
        half_day=half.group() if half else None,
        channel=channel,
        category=category,
        place=place,
        deputies=deputies,
        visitors=visitors,
        anonymous=anonymous,
        sex=sex,
        address=address,
        village=village,
        group=group,
        phone=phone,
        persons=persons,
        households=households,
        words=words,
        handling=handling.route,
        handling_words=handling.words,
        unit=handling.unit,
        assigned=assigned,
        due=due,
        closed=closed,
        result=result.code if result else None,
        result_words=result_words,
        satisfaction=satisfaction,
        feedback=findings.words("feedback"),
        repeated=bool(remark and re.search("重复来访|再次来访|多次来访", remark)),
        remark=remark,
    )


def _channel(findings: Findings, title: str) -> str | None:
    """Where the matter came from: by its own column, else by a title that speaks of visits to homes."""
    text = findings.words("channel")
    if text is None:
        if "走访" not in title or "接" in title:
            return None
        findings.read_as("channel", CHANNEL.label_of("home_visit"), "标题写的是走访，按入户走访登记")
        return "home_visit"
    found = CHANNEL.find(plain(text))
    if found:
        return found.code
    near = next((code for shape, code in _CHANNELS if re.search(shape, plain(text))), None)
    if near is None:
        findings.wrong("channel", f"来源“{text}”不在可选范围内，没有采用")
    else:
        findings.read_as("channel", CHANNEL.label_of(near), f"来源“{text}”按{CHANNEL.label_of(near)}理解")
    return near


_CHANNELS = (
    ("接待|接访", "reception_day"),
    ("走访|入户|家访", "home_visit"),
    ("座谈", "symposium"),
    ("微信|网|公众号|平台|二维码|扫码|QQ|邮箱", "online"),
    ("信箱|意见箱|来信|信件|书信", "letter_box"),
    ("短信", "sms"),
    ("电话|热线|来电", "phone"),
    ("视察|调研|检查", "inspection"),
    ("转办|上级|交办", "from_above"),
    ("来访|上门", "visit"),
    ("代表", "via_deputy"),
)


def _category(findings: Findings) -> str | None:
    text = findings.words("category")
    found = CATEGORY.find(plain(text)) if text else None
    if text and found is None:
        findings.read_as("category", "按内容归类", f"类别“{text}”不在可选范围内，按反映内容归类")
    return found.code if found else None


def _words(findings: Findings) -> str:
    words = findings.text("words")
    if len(words) > _LONGEST_WORDS:
        findings.wrong("words", f"反映内容有{len(words)}字，超过{_LONGEST_WORDS}字，已全部保留，请精简")
    return words


def _visitors(findings: Findings) -> tuple[tuple[str, ...], bool]:
    text = findings.words("visitors")
    if text is None:
        findings.wrong("visitors", "没有写来访人姓名，按匿名登记")
        return (), True
    if re.fullmatch("匿名|不愿透露姓名|无名氏|群众|某群众|部分群众", plain(text)):
        return (), True
    names = split_names(text)
    if not names:
        findings.wrong("visitors", f"来访人“{text}”看不懂，按匿名登记")
        return (), True
    for name in names:
        if re.search(r"[\d?？*＊<>=+@#￥$%^~_|\\]|^-", name):
            findings.read_as("visitors", name, f"姓名“{name}”里有数字或符号，请核对")
    return names, False


def _later_day(findings: Findings, field: str, day: date, today: date | None) -> date | None:
    """A day that follows the visit: without a year it is the first such day on or after the visit."""
    text = findings.text(field)
    if not text or _NOT_CLOSED.fullmatch(plain(text)):
        return None
    try:
        reading = read_cell_day(
            findings.cell(field), today=today or day, year=day.year, month=day.month, not_before=day
        )
    except Unreadable as unreadable:
        findings.wrong(field, str(unreadable))
        return None
    if reading.doubt:
        findings.read_as(field, show_day(reading.day), reading.doubt)
    if reading.day < day:
        findings.wrong(field, f"{show_day(reading.day)}早于接待日期{show_day(day)}，请核对")
    if today and reading.day > today:
        findings.wrong(field, f"{show_day(reading.day)}晚于今天，请核对")
    return reading.day


def _satisfaction(findings: Findings) -> str | None:
    text = findings.words("satisfaction")
    if text is None:
        return None
    degree = _DEGREES.fullmatch(plain(text))
    if degree and SATISFACTION.find(text) is None:
        understood = SATISFACTION.find(
            "不满意" if degree["no"] else "基本满意" if degree["near"] or degree["plain"] else "满意"
        )
        assert understood is not None
        findings.read_as("satisfaction", understood.label, f"“{text}”按{understood.label}理解")
        return understood.code
    code = findings.code("satisfaction", SATISFACTION)
    if code and SATISFACTION.label_of(code) != text:
        findings.read_as(
            "satisfaction", SATISFACTION.label_of(code), f"“{text}”按{SATISFACTION.label_of(code)}理解"
        )
    return code
