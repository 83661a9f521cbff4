"""复制成一段话: the figures of a period as one sentence, to be pasted into a report (domain.md 4.15)."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date

from lianxin.domain.dates import show_days

_QUARTERS = {(1, 3): "第一季度", (4, 6): "第二季度", (7, 9): "第三季度", (10, 12): "第四季度"}
_HALVES = {(1, 6): "上半年", (7, 12): "下半年"}


@dataclass(frozen=True)
class ParagraphFigures:
    """Figures of a period; None is left out of the sentence. Rates are ready words such as 84.6%.

    `office` is how the office speaks of itself: 我镇, 我乡, 石牌镇.
    """

    first: date
    last: date
    office: str = "我镇"
    reception_days: int | None = None
    deputies: int | None = None
    received: int | None = None
    households: int | None = None
    opinions: int | None = None
    answered: int | None = None
    assigned: int | None = None
    to_county: int | None = None
    closed: int | None = None
    close_rate: str | None = None
    satisfaction_rate: str | None = None


def period_words(first: date, last: date, *, this_year: int) -> str:
    """今年1—11月, 2025年第一季度, 2026年3月5日至20日: a period as people say it in this year."""
    year = "今年" if first.year == this_year else f"{first.year}年"
    whole = first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]
    if not whole or first.year != last.year:
        return show_days(first, last)
    months = (first.month, last.month)
    if months == (1, 12):
        return "今年全年" if first.year == this_year else f"{first.year}年全年"
    if months in _QUARTERS:
        return year + _QUARTERS[months]
    if months in _HALVES:
        return year + _HALVES[months]
    if first.month == last.month:
        return f"{year}{first.month}月"
    return f"{year}{first.month}—{last.month}月"


def one_paragraph(figures: ParagraphFigures, *, this_year: int, period: str = "") -> str:
    """One Chinese sentence; `period` replaces our own words for the period, where the county has its own."""
    when = period or period_words(figures.first, figures.last, this_year=this_year)
    parts = [part for part in (_days(figures), _people(figures), *_matters(figures)) if part]
    if not parts:
        return f"{when}，{figures.office}没有接待和收集意见建议的记录。"
    return f"{when}，{figures.office}共{'，'.join(parts)}。"


def _days(figures: ParagraphFigures) -> str:
    if figures.reception_days is None:
        return ""
    deputies = f"，代表{figures.deputies}人次参加" if figures.deputies is not None else ""
    return f"开展代表接待日{figures.reception_days}次{deputies}"


def _people(figures: ParagraphFigures) -> str:
    said = []
    if figures.received is not None:
        said.append(f"接待群众{figures.received}人次")
    if figures.households is not None:
        said.append(f"走访{figures.households}户")
    return "，".join(said)


def _matters(figures: ParagraphFigures) -> list[str]:
    counts = (
        ("收集意见建议", figures.opinions),
        ("当场答复", figures.answered),
        ("转交办理", figures.assigned),
        ("转报县人大", figures.to_county),
        ("办结", figures.closed),
    )
    said = [f"{words}{count}条" for words, count in counts if count is not None]
    rates = (("办结率", figures.close_rate), ("满意率", figures.satisfaction_rate))
    # A rate without a denominator is not said at all: 办结率— reads like a mistake.
    return said + [f"{words}{rate}" for words, rate in rates if rate and rate != "—"]
