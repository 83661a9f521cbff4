"""A ledger of any kind of record, by the dictionary alone: columns matched by label, cells read by kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from lianxin.domain.checks import read_count
from lianxin.domain.dates import Unreadable, show_day
from lianxin.domain.dictionary import Record
from lianxin.domain.numerals import plain
from lianxin.ledgers.context import Context
from lianxin.ledgers.days import read_cell_day
from lianxin.ledgers.findings import RefusedRow
from lianxin.ledgers.headings import Column
from lianxin.ledgers.rows import LedgerRow, Problem, Reading
from lianxin.ledgers.sheets import read_rows
from lianxin.ledgers.workbook import read_workbook
from lianxin.office.importing.intake import Intake
from lianxin.office.importing.standing import StandingRecords
from lianxin.office.importing.understood import Understood
from lianxin.office.paperwork.number_standing import number_problems
from lianxin.office.people_named import naming

R = TypeVar("R", bound=Record)


def columns_of(cls: type[Record]) -> tuple[Column, ...]:
    """What a ledger of this kind may have above its columns, from the declarations."""
    return tuple(
        Column(spec.wire, spec.label, spec.synonyms, required=spec.required and not spec.kind.refers)
        for spec in cls.fields()
    )


def understand_any(
    path: Path,
    cls: type[Record],
    *,
    today: date,
    overrides: Mapping[str, Mapping[int, str]] | None = None,
) -> Understood:
    """Reads a ledger of one kind; nothing is stored."""
    sheets = read_rows(read_workbook(path), columns_of(cls), kind=cls.KIND, overrides=overrides)
    rows = [(row, sheet.context) for sheet in sheets for row in sheet.rows]

    def take_in(intake: Intake) -> None:
        standing = StandingRecords(cls)
        for row, context in rows:
            _take(intake, standing, dated(cls, row, context, today), today)

    return Understood(cls.KIND, sheets, (), {"rows": len(rows)}, take_in)


def dated(cls: type[Record], row: LedgerRow, context: Context, today: date) -> LedgerRow:
    """The row with its days in full, by the year its sheet speaks of, and with every doubt about days and counts."""
    values, readings = dict(row.values), list(row.readings)
    for spec in cls.fields():
        typed = values.get(spec.wire, "")
        if not typed or spec.kind.name not in ("day", "count"):
            continue
        try:
            if spec.kind.name == "count":
                count = read_count(typed)
                shown, doubt = str(count.count), count.doubt
            else:
                day = read_cell_day(row.raw[spec.wire], today=today, year=context.year, month=context.month)
                values[spec.wire] = day.day.isoformat()
                shown, doubt = show_day(day.day), day.doubt
                if context.year is None and not doubt and str(day.day.year) not in plain(typed):
                    doubt = f"没有写年份，按{shown}理解"
        except Unreadable:
            continue
        if doubt:
            readings.append(Reading(spec.wire, row.place(spec.wire), typed, shown, doubt))
    return replace(row, values=values, readings=tuple(readings))


def understood_row(
    intake: Intake, cls: type[R], row: LedgerRow, today: date
) -> tuple[R, LedgerRow] | RefusedRow:
    """The record of a row and the row with its problems; what cannot be read of what is not required is left out."""
    typed = _typed(intake, cls, row)
    parsed = cls.parse(typed, uid=intake.writing.new_uid(), today=today)
    optional = {wire for wire in parsed.problems if not cls.spec(wire).required}
    notes = [Problem(wire, row.place(wire), parsed.problems[wire]) for wire in sorted(parsed.problems)]
    if optional:
        # A doubtful cell never costs the row: it is named, and the rest is taken in.
        kept = {wire: text for wire, text in typed.items() if wire not in optional}
        parsed = cls.parse(kept, uid=intake.writing.new_uid(), today=today)
    if parsed.record is None:
        return RefusedRow(row, tuple(notes))
    return parsed.record, _with_problems(row, notes)


def _take(intake: Intake, standing: StandingRecords[Record], row: LedgerRow, today: date) -> None:
    understood = understood_row(intake, standing.cls, row, today)
    if isinstance(understood, RefusedRow):
        intake.refuse(understood)
        return
    record, row = understood

    taken_in = intake.reading.known_row(row.identity) is not None
    known = None if taken_in else standing.like(intake.reading, record)
    wrong = {} if taken_in or known else number_problems(intake.reading, record)
    if wrong:
        told = tuple(Problem(wire, row.place(wire), sentence) for wire, sentence in wrong.items())
        intake.refuse(RefusedRow(row, told))
        return

    def make() -> Sequence[Record]:
        if known is None:
            intake.writing.put(naming(intake.writing, record))
        return [known or record]

    intake.take(row, make)


def _typed(intake: Intake, cls: type[Record], row: LedgerRow) -> dict[str, str]:
    typed: dict[str, str] = {}
    for spec in cls.fields():
        text = row.values.get(spec.wire, "")
        if text and spec.kind.refers:
            text = intake.references.uid_of(spec.kind.refers, text) or ""
        if text:
            typed[spec.wire] = text
    return typed


def _with_problems(row: LedgerRow, notes: Sequence[Problem]) -> LedgerRow:
    return replace(row, problems=(*row.problems, *notes))
