"""回执: dropped or chosen, what came of it, and the way back when the county has more of ours than is here."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent

from lianxin.office.sending.monthly_act import MonthlyAct
from lianxin.ui.pieces import Card, button, label, set_look
from lianxin.ui.theme import px

HINT = "把县人大的回执拖到这里，或用上面的按钮。"
LET_GO = "松开就接收"
BEHIND = "县人大收到的比本机现有的多，本机可能是从旧备份恢复的。请把自己报送过的文件收回来。"


class ReceiptCard(Card):
    """`dropped(paths)`, `asked` for a file dialog, `stick_asked`, `back_asked` for the own files to be taken back."""

    dropped = Signal(object)
    asked = Signal()
    stick_asked = Signal()
    back_asked = Signal()

    def __init__(self) -> None:
        super().__init__("回执")
        self.body.setContentsMargins(px(16), px(8), px(12), px(10))
        self.setAcceptDrops(True)
        self.choose = button("选择回执…", act=self.asked.emit)
        self.stick = button("从U盘读取", act=self.stick_asked.emit)
        self.add_tool(self.choose)
        self.add_tool(self.stick)
        self._hint = label(HINT, "soft", wrap=True)
        self._outcome = label("", wrap=True)
        self._behind = label(BEHIND, "late", wrap=True)
        self.take_back = button("收回自己的报送件…", act=self.back_asked.emit)
        for part in (self._hint, self._outcome, self._behind, self.take_back):
            self.add(part)
        self._outcome.hide()
        self._behind.hide()
        self.take_back.hide()

    def show_act(self, act: MonthlyAct) -> None:
        """Before enrolment no receipt can come; while the county is ahead of us the way back stays in sight."""
        self.setVisible(act.link is not None)
        self._behind.setVisible(act.behind)
        self.take_back.setVisible(act.behind)

    def say(self, words: str, *, good: bool) -> None:
        """What came of the files that were taken in last."""
        self._outcome.setText(words)
        set_look(self._outcome, "good" if good else "problem")
        self._outcome.setVisible(bool(words))
        self._hint.setVisible(not words)

    def said(self) -> str:
        """What is said of the last files, "" for nothing."""
        return "" if self._outcome.isHidden() else self._outcome.text()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_paths(event.mimeData()):
            self._hint.setText(LET_GO)
            self._hint.show()
            event.acceptProposedAction()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self._rest()

    def dropEvent(self, event: QDropEvent) -> None:
        self._rest()
        paths = dropped_paths(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(paths)

    def _rest(self) -> None:
        self._hint.setText(HINT)
        self._hint.setVisible(self._outcome.isHidden())


def dropped_paths(data: QMimeData) -> Sequence[Path]:
    """The files and folders of what is dragged."""
    found = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return [each for each in found if each.exists()]
