"""The line at the bottom: saved or not, quiet bar, progress, and one note at the right."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from lianxin.ui.jobs import ProgressLine
from lianxin.ui.pieces.buttons import label, set_look
from lianxin.ui.pieces.elided import ElidedLabel
from lianxin.ui.pieces.quietbar import QuietBar
from lianxin.ui.theme import px


class StatusLine(QWidget):
    """Holds `quiet` and `progress`; says by word and mark whether everything is on this computer."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("statusline")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(px(44))
        line = QHBoxLayout(self)
        line.setContentsMargins(px(14), 1, px(14), 0)
        line.setSpacing(px(12))
        self._state, self._note = label("● 已保存到本机", "good"), ElidedLabel("", "soft")
        self._right = ElidedLabel("", "soft")
        self.quiet, self.progress = QuietBar(), ProgressLine()
        line.addWidget(self._state)
        line.addWidget(self._note)
        line.addStretch(1)
        line.addWidget(self.quiet, 4, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self.progress)
        line.addStretch(1)
        line.addWidget(self._right)

    def show_saved(self, at: datetime) -> None:
        """● 已保存到本机 10:52."""
        self._say(f"● 已保存到本机 {at.hour:02d}:{at.minute:02d}", "good")

    def show_not_saved(self, words: str) -> None:
        """○ 还没有保存：…"""
        self._say(f"○ 还没有保存：{words}", "late")

    def state(self) -> str:
        """What the left end says."""
        return self._state.text()

    def set_note(self, words: str) -> None:
        """Beside the state, such as 今日备份 08:02."""
        self._note.set_words(words)

    def set_right(self, words: str) -> None:
        """At the right end, such as 上次报送：2026年10月（县人大已接收）."""
        self._right.set_words(words)

    def _say(self, words: str, look: str) -> None:
        self._state.setText(words)
        self._state.setAccessibleName(words)
        set_look(self._state, look)
