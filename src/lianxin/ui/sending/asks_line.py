"""One line above the act: how much the county returned, and the way there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from lianxin.office.county_asks import CountyAsks
from lianxin.ui.pieces import Badge, Card, button, label
from lianxin.ui.theme import px


class AsksLine(Card):
    """Hidden while nothing waits."""

    def __init__(self, act: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.body.setContentsMargins(px(16), px(4), px(8), px(4))
        self._words = label("", wrap=True)
        self.go = button("去看", act=act)
        line = QHBoxLayout()
        line.setSpacing(px(10))
        line.addWidget(Badge("待修改"))
        line.addWidget(self._words, 1)
        line.addWidget(self.go)
        self.add_layout(line)
        self.hide()

    def show_asks(self, asks: CountyAsks) -> None:
        """Show what waits now."""
        self._words.setText(f"县人大{asks.words}")
        self.go.setAccessibleName(f"去看县人大{asks.words}")
        self.setVisible(bool(asks.to_do))

    def said(self) -> str:
        """The line, "" while it is hidden."""
        return "" if self.isHidden() else self._words.text()
