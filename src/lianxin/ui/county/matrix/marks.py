"""One return as a mark of a narrow cell: a tick with its number, or one filled character that says what is wrong."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from lianxin.ui.theme import colour, colours, px

LEGEND = (
    "✓7 已收第7期　迟7 迟报第7期　等 暂存等待　查 另存待查　✗ 核验未通过　退 已退回　缺 超期未报　· 还没到期"
)
_LATE, _SOON = ("缺", "查", "✗"), ("等", "退", "撤", "迟")


class MarkDelegate(QStyledItemDelegate):
    """Draws the marks of the months; the current cell has a frame, so that arrows are seen to move."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self._view = view

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        used, area = colours(), option.rect
        words = str(index.data() or "")
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(area, colour(used.current if chosen else used.card))
        painter.setPen(QPen(colour(used.line), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(area).adjusted(px(3), px(6), -px(3), -px(6))
        fill = used.late if words.startswith(_LATE) else used.soon if words.startswith(_SOON) else ""
        ink = used.on_late if fill == used.late else used.on_soon if fill else used.done
        if fill:
            painter.setPen(QPen(colour(ink if fill == used.ground else fill), 1))
            painter.setBrush(colour(fill))
            painter.drawRoundedRect(box, px(4), px(4))
        font = QFont(self._view.font())
        font.setPixelSize(max(13, px(13)))
        font.setWeight(QFont.Weight.DemiBold if fill else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(colour(ink if words != "·" else used.ink_off))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
        if index == self._view.currentIndex():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour(used.focus), 2))
            painter.drawRoundedRect(QRectF(area).adjusted(2, 2, -2, -3), px(4), px(4))
        painter.restore()
