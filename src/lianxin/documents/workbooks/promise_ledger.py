"""承诺事项台账: what was promised in replies, by when, and what became of it (domain.md 3.17)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lianxin.documents.workbooks.ledger import Column, table_xlsx
from lianxin.documents.workbooks.looks import Look
from lianxin.documents.workbooks.writer import Value

_COLUMNS = (
    Column("序号", Look.ORDER),
    Column("意见编号", Look.MIDDLE),
    Column("意见", Look.TEXT, share=2),
    Column("承办单位", Look.TEXT, share=1),
    Column("承诺事项", Look.TEXT, share=3),
    Column("承诺日期", Look.DAY),
    Column("承诺期限", Look.DAY),
    Column("兑现情况", Look.MIDDLE),
    Column("实际完成", Look.DAY),
    Column("再次答复", Look.DAY),
    Column("二次评价", Look.MIDDLE),
    Column("备注", Look.TEXT, share=2),
)


@dataclass(frozen=True)
class PromiseRow:
    """One promise in words and days."""

    number: str
    title: str
    unit: str
    promise: str
    made: date
    due: date | None
    status: str
    done: date | None
    replied: date | None
    judged: str
    note: str


def promise_ledger_xlsx(rows: Sequence[PromiseRow], *, office_name: str, title: str) -> bytes:
    """The workbook, A4 across to its width."""
    body: list[tuple[Value, ...]] = [(at, *vars(row).values()) for at, row in enumerate(rows, 1)]
    return table_xlsx(
        _COLUMNS,
        body,
        title=title,
        office_name=office_name,
        label="承诺事项台账",
        note="含群众信息，请勿外传",
    )
