"""A plain bar chart for the first page: months and their figures, every value readable, axis from zero."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from lianxin.ui.theme import colour, colours, px


@dataclass(frozen=True)
class Bar:
    """One bar: the word below it, its value, and whether it is the one of now (darker, bold)."""

    name: str
    value: int
    now: bool = False


NOTHING = "还没有登记，登记以后这里会有图"


def say_nothing(widget: QWidget, painter: QPainter, words: str) -> None:
    """The face of a chart without anything to draw."""
    painter.setPen(colour(colours().ink_soft))
    painter.drawText(widget.rect(), Qt.AlignmentFlag.AlignCenter, words)


class BarChart(QWidget):
    """Bars with their values on top; `picked(name)` when one is clicked. `nothing` is said where all are zero."""

    picked = Signal(str)

    def __init__(
        self,
        bars: Sequence[Bar] = (),
        *,
        unit: str = "",
        nothing: str = NOTHING,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._bars: tuple[Bar, ...] = ()
        self._unit, self._nothing = unit, nothing
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.set_bars(bars)

    def set_bars(self, bars: Sequence[Bar]) -> None:
        """Show these bars."""
        self._bars = tuple(bars)
        told = "；".join(f"{bar.name}{bar.value}{self._unit}" for bar in self._bars)
        self.setAccessibleName(self.empty_words() or told)
        self.update()

    def empty_words(self) -> str:
        """What is said instead of bars when there is nothing to compare."""
        return "" if any(bar.value for bar in self._bars) else self._nothing

    def sizeHint(self) -> QSize:
        return QSize(px(36) * max(4, len(self._bars)), px(170))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(28) * max(4, len(self._bars)), px(120))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._bars and event.button() == Qt.MouseButton.LeftButton:
            place = int(event.position().x() / (self.width() / len(self._bars)))
            if 0 <= place < len(self._bars):
                self.picked.emit(self._bars[place].name)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.empty_words():
            say_nothing(self, painter, self.empty_words())
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        used, metrics = colours(), QFontMetrics(self.font())
        line = metrics.height()
        floor = self.height() - line - px(6)
        room = max(1, floor - line - px(4))
        most = max(1, max(bar.value for bar in self._bars))
        width = self.width() / len(self._bars)
        painter.setPen(QPen(colour(used.line_strong), 1))
        painter.drawLine(0, floor, self.width(), floor)
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        for place, bar in enumerate(self._bars):
            left, height = width * place, room * bar.value / most
            thick = min(width * 0.62, px(40))
            box = QRectF(left + (width - thick) / 2, floor - height, thick, height)
            painter.fillRect(box, colour(used.bar_now if bar.now else used.bar))
            painter.setFont(bold if bar.now else self.font())
            painter.setPen(colour(used.ink))
            centre = Qt.AlignmentFlag.AlignCenter
            painter.drawText(QRectF(left, box.top() - line - 2, width, line), centre, str(bar.value))
            painter.setPen(colour(used.ink if bar.now else used.ink_soft))
            painter.drawText(QRectF(left - 4, floor + px(4), width + 8, line), centre, bar.name)
