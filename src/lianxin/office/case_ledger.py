"""The matters a list shows, as the 意见建议台账 in a workbook of the office's own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lianxin.domain.records import Opinion
from lianxin.office.beside import write_beside
from lianxin.office.desk import Desk, office_of
from lianxin.office.sending.papers import opinion_lines
from lianxin.store.files import why_not


class NotWritten(Exception):
    """No file could be written; `reason` says why in a few words."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path = path
        super().__init__(
            f"没有导出：{path.name}写不进去（{reason}）。登记的内容没有受影响，请换一个位置再导出。"
        )


def case_ledger(desk: Desk, uids: Sequence[str], *, narrowed: str = "") -> bytes:
    """The workbook of these matters in their order, for use inside the office: people stand in it by name."""
    from lianxin.documents.workbooks.opinion_ledger import opinion_ledger_xlsx

    with desk.store.reading() as reading:
        office = office_of(reading)
        opinions = list(reading.by_uid(Opinion, uids).values())
        lines = opinion_lines(reading, opinions, desk.profile, desk.today())
    title = f"{office.short_name or office.name}意见建议台账"
    if narrowed:
        title += f"（{narrowed}）"
    return opinion_ledger_xlsx(lines, office_name=office.name, redact=False, title=title)


def write_ledger(path: Path, data: bytes) -> Path:
    """Writes the file, or …(2) beside it when that one is open elsewhere; answers where. Raises NotWritten."""
    try:
        return write_beside(path, data)
    except OSError as refused:
        raise NotWritten(path, why_not(refused)) from refused
