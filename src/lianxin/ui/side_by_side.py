"""Fields that share one line of a form while there is room, and stand below each other when there is not."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLayout, QSizePolicy, QWidget

from lianxin.ui.field_row import FieldRow
from lianxin.ui.theme import px


class SideBySide(QWidget):
    """Holds the rows of one line; `set_label_width` is the width of the labels that stand at the left edge."""

    def __init__(self, rows: Sequence[FieldRow]) -> None:
        super().__init__()
        self._rows = tuple(rows)
        self._first_width = 0
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        for row in rows:
            self._line.addWidget(row, 0, Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def set_label_width(self, width: int) -> None:
        """Line the labels up with those of the other lines."""
        self._first_width = width
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        width = max(row.minimumSizeHint().width() for row in self._shown())
        return QSize(width, self._line.minimumSize().height())

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _shown(self) -> list[FieldRow]:
        return [row for row in self._rows if not row.isHidden()] or list(self._rows)

    def _arrange(self) -> None:
        shown = self._shown()
        for place, row in enumerate(shown):
            row.set_label_width(row.label_width() if place else self._first_width)
        gaps = px(12) * (len(shown) - 1)
        beside = sum(row.sizeHint().width() for row in shown) + gaps <= self.width()
        if beside:
            self._line.setDirection(QBoxLayout.Direction.LeftToRight)
            self._line.setSpacing(px(12))
            return
        self._line.setDirection(QBoxLayout.Direction.TopToBottom)
        self._line.setSpacing(px(8))
        for row in shown:
            row.set_label_width(self._first_width)
