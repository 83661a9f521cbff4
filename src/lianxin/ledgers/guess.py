"""Which kind of ledger a file is, so that the clerk need not say."""

from __future__ import annotations

from typing import Literal

from lianxin.ledgers import deputies, reportback, visit_columns
from lianxin.ledgers.cells import Workbook
from lianxin.ledgers.headings import find_heading

LedgerKind = Literal["visit", "deputy", "tally"]

_COLUMNS = {"visit": visit_columns.COLUMNS, "deputy": deputies.COLUMNS, "tally": reportback.COLUMNS}


def guess_kind(workbook: Workbook) -> LedgerKind | None:
    """Reception ledger, roster or report-back summary, by the columns found; None when it is none of them."""
    scores: dict[LedgerKind, int] = {"visit": 0, "deputy": 0, "tally": 0}
    for kind in scores:
        for sheet in workbook.sheets:
            heading = find_heading(sheet, _COLUMNS[kind])
            if heading and not heading.missing:
                strong = sum(1 for match in heading.matches if match.how in ("label", "synonym"))
                scores[kind] = max(scores[kind], strong)
    best = max(scores, key=lambda kind: scores[kind])
    return best if scores[best] else None
