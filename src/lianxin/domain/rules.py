"""Rule profiles: every deadline, quorum, share and count the office is measured by, as data with its source.

Provinces contradict each other, so no other module knows such a number (domain.md 2.3). A profile is one JSON
file; a county can send its own.
"""

from __future__ import annotations

import calendar
import dataclasses as dc
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import Literal, TypeAlias, cast, get_args

from lianxin.domain.calendar.workdays import MONDAY_TO_FRIDAY, WorkCalendar
from lianxin.domain.canonical import JsonValue, NotCanonical, parse_strict

Unit: TypeAlias = Literal[
    "日",
    "工作日",
    "周",
    "个月",
    "次",
    "人",
    "名",
    "件",
    "户",
    "轮",
    "%",
    "日（每月）",
    "小时",
    "年",
    "个",
    "/2",
    "/3",
]
Basis: TypeAlias = Literal["law", "document", "setting"]
Cadence: TypeAlias = Literal["once", "interval", "calendar"]

BASIS_LABEL: Mapping[Basis, str] = {"law": "法律法规", "document": "文件做法", "setting": "可调设置"}
_NUMERALS = "零一二三"
FOR_EVER = 0
"""So many years a file is kept that is kept for ever."""
MONTH_END = 31
"""The cut-off day that stands for the last day of the month, that is: plain calendar months."""


@dc.dataclass(frozen=True)
class Rule:
    """One number of a profile with where it comes from.

    `cadence` tells how the number repeats: "interval" counts from the last time (每三个月), "calendar" asks once
    in every block of so many months from January on (每个季度), "once" does not repeat.
    """

    value: int
    unit: Unit
    source: str
    basis: Basis
    cadence: Cadence = "once"
    months: int = 0

    @property
    def shown(self) -> str:
        """3个月, 10个工作日, 20%, 2次, 三分之二: the number as people read it."""
        if self.unit.startswith("/"):
            return f"{_NUMERALS[int(self.unit[1:])]}分之{_NUMERALS[self.value]}"
        if self.unit == "年" and self.value == FOR_EVER:
            return "永久"
        counted = "个" if self.unit == "工作日" else ""
        return f"{self.value}{counted}{self.unit.removesuffix('（每月）')}"


class BadProfile(ValueError):
    """The text is no rule profile; the message says in Chinese where and why."""


@dc.dataclass(frozen=True)
class _About:
    """What a field of the profile asks of the JSON text."""

    label: str
    least: int
    most: int
    units: tuple[Unit, ...]


def _about(label: str, least: int, most: int, *units: Unit) -> Mapping[str, _About]:
    return {"about": _About(label, least, most, units)}


