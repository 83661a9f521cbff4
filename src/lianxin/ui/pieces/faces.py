"""The faces of a place that has nothing to show yet: empty, nothing found, loading, error."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from lianxin.ui.pieces.buttons import button, label
from lianxin.ui.theme import px


class EmptyState(QWidget):
    """Says what goes here and offers one button; `acted` tells that it was pressed."""

    acted = Signal()

    def __init__(
        self, title: str = "", sentence: str = "", action: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        box = QVBoxLayout(self)
        box.setContentsMargins(px(24), px(24), px(24), px(24))
        box.setSpacing(px(8))
        self._title, self._sentence = label("", "heading"), label("", "soft", wrap=True)
        self._button = button("")
        self._button.clicked.connect(self._pressed)
        centre = Qt.AlignmentFlag.AlignHCenter
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        box.addStretch(2)
        box.addWidget(self._title)
        box.addWidget(self._sentence)
        box.addWidget(self._button, 0, centre)
        box.addStretch(3)
        self.set_words(title, sentence, action)

    def set_words(self, title: str, sentence: str = "", action: str = "") -> None:
        """Change what is said; without an action there is no button."""
        self._title.setText(title)
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence))
        self._button.setText(action)
        self._button.setAccessibleName(action)
        self._button.setVisible(bool(action))

    def words(self) -> str:
        """What it says, for those who listen instead of look."""
        return "，".join(part for part in (self._title.text(), self._sentence.text()) if part)

    def _pressed(self) -> None:
        self.acted.emit()
