"""White cards on the calm ground: one for any content, one for a figure that explains itself."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from lianxin.ui.pieces.buttons import label, set_look
from lianxin.ui.theme import px


class Card(QFrame):
    """A white frame with an optional heading; put widgets in with `add`, tools into the heading with `add_tool`."""

    def __init__(self, heading: str = "", parent: QWidget | None = None, *, note: str = "") -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(px(16), px(12), px(16), px(14))
        self.body.setSpacing(px(8))
        self._head = QHBoxLayout()
        self._head.setSpacing(px(8))
        self._heading = label(heading, "heading")
        self._note = label(note, "soft")
        self._head.addWidget(self._heading)
        self._head.addWidget(self._note)
        self._head.addStretch(1)
        self.body.addLayout(self._head)
        self.set_heading(heading, note)
        if heading:
            self.setAccessibleName(heading)

    def set_heading(self, heading: str, note: str = "") -> None:
        """Change the words on top; empty words take no room."""
        self._heading.setText(heading)
        self._heading.setVisible(bool(heading))
        self._note.setText(note)
        self._note.setVisible(bool(note))

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Put a widget below what is there."""
        self.body.addWidget(widget, stretch)

    def add_layout(self, layout: QLayout, stretch: int = 0) -> None:
        """Put a layout below what is there."""
        self.body.addLayout(layout, stretch)

    def add_tool(self, widget: QWidget) -> None:
        """Put a small widget at the right of the heading."""
        self._head.addWidget(widget)

    def add_stretch(self) -> None:
        """Keep what is there at the top."""
        self.body.addStretch(1)


class NumberCard(QFrame):
    """A figure with its unit, what it is compared with, its definition, and a click to the records behind it."""

    clicked = Signal()

    def __init__(
        self,
        title: str,
        number: str = "—",
        unit: str = "",
        note: str = "",
        *,
        explain: str = "",
        clickable: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setProperty("clickable", "true" if clickable else "false")
        self._title_text = title
        self._clickable = clickable
        box = QVBoxLayout(self)
        box.setContentsMargins(px(14), px(10), px(10), px(10))
        box.setSpacing(px(2))
        self._number, self._unit, self._note = label("", "number"), label("", "soft"), label("", "soft")
        line = QHBoxLayout()
        line.setSpacing(px(6))
        line.addWidget(self._number)
        line.addWidget(self._unit, 0, Qt.AlignmentFlag.AlignBottom)
        line.addStretch(1)
        self._unit.setContentsMargins(0, 0, 0, px(5))
        box.addWidget(label(title, "soft"))
        box.addLayout(line)
        box.addWidget(self._note)
        box.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setToolTip(explain)
        if clickable:
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._explain = explain
        self.set_number(number, unit, note)

    def set_number(self, number: str, unit: str = "", note: str = "", *, late: bool = False) -> None:
        """Show a figure; `late` colours it as something overdue. A zero denominator is shown as —."""
        self._number.setText(number)
        self._unit.setText(unit)
        self._note.setText(note or " ")
        self._note.setToolTip(note)
        self._number.setStyleSheet("")
        set_look(self._note, "late" if late else "soft")
        self.setAccessibleName(f"{self._title_text} {number}{unit}，{note}".rstrip("，"))
        self.setAccessibleDescription(self._explain)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        inside = self.rect().contains(event.position().toPoint())
        if self._clickable and event.button() == Qt.MouseButton.LeftButton and inside:
            self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pressed = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if self._clickable and pressed:
            self.clicked.emit()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()
