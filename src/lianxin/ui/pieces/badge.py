"""Badges: a filled word that tells how pressing something is, never by colour alone."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from lianxin.ui.theme import colour, colours, px

Tone = Literal["late", "soon", "calm", "done", "none"]


_LATE = ("超期", "逾期", "核验未通过", "另存待查", "已作废", "已过期", "法定")
_SOON = ("今天", "明天", "待", "剩1天", "剩2天", "剩3天", "缺", "未", "暂存", "快到期")


def tone_of(words: str) -> Tone:
    """The tone a due date or state asks for, from its own words: 超期6天, 今天, 剩2天, 已办结."""
    if words.startswith(_LATE):
        return "late"
    if words.startswith(_SOON):
        return "soon"
    if words.startswith("已撤回"):
        return "calm"
    if words.startswith(("已", "核验通过", "✓")):
        return "done"
    return "calm" if words else "none"


def badge_size(words: str, font: QFont) -> QSize:
    """The room a badge takes."""
    metrics = QFontMetrics(_badge_font(font, "late"))
    return QSize(metrics.horizontalAdvance(words) + px(16), metrics.height() + px(4))


def paint_badge(painter: QPainter, area: QRect, words: str, tone: Tone, font: QFont) -> None:
    """Paint at the left of the area, in the middle of its height. Calm and done are text without filling."""
    if not words:
        return
    used = colours()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    used_font = _badge_font(font, tone)
    painter.setFont(used_font)
    metrics = QFontMetrics(used_font)
    if tone in ("late", "soon"):
        size = badge_size(words, font)
        width = min(size.width(), area.width())
        box = QRectF(area.x(), area.center().y() - size.height() / 2 + 0.5, width, size.height())
        back, ink = (used.late, used.on_late) if tone == "late" else (used.soon, used.on_soon)
        painter.setPen(QPen(colour(ink if back == used.ground else back), 1))
        painter.setBrush(colour(back))
        painter.drawRoundedRect(box, px(5), px(5))
        painter.setPen(colour(ink))
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, width - px(10))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)
    else:
        painter.setPen(colour(used.done if tone == "done" else used.ink))
        tick = "✓ " if tone == "done" and not words.startswith("✓") else ""
        shown = metrics.elidedText(tick + words, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
    painter.restore()


class Badge(QWidget):
    """One badge on a page; without a tone given, its words decide."""

    def __init__(self, words: str = "", tone: Tone | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._tone = words, tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_words(words, tone)

    def set_words(self, words: str, tone: Tone | None = None) -> None:
        """Show other words; hides itself when there are none."""
        self._words, self._tone = words, tone
        self.setAccessibleName(words)
        # Without a parent a widget that is made visible is a window of its own, and takes the keys away.
        if not words or self.parentWidget() is not None:
            self.setVisible(bool(words))
        self.updateGeometry()
        self.update()

    def words(self) -> str:
        """What the badge says."""
        return self._words

    def sizeHint(self) -> QSize:
        size = badge_size(self._words, self.font())
        return size if self._shown_tone() in ("late", "soon") else QSize(size.width() + px(8), size.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_badge(painter, self.rect(), self._words, self._shown_tone(), self.font())

    def _shown_tone(self) -> Tone:
        return self._tone or tone_of(self._words)


def _badge_font(font: QFont, tone: Tone) -> QFont:
    made = QFont(font)
    if tone in ("late", "soon"):
        made.setPixelSize(max(13, round(font.pixelSize() * 13 / 14)) if font.pixelSize() > 0 else 13)
        made.setWeight(QFont.Weight.DemiBold)
    return made
