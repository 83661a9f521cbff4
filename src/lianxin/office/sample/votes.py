"""Votes of the sample office: the meeting that was held is counted and confirmed, the next one is set up. All invented."""

from __future__ import annotations

from lianxin.domain.records import Evaluation, ReportSession
from lianxin.domain.tally.arithmetic import marks_of
from lianxin.domain.tally.batches import Batch
from lianxin.domain.tally.counting import Counting
from lianxin.office.desk import Desk
from lianxin.office.evaluations.evaluation import confirm, rows_in_order, set_up_evaluation
from lianxin.office.evaluations.session_votes import vote_for_session
from lianxin.office.evaluations.targets import targets_of_session
from lianxin.office.records import new_uid

_SHEETS = {
    "expected": 60,
    "present": 58,
    "issued": 58,
    "returned": 57,
    "valid": 56,
    "invalid": 1,
    "several": 1,
}
_VOTES = ((49, 5, 1, 0, 1, 0), (44, 8, 2, 1, 0, 1), (52, 3, 0, 1, 0, 0), (40, 11, 3, 1, 1, 0))
"""Each adds up to the valid sheets."""


def make_sample_votes(desk: Desk) -> None:
    """One vote for each meeting of the sample; nothing where there are none."""
    with desk.store.reading() as reading:
        meetings = sorted(reading.all(ReportSession), key=lambda each: each.day)
    for meeting in meetings:
        uid = _set_up(desk, meeting)
        if uid and meeting.held:
            confirm(desk, uid, _counted(desk, uid))


def _set_up(desk: Desk, meeting: ReportSession) -> str:
    with desk.store.reading() as reading:
        told, targets = vote_for_session(reading, meeting.uid), targets_of_session(reading, meeting.uid)
    if not targets:
        return ""
    vote = Evaluation(
        uid=new_uid(desk), name=told.fields["name"], day=meeting.day, place=meeting.place, session=meeting.uid,
        caller="田金玉", counters="彭先华、向春梅", scrutineers="覃大海",
    )  # fmt: skip
    return set_up_evaluation(desk, vote, targets).evaluation.uid


def _counted(desk: Desk, evaluation: str) -> Counting:
    wires = [mark.wire for mark in marks_of("three", unknown=True)]
    with desk.store.reading() as reading:
        rows = rows_in_order(reading, evaluation)
    first = {
        row.uid: dict(zip(wires, _VOTES[place % len(_VOTES)], strict=True)) for place, row in enumerate(rows)
    }
    # Entered twice, as the paper asks: both entries are alike.
    return Counting(_SHEETS, (Batch(first=first, second=first),))
