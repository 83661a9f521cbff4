"""Any list as a workbook that prints on A4 across: the rows it shows now, in their order, masked as they are on screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lianxin.documents.workbooks.ledger import Column as Printed
from lianxin.documents.workbooks.ledger import table_xlsx
from lianxin.documents.workbooks.looks import Look
from lianxin.documents.workbooks.writer import Value
from lianxin.ui.jobs import Cancel, Progress, Stopped
from lianxin.ui.pages import Desk
from lianxin.ui.printing import show_paper
from lianxin.ui.record_list import RecordList
from lianxin.ui.table import Column, ListSource

_STEP = 500
_LONG = 14
"""A column with longer words gives way where the paper is too narrow."""
_BARRED = str.maketrans('\\/:*?"<>|', "_________")


@dataclass(frozen=True)
class WholeList:
    """What a list shows at one moment, to be read beside the window."""

    source: ListSource
    keys: Sequence[str]
    note: str

    @classmethod
    def of(cls, listed: RecordList) -> WholeList:
        """The list as it is narrowed and ordered now."""
        keys = [listed.model.key_at(row) for row in range(listed.model.rowCount())]
        return cls(listed.model.source, keys, f"筛选“{listed.filter_words()}”" * bool(listed.filter_words()))


def print_list(desk: Desk, listed: RecordList, folder: Path, *, office: str, title: str) -> None:
    """Write the workbook and show it as every paper is shown."""
    whole = WholeList.of(listed)

    def done(content: bytes) -> None:
        show_paper(desk, (f"{title.translate(_BARRED)}.xlsx", content), folder, personal=False)

    def work(progress: Progress, cancel: Cancel) -> bytes:
        return list_xlsx(whole, progress, cancel, office=office, title=title)

    if len(whole.keys) <= _STEP:
        # Few rows are read at once; a source that only the window may ask is never long.
        done(work(lambda *_said: None, lambda: False))
        return
    desk.jobs.start(work, title=f"正在准备“{title}”", done=done, owner=listed)


def list_xlsx(whole: WholeList, progress: Progress, cancel: Cancel, *, office: str, title: str) -> bytes:
    """The workbook of a list. Raises Stopped."""
    rows: list[Sequence[str]] = []
    for first in range(0, len(whole.keys), _STEP):
        if cancel():
            raise Stopped
        rows += whole.source.rows(whole.keys[first : first + _STEP])
        progress(len(rows), len(whole.keys), "")
    shown = [at for at, column in enumerate(whole.source.columns) if column.title.strip()]
    columns = [_printed(whole.source.columns[at], [row[at] for row in rows]) for at in shown]
    body: list[tuple[Value, ...]] = [
        tuple(_value(column, row[at]) for column, at in zip(columns, shown, strict=True)) for row in rows
    ]
    return table_xlsx(columns, body, title=title, office_name=office, label=title, note=whole.note)


def _printed(column: Column, words: Sequence[str]) -> Printed:
    title = column.title.strip()
    if words and all(_is_count(word) for word in words if word):
        return Printed(title, Look.COUNT if any(words) else Look.MIDDLE)
    long = column.stretch or max(map(len, words), default=0) > _LONG
    return Printed(title, Look.TEXT, share=1) if long else Printed(title, Look.MIDDLE)


def _value(column: Printed, word: str) -> Value:
    return int(word) if word and column.look is Look.COUNT else word


def _is_count(word: str) -> bool:
    """Whether words are a count: a number that begins with 0 is a code."""
    return word.isascii() and word.isdigit() and len(word) < 10 and (word == "0" or not word.startswith("0"))
