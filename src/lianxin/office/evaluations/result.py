"""A vote read from the ledger as a result, for the screen, for reading out and for its papers."""

from __future__ import annotations

from lianxin.domain.records import Evaluation, GradeRule, ReportSession
from lianxin.domain.tally.result import VoteResult, result_of
from lianxin.office.desk import Desk
from lianxin.office.evaluations.evaluation import evaluation_of, rows_in_order
from lianxin.office.evaluations.targets import target_name
from lianxin.office.names import Names
from lianxin.store.reading import Reading


def evaluation_result(desk: Desk, evaluation: str) -> VoteResult:
    """The result of an evaluation. Raises EvaluationRefused when it is not here any more."""
    with desk.store.reading() as reading:
        return result_in(reading, evaluation_of(reading, evaluation))


def result_in(reading: Reading, evaluation: Evaluation) -> VoteResult:
    """The same within a snapshot."""
    names = Names(reading)
    rule = reading.get(GradeRule, evaluation.grade_rule) if evaluation.grade_rule else None
    session = reading.get(ReportSession, evaluation.session) if evaluation.session else None
    return result_of(
        evaluation,
        [(target_name(names, row), row) for row in rows_in_order(reading, evaluation.uid)],
        ranking=rule is not None and rule.ranking,
        chair=(session.chair if session else None) or "",
    )
