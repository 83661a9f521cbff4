"""The quiet bar: what was just done, with one word to take it back, and no question asked."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from lianxin.ui.pieces.buttons import button
from lianxin.ui.pieces.elided import ElidedLabel
from lianxin.ui.theme import px

STAYS_MS = 12_000


class QuietBar(QFrame):
    """Appears with a sentence, offers 撤销 when there is a way back, and goes by itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("quietbar")
        line = QHBoxLayout(self)
        line.setContentsMargins(px(14), px(2), px(4), px(2))
        line.setSpacing(px(10))
        # A sentence that is too long for the line is cut at its end, whole in its tip; the way back stays in sight.
        self._words = ElidedLabel()
        self._act = button("撤销")
        self._act.clicked.connect(self._taken_back)
        self._close = button("知道了")
        self._close.clicked.connect(self.put_away)
        line.addWidget(self._words, 1)
        line.addWidget(self._act)
        line.addWidget(self._close)
        self._undo: Callable[[], None] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._timed_out)
        self.hide()

    def tell(self, words: str, undo: Callable[[], None] | None = None, *, action: str = "撤销") -> None:
        """Show a sentence; `undo` is what the button does. A newer sentence takes the place of an older one."""
        self._words.set_words(words)
        self._undo = undo
        self._act.setText(action)
        self._act.setAccessibleName(f"{action}：{words}")
        self._act.setVisible(undo is not None)
        self.setAccessibleName(words)
        self.show()
        self.raise_()
        self._timer.start(STAYS_MS)

    def words(self) -> str:
        """The sentence on the bar, "" when it is away."""
        return self._words.words() if not self.isHidden() else ""

    def put_away(self) -> None:
        """Take the bar off the screen; what was done stays done."""
        self._timer.stop()
        self._undo = None
        self.hide()

    def _timed_out(self) -> None:
        if self._act.hasFocus() or self._close.hasFocus() or self.underMouse():
            self._timer.start(STAYS_MS)
        else:
            self.put_away()

    def _taken_back(self) -> None:
        undo = self._undo
        self.put_away()
        if undo is not None:
            undo()
