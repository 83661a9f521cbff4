"""Which matters fell due in a span and what became of them: what 办结率 and 按时答复率 of a score rest on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from lianxin.domain.casework.state import ELSEWHERE_STATES
from lianxin.domain.counts import Case, by_matter
from lianxin.domain.dates import show_day
from lianxin.domain.records import Assignment
from lianxin.domain.work_facts import Handled


def handled_in(
    cases: Iterable[Case], assignments: Sequence[Assignment], start: date, end: date
) -> tuple[Handled, ...]:
    """The matters whose handling was due from `start` to `end`; cases as they stand at `end` or today.

    Guided, withdrawn and merged matters are nobody's to close, as in 应办件办结率.
    """
    given = by_matter(assignments)
    found = []
    for case in cases:
        state, last = case.state, given.get(case.uid, [])[-1:]
        due = state.handling_due
        if not last or due is None or not start <= due <= end or state.code in ELSEWHERE_STATES:
            continue
        answered = state.answered_day
        in_time = answered is not None and answered <= due
        outcome = "已办结" if not state.open else "没有办结"
        said = f"{show_day(answered)}答复" if answered else "没有答复"
        words = f"{case.opinion.title}（期限{show_day(due)}，{said}，{outcome}）"
        found.append(
            Handled(case.uid, last[0].uid, state.unit or last[0].unit, due, words, not state.open, in_time)
        )
    return tuple(found)
