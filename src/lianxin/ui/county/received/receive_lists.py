"""Left of 接收报送: the files of this batch with their chips, and below them the log of what came before."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from lianxin.county.received.batch import Batch
from lianxin.county.received.files_told import FileTold
from lianxin.office.desk import Desk
from lianxin.ui.county.received.file_lists import ALL, BatchSource, HistorySource, VerdictFilter
from lianxin.ui.jobs import Jobs
from lianxin.ui.pieces import Card, label
from lianxin.ui.record_list import EmptyWords, RecordList
from lianxin.ui.theme import px


class ReceiveLists(QWidget):
    """`picked(key)` of the batch, `past_picked(uid)` of the log, `opened()` when either was opened."""

    picked = Signal(str)
    past_picked = Signal(str)
    opened = Signal()

    def __init__(self, office: Desk, reads: Jobs) -> None:
        super().__init__()
        self._office = office
        self._source = BatchSource()
        self.filter = VerdictFilter()
        self.filter.changed.connect(self._keep)
        self.summary = label("", "soft")
        self.files = RecordList(
            self._source, name="这一批文件", unit="份", framed=False, filter_hint="查找  Ctrl+F",
            empty=EmptyWords("没有这样的文件", "换一个筛选看看。"), with_filter=False,
        )  # fmt: skip
        self.history = RecordList(
            HistorySource(office), name="接收记录", unit="份", framed=False, reads=reads,
            filter_hint="查找  Ctrl+F",
            empty=EmptyWords(
                "还没有接收过报送件",
                "把乡镇送来的文件或整个文件夹拖到上面，先核验、再接收；每一份的结论都记在这里。",
            ),
        )  # fmt: skip
        self.files.picked.connect(self.picked)
        self.history.picked.connect(self.past_picked)
        for each in (self.files, self.history):
            each.opened.connect(self._opened)
        self.chips, self._now = QWidget(), Card()
        self._lay_out()

    def show_batch(self, batch: Batch | None) -> None:
        """Its files, the one that was chosen still chosen, else the first that asks for something."""
        chosen = self.files.current_key()
        self._source = BatchSource(batch.files if batch is not None else (), self._office.today().year)
        self._now.setVisible(batch is not None)
        self.chips.setVisible(batch is not None)
        counts = self._source.counts()
        self.filter.show_counts(counts)
        if batch is not None and not counts.get(self.filter.code()):
            self.filter.chips.set_code(ALL)
        self._source.kept = self.filter.code()
        self.files.set_source(self._source)
        if batch is None:
            self.leave_history()
            return
        first = next((each.key for each in batch.files if each.asks_again), "")
        if not (chosen and self.files.select(chosen)):
            self.files.select(first or (batch.files[0].key if batch.files else ""))

    def file(self, key: str) -> FileTold | None:
        """One file of the batch."""
        return self._source.file(key)

    def leave_history(self) -> None:
        """No line of the log is chosen any more."""
        self.history.view.selectionModel().clear()

    def leave_files(self) -> None:
        """No file of the batch is chosen any more."""
        self.files.view.selectionModel().clear()

    def _lay_out(self) -> None:
        line = QHBoxLayout(self.chips)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.filter, 1)
        line.addWidget(self.summary)
        before = Card()
        self._now.body.setContentsMargins(px(4), px(4), px(4), px(4))
        self._now.add(self.files, 1)
        before.body.setContentsMargins(px(12), px(8), px(12), px(6))
        self.history.add_tool(label("接收记录", "heading"))
        before.add(self.history, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(10))
        box.addWidget(self._now, 3)
        box.addWidget(before, 2)

    def _keep(self) -> None:
        self._source.kept = self.filter.code()
        self.files.refresh()

    def _opened(self, _key: str) -> None:
        self.opened.emit()
