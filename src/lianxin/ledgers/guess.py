"""Which kind of ledger a file is, so that the clerk need not say."""

from __future__ import annotations

from typing import Literal

from lianxin.ledgers import deputies, events, reportback, visit_columns
from lianxin.ledgers.cells import Sheet, Workbook
from lianxin.ledgers.headings import find_heading

LedgerKind = Literal["visit", "deputy", "tally", "activity"]

_COLUMNS = {
    "visit": visit_columns.COLUMNS,
    "deputy": deputies.COLUMNS,
    "tally": reportback.COLUMNS,
    "activity": events.ACTIVITY_COLUMNS,
}


def guess_kind(workbook: Workbook) -> LedgerKind | None:
    """Reception ledger, roster, report-back summary or ledger of activities, by the columns found; None when it is none of them."""
    scores: dict[LedgerKind, int] = {"visit": 0, "deputy": 0, "tally": 0, "activity": 0}
    for kind in scores:
        scores[kind] = max((_strength(sheet, kind) for sheet in workbook.sheets), default=0)
    best = max(scores, key=lambda kind: scores[kind])
    return best if scores[best] else None


def holds_visits_only(workbook: Workbook) -> bool:
    """Whether every sheet that could be read as a roster is a reception ledger by more of its columns."""
    found = [
        (_strength(sheet, "visit"), strength)
        for sheet in workbook.sheets
        if (strength := _strength(sheet, "deputy"))
    ]
    return bool(found) and all(visit > deputy for visit, deputy in found)


def _strength(sheet: Sheet, kind: LedgerKind) -> int:
    """How many columns of this kind a sheet has by their names; 0 when one that must be there is missing."""
    heading = find_heading(sheet, _COLUMNS[kind])
    if heading is None or heading.missing or (kind == "tally" and not reportback.has_votes(heading)):
        return 0
    return sum(1 for match in heading.matches if match.how in ("label", "synonym"))
