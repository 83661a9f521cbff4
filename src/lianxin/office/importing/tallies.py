"""Report-back summaries: shown with what does not add up, not yet taken in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from lianxin.ledgers.reportback import KIND, read_tallies
from lianxin.ledgers.workbook import read_workbook
from lianxin.office.importing.intake import Intake
from lianxin.office.importing.understood import Understood


def understand_tallies(
    path: Path, *, today: date, overrides: Mapping[str, Mapping[int, str]] | None = None
) -> Understood:
    """Reads a report-back summary; its rows are only looked at."""
    summary = read_tallies(read_workbook(path), today=today, overrides=overrides)
    wrong = sum(bool(row.wrong) for row in summary.rows)

    def take_in(intake: Intake) -> None:
        for row in summary.rows:
            intake.show(row.row)
        for refused in summary.refused:
            intake.refuse(refused)

    sums = {"deputies": len(summary.rows), "wrong": wrong}
    return Understood(KIND, summary.sheets, summary.refused, sums, take_in, preview_only=True)