@dc.dataclass(frozen=True, kw_only=True)
class RuleProfile:
    """The rules of one place. `verified` says whether somebody compared it with the texts in force.

    `calendar` is no part of the file: it is what working days are counted by, handed in when the office is opened.
    """

    key: str
    name: str
    version: str
    verified: bool
    note: str
    calendar: WorkCalendar = MONDAY_TO_FRIDAY

    reply: Rule = dc.field(metadata=_about("代表建议答复期限", 1, 24, "个月"))
    reply_hard: Rule = dc.field(metadata=_about("代表建议答复期限（涉及面广、处理难度大）", 1, 24, "个月"))
    opinion_days: Rule = dc.field(metadata=_about("群众意见办理期限", 1, 365, "日", "工作日"))
    opinion_pressing_days: Rule = dc.field(
        metadata=_about("群众意见办理期限（较急）", 1, 365, "日", "工作日")
    )
    opinion_urgent_days: Rule = dc.field(metadata=_about("群众意见办理期限（紧急）", 1, 365, "日", "工作日"))
    tell_days: Rule = dc.field(metadata=_about("告知去向期限", 1, 60, "日", "工作日"))
    soon_days: Rule = dc.field(metadata=_about("临期提醒提前", 0, 60, "日"))
    feedback_days: Rule = dc.field(metadata=_about("答复后回访期限", 1, 180, "日", "工作日"))
    contact_attempts: Rule = dc.field(metadata=_about("联系不上须留痕次数", 1, 10, "次"))
    redo: Rule = dc.field(metadata=_about("重办期限", 1, 60, "个月", "日", "工作日"))
    redo_limit: Rule = dc.field(metadata=_about("重办次数上限（超过提交主席团研究）", 1, 10, "轮"))
    hand_back: Rule | None = dc.field(default=None, metadata=_about("退回交办期限", 1, 60, "日", "工作日"))
    reassign: Rule | None = dc.field(default=None, metadata=_about("重新交办期限", 1, 60, "日", "工作日"))
    co_handler: Rule | None = dc.field(
        default=None, metadata=_about("协办单位提出意见期限", 1, 12, "个月", "工作日")
    )
    deputy_feedback: Rule | None = dc.field(
        default=None, metadata=_about("代表反馈意见期限", 1, 60, "日", "工作日")
    )
    ask_after: Rule | None = dc.field(default=None, metadata=_about("答复后多久开始回访", 1, 26, "周", "日"))
    supervision_reply: Rule | None = dc.field(
        default=None, metadata=_about("督办函回复期限", 1, 60, "日", "工作日")
    )
    promise_check: Rule | None = dc.field(
        default=None, metadata=_about("没有写期限的承诺多久核实一次", 1, 24, "个月", "周")
    )

    referral_assign: Rule | None = dc.field(
        default=None, metadata=_about("转报事项交办期限（县人大收到后）", 1, 60, "日", "工作日")
    )
    referral_days: Rule | None = dc.field(
        default=None, metadata=_about("转报事项办理期限（县直部门）", 1, 365, "日", "工作日")
    )
    referral_feedback: Rule | None = dc.field(
        default=None, metadata=_about("县人大答复后乡镇反馈期限", 1, 180, "日", "工作日")
    )

    announce_days: Rule = dc.field(metadata=_about("接待日公告提前", 0, 60, "日"))
    day_deputies: Rule = dc.field(metadata=_about("每个接待日接待代表", 1, 20, "名"))
    deputy_receptions: Rule = dc.field(metadata=_about("每名代表每年接待", 0, 60, "次"))
    reception_days: Rule = dc.field(metadata=_about("固定代表接待日", 1, 31, "次"))
    symposiums: Rule = dc.field(metadata=_about("选民座谈会", 1, 12, "次"))
    home_visits: Rule = dc.field(metadata=_about("走访选民", 1, 31, "次"))
    contact_households: Rule = dc.field(metadata=_about("每名代表每年联系选民", 0, 500, "户", "人"))
    group_visit: Rule = dc.field(metadata=_about("集体来访起算人数（超过）", 1, 100, "人"))
    cutoff_day: Rule = dc.field(metadata=_about("统计截止日", 1, MONTH_END, "日（每月）"))
    return_due: Rule | None = dc.field(
        default=None, metadata=_about("乡镇报表报送期限（统计截止后）", 1, 60, "日", "工作日")
    )

    group_members: Rule = dc.field(metadata=_about("代表小组最少人数", 2, 20, "名"))
    group_activities: Rule = dc.field(metadata=_about("代表小组每年活动", 0, 60, "次"))
    deputy_days: Rule | None = dc.field(default=None, metadata=_about("代表每年执行职务时间", 1, 60, "日"))
    presidium: Rule = dc.field(metadata=_about("主席团会议", 1, 12, "次"))
    congress: Rule = dc.field(metadata=_about("人民代表大会会议", 1, 12, "次"))
    congress_days: Rule = dc.field(metadata=_about("每次大会会期", 1, 30, "日"))
    congress_notice: Rule = dc.field(metadata=_about("大会通知提前", 0, 60, "日"))
    congress_quorum: Rule = dc.field(
        metadata=_about("大会举行须到会（全体代表的几分之几以上）", 1, 2, "/3", "/2")
    )
    congress_majority: Rule = dc.field(metadata=_about("大会决定须赞成（超过全体代表的）", 1, 2, "/2", "/3"))
    presidium_quorum: Rule = dc.field(
        metadata=_about("主席团会议举行须到会（超过全体成员的）", 1, 2, "/2", "/3")
    )
    presidium_majority: Rule = dc.field(
        metadata=_about("主席团决定须赞成（超过全体成员的）", 1, 2, "/2", "/3")
    )
    filing_days: Rule = dc.field(metadata=_about("决议决定报县备案期限", 1, 180, "日", "工作日"))
    absences: Rule = dc.field(metadata=_about("未经批准缺席大会终止资格", 1, 10, "次"))
    bill_signers: Rule = dc.field(metadata=_about("乡镇议案联名人数", 1, 50, "名"))
    county_bill_signers: Rule = dc.field(metadata=_about("县级议案联名人数", 1, 50, "名"))
    suggestion_signers: Rule = dc.field(metadata=_about("代表建议提出人数（含领衔）", 1, 50, "名"))
    inquiry_signers: Rule = dc.field(metadata=_about("质询案联名人数", 1, 50, "名"))
    inquiry_again: Rule = dc.field(metadata=_about("质询案提案代表不满意可要求再答复（达到）", 1, 100, "%"))
    suggestion_reviews: Rule = dc.field(metadata=_about("代表建议交办前审查", 0, 3, "次"))
    suggestion_assign: Rule | None = dc.field(
        default=None, metadata=_about("代表建议提出后交办期限", 1, 60, "日", "工作日")
    )
    petition_days: Rule = dc.field(metadata=_about("信访事项办结期限（有权机关）", 1, 365, "日"))
    petition_extension: Rule = dc.field(metadata=_about("信访事项经批准延长", 0, 365, "日"))
    oral_share: Rule = dc.field(metadata=_about("每年口头述职代表占比", 0, 100, "%"))
    oral_per_term: Rule = dc.field(metadata=_about("任期内口头述职", 0, 10, "次"))
    reports_yearly: Rule = dc.field(metadata=_about("每名代表每年述职（口头或书面）", 0, 12, "次"))
    written_report: Rule = dc.field(metadata=_about("书面述职报告在年底前交齐", 0, 120, "日"))
    ballots: Rule = dc.field(metadata=_about("述职测评人数", 1, 1000, "人"))

    district_seats: Rule | None = dc.field(default=None, metadata=_about("每个选区最多应选代表", 1, 10, "名"))
    one_region: Rule | None = dc.field(
        default=None, metadata=_about("一人可在几个互不隶属的行政区域当代表", 1, 1, "个")
    )

    honour_quota: Rule | None = dc.field(
        default=None, metadata=_about("优秀代表名额占代表总数（不超过）", 1, 100, "%")
    )

    training: Rule | None = dc.field(default=None, metadata=_about("每名代表每年参加培训", 0, 12, "次"))
    party_reports: Rule | None = dc.field(default=None, metadata=_about("每年向党委汇报", 0, 12, "次"))
    deputy_conference: Rule | None = dc.field(default=None, metadata=_about("每年代表工作会议", 0, 12, "次"))
    deputy_plan: Rule | None = dc.field(default=None, metadata=_about("每年代表工作计划", 0, 12, "个"))
    annual_theme: Rule | None = dc.field(default=None, metadata=_about("每年活动主题", 0, 12, "个"))
    station_checks: Rule | None = dc.field(default=None, metadata=_about("每个站点每年五有自查", 0, 12, "次"))
    performance_public: Rule | None = dc.field(
        default=None, metadata=_about("每年公开代表履职情况", 0, 12, "次")
    )
    handling_report: Rule | None = dc.field(
        default=None, metadata=_about("每年公开建议办理情况报告", 0, 12, "次")
    )
    publicity: Rule | None = dc.field(default=None, metadata=_about("每年信息宣传采用", 0, 1000, "件"))
    archive_meetings: Rule | None = dc.field(
        default=None, metadata=_about("会议、决议、选举和人事任免材料保管期限", FOR_EVER, 30, "年")
    )
    archive_deputies: Rule | None = dc.field(
        default=None, metadata=_about("代表名册和代表小组材料保管期限", FOR_EVER, 30, "年")
    )
    archive_bills: Rule | None = dc.field(
        default=None, metadata=_about("代表议案材料保管期限", FOR_EVER, 30, "年")
    )
    archive_suggestions: Rule | None = dc.field(
        default=None, metadata=_about("代表建议和答复保管期限", FOR_EVER, 30, "年")
    )
    archive_opinions: Rule | None = dc.field(
        default=None, metadata=_about("群众意见（一件一档）保管期限", FOR_EVER, 30, "年")
    )
    archive_ledgers: Rule | None = dc.field(
        default=None, metadata=_about("接待、办理、述职、活动等台账保管期限", FOR_EVER, 30, "年")
    )
    archive_publicity: Rule | None = dc.field(
        default=None, metadata=_about("信息宣传材料保管期限", FOR_EVER, 30, "年")
    )
    archive_statistics: Rule | None = dc.field(
        default=None, metadata=_about("年度统计和工作总结保管期限", FOR_EVER, 30, "年")
    )
    duplicate_share: Rule = dc.field(metadata=_about("疑似重复的相似度（超过）", 1, 99, "%"))
    duplicate_days: Rule = dc.field(metadata=_about("疑似重复的回看天数", 1, 1000, "日"))

    def limit(self, day: date, rule: Rule) -> date:
        """The last day of a time limit that starts on `day`, working days by the calendar in force."""
        return after(day, rule, is_workday=self.calendar.is_workday)

    def doubt(self, day: date, rule: Rule) -> str:
        """2027年的放假安排还没有，…: said beside a limit counted in working days of a year nobody published yet."""
        return self.calendar.warning(day, self.limit(day, rule)) if rule.unit == "工作日" else ""


