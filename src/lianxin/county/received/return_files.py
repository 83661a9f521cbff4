"""The files of one township's return as the log tells them, for the page that shows one return."""

from __future__ import annotations

from lianxin.county.behalf.entering import label_of_ledger
from lianxin.county.received.files_told import FileTold, logged_files
from lianxin.county.townships.roster import Town
from lianxin.domain.dates import show_day_short
from lianxin.domain.records import BehalfSource, ReceivedFile
from lianxin.office.desk import Desk
from lianxin.store.reading import Condition


def files_of_return(desk: Desk, town: Town, period: str) -> dict[str, FileTold]:
    """uid of the log's line → the file, as it stands now; latest first, those that came twice left out."""
    with desk.store.reading() as reading:
        lines = [
            each
            for each in reading.all(
                ReceivedFile, Condition("org_code", "in", tuple(town.codes)), Condition("period", "=", period)
            )
            if each.verdict != "noop"
        ]
    return logged_files(desk, sorted((each.uid for each in lines), reverse=True))


def tables_of_return(desk: Desk, town: Town, period: str) -> tuple[str, ...]:
    """What was read on behalf of the township for this return, a line a table: 11月20日 代录 接待群众台账 23条."""
    with desk.store.reading() as reading:
        found = reading.all(
            BehalfSource, Condition("code", "in", tuple(town.codes)), Condition("period", "=", period)
        )
    return tuple(_table(each) for each in found if each.withdrawn is None)


def _table(told: BehalfSource) -> str:
    rows = len((told.rows or "").splitlines())
    counted = f"{rows}条" if rows else ""
    return "　".join(
        each for each in (show_day_short(told.day), "代录", label_of_ledger(told.ledger), counted) if each
    )
