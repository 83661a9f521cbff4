"""The history of one field or record, shown where it was asked for, gone with the next click."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from lianxin.domain.dates import show_moment
from lianxin.office.lists.field_history import Written
from lianxin.ui.pieces import label
from lianxin.ui.theme import px

_MOST_SHOWN = 12


class HistoryPopup(QFrame):
    """Lists what a field held, oldest first, the present value last and heavier."""

    def __init__(self, title: str, written: Sequence[Written], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("card")
        self.setMaximumWidth(px(520))
        self.setAccessibleName(f"{title}的历史")
        box = QVBoxLayout(self)
        box.setContentsMargins(px(14), px(10), px(14), px(12))
        box.setSpacing(px(6))
        box.addWidget(label(f"{title}的历史", "heading"))
        self._lines = [
            (show_moment(one.at) if one.at else "", f"{one.value or '（空）'}", one.reason)
            for one in written[-_MOST_SHOWN:]
        ]
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(4))
        grid.setColumnStretch(1, 1)
        for row, (at, value, reason) in enumerate(self._lines):
            grid.addWidget(label(at, "soft"), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(value, wrap=True), row, 1)
            grid.addWidget(label(reason, "soft"), row, 2, Qt.AlignmentFlag.AlignTop)
        box.addLayout(grid)
        if not self._lines:
            box.addWidget(label("没有记下过内容", "soft"))

    def lines(self) -> list[tuple[str, str, str]]:
        """(when, value, occasion) as shown."""
        return list(self._lines)

    def show_at(self, point: QPoint) -> None:
        """Open at a place on the screen, kept on it."""
        self.adjustSize()
        room = self.screen().availableGeometry()
        x = min(point.x(), room.right() - self.width() - px(8))
        y = min(point.y(), room.bottom() - self.height() - px(8))
        self.move(max(x, room.left()), max(y, room.top()))
        self.show()
