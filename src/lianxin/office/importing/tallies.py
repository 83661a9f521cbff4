"""Report-back summaries: a row becomes a confirmed vote on one deputy, and the report it was about.

What does not add up never comes in: the row goes to the workbook of refused rows with the numbers that are off.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from lianxin.domain.dictionary import Record
from lianxin.domain.records import Evaluation, TallyRow, YearReport
from lianxin.domain.tally.arithmetic import GRADE_WIRES, SHEET_WIRES, UNSTATED
from lianxin.domain.tally.batches import Batch
from lianxin.domain.tally.counting import HUNDREDTHS, POINTS, Counting
from lianxin.ledgers import reportback
from lianxin.ledgers.reportback import KIND, read_tallies
from lianxin.ledgers.workbook import read_workbook
from lianxin.office.desk import office_of
from lianxin.office.evaluations.evaluation import counted_records
from lianxin.office.importing.intake import Intake
from lianxin.office.importing.understood import Understood
from lianxin.office.numbers import next_number
from lianxin.office.suggestions.suggestion import level_of
from lianxin.store.reading import Reading

_MARKS = (*GRADE_WIRES, "unknown", "abstained", "void")


def understand_tallies(
    path: Path, *, today: date, overrides: Mapping[str, Mapping[int, str]] | None = None
) -> Understood:
    """Reads a report-back summary; nothing is stored."""
    summary = read_tallies(read_workbook(path), today=today, overrides=overrides)

    def take_in(intake: Intake) -> None:
        for row in summary.rows:
            intake.take(row.row, partial(_make, intake, row))
        for refused in summary.refused:
            intake.refuse(refused)

    sums = {"deputies": len(summary.rows) + len(summary.refused), "wrong": len(summary.refused)}
    return Understood(KIND, summary.sheets, summary.refused, sums, take_in)


def _make(intake: Intake, row: reportback.TallyRow) -> Sequence[Record]:
    """The vote with its one row, confirmed; the report of the year when the deputy is known."""
    writing, reading = intake.writing, Reading(intake.writing.connection)
    counts = row.by_wire()
    person = intake.references.uid_of("person", row.name, make=False)
    vote = Evaluation(
        uid=writing.new_uid(),
        number=next_number(writing, office_of(reading).code, Evaluation, row.day),
        name=f"{row.name}{row.day.year}年述职评议测评",
        day=row.day,
        scheme=row.scheme,
        unknown="unknown" in counts,
    )
    line = TallyRow(
        uid=writing.new_uid(), evaluation=vote.uid, place=1, person=person, name=None if person else row.name
    )
    confirmed, rows = counted_records(reading, vote, [line], _counting(line.uid, row), old=True)
    for record in (confirmed, *rows):
        writing.put(record)
    if person is not None:
        _put_report(intake, person, row)
    return [confirmed, *rows]


def _counting(line: str, row: reportback.TallyRow) -> Counting:
    """A summary has no column for rows with several marks, and often none for blanks: there were none then."""
    counts = row.by_wire()
    marks = {wire: counts[wire] for wire in _MARKS if wire in counts}
    if row.points is not None:
        marks[POINTS.wire] = int(row.points * HUNDREDTHS)
    sheets: dict[str, int | None] = {wire: counts.get(wire) for wire in SHEET_WIRES}
    sheets[UNSTATED[0]] = counts.get("invalid")
    return Counting(sheets, (Batch(first={line: {"abstained": 0, "void": 0, **marks}}),))


def _put_report(intake: Intake, person: str, row: reportback.TallyRow) -> None:
    """How the deputy reported that year; what is on record already outweighs the summary."""
    writing = intake.writing
    reading = Reading(writing.connection)
    level = level_of(reading, person)
    known = [one for one in reading.children(YearReport, "person", [person]) if one.year == row.day.year]
    if not level or any(one.level == level for one in known):
        return
    spoken = row.means == "oral"
    writing.put(
        YearReport(
            uid=writing.new_uid(), person=person, level=level, year=row.day.year, mode=row.means,
            told_on=row.day if spoken else None, submitted=None if spoken else row.day,
        )
    )  # fmt: skip
