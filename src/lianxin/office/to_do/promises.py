"""承诺台账: promises made in replies whose date has come or is near."""

from __future__ import annotations

from lianxin.domain.records import Opinion
from lianxin.office.case_papers.promised import promises_due
from lianxin.office.to_do.row import ToDo, View


def promise_rows(view: View) -> list[ToDo]:
    """One row a promise that is due."""
    return [
        ToDo(
            title=each.promise.words or each.opinion.title,
            next_act="核实承诺是否兑现",
            badge=each.badge,
            tone="late" if (each.days_left or 0) < 0 else "soon",
            number=each.number,
            due=each.back,
            kind=Opinion.KIND,
            uid=each.opinion.uid,
        )
        for each in promises_due(view.desk, view.reading, view.promised, view.today)
    ]
