"""年度任务进度: one line a duty; where it comes from is in its tip, a click leads to the records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from lianxin.domain.duties.compliance import Duty
from lianxin.ui.pieces.buttons import TextLook, button, label
from lianxin.ui.pieces.elided import ElidedLabel
from lianxin.ui.theme import colour, colours, px, row_height

_MARKS: Mapping[str, tuple[str, str, TextLook]] = {
    "met": ("✓", "已达标", "soft"),
    "on_track": ("…", "进行中", "soft"),
    "behind": ("！", "有欠缺", "late"),
    "nothing": ("—", "没有可统计的", "soft"),
}


_ORDER = {"behind": 0, "on_track": 1, "met": 2, "nothing": 3}
MOST = 8
"""So many are shown before 全部: as many as there are rows of what is to do beside them."""


class DutyRow(QWidget):
    """`clicked` by mouse, Enter or Space."""

    clicked = Signal()

    def __init__(self, duty: Duty) -> None:
        super().__init__()
        self.key = duty.key
        mark, said, look = _MARKS[duty.standing]
        line = QHBoxLayout(self)
        line.setContentsMargins(px(4), 0, px(4), 0)
        line.setSpacing(px(8))
        sign = label(mark, look)
        sign.setFixedWidth(px(18))
        name = ElidedLabel(duty.label)
        name.setMinimumWidth(px(120))
        done = label(duty.shown if duty.needed else "—", "late" if duty.standing == "behind" else "plain")
        done.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        done.setFixedWidth(px(84))
        line.addWidget(sign)
        line.addWidget(name, 10)
        line.addWidget(done)
        # What is still to do stands last in the text; what was missed is in the tip.
        line.addWidget(ElidedLabel(duty.due_text.rpartition("；")[2], "soft"), 9)
        self.setFixedHeight(row_height())
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(f"{duty.label}：{duty.shown}\n{duty.due_text}\n依据：{duty.source}")
        self.setAccessibleName(f"{duty.label} {duty.shown}，{said}，{duty.due_text}")
        self.setAccessibleDescription(f"依据：{duty.source}")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.underMouse():
            painter.fillRect(self.rect(), colour(colours().hover))
        painter.setPen(QPen(colour(colours().line), 1))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        if self.hasFocus():
            painter.setPen(QPen(colour(colours().focus), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))


class DutyRows(QWidget):
    """All duties; `opened(key)` when one is clicked. `more` shows the rest, and stands where its owner puts it."""

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self.rows: list[DutyRow] = []
        self._all = False
        self.more = button("", "link", act=self._turn)
        self.more.hide()

    def set_duties(self, duties: Sequence[Duty], *, begun: bool = True) -> None:
        """Show these; before anything was entered (not `begun`) nobody is told to be behind."""
        if not begun:
            duties = [
                replace(duty, standing="nothing", needed=0, due_text="有了记录后显示") for duty in duties
            ]
        for row in self.rows:
            self._box.removeWidget(row)
            row.deleteLater()
        # Those that are behind stand first, for not all of them have room.
        ordered = sorted(duties, key=lambda duty: _ORDER[duty.standing])
        self.rows = [DutyRow(duty) for duty in ordered]
        for place, row in enumerate(self.rows):
            row.clicked.connect(self._clicked)
            self._box.insertWidget(place, row)
        self._show_some()

    def _turn(self) -> None:
        self._all = not self._all
        self._show_some()

    def _show_some(self) -> None:
        for row in self.rows[MOST:]:
            row.setVisible(self._all)
        self.more.setVisible(len(self.rows) > MOST)
        self.more.setText("收起" if self._all else f"全部{len(self.rows)}项")
        self.more.setAccessibleName("收起年度任务" if self._all else f"看全部{len(self.rows)}项年度任务")

    def _clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, DutyRow):
            self.opened.emit(sender.key)
