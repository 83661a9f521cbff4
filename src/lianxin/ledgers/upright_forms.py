"""A form with its labels beside their values, one visit to a table → a ledger of one row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lianxin.ledgers.cells import Cell, Sheet, text_cell
from lianxin.ledgers.headings import Column, folded

_FEWEST_FIELDS = 4
_FEWEST_ROWS = 3


def laid_flat(sheet: Sheet, columns: Sequence[Column]) -> Sheet:
    """The sheet as a header over one row where it is such a form (登记表); any other sheet as it is."""
    named = {folded(word): column for column in columns for word in (column.label, *column.synonyms)}
    pairs: dict[str, tuple[str, Cell]] = {}
    rows: set[int] = set()
    for number, row in enumerate(sheet.rows, 1):
        filled = [cell for cell in row if cell.text.strip()]
        label: Column | None = None
        for cell in filled:
            found = named.get(folded(cell.text))
            if found is None and label is not None and label.name not in pairs:
                pairs[label.name] = (label.label, cell)
                rows.add(number)
            label = found
    required = {column.name for column in columns if column.required}
    if not required <= pairs.keys() or len(pairs) < _FEWEST_FIELDS or len(rows) < _FEWEST_ROWS:
        return sheet
    header = [text_cell(label) for label, _ in pairs.values()]
    values = [cell for _, cell in pairs.values()]
    above = tuple(cell.text for row in sheet.rows[:1] for cell in row if cell.text.strip())[:1]
    return replace(sheet, rows=(tuple(header), tuple(values)), merges=(), before=(*sheet.before, *above))
