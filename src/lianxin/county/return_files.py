"""The files of one township's return as the log tells them, for the page that shows one return."""

from __future__ import annotations

from lianxin.county.files_told import FileTold, logged_files
from lianxin.county.roster import Town
from lianxin.domain.records import ReceivedFile
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
