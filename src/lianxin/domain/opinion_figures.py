"""Figures of opinions: what was collected, where it went, how it was handled and judged (domain.md 6.2)."""

from __future__ import annotations

import dataclasses as dc
from collections.abc import Sequence

from lianxin.domain import codes
from lianxin.domain.counts import Case, Figure, mean, number, share
from lianxin.domain.periods import Period

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

_JUDGED = ("satisfied", "basically", "unsatisfied")


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
    found = [case for case in cases if case.opinion.registered in period and _own(case)]
    counted = [case for case in found if case.state.code != "merged"]
    return counted, [case for case in found if case.state.code == "merged"]


def _own(case: Case) -> bool:
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
        _cases(
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
        found.append(_cases(key, label, "条", said, went))
    found.append(_cases("merged", "合并件", "条", "本期登记、已合并到其他意见的条数，单列。", merged))
    return found


def _cases(key: str, label: str, unit: str, definition: str, cases: Sequence[Case]) -> Figure:
    return number(key, label, unit, definition, "opinion", [case.uid for case in cases])


def handling_figures(period: Period, cases: Sequence[Case]) -> list[Figure]:
    """交办, 办结, the three closing rates, average days, overdue."""
    own = [case for case in cases if _own(case)]
    handled = [case for case in own if _handled(case)]
    due = [case for case in handled if (limit := case.state.handling_due) and limit <= period.end]
    closed = [case for case in handled if not case.state.open]
    closed_due = [case for case in due if not case.state.open]
    on_time = [case for case in closed_due if _on_time(case)]
    answered = [case for case in handled if case.state.answered_day in period]
    replied = [case for case in due if case.state.answered_day]
    late = [case for case in handled if case.state.overdue]
    ended = [
        case
        for case in own
        if case.state.code in ("closed", "unreached")
        and case.state.closed_day in period
        and (_handled(case) or case.state.route == "to_county")
    ]
    took = {case.uid: _days(case) for case in answered if _days(case) >= 0}
    assigned = [case for case in handled if case.state.assigned_day in period]
    said_due = "应办结件：已交办、期限在本期及以前的件（不含引导、撤回、转为建议、合并）。"
    return [
        _cases("assignments", "交办件数", "件", "本期交办（最近一次交办日期在本期）的意见件数。", assigned),
        _cases("closed", "办结", "件", "本期办结的转交、转报意见件数；答复并向反映人反馈后才算办结。", ended),
        _cases("due", "应办结件", "件", said_due, due),
        _share(
            "due_closed_rate", "应办件办结率", f"应办结件中已办结 ÷ 应办结件。{said_due}", closed_due, due
        ),
        _share("closed_rate", "累计办结率", "到期末已办结 ÷ 到期末已交办（历年累计）。", closed, handled),
        _share(
            "on_time_rate",
            "按期办结率",
            "应办结件中已办结且答复日期不晚于期限 ÷ 应办结件。",
            on_time,
            due,
        ),
        _share("reply_rate", "答复率", "应办结件中承办单位已答复 ÷ 应办结件。", replied, due),
        mean(
            "average_days",
            "平均办理天数",
            "天",
            "本期答复的意见，从交办到答复的自然日的平均数。",
            "opinion",
            took,
        ),
        _cases(
            "overdue",
            "超期件数",
            "件",
            "期末尚未办结、且已过当前期限的交办件数；当前期限是办理期限，已答复的是回访期限。",
            late,
        ),
    ]


def _handled(case: Case) -> bool:
    ended_elsewhere = case.state.code in ("guided", "withdrawn", "converted", "merged")
    return case.state.assigned_day is not None and not ended_elsewhere


def _on_time(case: Case) -> bool:
    answered, limit = case.state.answered_day, case.state.handling_due
    return answered is not None and limit is not None and answered <= limit


def _days(case: Case) -> int:
    answered, assigned = case.state.answered_day, case.state.assigned_day
    return (answered - assigned).days if answered and assigned else -1


def _share(key: str, label: str, definition: str, part: Sequence[Case], whole: Sequence[Case]) -> Figure:
    return share(key, label, definition, "opinion", [case.uid for case in part], len(whole))


def judgement_figures(period: Period, cases: Sequence[Case]) -> list[Figure]:
    """满意 and 基本满意 and 不满意, their rates, results A to D, 重办."""
    own = [case for case in cases if _own(case) and case.state.code != "merged"]
    asked = [case for case in own if case.state.asked_day in period and case.state.satisfaction]
    by_word = {word: [case for case in asked if case.state.satisfaction == word] for word in _JUDGED}
    good, fair = by_word["satisfied"], by_word["basically"]
    answered = [case for case in own if case.state.answered_day in period]
    heard = [case for case in answered if case.state.satisfaction]
    redone = [case for case in answered if case.state.round]
    found = [
        _cases(
            word,
            codes.SATISFACTION.label_of(word),
            "件",
            f"本期最近一次评价为{codes.SATISFACTION.label_of(word)}的意见件数。",
            by_word[word],
        )
        for word in _JUDGED
    ]
    base = "（满意+基本满意+不满意），未联系上的不计入"
    found += [
        _share("satisfaction_rate", "满意率", f"满意 ÷ {base}。", good, asked),
        _share(
            "satisfaction_wide_rate",
            "满意率（含基本满意）",
            f"（满意+基本满意）÷ {base}。",
            good + fair,
            asked,
        ),
        _share(
            "first_time_rate",
            "一次办理满意率",
            f"没有重办过就评价为满意 ÷ {base}。",
            [case for case in good if not case.state.round],
            asked,
        ),
        _share("asked_rate", "测评参与率", "本期答复的意见中已作评价 ÷ 本期答复的意见。", heard, answered),
        _cases("redone", "重办", "件", "本期答复的意见中，到期末因不满意重办过的件数。", redone),
        _share("redo_rate", "重办率", "重办 ÷ 本期答复的意见。", redone, answered),
    ]
    return found + _results(answered)


def _results(answered: Sequence[Case]) -> list[Figure]:
    rated = [case for case in answered if codes.RESULT.find(case.state.result)]
    found = []
    for code in codes.RESULT.codes:
        of_class = [case for case in rated if case.state.result == code.code]
        said = f"本期答复的意见中，办理结果为“{code.label}”的件数。"
        found.append(_cases(f"result_{code.code.lower()}", code.label, "件", said, of_class))
    solved = [case for case in rated if case.state.result == "A"]
    found.append(_share("solved_rate", "解决率", "A ÷（A+B+C+D），按本期答复的意见计。", solved, rated))
    return found


def suggestion_figures(period: Period, cases: Sequence[Case]) -> list[Figure]:
    """代表建议: how many were made and closed; counted apart from the public's opinions."""
    made = [case for case in cases if case.opinion.track == "suggestion"]
    new = [case for case in made if case.opinion.registered in period and case.state.code != "merged"]
    done = [case for case in made if case.state.code == "closed" and case.state.closed_day in period]
    return [
        _cases("suggestions", "代表建议", "件", "本期登记的代表建议件数，不计入收集意见。", new),
        _cases("suggestions_closed", "代表建议办结", "件", "本期办结的代表建议件数。", done),
    ]
