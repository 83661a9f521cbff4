"""Figures of opinions: what was collected, where it went, how it was handled and judged (domain.md 6.2)."""

from __future__ import annotations

import dataclasses as dc
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from lianxin.domain.casework.standing import due_date
from lianxin.domain.casework.state import ELSEWHERE_STATES
from lianxin.domain.counts import Case, Figure, Past, mean, number, share
from lianxin.domain.dates import show_day
from lianxin.domain.periods import Period
from lianxin.domain.rules import RuleProfile

OWN_TRACKS = ("opinion", "petition")
ROUTE_PARTS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("answered_on_spot", "当场答复", ("answered_on_spot",)),
    ("assigned", "转交办理", ("assigned",)),
    ("to_county", "转报县人大", ("to_county",)),
    ("guided", "告知引导", ("guided", "to_petition")),
    ("to_suggestion", "转为代表建议", ("to_suggestion",)),
    ("deputy_solved", "代表协调解决", ("deputy_solved",)),
    ("withdrawn", "撤回", ("withdrawn",)),
    ("unrouted", "待分流", ("",)),
)
"""The parts of 收集, in the order of the reconciliation line: (key, label, routes)."""


@dc.dataclass(frozen=True)
class Reconciliation:
    """收集 against the sum of its parts; `merged` (合并件) stands apart and is in neither."""

    collected: int
    parts: tuple[tuple[str, int], ...]
    merged: int

    @property
    def difference(self) -> int:
        """Collected less the sum of the parts; zero when the line holds."""
        return self.collected - sum(count for _, count in self.parts)

    @property
    def text(self) -> str:
        """The line to print; says by how much it does not hold, should that ever be."""
        parts = " + ".join(f"{label}{count}" for label, count in self.parts)
        said = f"收集{self.collected} = {parts}；另有合并件{self.merged}"
        return said if not self.difference else f"{said}（相差{self.difference}，请核对处理方式）"


def collected_cases(period: Period, cases: Sequence[Case]) -> tuple[list[Case], list[Case]]:
    """Matters registered in the period: those counted, and those merged into another."""
    found = [case for case in cases if case.opinion.registered in period and is_own(case)]
    counted = [case for case in found if case.state.code != "merged"]
    return counted, [case for case in found if case.state.code == "merged"]


def is_own(case: Case) -> bool:
    """Whether a matter is the public's, not what a deputy proposes."""
    return case.opinion.track in OWN_TRACKS


def reconciliation(period: Period, cases: Sequence[Case]) -> Reconciliation:
    """The line 收集 = 当场答复 + 转交 + 转报 + … of a period."""
    counted, merged = collected_cases(period, cases)
    parts = tuple(
        (label, sum(case.state.route in routes for case in counted)) for _, label, routes in ROUTE_PARTS
    )
    return Reconciliation(len(counted), parts, len(merged))


def collected_figures(period: Period, cases: Sequence[Case]) -> list[Figure]:
    """收集意见 and where they went, as known at the end of the period."""
    counted, merged = collected_cases(period, cases)
    found = [
        of_cases(
            "opinions",
            "收集意见",
            "条",
            "本期登记的群众意见条数，不含合并到其他意见的合并件。",
            counted,
        )
    ]
    for key, label, routes in ROUTE_PARTS:
        went = [case for case in counted if case.state.route in routes]
        said = f"本期登记的意见中，到期末处理方式为{label}的条数。"
        if key == "unrouted":
            said = "本期登记的意见中，到期末还没有分流的条数。"
        found.append(of_cases(key, label, "条", said, went))
    found.append(of_cases("merged", "合并件", "条", "本期登记、已合并到其他意见的条数，单列。", merged))
    return found


def of_cases(key: str, label: str, unit: str, definition: str, cases: Sequence[Case]) -> Figure:
    """A count of matters."""
    return number(key, label, unit, definition, "opinion", [case.uid for case in cases])


Limits: TypeAlias = Mapping[tuple[date, str], date]
"""Day of assigning and urgency → the last day for the unit to answer, where none was set."""


def limits_of(past: Sequence[Past], profile: RuleProfile) -> Limits:
    """Tens of thousands were handed out on a few thousand days: each is asked for once."""
    days = {(each.assigned, each.urgency) for each in past if each.due is None}
    return {(day, urgency): due_date(day, profile, urgency=urgency) for day, urgency in days}


def handling_figures(
    period: Period,
    cases: Sequence[Case],
    *,
    since: date | None = None,
    past: Sequence[Past] = (),
    limits: Limits = MappingProxyType({}),
) -> list[Figure]:
    """交办, 办结, the three closing rates, average days, overdue. `since` is the first day of the term that runs,
    `past` are matters beside the cases that were over before the period, with their `limits`.
    """
    own = [case for case in cases if is_own(case)]
    handled = [case for case in own if _handled(case)]
    answered = [case for case in handled if case.state.answered_day in period]
    took = {case.uid: _days(case) for case in answered if _days(case) >= 0}
    assigned = [case for case in handled if case.state.assigned_day in period]
    late = [case for case in handled if case.state.overdue]
    return [
        of_cases("assignments", "交办件数", "件", "本期交办（最近一次交办日期在本期）的意见件数。", assigned),
        of_cases(
            "closed", "办结", "件", "本期办结的转交、转报意见件数；答复并向反映人反馈后才算办结。",
            [case for case in own if ended_in(period, case)],
        ),
        *_rates_figures(_rates(period, handled, since) + _past_rates(period, past, limits, since), since),
        mean(
            "average_days", "平均办理天数", "天", "本期答复的意见，从交办到答复的自然日的平均数。", "opinion", took
        ),
        of_cases(
            "overdue", "超期件数", "件",
            "期末尚未办结、且已过当前期限的交办件数；当前期限是办理期限，已答复的是回访期限。", late,
        ),
    ]  # fmt: skip


