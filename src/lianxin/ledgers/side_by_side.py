"""Lists printed in two or three columns of the page, the header said once over each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lianxin.ledgers.cells import BLANK, Sheet
from lianxin.ledgers.headings import Column, folded

_SEARCHED_ROWS = 12
_PLACES = ("", "（右栏）", "（第三栏）", "（第四栏）")


def apart(sheet: Sheet, columns: Sequence[Column]) -> tuple[Sheet, ...]:
    """One sheet for each such column, cells and rows where they stand in the file; else the sheet itself."""
    named = {folded(word) for column in columns for word in (column.label, *column.synonyms)}
    for row in sheet.rows[:_SEARCHED_ROWS]:
        texts = [folded(cell.text) if cell.text.strip() else "" for cell in row]
        for times in (2, 3, 4):
            width = -(-len(texts) // times)
            first = texts[:width]
            if len(named & set(first)) < 2 or len(texts) < times * (width - 1) + 1:
                continue
            parts = [texts[n * width : (n + 1) * width] for n in range(times)]
            if all(part + [""] * (width - len(part)) == first for part in parts):
                return tuple(_part(sheet, place, width, times) for place in range(times))
    return (sheet,)


def _part(sheet: Sheet, place: int, width: int, times: int) -> Sheet:
    """The sheet with the other columns blank; a title in the first column stays over all of them."""
    low, high = place * width, (place + 1) * width if place + 1 < times else 10**6
    rows = tuple(
        tuple(
            cell if low <= column < high or sum(1 for each in row if each.text.strip()) == 1 else BLANK
            for column, cell in enumerate(row)
        )
        for row in sheet.rows
    )
    return replace(sheet, name=f"{sheet.name}{_PLACES[place]}", rows=rows)
