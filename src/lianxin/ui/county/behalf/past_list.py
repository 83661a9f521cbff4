"""已代录的表: what was read on behalf of townships, to look back at and to take back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from lianxin.county.behalf.past import WITHDRAWN, PastTable
from lianxin.domain.dates import show_day
from lianxin.ui.pieces import Card, label
from lianxin.ui.record_list import EmptyWords, RecordList
from lianxin.ui.table import Column

_HINT = "选一份，按 F2 撤销：它不再计入，被它替换的重新计入，历史里都在。"


class PastSource:
    """A ListSource over the tables that were read."""

    def __init__(self, tables: Sequence[PastTable] = ()) -> None:
        self.by_uid = {each.uid: each for each in tables}

    @property
    def columns(self) -> Sequence[Column]:
        """Day, township, period, kind, file, how it came, whether it counts."""
        return (
            Column("day", "代录日期", width=128, sortable=False),
            Column("town", "乡镇", width=100, sortable=False),
            Column("period", "报送期", width=124, sortable=False),
            Column("ledger", "台账", width=124, sortable=False),
            Column("file", "文件", stretch=True, sortable=False),
            Column("source", "来源", width=132, sortable=False, look="soft", drop=2),
            Column("state", "状态", width=84, sortable=False, look="badge"),
        )

    def keys(self, sort: str, descending: bool, words: str) -> Sequence[str]:
        """The tables that hold the words, latest first."""
        return [uid for uid in self.by_uid if not words or words in "".join(self._cells(uid))]

    def rows(self, keys: Sequence[str]) -> Sequence[Sequence[str]]:
        """The cells of these tables."""
        return [self._cells(key) for key in keys]

    def _cells(self, uid: str) -> Sequence[str]:
        told = self.by_uid[uid]
        return (
            show_day(told.day), told.town, told.period, told.ledger, told.file_name, told.source, told.state,
        )  # fmt: skip


class BehalfPast(QWidget):
    """The list; `chosen()` is the table that may be taken back."""

    def __init__(self) -> None:
        super().__init__()
        self._source = PastSource()
        self.list = RecordList(
            self._source, name="已代录的表", unit="份", framed=False, filter_hint="查找  Ctrl+F",
            empty=EmptyWords("还没有代录过", "把乡镇的表格拖到“接收报送”里。"),
        )  # fmt: skip
        card = Card()
        card.add(label(_HINT, "soft", wrap=True))
        card.add(self.list, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(card, 1)

    def show_tables(self, tables: Sequence[PastTable]) -> None:
        """Show these."""
        self._source = PastSource(tables)
        self.list.set_source(self._source)

    def chosen(self) -> PastTable | None:
        """The chosen table, None when there is none or it was taken back before."""
        found = self._source.by_uid.get(self.list.current_key())
        return found if found is not None and found.state != WITHDRAWN else None
