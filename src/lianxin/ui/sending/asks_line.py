"""A line beside the period: how much the county returned, and the way there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from lianxin.office.county_asks import CountyAsks
from lianxin.ui.pieces import Badge, button, label
from lianxin.ui.theme import px


class AsksLine(QWidget):
    """Hidden while nothing waits."""

    def __init__(self, act: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = label("")
        self.go = button("去看", act=act)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(8))
        line.addWidget(Badge("待修改"))
        line.addWidget(self._words)
        line.addWidget(self.go)
        self.hide()

    def show_asks(self, asks: CountyAsks) -> None:
        """Show what waits now."""
        self._words.setText(f"县人大{asks.words}")
        self.go.setAccessibleName(f"去看县人大{asks.words}")
        self.setVisible(bool(asks.to_do))

    def said(self) -> str:
        """The line, "" while it is hidden."""
        return "" if self.isHidden() else self._words.text()
