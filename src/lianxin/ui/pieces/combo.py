"""A box to choose from, with an arrow that says so; the one that narrows a list has a first line for everything."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QComboBox, QWidget

from lianxin.ui.theme import colour, colours, px

_WIDTH, _LIST_WIDTH, _MOST_LINES = 106, 220, 14


class QuietCombo(QComboBox):
    """The house's combo box: the style sheet takes Qt's arrow away, this draws ours. `name` is read aloud."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setMaxVisibleItems(_MOST_LINES)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def value(self) -> str:
        """The value of the chosen line, "" for none."""
        return str(self.currentData() or "")

    def set_value(self, value: str) -> None:
        """Choose without telling anybody; a value that is not offered chooses the first line."""
        self.blockSignals(True)
        self.setCurrentIndex(max(self.findData(value), 0))
        self.blockSignals(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        used = colours()
        painter.setPen(QPen(colour(used.ink_soft if self.isEnabled() else used.ink_off), 1.6))
        x, y, part = self.width() - px(16), self.height() / 2, px(4)
        painter.drawPolyline(
            [QPointF(x - part, y - part / 2), QPointF(x, y + part / 2), QPointF(x + part, y - part / 2)]
        )


class FilterCombo(QuietCombo):
    """Narrows a list by one thing; its first line asks for everything."""

    def __init__(self, name: str, everything: str) -> None:
        super().__init__(f"按{name}筛选")
        self.addItem(everything, "")
        self.setFixedWidth(px(_WIDTH))
        self.view().setMinimumWidth(px(_LIST_WIDTH))

    def offer(self, choices: Iterable[tuple[str, str]]) -> None:
        """Offer these (words, value) below the first line; what was chosen stays chosen."""
        kept = self.value()
        self.blockSignals(True)
        while self.count() > 1:
            self.removeItem(1)
        for words, value in choices:
            self.addItem(words, value)
        self.blockSignals(False)
        self.set_value(kept)

    def reset(self) -> None:
        """Ask for everything without telling anybody."""
        self.set_value("")
