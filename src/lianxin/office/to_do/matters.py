"""Opinions and suggestions by their time limits: the most urgent ones are read whole, the rest is only counted."""

from __future__ import annotations

from collections.abc import Sequence

from lianxin.domain.casework.standing import CaseState, state_of, to_do
from lianxin.domain.records import Opinion
from lianxin.office.cases.opinions import cases_of
from lianxin.office.names import Names
from lianxin.office.numbers import short_number
from lianxin.office.to_do.row import ToDo, View


def waiting_matters(view: View, *, most: int) -> tuple[list[ToDo], int]:
    """The rows of the most urgent matters, and how many wait in all."""
    waiting = to_do([case.state for case in view.cases])
    return _rows(view, [state.opinion for state in waiting[:most]]), len(waiting)


def _rows(view: View, uids: Sequence[str]) -> list[ToDo]:
    told = cases_of(view.reading, list(view.reading.by_uid(Opinion, uids).values()))
    names = Names(view.reading)
    units = {each.unit: names.of("unit", each.unit) for case in told for each in case.assignments}
    return [
        _row(
            case.opinion,
            state_of(
                case.opinion, case.routings, case.assignments, case.replies, case.satisfactions, case.further,
                today=view.today, profile=view.desk.profile, unit_names=units,
            ),
        )
        for case in told
    ]  # fmt: skip


def _row(opinion: Opinion, state: CaseState) -> ToDo:
    return ToDo(
        title=opinion.title,
        next_act=state.next_act,
        badge=state.badge,
        tone=state.tone,
        number=short_number(opinion.number or ""),
        due=state.due,
        kind=Opinion.KIND,
        uid=opinion.uid,
    )
