"""The line on top of every page: title left, the search, plain actions and the one main action right."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from lianxin.ui.pages import Head
from lianxin.ui.pieces.buttons import act_button, button
from lianxin.ui.pieces.elided import ElidedLabel
from lianxin.ui.search_box import SearchBox
from lianxin.ui.theme import px

_TITLE_LEAST = 150


class Headline(QWidget):
    """Shows a Head; plain actions that find no room go into 更多."""

    def __init__(self, search: SearchBox) -> None:
        super().__init__()
        self.search = search
        self._head = Head("")
        self._title = ElidedLabel("", "title")
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(px(20), px(12), px(20), px(8))
        self._line.setSpacing(px(10))
        self._line.addWidget(self._title, 1)
        self._line.addWidget(search)
        self._others: list[QPushButton] = []
        self._main: QPushButton | None = None
        self._more = button("更多")
        self._menu = QMenu(self._more)
        self._more.setMenu(self._menu)
        self._line.addWidget(self._more)
        self._more.hide()

    def show_head(self, head: Head) -> None:
        """Show title and actions of a page."""
        self._head = head
        self._title.set_words(head.title)
        for made in (*self._others, *([self._main] if self._main else [])):
            self._line.removeWidget(made)
            made.hide()
            made.deleteLater()
        self._menu.clear()
        self._others, self._main = [], None
        for act in head.others:
            made = act_button(act)
            self._others.append(made)
            self._line.insertWidget(self._line.indexOf(self._more), made)
            made.ask()
            entry = self._menu.addAction(act.label)
            entry.setEnabled(made.isEnabled())
            entry.triggered.connect(made.click)
        if head.main is not None:
            main = act_button(head.main, "main")
            self._main = main
            self._line.addWidget(main)
            main.ask(head.main.needs or "register")
        self._share_room()

    def title(self) -> str:
        """The title in full."""
        return self._title.words()

    def main_button(self) -> QPushButton | None:
        """The one main action, None when the page has none."""
        return self._main

    def button_of(self, keys: str) -> QPushButton | None:
        """The plain action that names this key, where the one red button stands on the page itself."""
        pairs = zip(self._head.others, self._others, strict=True)
        return next((made for act, made in pairs if act.keys == keys), None)

    def other_buttons(self) -> list[QPushButton]:
        """The plain actions."""
        return list(self._others)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        gap = self._line.spacing()
        title = min(self._title.sizeHint().width(), max(px(_TITLE_LEAST), self.width() * 2 // 5))
        wanted = px(40) + title + gap + self.search.minimumWidth()
        self._title.setMinimumWidth(title)
        if self._main is not None:
            wanted += self._main.sizeHint().width() + gap
        wanted += sum(made.sizeHint().width() + gap for made in self._others)
        fits = wanted <= self.width()
        for made in self._others:
            made.setVisible(fits)
        self._more.setVisible(bool(self._others) and not fits)
