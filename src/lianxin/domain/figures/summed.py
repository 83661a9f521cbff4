"""Figures of many offices as one: counts added, shares and averages counted again from what was added.

A rate of a county is never the average of its townships' rates: 1 of 1 and 1 of 99 are 2 %, not 50.5 %.
"""

from __future__ import annotations

import dataclasses as dc
import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from lianxin.domain.counts import NOTHING, Figure, decimal, percent
from lianxin.domain.figures.of_period import Figures
from lianxin.domain.figures.opinion import ROUTE_PARTS, Reconciliation
from lianxin.domain.periods import Period

Told = int | str | None
NOT_TOLD = "未报"
ANEW = frozenset({"ballot_satisfied_mean", "duty_days_each"})
"""Figures whose parts are no two counts: an average of votes, and days in halves. They need the records."""
_RECONCILED = frozenset({"opinions", "merged", *(key for key, _, _ in ROUTE_PARTS)})
_ADDED = "全县数是各乡镇数相加。"
_COUNTED_AGAIN = "全县数用各乡镇的分子、分母分别相加以后重新计算，不是各乡镇比率的平均数。"
_FROM_RECORDS = "全县数用全部记录重新计算，不是各乡镇数的平均数。"
_OF_EACH_TERM = "到期末已办结 ÷ 到期末已交办（各乡镇从自己本届起算，没有登记届的历年累计）。"


def summed_figures(period: Period, parts: Sequence[Figures], whole: Figures) -> Figures:
    """The figures of all parts together; `whole` are those counted from the records of all of them at once.

    A part that only told a rate without its two counts cannot be added; the definition says how many such.
    """
    by_key = [{figure.key: figure for figure in part.all} for part in parts]
    found = [summed(each, [one[each.key] for one in by_key]) for each in whole.all]
    return Figures(period, tuple(found), summed_lines([part.reconciliation for part in parts]))


def summed(whole: Figure, parts: Sequence[Figure]) -> Figure:
    """One figure of all parts together."""
    said = _OF_EACH_TERM if whole.key == "closed_rate" else whole.definition
    uids = tuple(dict.fromkeys(uid for part in parts for uid in part.uids))
    silent = sum(part.shown == NOT_TOLD for part in parts)
    if whole.key in ANEW:
        return dc.replace(whole, definition=f"{said}{_FROM_RECORDS}{_without(silent)}", uids=uids)
    if is_count(whole):
        told = f"{said}{_ADDED}{_without(silent)}"
        return dc.replace(added(whole, [part.value for part in parts]), definition=told, uids=uids)
    part, of = sum(each.part or 0 for each in parts), sum(each.whole or 0 for each in parts)
    silent = sum(each.whole is None for each in parts)
    return dc.replace(
        shared(whole, part, of), definition=f"{said}{_COUNTED_AGAIN}{_without(silent)}", uids=uids
    )


def is_count(figure: Figure) -> bool:
    """Whether it counts records or adds amounts, so that the sum of the parts is the whole."""
    return figure.whole is None and figure.unit != "%" and figure.key not in ANEW


def added(figure: Figure, values: Iterable[int | Fraction | None]) -> Figure:
    """The same figure with another amount; half days stay half days."""
    total = sum((Fraction(value) for value in values if value is not None), Fraction(0))
    whole = total.denominator == 1 and not isinstance(figure.value, Fraction)
    shown = str(total.numerator) if total.denominator == 1 else decimal(total)
    return dc.replace(figure, value=total.numerator if whole else total, shown=shown)


def shared(figure: Figure, part: int, whole: int) -> Figure:
    """The same figure over other counts; a dash over nothing."""
    value = Fraction(part, whole) if whole else None
    shown = percent(value) if figure.unit == "%" else NOTHING if value is None else decimal(value)
    return dc.replace(figure, value=value, shown=shown, part=part, whole=whole)


def _without(silent: int) -> str:
    return f"有{silent}个乡镇没有报这个数的组成，没有计入。" if silent else ""


def summed_lines(lines: Sequence[Reconciliation]) -> Reconciliation:
    """收集 = 当场答复 + … of all parts together."""
    parts: dict[str, int] = {}
    for line in lines:
        for label, count in line.parts:
            parts[label] = parts.get(label, 0) + count
    return Reconciliation(
        sum(line.collected for line in lines), tuple(parts.items()), sum(line.merged for line in lines)
    )


def told_figures(empty: Figures, totals: Mapping[str, Told], *, source: str) -> Figures:
    """Figures of which only the totals were told, without records; `empty` are those of no facts at all.

    `source` says whence: 按代录的汇总数. What was not told shows 未报, never nought.
    """
    found = tuple(_told(each, each.key in totals, totals.get(each.key), source) for each in empty.all)
    shown = {each.key: each.value for each in found}
    labels = {each.label: each.key for each in empty.all}
    parts = tuple(
        (label, _count(shown.get(labels.get(label, "")))) for label, _ in empty.reconciliation.parts
    )
    line = Reconciliation(_count(shown.get("opinions")), parts, _count(shown.get("merged")))
    return Figures(empty.period, found, line)


def with_told(counted: Figures, told: Figures) -> Figures:
    """What records tell counts; of kinds without any record the totals that were told stand, or 未报, never nought.

    The figures of the reconciliation line come all from the one or all from the other, or they would not add up.
    """
    entered = {figure.kind for figure in counted.all if figure.uids}
    by_key = {figure.key: figure for figure in told.all}
    line = counted.reconciliation
    collected = bool(line.collected or line.merged)

    def stands(each: Figure) -> bool:
        said = by_key[each.key].shown
        if each.uids or (collected and each.key in _RECONCILED):
            return True
        # A share of nothing done is known with both its counts, which what was told leaves out.
        return each.kind in entered and said in (NOT_TOLD, each.shown)

    found = tuple(each if stands(each) else by_key[each.key] for each in counted.all)
    return Figures(counted.period, found, line if collected else told.reconciliation)


def _told(figure: Figure, known: bool, value: Told, source: str) -> Figure:
    said = f"{figure.definition}（{source}，没有逐条记录）"
    bare = dc.replace(figure, definition=said, uids=(), part=None, whole=None)
    if isinstance(value, int):
        return dc.replace(bare, value=value, shown=str(value))
    if not known:
        return dc.replace(bare, value=None, shown=NOT_TOLD)
    rate = rate_of(value or "")
    return dc.replace(bare, value=rate, shown=NOTHING if rate is None else value or NOTHING)


def read_totals(text: str) -> dict[str, Told]:
    """The figures of a return kept as JSON; nothing for what is none."""
    try:
        found: object = json.loads(text)
    except ValueError:
        return {}
    if not isinstance(found, dict):
        return {}
    return {str(key): value for key, value in found.items() if value is None or isinstance(value, int | str)}


def rate_of(text: str) -> Fraction | None:
    """84.6% or 12.5 as a number; None for a dash and for what is none."""
    try:
        value = Fraction(Decimal(text.strip().rstrip("%％")))
    except (InvalidOperation, ValueError, OverflowError):
        return None
    return value / 100 if text.strip().endswith(("%", "％")) else value


def _count(value: int | Fraction | None) -> int:
    return value if isinstance(value, int) else 0


def places_of(values: Sequence[int | Fraction | None]) -> list[int | None]:
    """The place of each value from the greatest down; equal ones share a place, what is not there has none."""
    known = sorted((value for value in values if value is not None), reverse=True)
    place = {value: at for at, value in reversed(list(enumerate(known, 1)))}
    return [None if value is None else place[value] for value in values]
