"""The draft of a count: counters of sheets and batches, and nothing from which a single ballot could be told."""

from __future__ import annotations

from collections.abc import Mapping

from lianxin.domain.canonical import JsonValue
from lianxin.domain.records import Evaluation
from lianxin.domain.tally.arithmetic import SHEET_WIRES, sheets_of
from lianxin.domain.tally.batches import Batch, Totals
from lianxin.domain.tally.counting import HUNDREDTHS, POINTS, Counting
from lianxin.office.evaluations.evaluation import COUNTING, rows_in_order
from lianxin.store.reading import Reading


def counting_payload(counting: Counting) -> dict[str, JsonValue]:
    """What the draft holds: whole numbers under wire names and row uids."""
    return {
        "sheets": {wire: count for wire, count in counting.sheets.items() if count is not None},
        "batches": [
            {"valid": batch.valid, "first": _packed(batch.first), "second": _packed(batch.second)}
            for batch in counting.batches
        ],
        "by_ballot": counting.by_ballot,
    }


def counting_of(payload: Mapping[str, JsonValue], rows: frozenset[str]) -> Counting:
    """The count as a draft kept it; rows that are not on the sheet any more are left out."""
    sheets, batches = payload.get("sheets"), payload.get("batches")
    told = [_batch(each, rows) for each in batches] if isinstance(batches, list) else []
    return Counting(
        {wire: _whole(sheets.get(wire)) for wire in SHEET_WIRES} if isinstance(sheets, dict) else {},
        tuple(told) or (Batch(),),
        _whole(payload.get("by_ballot")) or 0,
    )


def counting_now(reading: Reading, evaluation: Evaluation) -> Counting:
    """What the screen begins with: the draft, else what is confirmed, else nothing."""
    rows = rows_in_order(reading, evaluation.uid)
    draft = reading.draft(COUNTING, evaluation.uid)
    if draft is not None:
        return counting_of(draft.payload, frozenset(row.uid for row in rows))
    if evaluation.state == "planned":
        return Counting()
    return counting_stored(reading, evaluation)


def counting_stored(reading: Reading, evaluation: Evaluation) -> Counting:
    """The confirmed counts in the form of the screen, for showing and correcting."""
    first: dict[str, dict[str, int]] = {}
    for row in rows_in_order(reading, evaluation.uid):
        packed = row.packed()
        counts = {wire: packed.get(wire) for wire in _ROW_WIRES}
        first[row.uid] = {wire: count for wire, count in counts.items() if type(count) is int}
        if row.points is not None:
            first[row.uid][POINTS.wire] = int(row.points * HUNDREDTHS)
    sheets = sheets_of(evaluation)
    return Counting(sheets, (Batch(first=first),))


_ROW_WIRES = ("first", "second", "third", "fourth", "unknown", "abstained", "void")


def _packed(totals: Totals) -> dict[str, JsonValue]:
    return {row: dict(counts) for row, counts in totals.items() if counts}


def _batch(told: JsonValue, rows: frozenset[str]) -> Batch:
    if not isinstance(told, dict):
        return Batch()
    return Batch(
        _whole(told.get("valid")), _totals(told.get("first"), rows), _totals(told.get("second"), rows)
    )


def _totals(told: JsonValue, rows: frozenset[str]) -> Totals:
    if not isinstance(told, dict):
        return {}
    return {
        row: {wire: count for wire, count in counts.items() if type(count) is int}
        for row, counts in told.items()
        if row in rows and isinstance(counts, dict)
    }


def _whole(told: JsonValue) -> int | None:
    return told if type(told) is int else None