_HEAD = ("key", "name", "version", "verified", "note")
_NO_RULES = (*_HEAD, "calendar")


def rules_of(profile: RuleProfile) -> tuple[tuple[str, str, Rule], ...]:
    """(name, Chinese label, rule) of every number the profile fixes, in order, for the page that shows them."""
    told = {name: rule for name, rule in vars(profile).items() if isinstance(rule, Rule)}
    return tuple((name, label, told[name]) for name, label in labels().items() if name in told)


def labels() -> dict[str, str]:
    """Name → Chinese label of every rule a profile can hold."""
    return {field.name: _told(field).label for field in _rule_fields()}


def _rule_fields() -> Iterator[dc.Field[object]]:
    return (field for field in dc.fields(RuleProfile) if field.name not in _NO_RULES)


def _told(field: dc.Field[object]) -> _About:
    return cast(_About, cast("Mapping[str, object]", field.metadata)["about"])


def load_profile(text: str, *, base: RuleProfile | None = None) -> RuleProfile:
    """Reads a profile from JSON text, strictly: nothing missing, nothing unknown, each number with its source.

    With a `base` a rule the text does not hold is that of the base: files were written before newer rules were
    known. Raises BadProfile.
    """
    try:
        data = parse_strict(text.encode("utf-8", "surrogatepass"))
    except NotCanonical as wrong:
        raise BadProfile("规则库文件读不懂，原来的规则没有变，请换一个文件。") from wrong
    top = _mapping(data, "规则库文件")
    _only(top, {*_HEAD, "rules"}, "规则库文件")
    told = _mapping(top.get("rules"), "rules")
    fields = {field.name: field for field in _rule_fields()}
    _only(told, set(fields), "rules")
    rules: dict[str, Rule] = {}
    for name, field in fields.items():
        about = _told(field)
        if name not in told and base is not None:
            rules |= {known: rule for known, _, rule in rules_of(base) if known == name}
            continue
        if name not in told:
            raise BadProfile(f"规则库缺少“{about.label}”（{name}）。")
        if told[name] is None and field.default is None:
            continue
        rules[name] = _rule(_mapping(told[name], about.label), about)
    verified = top.get("verified")
    if not isinstance(verified, bool):
        raise BadProfile("规则库文件的 verified 应为 true 或 false。")
    profile = RuleProfile(
        key=_text(top, "key", "规则库文件"),
        name=_text(top, "name", "规则库文件"),
        version=_text(top, "version", "规则库文件"),
        verified=verified,
        note=_text(top, "note", "规则库文件", may_be_empty=True),
        calendar=MONDAY_TO_FRIDAY,
        **rules,
    )
    if profile.reply_hard.value < profile.reply.value:
        raise BadProfile("规则库里难办建议的答复期限短于一般期限，请核对。")
    return profile


