"""The door of a locked window: who it is, the passphrase, and the way back to the first screen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from lianxin.store.passphrase import Login
from lianxin.ui.asking.passphrase import AskPassphrase
from lianxin.ui.lock.curtain import Curtain
from lianxin.ui.pieces.buttons import button, label
from lianxin.ui.theme import px


class LockDialog(QDialog):
    """Locks when it is made. `answered(passphrase, who)`; `left` to close the office and start from the first screen.

    `release` puts everything back.
    """

    answered = Signal(str, str)
    left = Signal()

    def __init__(self, window: QWidget, people: Sequence[Login], *, actor: str, why: str) -> None:
        # Over an open question too: only a window that belongs to the modal one comes in front of it.
        super().__init__(QApplication.activeModalWidget() or window)
        self._window = window
        self.setWindowTitle("已锁定")
        self.setWindowFlags(
            Qt.WindowType.Dialog | Qt.WindowType.CustomizeWindowHint | Qt.WindowType.WindowTitleHint
        )
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.setMinimumWidth(px(520))
        self._may_close = False
        box = QVBoxLayout(self)
        box.setContentsMargins(px(28), px(22), px(28), px(20))
        box.setSpacing(px(12))
        box.addWidget(label("连心", "brand"))
        box.addWidget(label("已锁定", "title"))
        box.addWidget(label(f"{why}正在填写的内容原样保留，输入口令后接着填。", "soft", wrap=True))
        self.ask = AskPassphrase(people, words="解锁", chosen=actor)
        box.addWidget(self.ask)
        line = QHBoxLayout()
        line.setSpacing(px(10))
        line.addWidget(self.ask.open)
        line.addStretch(1)
        self.leave = button(
            "回到开机画面", "link", act=self._leave, hint="关闭台账；正在填写的内容留作草稿，下次打开还在"
        )
        line.addWidget(self.leave)
        box.addLayout(line)
        self.ask.answered.connect(self._answered)
        self._curtain = Curtain(self)
        # A dialog is in front of the others only once its own show is over.
        self._curtain.came.connect(self._come_forward, Qt.ConnectionType.QueuedConnection)
        self.show()
        self.activateWindow()
        self.ask.focus_first()

    def refuse(self, sentence: str, wait: int = 0) -> None:
        """Say why it stays locked."""
        self.ask.setEnabled(True)
        self.ask.refuse(sentence, wait)
        if not wait:
            self.ask.focus_first()
        # The sentence is known to the layout only when it was laid out.
        QTimer.singleShot(0, self, self.adjustSize)

    def release(self) -> None:
        """Everything back as it stood."""
        self._may_close = True
        self.hide()
        self._curtain.draw_back()
        self.deleteLater()

    def reject(self) -> None:
        """Esc opens nothing."""
        if self._may_close:
            super().reject()

    def _come_forward(self) -> None:
        """Belong to whichever dialog lets nothing but itself be reached: what failed meanwhile must not bar the way."""
        stands_on, front = self.parentWidget(), QApplication.activeModalWidget()
        if front is None or front is self:
            front = stands_on if stands_on is not None and stands_on.isVisible() else self._window
        if self._may_close or front is stands_on:
            return
        if isinstance(front, QDialog):
            # When it is closed by the program it must not take the door with it.
            front.finished.connect(self._come_forward)
        self.setParent(front, self.windowFlags())
        self.show()
        self.activateWindow()
        self.ask.focus_first()

    def _answered(self, passphrase: str, who: str) -> None:
        self.ask.setEnabled(False)
        self.answered.emit(passphrase, who)

    def _leave(self) -> None:
        self.left.emit()
