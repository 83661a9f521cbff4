"""One step of the monthly act: its number and name, how it stands, its buttons, and room for what it shows."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from lianxin.ui.pieces import Card, label, set_look
from lianxin.ui.pieces.buttons import TextLook
from lianxin.ui.theme import px


class StepCard(Card):
    """Name, standing and buttons share one line; `say` changes the standing."""

    def __init__(self, heading: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName(heading)
        self.body.setContentsMargins(px(16), px(6), px(12), px(6))
        self._line = QHBoxLayout()
        self._line.setSpacing(px(8))
        name = label(heading, "heading")
        name.setMinimumWidth(px(116))
        name.setMinimumHeight(px(36))
        self._words = label("", wrap=True)
        self._line.addWidget(name)
        self._line.addWidget(self._words, 1)
        self.body.addLayout(self._line)

    def add_tool(self, widget: QWidget) -> None:
        """Put a button at the right of the line."""
        self._line.addWidget(widget)

    def say(self, words: str, look: TextLook = "plain") -> None:
        """How this step stands."""
        self._words.setText(words)
        set_look(self._words, look)

    def said(self) -> str:
        """How this step is said to stand."""
        return self._words.text()