def _mapping(value: JsonValue, where: str) -> Mapping[str, JsonValue]:
    if not isinstance(value, dict):
        raise BadProfile(f"规则库里“{where}”应是一组带名称的内容。")
    return value


def _only(found: Mapping[str, JsonValue], known: set[str], where: str) -> None:
    strange = sorted(set(found) - known)
    if strange:
        raise BadProfile(f"“{where}”里有不认识的项目：{'、'.join(strange)}。")


def _text(found: Mapping[str, JsonValue], name: str, where: str, *, may_be_empty: bool = False) -> str:
    value = found.get(name)
    if not isinstance(value, str) or not (value.strip() or may_be_empty):
        raise BadProfile(f"“{where}”缺少文字 {name}。")
    return value.strip()


def _rule(found: Mapping[str, JsonValue], about: _About) -> Rule:
    label = about.label
    _only(found, {"value", "unit", "source", "basis", "cadence", "months"}, label)
    value, unit = found.get("value"), _text(found, "unit", label)
    if not isinstance(value, int) or isinstance(value, bool):
        raise BadProfile(f"“{label}”的数值应是整数。")
    if not about.least <= value <= about.most:
        raise BadProfile(f"“{label}”的数值{value}不对，应在{about.least}到{about.most}之间。")
    if unit not in about.units:
        raise BadProfile(f"“{label}”的单位“{unit}”不对，应是{'或'.join(about.units)}。")
    basis = _text(found, "basis", label)
    if basis not in get_args(Basis):
        raise BadProfile(f"“{label}”的依据种类“{basis}”不对，应是 law、document 或 setting。")
    cadence = found.get("cadence", "once")
    if cadence not in get_args(Cadence):
        raise BadProfile(f"“{label}”的周期“{cadence}”不对，应是 once、interval 或 calendar。")
    months = found.get("months", 0)
    if not isinstance(months, int) or isinstance(months, bool) or not 0 <= months <= 12:
        raise BadProfile(f"“{label}”的周期月数不对，应在1到12之间。")
    if (cadence == "once") != (months == 0) or (cadence == "calendar" and 12 % months):
        raise BadProfile(f"“{label}”的周期与月数不相符（按日历的周期应整除12个月）。")
    return Rule(
        value=value,
        unit=unit,
        source=_text(found, "source", label),
        basis=cast(Basis, basis),
        cadence=cast(Cadence, cadence),
        months=months,
    )


