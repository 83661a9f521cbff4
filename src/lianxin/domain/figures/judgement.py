"""Figures of how matters were judged: 满意, 基本满意 and 不满意, results A to D, 重办 (domain.md 6.2)."""

from __future__ import annotations

from collections.abc import Sequence

from lianxin.domain import codes
from lianxin.domain.counts import Case, Figure
from lianxin.domain.figures.opinion import is_own, of_cases, share_of
from lianxin.domain.periods import Period

JUDGED = ("satisfied", "basically", "unsatisfied")


def judgement_figures(period: Period, cases: Sequence[Case]) -> list[Figure]:
    """满意 and 基本满意 and 不满意, their rates, results A to D, 重办."""
    own = [case for case in cases if is_own(case) and case.state.code != "merged"]
    asked = [case for case in own if case.state.asked_day in period and case.state.satisfaction]
    by_word = {word: [case for case in asked if case.state.satisfaction == word] for word in JUDGED}
    good, fair = by_word["satisfied"], by_word["basically"]
    answered = [case for case in own if case.state.answered_day in period]
    heard = [case for case in answered if case.state.satisfaction]
    redone = [case for case in answered if case.state.round]
    found = [
        of_cases(
            word,
            codes.SATISFACTION.label_of(word),
            "件",
            f"本期最近一次评价为{codes.SATISFACTION.label_of(word)}的意见件数。",
            by_word[word],
        )
        for word in JUDGED
    ]
    found += _satisfied(good, fair, asked, _unreturned(period, own))
    found += [
        share_of("asked_rate", "测评参与率", "本期答复的意见中已作评价 ÷ 本期答复的意见。", heard, answered),
        of_cases("redone", "重办", "件", "本期答复的意见中，到期末因不满意重办过的件数。", redone),
        share_of("redo_rate", "重办率", "重办 ÷ 本期答复的意见。", redone, answered),
    ]
    return found + _results(answered)


def _unreturned(period: Period, own: Sequence[Case]) -> list[Case]:
    """Answered, and by the last day for asking, which lies in the period, nobody had judged (domain.md 3.17)."""
    return [
        case
        for case in own
        if case.state.code == "answered" and case.state.overdue and case.state.due in period
    ]


def _satisfied(
    good: Sequence[Case], fair: Sequence[Case], asked: Sequence[Case], unreturned: Sequence[Case]
) -> list[Figure]:
    base = "（满意+基本满意+不满意），未联系上和还没有评价的不计入"
    first = [case for case in good if not case.state.round]
    return [
        share_of("satisfaction_rate", "满意率", f"满意 ÷ {base}。", good, asked),
        share_of(
            "satisfaction_wide_rate", "满意率（含基本满意）", f"（满意+基本满意）÷ {base}。", [*good, *fair], asked
        ),
        share_of("first_time_rate", "一次办理满意率", f"没有重办过就评价为满意 ÷ {base}。", first, asked),
        of_cases(
            "unreturned", "逾期未评价", "件", "本期到了回访期限、期末还没有评价的意见件数。", unreturned
        ),
        share_of(
            "satisfaction_all_rate", "满意率（逾期未评价计入）",
            "满意 ÷（满意+基本满意+不满意+逾期未评价）。", good, [*asked, *unreturned],
        ),
    ]  # fmt: skip


def _results(answered: Sequence[Case]) -> list[Figure]:
    """A, B, C and D with their shares of what was answered, 甲75.4% 乙22.8% 丙1.8% (domain.md 6.2)."""
    rated = [case for case in answered if codes.RESULT.find(case.state.result)]
    found = []
    for code in codes.RESULT.codes:
        of_class = [case for case in rated if case.state.result == code.code]
        said = f"本期答复的意见中，办理结果为“{code.label}”的"
        key = f"result_{code.code.lower()}"
        found.append(of_cases(key, code.label, "件", f"{said}件数。", of_class))
        found.append(share_of(f"{key}_rate", f"{code.label}占比", f"{said} ÷（A+B+C+D）。", of_class, rated))
    solved = [case for case in rated if case.state.result == "A"]
    found.append(share_of("solved_rate", "解决率", "A ÷（A+B+C+D），按本期答复的意见计。", solved, rated))
    return found
