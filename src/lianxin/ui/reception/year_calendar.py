"""A year at a glance: twelve months with their reception days, public holidays shaded and named below each month."""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from lianxin.domain.calendar.holiday_notice import month_notes
from lianxin.domain.calendar.workdays import MONDAY_TO_FRIDAY, WorkCalendar
from lianxin.domain.dates import show_day_short, show_weekday
from lianxin.ui.theme import colour, colours, px

Mark = Literal["held", "moved", "cancelled"]
_WEEK = "一二三四五六日"
_TITLE, _ROW, _NOTE, _GAP = 26, 22, 19, 14
_CELL = 22


@dataclass(frozen=True)
class MarkedDay:
    """What is drawn on a day; `words` are said when the pointer rests there and by a screen reader."""

    mark: Mark
    words: str = ""


@dataclass(frozen=True)
class Year:
    """What the calendar shows. `there` are days that stand in the ledger already."""

    year: int
    days: Mapping[date, MarkedDay] = field(default_factory=dict)
    calendar: WorkCalendar = MONDAY_TO_FRIDAY
    there: frozenset[date] = frozenset()
    today: date = date.min


class YearCalendar(QWidget):
    """`picked(date)` when a day is clicked. As many months side by side as there is room for."""

    picked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._year = Year(2000)
        self._corners: list[tuple[int, int]] = []
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._fit()

    def show_year(self, year: Year) -> None:
        """Draw this year."""
        self._year = year
        told = [
            f"{show_day_short(day)}{f'（{told.words}）' if told.words else ''}"
            for day, told in sorted(year.days.items())
        ]
        self.setAccessibleName(f"{year.year}年接待日：{'、'.join(told) or '没有'}")
        self._fit()
        self.update()

    def notes(self, month: int) -> list[str]:
        """The lines below a month: 1–7日国庆节, 10日上班."""
        return month_notes(self._year.calendar, self._year.year, month)

    def heightForWidth(self, width: int) -> int:
        columns = self._columns(width)
        return sum(self._height(row, columns) for row in range(-(-12 // columns)))

    def sizeHint(self) -> QSize:
        width = 3 * self._width()
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._width(), self.heightForWidth(max(self.width(), self._width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        day = self.day_at(event.position().x(), event.position().y())
        if day is not None and event.button() == Qt.MouseButton.LeftButton:
            self.picked.emit(day)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            day = self.day_at(event.pos().x(), event.pos().y())
            QToolTip.showText(event.globalPos(), self.words_of(day) if day else "", self)
            return True
        return super().event(event)

    def words_of(self, day: date) -> str:
        """What is to be said about a day."""
        told = self._year.days.get(day)
        parts = [f"{show_day_short(day)} {show_weekday(day)}"]
        if name := self._year.calendar.holiday(day):
            parts.append(f"{name}放假")
        if name := self._year.calendar.worked_for(day):
            parts.append(f"{name}调休上班")
        if told:
            parts.append(told.words or "接待日")
        if day in self._year.there:
            parts.append("已建")
        return "，".join(parts)

    def day_at(self, x: float, y: float) -> date | None:
        """The day under a point."""
        for month in range(1, 13):
            left, top = self._corner(month)
            column = int((x - left) // px(_CELL))
            row = int((y - top - px(_TITLE) - px(_ROW)) // px(_ROW))
            if 0 <= column < 7 and 0 <= row < 6 and x >= left:
                weeks = _weeks(self._year.year, month)
                if row < len(weeks) and weeks[row][column]:
                    return date(self._year.year, month, weeks[row][column])
        return None

    # ---- drawing --------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for month in range(1, 13):
            self._paint_month(painter, month)

    def _paint_month(self, painter: QPainter, month: int) -> None:
        left, top = self._corner(month)
        font = QFont(self.font())
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(colour(colours().ink))
        width = 7 * px(_CELL)
        painter.drawText(
            QRectF(left + px(4), top, width, px(_TITLE)), Qt.AlignmentFlag.AlignVCenter, f"{month}月"
        )
        small = self._small()
        painter.setFont(small)
        painter.setPen(colour(colours().ink_soft))
        centre = Qt.AlignmentFlag.AlignCenter
        for place, word in enumerate(_WEEK):
            at = QRectF(left + place * px(_CELL), top + px(_TITLE), px(_CELL), px(_ROW))
            painter.drawText(at, centre, word)
        weeks = _weeks(self._year.year, month)
        for row, week in enumerate(weeks):
            for place, number in enumerate(week):
                if number:
                    cell = QRectF(
                        left + place * px(_CELL), top + px(_TITLE) + (row + 1) * px(_ROW), px(_CELL), px(_ROW)
                    )
                    self._paint_day(painter, cell, date(self._year.year, month, number))
        painter.setFont(small)
        painter.setPen(colour(colours().ink_soft))
        below = top + px(_TITLE) + px(_ROW) * (len(weeks) + 1)
        for line, words in enumerate(_wrapped(self.notes(month))):
            at = QRectF(left + px(4), below + line * px(_NOTE), width + px(_GAP), px(_NOTE))
            painter.drawText(at, Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_day(self, painter: QPainter, cell: QRectF, day: date) -> None:
        year, shades = self._year, colours()
        told, off = year.days.get(day), year.calendar.holiday(day)
        inside = cell.adjusted(1.5, 1.5, -1.5, -1.5)
        ink = shades.ink_off if day.weekday() >= 5 and not year.calendar.worked_for(day) else shades.ink
        if off:
            painter.fillRect(cell.adjusted(0, 2, 0, -2), colour(shades.line))
            ink = shades.ink_soft
        font = self._small()
        if told and told.mark != "cancelled":
            painter.setPen(QPen(colour(shades.on_soon if told.mark == "moved" else shades.current_line), 1.2))
            painter.setBrush(colour(shades.soon if told.mark == "moved" else shades.current_line))
            painter.drawRoundedRect(inside, px(4), px(4))
            ink = shades.on_soon if told.mark == "moved" else shades.on_brand
            font.setBold(True)
        elif told:
            painter.setPen(QPen(colour(shades.line_strong), 1.2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(inside, px(4), px(4))
            font.setStrikeOut(True)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if day == year.today:
            painter.setPen(QPen(colour(shades.focus), 1.6))
            painter.drawRoundedRect(cell.adjusted(0.5, 0.5, -0.5, -0.5), px(5), px(5))
        painter.setFont(font)
        painter.setPen(colour(ink))
        painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, str(day.day))
        if day in year.there:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(ink))
            painter.drawEllipse(QRectF(cell.center().x() - 1.5, cell.bottom() - px(5), 3, 3))
            painter.setBrush(Qt.BrushStyle.NoBrush)

    # ---- measures -------------------------------------------------------------------------------

    def _small(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(max(13, font.pixelSize() - 1))
        return font

    def _width(self) -> int:
        return 7 * px(_CELL) + px(_GAP)

    def _columns(self, width: int) -> int:
        return max(1, min(6, (width + px(_GAP)) // self._width()))

    def _height(self, row: int, columns: int) -> int:
        months = range(row * columns + 1, min(12, (row + 1) * columns) + 1)
        return max(
            px(_TITLE) + px(_ROW) * (len(_weeks(self._year.year, month)) + 1)
            + px(_NOTE) * len(_wrapped(self.notes(month)))
            for month in months
        ) + px(_GAP)  # fmt: skip

    def _corner(self, month: int) -> tuple[int, int]:
        return self._corners[month - 1]

    def _placed(self) -> list[tuple[int, int]]:
        columns, corners, top = self._columns(self.width()), [], 0
        for row in range(-(-12 // columns)):
            corners += [(column * self._width(), top) for column in range(columns)]
            top += self._height(row, columns)
        return corners[:12]

    def _fit(self) -> None:
        self._corners = self._placed()
        self.setMinimumHeight(self.heightForWidth(max(self.width(), self._width())))
        self.updateGeometry()


def _weeks(year: int, month: int) -> list[list[int]]:
    return calendar.Calendar().monthdayscalendar(year, month)


def _wrapped(notes: Sequence[str]) -> list[str]:
    """Notes joined into lines of about the width of a month."""
    lines: list[str] = []
    for note in notes:
        if lines and len(lines[-1]) + len(note) <= 12:
            lines[-1] += f" {note}"
        else:
            lines.append(note)
    return lines
