"""The left rail: brand, office, the pages as words, and 设置与备份 at the bottom."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from lianxin.ui.pages import PageEntry
from lianxin.ui.pieces.buttons import button, label
from lianxin.ui.theme import px

WIDE, NARROW = 188, 148
DIGITS = 10


class Rail(QWidget):
    """`chosen(page key)` when a word is pressed."""

    chosen = Signal(str)

    def __init__(self, entries: Sequence[PageEntry], *, brand: str, office: str) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, px(14), 1, px(8))
        box.setSpacing(0)
        self._brand, self._office = label(brand, "brand"), label(office, "soft", wrap=True)
        for words in (self._brand, self._office):
            words.setContentsMargins(px(20), 0, px(8), 0)
            box.addWidget(words)
        box.addSpacing(px(10))
        pages = QWidget()
        pages.setObjectName("railpages")
        inner = QVBoxLayout(pages)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        self._buttons: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        for place, entry in enumerate(entries, 1):
            made = self._make(entry, place)
            if not entry.at_bottom:
                inner.addWidget(made)
        inner.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(pages)
        box.addWidget(scroll, 1)
        for entry in entries:
            if entry.at_bottom:
                box.addWidget(self._buttons[entry.key])
        self.set_narrow(False)

    def set_current(self, key: str) -> None:
        """Mark the page that is shown; none when it stands outside the rail."""
        if key in self._buttons:
            self._buttons[key].setChecked(True)
            return
        self._group.setExclusive(False)
        for made in self._buttons.values():
            made.setChecked(False)
        self._group.setExclusive(True)

    def office(self) -> str:
        """The name below the brand."""
        return self._office.text()

    def set_office(self, office: str) -> None:
        """Show another name below the brand."""
        self._office.setText(office)

    def set_narrow(self, narrow: bool) -> None:
        """Take less room on a small screen."""
        self.setFixedWidth(px(NARROW if narrow else WIDE))

    def _make(self, entry: PageEntry, place: int) -> QPushButton:
        digit = f"Alt+{place % DIGITS}" if place <= DIGITS else ""
        made = button(entry.title, "nav", hint=digit)
        made.setCheckable(True)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.setProperty("key", entry.key)
        made.clicked.connect(self._pressed)
        self._group.addButton(made)
        self._buttons[entry.key] = made
        return made

    def _pressed(self) -> None:
        for key, made in self._buttons.items():
            if made is self.sender():
                self.chosen.emit(key)
