"""统计图: the second sheet of a ledger, its lines counted, with native charts over those very counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from lianxin.documents.workbooks.monthly_return import ReturnChart, chart_sheet
from lianxin.documents.workbooks.writer import Sheet

_NAME = "统计图"
_UNSAID = "未填写"
_UNIT = "件次"
_MOST = 20
_REST = "其他"


def charts_of(charts: Sequence[ReturnChart]) -> tuple[Sheet, ...]:
    """The sheet of those charts that compare something: one bar alone is no picture."""
    counted = [chart for chart in charts if len(chart.names) > 1]
    return (chart_sheet(counted, name=_NAME),) if counted else ()


def by_word(title: str, words: Iterable[str], *, unit: str = _UNIT, in_order: bool = False) -> ReturnChart:
    """How many lines have each word, the most frequent first or `in_order` of the words, those beyond the twentieth as
    one.
    """
    counts = sorted(
        Counter(word or _UNSAID for word in words).items(),
        key=lambda each: (0 if in_order else -each[1], each[0]),
    )
    if len(counts) > _MOST:
        counts = [*counts[: _MOST - 1], (_REST, sum(count for _, count in counts[_MOST - 1 :]))]
    return _chart(title, counts, unit, lying=True)


def by_month(title: str, days: Iterable[date | None], *, unit: str = _UNIT) -> ReturnChart:
    """How many lines each month has, in order of time, of the latest twenty; a month without any is not left out."""
    counts = Counter(day.year * 12 + day.month - 1 for day in days if day is not None and day != date.min)
    if not counts:
        return _chart(title, [], unit)
    last = max(counts)
    months = range(max(min(counts), last - _MOST + 1), last + 1)
    counted = [(f"{month // 12}年{month % 12 + 1}月", counts[month]) for month in months]
    return _chart(title, counted, unit)


def _chart(title: str, counts: Sequence[tuple[str, int]], unit: str, *, lying: bool = False) -> ReturnChart:
    numbers = tuple(count for _, count in counts)
    return ReturnChart(title, tuple(word for word, _ in counts), ((unit, numbers),), lying=lying)
