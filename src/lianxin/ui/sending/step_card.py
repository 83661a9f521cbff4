"""One step of the monthly act: its number and name, how it stands, its buttons, and room for what it shows."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from lianxin.ui.pieces import Card, label, set_look
from lianxin.ui.pieces.buttons import TextLook
from lianxin.ui.theme import px


class StepCard(Card):
    """`say` changes the line beside the name."""

    def __init__(self, heading: str, parent: QWidget | None = None) -> None:
        super().__init__(heading, parent)
        self.body.setContentsMargins(px(16), px(8), px(12), px(10))
        self._line = QHBoxLayout()
        self._line.setSpacing(px(8))
        self._words = label("", wrap=True)
        self._line.addWidget(self._words, 1)
        self.body.addLayout(self._line)

    def say(self, words: str, look: TextLook = "plain") -> None:
        """How this step stands."""
        self._words.setText(words)
        set_look(self._words, look)
        self._words.setVisible(bool(words))

    def said(self) -> str:
        """How this step is said to stand."""
        return self._words.text()
