"""代表建议台账: one line a suggestion or bill with everybody who signed, handled, answered and judged it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lianxin.documents.workbooks.ledger import Column, table_xlsx
from lianxin.documents.workbooks.looks import Look
from lianxin.documents.workbooks.writer import Value

LABEL = "代表议案建议台账"


@dataclass(frozen=True)
class SuggestionLine:
    """One suggestion in words; `met` is when the deputies were spoken with, `judged` what the leading one said."""

    number: str
    form: str
    title: str
    lead: str
    joint: str
    registered: date
    occasion: str
    unit: str
    co_units: str
    assigned: date | None
    due: date | None
    met: date | None
    replied: date | None
    result: str
    judged: str
    joint_judged: str
    progress: str
    remark: str


_COLUMNS = (
    Column("序号", Look.ORDER),
    Column("编号", Look.MIDDLE),
    Column("类型", Look.MIDDLE),
    Column("标题", Look.TEXT, share=2),
    Column("领衔代表", Look.MIDDLE),
    Column("联名代表", Look.TEXT, share=1),
    Column("提出日期", Look.DAY),
    Column("会上或闭会", Look.MIDDLE),
    Column("主办单位", Look.MIDDLE),
    Column("协办单位", Look.MIDDLE),
    Column("交办日期", Look.DAY),
    Column("答复期限", Look.DAY),
    Column("面商日期", Look.DAY),
    Column("答复日期", Look.DAY),
    Column("办理结果", Look.MIDDLE),
    Column("领衔代表评价", Look.TEXT, share=1),
    Column("联名代表评价", Look.TEXT, share=1),
    Column("办理进度", Look.MIDDLE),
    Column("备注", Look.TEXT, share=1),
)


def suggestion_ledger_xlsx(lines: Sequence[SuggestionLine], *, office_name: str, title: str = LABEL) -> bytes:
    """The ledger of these suggestions in their order; for use inside the office."""
    body: list[tuple[Value, ...]] = [(at, *vars(line).values()) for at, line in enumerate(lines, 1)]
    return table_xlsx(_COLUMNS, body, title=title, office_name=office_name, label=LABEL)
