"""Bars that lie on their side, for names too long to stand below a column: categories and villages."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from lianxin.ui.pieces import Bar
from lianxin.ui.pieces.bars import NOTHING, say_nothing
from lianxin.ui.theme import colour, colours, px


class SidewaysBars(QWidget):
    """Names left, bars from one line, values at their ends; `picked(name)` when one is clicked or entered."""

    picked = Signal(str)

    def __init__(self, *, unit: str = "", nothing: str = NOTHING, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: tuple[Bar, ...] = ()
        self._unit, self._nothing = unit, nothing
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._at = -1
        self.set_bars(())

    def set_bars(self, bars: Sequence[Bar]) -> None:
        """Show these bars."""
        self._bars, self._at = tuple(bars), -1
        told = "；".join(f"{bar.name}{bar.value}{self._unit}" for bar in self._bars)
        self.setAccessibleName(self.empty_words() or told)
        self.updateGeometry()
        self.update()

    def empty_words(self) -> str:
        """What is said instead of bars when there is nothing to compare."""
        return "" if any(bar.value for bar in self._bars) else self._nothing

    def sizeHint(self) -> QSize:
        return QSize(px(320), max(px(60), self._line() * len(self._bars)))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(220), self.sizeHint().height())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = int(event.position().y() / self._line())
        if event.button() == Qt.MouseButton.LeftButton and 0 <= place < len(self._bars):
            self._pick(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self._bars:
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self._pick(max(0, min(len(self._bars) - 1, self._at + step)))
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.empty_words():
            say_nothing(self, painter, self.empty_words())
            return
        used, metrics, line = colours(), QFontMetrics(self.font()), self._line()
        names = min(max(metrics.horizontalAdvance(bar.name) for bar in self._bars), self.width() * 2 // 5)
        start = names + px(10)
        most = max(1, max(bar.value for bar in self._bars))
        room = self.width() - start - metrics.horizontalAdvance(f"{most}") - px(14)
        middle = Qt.AlignmentFlag.AlignVCenter
        for place, bar in enumerate(self._bars):
            top = place * line
            chosen = place == self._at
            painter.setPen(colour(used.ink))
            shown = metrics.elidedText(bar.name, Qt.TextElideMode.ElideRight, names)
            painter.drawText(QRectF(0, top, names, line), middle | Qt.AlignmentFlag.AlignRight, shown)
            long = max(1.0, room * bar.value / most)
            box = QRectF(start, top + px(5), long, line - px(10))
            painter.fillRect(box, colour(used.bar_now if chosen else used.bar))
            painter.drawText(QRectF(start + long + px(6), top, px(80), line), middle, str(bar.value))
        painter.setPen(QPen(colour(used.line_strong), 1))
        painter.drawLine(start, 0, start, line * len(self._bars))
        if self.hasFocus():
            painter.setPen(QPen(colour(used.focus), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def _pick(self, place: int) -> None:
        self._at = place
        self.update()
        self.picked.emit(self._bars[place].name)

    def _line(self) -> int:
        return max(px(26), QFontMetrics(self.font()).height() + px(6))