@dc.dataclass(frozen=True)
class _Rates:
    """The matters that the closing rates count, as parts and wholes."""

    due: list[str]
    closed_due: list[str]
    on_time: list[str]
    replied: list[str]
    of_term: list[str]
    closed: list[str]

    def __add__(self, other: _Rates) -> _Rates:
        """Both, in the order of uids: what a figure counts stands in one order, however it was read."""
        if not other.of_term and not other.due:
            return self
        pairs = zip(vars(self).values(), vars(other).values(), strict=True)
        return _Rates(*(sorted(one + more) for one, more in pairs))


def _rates(period: Period, handled: Sequence[Case], since: date | None) -> _Rates:
    due = [case for case in handled if (limit := case.state.handling_due) and limit <= period.end]
    closed_due = [case for case in due if not case.state.open]
    of_term = [case for case in handled if since is None or (case.state.assigned_day or since) >= since]
    return _Rates(
        due=_uids(due),
        closed_due=_uids(closed_due),
        on_time=[case.uid for case in closed_due if _on_time(case)],
        replied=[case.uid for case in due if _replied(case)],
        of_term=_uids(of_term),
        closed=[case.uid for case in of_term if not case.state.open],
    )


def _past_rates(period: Period, past: Sequence[Past], limits: Limits, since: date | None) -> _Rates:
    """The same of matters that were answered and over before the period."""
    dated = [(each, each.due or limits[each.assigned, each.urgency]) for each in past]
    due = [each.uid for each, limit in dated if limit <= period.end]
    on_time = [each.uid for each, limit in dated if each.answered <= limit <= period.end]
    of_term = [each.uid for each in past if since is None or each.assigned >= since]
    return _Rates(due, due, on_time, due, of_term, of_term)


def _uids(matters: Iterable[Case]) -> list[str]:
    return [each.uid for each in matters]


def _rates_figures(told: _Rates, since: date | None) -> list[Figure]:
    span = f"本届（{show_day(since)}起）" if since else "历年累计，届的首次会议日期还没有登记"
    said = "应办结件：已交办、期限在本期及以前的件（不含引导、撤回、转为建议、合并）。"
    in_time = "应办结件中已办结且答复日期不晚于期限 ÷ 应办结件。"
    answered = "应办结件中承办单位已答复 ÷ 应办结件；重新交办的要有新的答复。"
    rates = (
        (
            "due_closed_rate",
            "应办件办结率",
            f"应办结件中已办结 ÷ 应办结件。{said}",
            told.closed_due,
            told.due,
        ),
        ("closed_rate", "累计办结率", f"到期末已办结 ÷ 到期末已交办（{span}）。", told.closed, told.of_term),
        ("on_time_rate", "按期办结率", in_time, told.on_time, told.due),
        ("reply_rate", "答复率", answered, told.replied, told.due),
    )
    return [
        number("due", "应办结件", "件", said, "opinion", told.due),
        *(share(key, label, words, "opinion", part, len(whole)) for key, label, words, part, whole in rates),
    ]


def _handled(case: Case) -> bool:
    return case.state.assigned_day is not None and case.state.code not in ELSEWHERE_STATES


def ended_in(period: Period, case: Case) -> bool:
    """Whether a matter was 办结 in the period."""
    return ended(case) and case.state.closed_day in period


def ended(case: Case) -> bool:
    """Closed after it was in somebody's hands; what was answered on the spot or ended elsewhere is no 办结."""
    over = not case.state.open and case.state.code not in ELSEWHERE_STATES
    return over and (_handled(case) or case.state.route == "to_county")


class Over(NamedTuple):
    """A matter that is over, with no more than the sums of a year ask of it: `own` is the public's and was not
    merged, `handled` says that its end counts as 办结.
    """

    uid: str
    registered: date
    routed: date | None
    closed: date | None
    own: bool
    handled: bool


def over_of(case: Case) -> Over:
    """What is to be remembered of a matter that is over."""
    state, own = case.state, is_own(case)
    return Over(
        case.uid, case.opinion.registered, state.routed_day, state.closed_day,
        own and state.code != "merged", own and ended(case),
    )  # fmt: skip


def _replied(case: Case) -> bool:
    answered, assigned = case.state.answered_day, case.state.assigned_day
    return answered is not None and (assigned is None or answered >= assigned)


def _on_time(case: Case) -> bool:
    answered, limit = case.state.answered_day, case.state.handling_due
    return answered is not None and limit is not None and answered <= limit


def _days(case: Case) -> int:
    answered, assigned = case.state.answered_day, case.state.assigned_day
    return (answered - assigned).days if answered and assigned else -1


def share_of(key: str, label: str, definition: str, part: Sequence[Case], whole: Sequence[Case]) -> Figure:
    """A share of matters among matters."""
    return share(key, label, definition, "opinion", [case.uid for case in part], len(whole))
