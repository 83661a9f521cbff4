"""Own sent files taken back in after a restored backup: which ones, and what becomes of the numbers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from lianxin.store.record_store import NUMBER_JUMP
from lianxin.ui.pieces import button, label
from lianxin.ui.sending.asking import ask_files
from lianxin.ui.theme import px

WHAT = "县人大收到的比本机现有的多"
WHY = (
    "本机多半是从旧备份恢复的，缺少备份以后登记、县人大已经收到的一些记录。本机现有的内容都在，没有改动。"
    "把自己报送过的文件收回来，缺少的记录就回来了；以前接收过的回执也可以一起选。"
)
NUMBERS = f"以后新登记的编号跳过{NUMBER_JUMP}个（例如0037之后是{38 + NUMBER_JUMP:04d}），免得和已经报送的重号；已有的编号不变。"
_PATH = Qt.ItemDataRole.UserRole


class TakeBackDialog(QDialog):
    """The offered files, all chosen; further ones can be added. `chosen()` after it was accepted."""

    def __init__(self, offered: Sequence[Path], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("收回自己的报送件")
        self.setMinimumWidth(px(560))
        box = QVBoxLayout(self)
        box.setContentsMargins(px(24), px(20), px(24), px(18))
        box.setSpacing(px(10))
        box.addWidget(label(WHAT, "heading", wrap=True))
        box.addWidget(label(WHY, wrap=True))
        self.files = QListWidget()
        self.files.setAccessibleName("要收回的文件")
        self.files.setMinimumHeight(px(120))
        box.addWidget(self.files, 1)
        self._none = label("本机的“报送”文件夹里没有可以收回的文件，请从U盘或别处选择。", "soft", wrap=True)
        box.addWidget(self._none)
        box.addWidget(label(NUMBERS, "soft", wrap=True))
        self.more = button("选择别的文件…", act=self._more)
        self.later = button("以后再说", act=self.reject)
        self.take = button("收回这些文件", "main", act=self.accept)
        line = QHBoxLayout()
        line.addWidget(self.more)
        line.addStretch(1)
        line.addWidget(self.later)
        line.addWidget(self.take)
        box.addLayout(line)
        self.files.itemChanged.connect(self._changed)
        self.add(offered)
        self.setAccessibleDescription(f"{WHAT}。{WHY}{NUMBERS}")

    def add(self, paths: Sequence[Path]) -> None:
        """Put files into the list, chosen; one that is there already is not put in twice."""
        there = {str(self.files.item(row).data(_PATH)) for row in range(self.files.count())}
        for path in dict.fromkeys(paths):
            if str(path) not in there:
                item = QListWidgetItem(path.name)
                item.setData(_PATH, str(path))
                item.setToolTip(str(path))
                item.setSizeHint(QSize(0, px(34)))
                item.setCheckState(Qt.CheckState.Checked)
                self.files.addItem(item)
        self._changed()

    def chosen(self) -> list[Path]:
        """The files that are ticked."""
        items = [self.files.item(row) for row in range(self.files.count())]
        return [Path(str(item.data(_PATH))) for item in items if item.checkState() is Qt.CheckState.Checked]

    def _more(self) -> None:
        self.add(ask_files(self, "选择报送过的文件"))

    def _changed(self) -> None:
        self._none.setVisible(self.files.count() == 0)
        self.take.setEnabled(bool(self.chosen()))


def ask_back(parent: QWidget, offered: Sequence[Path]) -> list[Path]:
    """Which files are taken back; none when the clerk thought better of it."""
    dialog = TakeBackDialog(offered, parent)
    return dialog.chosen() if dialog.exec() == QDialog.DialogCode.Accepted else []
