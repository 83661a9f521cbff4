"""The buttons of what can be done now, as many on a line as there is room for."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget

from lianxin.ui.pieces.buttons import Act, act_button
from lianxin.ui.pieces.flow import FlowLayout
from lianxin.ui.theme import px


class ActFlow(QWidget):
    """Shows acts as plain buttons; other acts replace them."""

    def __init__(self) -> None:
        super().__init__()
        self._flow = FlowLayout(self, gap=px(8))

    def show_acts(self, acts: Iterable[Act]) -> None:
        """These acts instead of those before."""
        while self._flow.count():
            item = self._flow.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for act in acts:
            made = act_button(act)
            self._flow.addWidget(made)
            made.show()
