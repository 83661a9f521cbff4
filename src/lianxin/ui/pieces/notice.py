"""A sentence above the page that stays until it was read; it takes neither the focus nor a key."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from lianxin.ui.pieces.buttons import button, label
from lianxin.ui.theme import px


class NoticeBar(QFrame):
    """Hidden until `tell`; 知道了 puts it away and says so to the one who told."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        line = QHBoxLayout(self)
        line.setContentsMargins(px(20), px(8), px(20), px(8))
        line.setSpacing(px(16))
        self._words = label("", wrap=True)
        self._known = button("知道了", act=self._read)
        line.addWidget(self._words, 1)
        line.addWidget(self._known, 0, Qt.AlignmentFlag.AlignTop)
        self._more = button("", "link", act=self._asked)
        line.insertWidget(1, self._more, 0, Qt.AlignmentFlag.AlignTop)
        self._told: Callable[[], None] | None = None
        self._act: Callable[[], None] | None = None
        self.hide()

    def tell(
        self, words: str, read: Callable[[], None], *, more: tuple[str, Callable[[], None]] | None = None
    ) -> None:
        """Show a sentence; `read` is called when a person has read it, `more` is a word to press beside it."""
        self._more.setVisible(more is not None)
        self._more.setText(more[0] if more is not None else "")
        self._act = more[1] if more is not None else None
        self._words.setText(words)
        self.setAccessibleName(words)
        self._told = read
        self.show()

    def words(self) -> str:
        """The sentence, "" when there is none."""
        return "" if self.isHidden() else self._words.text()

    def _asked(self) -> None:
        if self._act is not None:
            self._act()

    def _read(self) -> None:
        told, self._told = self._told, None
        self.hide()
        if told is not None:
            told()
