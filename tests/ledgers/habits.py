"""Writing ledgers as townships keep them, and saying in one line what a visit was understood as."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl

from lianxin.ledgers.findings import RefusedRow
from lianxin.ledgers.receptions import read_receptions
from lianxin.ledgers.visits import EmptyDay, ReceptionLedger, VisitRow
from lianxin.ledgers.workbook import read_workbook
from tests.ledgers.builders import TODAY

Books = Mapping[str, Sequence[tuple[str, Sequence[Sequence[object]], Sequence[str]]]]


def read_book(folder: Path, name: str, books: Books) -> ReceptionLedger:
    """The ledger of that name, written and read back."""
    book = openpyxl.Workbook()
    assert book.active is not None
    book.remove(book.active)
    for title, rows, merges in books[name]:
        page = book.create_sheet(title)
        for row in rows:
            page.append(list(row))
        for merge in merges:
            page.merge_cells(merge)
    book.save(folder / name)
    return read_receptions(read_workbook(folder / name), today=TODAY)


def told(ledger: ReceptionLedger) -> list[str]:
    """Every data row in place: sheet and row, then day, visitors, persons, phone, route, result, satisfaction."""
    places = {sheet.sheet: place for place, sheet in enumerate(ledger.sheets)}
    rows: list[VisitRow | EmptyDay | RefusedRow] = [*ledger.visits, *ledger.empty_days, *ledger.refused]
    rows.sort(key=lambda each: (places[each.row.sheet], each.row.row))
    found: list[str] = []
    for each in rows:
        if isinstance(each, VisitRow):
            said = (each.day, "、".join(each.visitors) or "匿名", each.persons, each.phone, each.handling)
            more = (each.result, each.satisfaction)
            words = " ".join("-" if part is None else str(part) for part in (*said, *more))
        else:
            words = f"{each.day} 无人" if isinstance(each, EmptyDay) else "不能导入"
        found.append(f"{each.row.row} {words}")
    return found
