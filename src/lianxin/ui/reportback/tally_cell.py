"""One number of a count: typed, Enter goes on, arrows go up and down, what is no number is marked."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from lianxin.domain.tally.counting import HUNDREDTHS
from lianxin.ui.pieces.buttons import repolish
from lianxin.ui.theme import px

_MOST = 100_000
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class CountCell(QLineEdit):
    """Holds a whole number (or, with `points`, hundredths); empty and unreadable hold None.

    `entered` on every change by a person, `gone_on` on Enter, `submitted` on Ctrl+Enter, `stepped(by)` on up and
    down, `left` when the focus goes elsewhere.
    """

    entered = Signal()
    gone_on = Signal()
    submitted = Signal()
    stepped = Signal(int)
    left = Signal()

    def __init__(self, name: str, *, points: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._points = points
        self.setAccessibleName(name)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setMaxLength(9)
        self.setMinimumWidth(px(46))
        self.setMaximumWidth(px(108))
        self.setMinimumHeight(px(34))
        self.textEdited.connect(self._edited)

    def count(self) -> int | None:
        """The number, None when the cell is empty or holds none."""
        return _read(self.text(), points=self._points)

    def set_count(self, count: int | None) -> None:
        """Show a number without telling anybody."""
        if count is None:
            self.setText("")
        elif self._points:
            self.setText(f"{Decimal(count) / HUNDREDTHS:f}")
        else:
            self.setText(str(count))
        self._mark()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            (self.submitted if held else self.gone_on).emit()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(_STEPS[Qt.Key(key)])
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._mark()
        self.left.emit()

    def _edited(self, _text: str) -> None:
        self.entered.emit()

    def _mark(self) -> None:
        wrong = "true" if self.text().strip() and self.count() is None else "false"
        self.setToolTip("这里只能填数字" if wrong == "true" else "")
        if (self.property("wrong") or "false") != wrong:
            self.setProperty("wrong", wrong)
            repolish(self)


def _read(text: str, *, points: bool) -> int | None:
    """Full-width digits count as digits; a number that no vote can have is none."""
    told = text.strip()
    if points:
        try:
            exact = Decimal(told) * HUNDREDTHS
        except InvalidOperation:
            return None
        whole = exact.is_finite() and exact == int(exact) and 0 <= exact < _MOST * HUNDREDTHS * HUNDREDTHS
        return int(exact) if whole else None
    return int(told) if told.isdecimal() and int(told) < _MOST else None
