"""What 各乡镇报送情况 says in sentences: the first line, the line to paste for the missing, each row's next act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from lianxin.county.returns.overview import Overview, Row
from lianxin.domain.dates import show_day_short
from lianxin.domain.periods import Period

_ALL_NAMES = 8
_FIRST_NAMES = 5
"""Up to eight names are all written out; of more only the first five, with how many there are."""


@dataclass(frozen=True)
class Act:
    """What to do next with a township: in one clause, and the page whose button does it ("" for none)."""

    words: str
    page: str = ""
    button: str = ""


def head_line(told: Overview) -> str:
    """24 个乡镇：已收 21，未报 3. What came and is not in the ledger yet is a third number, never left out."""
    asked = told.asked
    if not asked:
        return "还没有登记乡镇"
    arrived, missing = sum(each.shown.arrived for each in asked), len(told.missing)
    stuck = len(asked) - arrived - missing
    waits = f"，收到待处理 {stuck}" if stuck else ""
    return f"{len(asked)} 个乡镇：已收 {arrived}{waits}，未报 {missing}"


def detail_line(told: Overview) -> str:
    """应于12月3日前报送；迟报2，有疑问1，未写回执4，盖章件未到5: numbers that are not nought."""
    arrived = [each for each in told.asked if each.shown.arrived]
    counts = (
        ("迟报", sum(each.tardy for each in told.asked)),
        ("有疑问", sum(bool(each.questions) for each in arrived)),
        ("未写回执", sum(each.town.enrolled and not each.shown.receipt for each in arrived)),
        ("盖章件未到", sum(each.shown.stamped is None or each.shown.stamped_behind for each in arrived)),
    )
    due = f"应于{show_day_short(told.due)}前报送" if told.due else ""
    numbers = "，".join(f"{name}{count}" for name, count in counts if count)
    return "；".join(part for part in (due, numbers) if part)


def missing_line(told: Overview) -> str:
    """截至11月28日17时，大坪乡、龙潭镇等3个乡镇尚未报送: for pasting into a group; "" when nobody is missing.

    Which month is said when it is not the one of today.
    """
    names = [each.town.name for each in told.missing]
    if not names:
        return ""
    return f"截至{_hour(told.now)}，{_together(names)}尚未报送{_which(told)}"


def reminder(told: Overview, row: Row) -> str:
    """One line for one township of whom nothing came: which months, until when."""
    months = _months(row.owed or (told.period,), told.now.year)
    due = f"，应于{show_day_short(row.shown.due)}前报送" if row.shown.due else ""
    return f"{row.town.name}：截至{_hour(told.now)}，县人大还没有收到{months}报表{due}，请尽快报送。"


def next_act(told: Overview, row: Row) -> Act:
    """The next thing to do with this township, and where; what stands in the way of the others first."""
    shown = row.shown
    if shown.state in _STUCK:
        return _STUCK[shown.state]
    if shown.missing:
        return _of_missing(told, row)
    if row.questions:
        return Act(f"有{row.questions}处写法不同，请处理", "waiting", "到“待确认”处理")
    if shown.trouble is not None:
        waits = _STUCK.get(shown.trouble.state, _STUCK["aside"])
        return Act(f"后来的{shown.trouble.issue}没有收进：{waits.words}", waits.page, waits.button)
    if shown.state == "returned":
        return Act("已退回，随回执告诉乡镇，等重报", "returns", "到“回执”看")
    if row.town.enrolled and shown.source == "报送件" and not shown.receipt:
        return Act("写回执", "returns", "去写回执")
    if shown.last is not None and not shown.last.merged:
        return Act("代录里面的台账", "receive", "去代录")
    if shown.stamped is None or shown.stamped_behind:
        return Act("等盖章件")
    return Act("")


def _of_missing(told: Overview, row: Row) -> Act:
    if row.town.way == "behalf":
        return Act("收到表格后代录", "receive", "去代录")
    if not row.late:
        return Act("等乡镇报送", "receive", "去接收")
    owed = f"，{_months(row.owed, told.now.year)}都没有报" if len(row.owed) > 1 else ""
    return Act(f"打电话催报{owed}", "receive", "去接收")


_STUCK: dict[str, Act] = {
    "held": Act("请乡镇补发前一期", "waiting", "到“待确认”看"),
    "aside": Act("打电话核对另存的文件", "waiting", "到“待确认”看"),
    "refused": Act("请乡镇重报", "receive", "到“接收报送”看"),
    "taken_back": Act("已撤回，要用时重新接收", "receive", "去接收"),
    "exempt": Act(""),
}


def _together(names: Sequence[str]) -> str:
    if len(names) == 1:
        return names[0]
    told = names if len(names) <= _ALL_NAMES else names[:_FIRST_NAMES]
    return f"{'、'.join(told)}等{len(names)}个乡镇"


def _which(told: Overview) -> str:
    period, today = told.period, told.today
    same = period.months == 1 and period.first_month == today.year * 12 + today.month - 1
    return "" if same else f"{_short(period, today.year)}报表"


def _hour(now: datetime) -> str:
    return f"{show_day_short(now.date())}{now.hour}时"


def _months(periods: Sequence[Period], year: int) -> str:
    """11月, 9月到11月, 2025年12月到2026年1月."""
    first, last = _short(periods[0], year), _short(periods[-1], year)
    return last if len(periods) == 1 else f"{first}到{last}"


def _short(period: Period, year: int) -> str:
    return period.label.removeprefix(f"{year}年") if period.label != f"{year}年" else period.label
