"""A plain bar chart for the first page: months and their figures, every value readable, axis from zero."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QFont, QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from lianxin.ui.theme import colour, colours, px


@dataclass(frozen=True)
class Bar:
    """One bar: the word below it, its value, whether it is the one of now (darker, bold), a second one beside it."""

    name: str
    value: int
    now: bool = False
    beside: int | None = None


NOTHING = "还没有登记，登记以后这里会有图"


def say_nothing(widget: QWidget, painter: QPainter, words: str) -> None:
    """The face of a chart without anything to draw."""
    painter.setPen(colour(colours().ink_soft))
    painter.drawText(widget.rect(), Qt.AlignmentFlag.AlignCenter, words)


class BarChart(QWidget):
    """Bars with their values on top; `picked(name)` when one is clicked. `nothing` is said where all are zero.

    `pair` names the bars where there are two to a word, such as (收集, 办结); the second is hatched.
    """

    picked = Signal(str)

    def __init__(
        self,
        bars: Sequence[Bar] = (),
        *,
        unit: str = "",
        nothing: str = NOTHING,
        pair: tuple[str, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._bars: tuple[Bar, ...] = ()
        self._unit, self._nothing, self._pair = unit, nothing, pair
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.set_bars(bars)

    def set_bars(self, bars: Sequence[Bar]) -> None:
        """Show these bars."""
        self._bars = tuple(bars)
        told = "；".join(map(self._said, self._bars))
        self.setAccessibleName(self.empty_words() or told)
        self.update()

    def empty_words(self) -> str:
        """What is said instead of bars when there is nothing to compare."""
        return "" if any(bar.value or bar.beside for bar in self._bars) else self._nothing

    def _said(self, bar: Bar) -> str:
        if self._pair is None:
            return f"{bar.name}{bar.value}{self._unit}"
        return (
            f"{bar.name}{self._pair[0]}{bar.value}{self._unit}，{self._pair[1]}{bar.beside or 0}{self._unit}"
        )

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
        used, line = colours(), QFontMetrics(self.font()).height()
        head = self._draw_legend(painter, line) if self._pair else 0
        floor = self.height() - line - px(6)
        room = max(1, floor - line - px(4) - head)
        most = max(1, *(max(bar.value, bar.beside or 0) for bar in self._bars))
        width = self.width() / len(self._bars)
        painter.setPen(QPen(colour(used.line_strong), 1))
        painter.drawLine(0, floor, self.width(), floor)
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        for place, bar in enumerate(self._bars):
            left = width * place
            painter.setFont(bold if bar.now else self.font())
            for at, value in enumerate(self._values(bar)):
                span = width / 2 - px(1) if self._pair else width
                start = left + at * width / 2 if self._pair else left
                self._draw_bar(painter, QRectF(start, floor, span, room * value / most), value, bar, at)
            painter.setPen(colour(used.ink if bar.now else used.ink_soft))
            below = QRectF(left - 4, floor + px(4), width + 8, line)
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, bar.name)

    def _values(self, bar: Bar) -> tuple[int, ...]:
        return (bar.value,) if self._pair is None else (bar.value, bar.beside or 0)

    def _draw_bar(self, painter: QPainter, place: QRectF, value: int, bar: Bar, at: int) -> None:
        """One bar standing on the top of `place`, as high as `place` is, its value above it."""
        used, line = colours(), QFontMetrics(self.font()).height()
        thick = min(place.width() * (0.62 if self._pair is None else 0.84), px(40))
        left = place.left() + (place.width() - thick) / 2
        if self._pair is not None:
            left = place.right() - thick if at == 0 else place.left()
        box = QRectF(left, place.top() - place.height(), thick, place.height())
        fill = colour(used.bar_now if bar.now else used.bar)
        painter.fillRect(box, QBrush(fill, _FILLS[at]))
        painter.setPen(colour(used.ink))
        above = QRectF(box.center().x() - place.width(), box.top() - line - 2, place.width() * 2, line)
        painter.drawText(above, Qt.AlignmentFlag.AlignCenter, str(value))

    def _draw_legend(self, painter: QPainter, line: int) -> int:
        """The two names with their fills, at the top right; how much height they take."""
        assert self._pair is not None
        used, metrics, right = colours(), QFontMetrics(self.font()), float(self.width())
        for at in (1, 0):
            words = self._pair[at]
            right -= metrics.horizontalAdvance(words) + px(4)
            painter.setPen(colour(used.ink_soft))
            painter.drawText(QRectF(right, 0, metrics.horizontalAdvance(words) + px(4), line), words)
            right -= px(18)
            painter.fillRect(
                QRectF(right, line / 2 - px(5), px(12), px(10)), QBrush(colour(used.bar), _FILLS[at])
            )
            right -= px(12)
        return line + px(2)


_FILLS = (Qt.BrushStyle.SolidPattern, Qt.BrushStyle.Dense5Pattern)
"""Told apart without colour: whole and dotted."""
