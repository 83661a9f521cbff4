"""Two widgets side by side where there is room, below each other where there is not."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from lianxin.ui.theme import px


class Halves(QWidget):
    """`first` is left or above. Below `narrow` logical pixels they stand one above the other."""

    def __init__(self, first: QWidget, second: QWidget, *, narrow: int, stretch: tuple[int, int]) -> None:
        super().__init__()
        self._narrow = narrow
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(px(20))
        for widget, part in zip((first, second), stretch, strict=True):
            self._box.addWidget(widget, part, Qt.AlignmentFlag.AlignTop)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < px(self._narrow)
        wanted = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._box.direction() != wanted:
            self._box.setDirection(wanted)
