"""Where a ledger is dropped or chosen, and where it is said why one could not be read."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from lianxin.ui.pieces import Card, button, label
from lianxin.ui.theme import px

FORMATS = "能导入 .xlsx、.xls、.csv，以及 Word（.docx）里的表格。WPS 的 .et 请先另存为 .xlsx。"


class DropZone(Card):
    """`dropped(path)` when a file was let go here, `asked` when the button was pressed."""

    dropped = Signal(str)
    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setAcceptDrops(True)
        box = QVBoxLayout()
        box.setSpacing(px(8))
        centre = Qt.AlignmentFlag.AlignHCenter
        self._title = label("把台账文件拖到这里", "heading")
        self._choose = button("选择文件…", act=self.asked.emit)
        self._wrong = label("", "problem", wrap=True)
        self._wrong.setAlignment(Qt.AlignmentFlag.AlignCenter)
        formats = label(FORMATS, "soft", wrap=True)
        formats.setAlignment(Qt.AlignmentFlag.AlignCenter)
        again = label("同一本台账可以反复导入：导入过的行会认出来，不会重复。", "soft", wrap=True)
        again.setAlignment(Qt.AlignmentFlag.AlignCenter)
        box.addSpacing(px(10))
        box.addWidget(self._title, 0, centre)
        box.addWidget(self._choose, 0, centre)
        box.addWidget(self._wrong)
        box.addWidget(formats)
        box.addWidget(again)
        box.addSpacing(px(6))
        self.add_layout(box)
        self._wrong.hide()
        self.setAccessibleName("导入台账")

    def show_wrong(self, words: str) -> None:
        """Say why a file was not read; "" takes the sentence away."""
        self._wrong.setText(words)
        self._wrong.setVisible(bool(words))

    def wrong(self) -> str:
        """What is said to be wrong, "" for nothing."""
        return "" if self._wrong.isHidden() else self._wrong.text()

    def focus_button(self) -> None:
        """Take the focus, so that Enter chooses a file."""
        self._choose.setFocus()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_file(event.mimeData()) is not None:
            self._title.setText("松开就开始预览")
            event.acceptProposedAction()

    def dragLeaveEvent(self, _event: object) -> None:
        self._title.setText("把台账文件拖到这里")

    def dropEvent(self, event: QDropEvent) -> None:
        self._title.setText("把台账文件拖到这里")
        path = dropped_file(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.dropped.emit(str(path))


def dropped_file(data: QMimeData) -> Path | None:
    """The first file of what is dragged, None when there is none."""
    for url in data.urls():
        if url.isLocalFile() and Path(url.toLocalFile()).is_file():
            return Path(url.toLocalFile())
    return None
