"""The recovery sheet: drawn once, the same on screen, on paper and in a PDF; half of an A4 page, to be folded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QPagedPaintDevice,
    QPageSize,
    QPainter,
    QPaintEvent,
    QPdfWriter,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from lianxin.domain.dates import show_day
from lianxin.ui.theme import FAMILIES, colour, px

WIDTH, HEIGHT = 2100, 1440
"""The sheet in tenths of a millimetre."""
_MARGIN = 150
_NOTES = (
    "一、忘记开机口令时，在开机画面点“忘记口令，用恢复码”，照上面输入，再设新口令。",
    "二、请装入信封封好，由主席在封口签名，与印章同样保管；不要拍照，不要存在电脑里。",
    "三、开机口令和恢复单都没有了，任何人（包括本程序的制作者）都打不开数据，无法找回。",
    "四、更换恢复单以后，以前的恢复单作废；以前做的备份仍用当时的口令或恢复单打开。",
)


@dataclass(frozen=True)
class SheetFacts:
    """What stands on the sheet."""

    office: str
    day: date
    groups: tuple[str, ...]


class SheetView(QWidget):
    """The sheet on screen as it will be printed."""

    def __init__(self, facts: SheetFacts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts = facts
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumSize(px(400), px(400) * HEIGHT // WIDTH)
        self.setMaximumWidth(px(620))
        self.setAccessibleName("恢复单，恢复码 " + " ".join(facts.groups))

    def sizeHint(self) -> QSize:
        return QSize(px(560), px(560) * HEIGHT // WIDTH)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = min(self.width() / WIDTH, self.height() / HEIGHT)
        painter.translate((self.width() - WIDTH * scale) / 2, 0)
        painter.scale(scale, scale)
        painter.fillRect(QRectF(0, 0, WIDTH, HEIGHT), Qt.GlobalColor.white)
        painter.setPen(QPen(colour("#B4BDC8"), 4))
        painter.drawRect(QRectF(2, 2, WIDTH - 4, HEIGHT - 4))
        draw_sheet(painter, self._facts)


def draw_sheet(painter: QPainter, facts: SheetFacts) -> None:
    """Draw in tenths of a millimetre from the top left; black only, so that any printer does it."""
    painter.setPen(Qt.GlobalColor.black)
    _line(painter, 95, 90, "连心 数据恢复单", 84, bold=True)
    _line(painter, 230, 60, f"{facts.office}", 44)
    _line(painter, 300, 50, f"{show_day(facts.day)}制", 38)
    _draw_code(painter, facts.groups)
    for place, note in enumerate(_NOTES):
        box = QRectF(_MARGIN, 815 + place * 112, WIDTH - 2 * _MARGIN, 110)
        painter.setFont(_font(39))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft) | int(Qt.TextFlag.TextWordWrap), note)
    painter.setFont(_font(40))
    signed = "封存人签名：＿＿＿＿＿＿＿＿　　　封存日期：＿＿＿＿年＿＿月＿＿日"
    painter.drawText(
        QRectF(_MARGIN, 1300, WIDTH - 2 * _MARGIN, 70), int(Qt.AlignmentFlag.AlignCenter), signed
    )


def print_on(device: QPagedPaintDevice, facts: SheetFacts) -> None:
    """Draw the sheet at the top of one page of a printer or PDF."""
    device.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    device.setPageMargins(QMarginsF(0, 0, 0, 0))
    painter = QPainter(device)
    scale = painter.device().width() / WIDTH
    painter.scale(scale, scale)
    draw_sheet(painter, facts)
    painter.setPen(QPen(Qt.GlobalColor.black, 2, Qt.PenStyle.DashLine))
    painter.drawLine(0, HEIGHT, WIDTH, HEIGHT)
    painter.end()


def save_pdf(path: Path, facts: SheetFacts) -> bool:
    """Write the sheet as a PDF; False when the file cannot be written."""
    try:
        with path.open("ab"):
            pass
    except OSError:
        return False
    writer = QPdfWriter(str(path))
    writer.setResolution(300)
    writer.setTitle("恢复单")
    print_on(writer, facts)
    return path.stat().st_size > 0


def _draw_code(painter: QPainter, groups: tuple[str, ...]) -> None:
    """Four groups and three, each with its number, as the program asks for them."""
    wide, high = 430.0, 150.0
    left = (WIDTH - 4 * wide) / 2
    for place, group in enumerate(groups):
        row, column = divmod(place, 4)
        box = QRectF(left + column * wide + 12, 410 + row * 185, wide - 24, high)
        painter.setPen(QPen(Qt.GlobalColor.black, 4))
        painter.drawRect(box)
        painter.setFont(_font(34))
        painter.drawText(box.adjusted(12, 6, 0, 0), int(Qt.AlignmentFlag.AlignLeft), str(place + 1))
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        fixed.setPixelSize(92)
        fixed.setBold(True)
        painter.setFont(fixed)
        painter.drawText(box.adjusted(30, 0, 0, 0), int(Qt.AlignmentFlag.AlignCenter), group)


def _line(painter: QPainter, top: int, height: int, words: str, size: int, *, bold: bool = False) -> None:
    painter.setFont(_font(size, bold=bold))
    box = QRectF(_MARGIN, top, WIDTH - 2 * _MARGIN, height)
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), words)


def _font(size: int, *, bold: bool = False) -> QFont:
    font = QFont()
    font.setFamilies(list(FAMILIES))
    font.setPixelSize(size)
    font.setBold(bold)
    return font
