"""The steps of a matter in a line, with the date of each beneath: 统一登记 → 梳理分流 → …"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from lianxin.ui.theme import colour, colours, px

FIVE_STEPS = ("统一登记", "梳理分流", "跟踪督办", "反馈结果", "持续重办")
"""The founding words (document 002-19)."""

StepState = Literal["done", "now", "todo"]


@dataclass(frozen=True)
class Step:
    """One step: its name, the date or a word beneath, and how far it is."""

    name: str
    below: str = ""
    state: StepState = "todo"


class StepLine(QWidget):
    """Draws the steps evenly over the width: done ones filled with a tick, the present one ringed and bold."""

    def __init__(self, steps: Sequence[Step] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: tuple[Step, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_steps(steps)

    def set_steps(self, steps: Sequence[Step]) -> None:
        """Show these steps."""
        self._steps = tuple(steps)
        words = {"done": "已完成", "now": "正在进行", "todo": "未到"}
        said = "；".join(f"{step.name}{words[step.state]}{step.below}" for step in self._steps)
        self.setAccessibleName(said)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(78) * max(1, len(self._steps)), px(72))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(66) * max(1, len(self._steps)), px(72))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._steps:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        used, radius, width = colours(), px(9), self.width() / len(self._steps)
        middle = px(14)
        centres = [QPointF(width * (place + 0.5), middle) for place in range(len(self._steps))]
        for place in range(len(centres) - 1):
            gone = self._steps[place].state == "done" and self._steps[place + 1].state != "todo"
            painter.setPen(QPen(colour(used.done if gone else used.line_strong), 2))
            start, end = centres[place], centres[place + 1]
            painter.drawLine(
                QPointF(start.x() + radius + px(4), middle), QPointF(end.x() - radius - px(4), middle)
            )
        for place, step in enumerate(self._steps):
            self._paint_dot(painter, centres[place], radius, step.state)
            self._paint_words(painter, round(width * place), round(width), step)

    def _paint_dot(self, painter: QPainter, centre: QPointF, radius: int, state: StepState) -> None:
        used = colours()
        if state == "done":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(used.done))
            painter.drawEllipse(centre, radius, radius)
            painter.setPen(QPen(colour(used.card), max(2, px(2))))
            x, y, part = centre.x(), centre.y(), radius / 9
            painter.drawPolyline(
                [
                    QPointF(x - 4 * part, y),
                    QPointF(x - 1 * part, y + 3 * part),
                    QPointF(x + 4 * part, y - 3 * part),
                ]
            )
            return
        painter.setBrush(colour(used.card))
        now = state == "now"
        painter.setPen(QPen(colour(used.current_line if now else used.line_strong), 3 if now else 2))
        painter.drawEllipse(centre, radius - 1, radius - 1)
        if now:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(used.current_line))
            painter.drawEllipse(centre, radius / 2.5, radius / 2.5)

    def _paint_words(self, painter: QPainter, left: int, width: int, step: Step) -> None:
        used = colours()
        font = QFont(self.font())
        if step.state == "now":
            font.setWeight(QFont.Weight.DemiBold)
        metrics = QFontMetrics(font)
        height, top = metrics.height(), px(28)
        painter.setFont(font)
        painter.setPen(colour(used.ink if step.state != "todo" else used.ink_soft))
        centre = Qt.AlignmentFlag.AlignCenter
        painter.drawText(QRect(left, top, width, height), centre, step.name)
        painter.setFont(self.font())
        painter.setPen(colour(used.ink_soft))
        below = metrics.elidedText(step.below, Qt.TextElideMode.ElideRight, width - 2)
        painter.drawText(QRect(left, top + height, width, height), centre, below)