# ---- arithmetic of days ------------------------------------------------------------------------


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or its last day: 2026-11-30 + 3 = 2027-02-28 (民法典 §202)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def add_workdays(day: date, count: int, is_workday: Callable[[date], bool]) -> date:
    """The day on which the count-th working day after `day` falls. Raises ValueError when a year has too few."""
    found, looked = day, 0
    while count:
        found += timedelta(days=1)
        looked += 1
        if looked > 366 * 2:
            raise ValueError("工作日历里找不到足够的工作日，请核对节假日表。")
        if is_workday(found):
            count -= 1
    return found


def monday_to_friday(day: date) -> bool:
    """A working day when no calendar of public holidays is at hand."""
    return day.weekday() < 5


def after(day: date, rule: Rule, *, is_workday: Callable[[date], bool] = monday_to_friday) -> date:
    """The last day of the time limit that starts on `day`; the day itself is not counted."""
    if rule.unit == "个月":
        return add_months(day, rule.value)
    if rule.unit == "工作日":
        return add_workdays(day, rule.value, is_workday)
    if rule.unit == "周":
        return day + timedelta(weeks=rule.value)
    if rule.unit == "日":
        return day + timedelta(days=rule.value)
    raise ValueError(f"{rule.unit} is no length of time")


def block_of(day: date, months: int) -> tuple[date, date]:
    """First and last day of the calendar block of so many months (3 = quarter) in which the day lies."""
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    return first, add_months(first, months) - timedelta(days=1)


def next_due(rule: Rule, last: date) -> date:
    """By when something that was last done on `last` must be done again, under an interval or calendar rule.

    Interval (每三个月): so many months later. Calendar (每个季度): the last day of the block after that of `last`.
    """
    if rule.cadence == "interval":
        return add_months(last, rule.months)
    if rule.cadence == "calendar":
        _, end = block_of(last, rule.months)
        return block_of(end + timedelta(days=1), rule.months)[1]
    raise ValueError("a rule that does not repeat has no next time")
