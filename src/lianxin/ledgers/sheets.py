"""Every sheet of a workbook as ledger rows, also where one has lost its header, or is a form, or two lists in one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from lianxin.ledgers.body import Body, blank_row, line_of
from lianxin.ledgers.cells import Sheet, Workbook
from lianxin.ledgers.context import Context, read_context, read_cover
from lianxin.ledgers.headings import Column, Heading, find_heading, goes_on
from lianxin.ledgers.rows import NO_HEADER, SheetReading, Skipped
from lianxin.ledgers.side_by_side import apart
from lianxin.ledgers.upright_forms import laid_flat

_SEEN = 3


def read_rows(
    workbook: Workbook,
    columns: Sequence[Column],
    *,
    kind: str,
    carried: Sequence[str] = (),
    overrides: Mapping[str, Mapping[int, str]] | None = None,
) -> tuple[SheetReading, ...]:
    """Read every sheet. `kind` enters each row's identity; `overrides` per sheet name correct the columns.

    `carried` fields, led by the first, come down into rows that leave them blank while the first is blank too.
    """
    counted: Counter[str] = Counter()
    workbook = replace(
        workbook,
        sheets=tuple(laid_flat(part, columns) for sheet in workbook.sheets for part in apart(sheet, columns)),
    )
    headings = [
        find_heading(sheet, columns, (overrides or {}).get(sheet.name, {})) for sheet in workbook.sheets
    ]
    for place, sheet in enumerate(workbook.sheets):
        above = _heading_before(headings[:place])
        if headings[place] is None and above and goes_on(sheet, above, columns):
            headings[place] = above
    pairs = list(zip(workbook.sheets, headings, strict=True))
    contexts = [
        read_context(sheet, heading.first, workbook.name) if heading else read_cover(sheet)
        for sheet, heading in pairs
    ]
    return tuple(
        Body(sheet, heading, _dated_by(context, contexts), kind, tuple(carried), counted).read()
        if heading
        else _without_header(sheet, columns)
        for (sheet, heading), context in zip(pairs, contexts, strict=True)
    )


def _heading_before(headings: Sequence[Heading | None]) -> Heading | None:
    """The latest header, standing above the first row of the next sheet."""
    heading = next((each for each in reversed(headings) if each), None)
    return replace(heading, first=0, last=0) if heading else None


def _dated_by(context: Context, others: Sequence[Context]) -> Context:
    """The context with the year that cover or neighbours name, where the sheet and the file name none."""
    if context.year or context.years:
        return context
    told = [each for each in others if each.year or each.years]
    if len({(each.year, each.years) for each in told}) != 1:
        return context
    source = told[0].year_source if told[0].year_source.endswith("”表") else "别的表"
    return replace(context, year=told[0].year, years=told[0].years, year_source=source)


def _without_header(sheet: Sheet, columns: Sequence[Column]) -> SheetReading:
    skipped = [
        Skipped(
            sheet.name, n, "空行" if blank_row(sheet, n) else NO_HEADER, line_of(sheet, n),
            sum(1 for cell in sheet.rows[n - 1] if cell.text.strip()),
        )
        for n in range(1, len(sheet.rows) + 1)
    ]  # fmt: skip
    wanted = [column for column in columns if column.name != "number"]
    expected = [column.label for column in sorted(wanted, key=lambda column: not column.required)][:6]
    seen = [each.text for each in skipped if each.text][:_SEEN]
    return SheetReading(
        sheet.name, Context(), None, (), tuple(skipped), (), expected=tuple(expected), seen=tuple(seen)
    )
