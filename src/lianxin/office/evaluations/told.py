"""A vote told by file with its rows: held to the same sums as on the screen, whichever record is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lianxin.domain.records import Evaluation, TallyRow
from lianxin.domain.tally.arithmetic import counts_of, sheets_of
from lianxin.domain.tally.batches import Batch
from lianxin.domain.tally.counting import HUNDREDTHS, POINTS, Counting
from lianxin.office.evaluations.evaluation import (
    EvaluationRefused,
    counted_records,
    evaluation_of,
    rows_in_order,
)
from lianxin.office.evaluations.targets import Target, strangers_among
from lianxin.store.reading import Reading


def told_vote(
    reading: Reading, vote: Evaluation, rows: Sequence[TallyRow]
) -> tuple[Evaluation, list[TallyRow]]:
    """The vote as it may be stored: with any count it must be complete and add up, and then it is confirmed.

    Without counts it is planned; a void one keeps its sheets and no row is looked at. Raises EvaluationRefused.
    """
    people = [Target(person=row.person) for row in rows if row.person]
    if vote.session and (wrong := strangers_among(reading, vote, people)):
        raise EvaluationRefused(wrong)
    counted = vote.state == "confirmed" or _has_counts(vote) or any(_row_has_counts(row) for row in rows)
    if vote.state == "void" or not counted:
        return vote, list(rows)
    first = {row.uid: _entries(row) for row in rows}
    confirmed, made = counted_records(reading, vote, rows, Counting(sheets_of(vote), (Batch(first=first),)))
    return replace(confirmed, double_entered=vote.double_entered), made


def told_row(reading: Reading, row: TallyRow) -> tuple[Evaluation, list[TallyRow]]:
    """The whole vote with this row told anew, checked as a whole. Raises EvaluationRefused."""
    vote = evaluation_of(reading, row.evaluation)
    return told_vote(reading, vote, merged_rows(rows_in_order(reading, vote.uid), [row]))


def merged_rows(standing: Sequence[TallyRow], told: Sequence[TallyRow]) -> list[TallyRow]:
    """The rows that stand with those told in their place, further ones behind."""
    new = {row.uid: row for row in told}
    kept = [new.pop(row.uid, row) for row in standing]
    return [*kept, *(replace(row, place=len(kept) + at) for at, row in enumerate(new.values(), 1))]


def _entries(row: TallyRow) -> dict[str, int]:
    counts = {wire: count for wire, count in counts_of(row).items() if count is not None}
    if row.points is not None:
        counts[POINTS.wire] = int(row.points * HUNDREDTHS)
    return counts


def _has_counts(vote: Evaluation) -> bool:
    return any(sheets_of(vote).values())


def _row_has_counts(row: TallyRow) -> bool:
    return bool(_entries(row))
