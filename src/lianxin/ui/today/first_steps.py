"""The three next steps of an office that has nothing yet."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from lianxin.office.overview import FirstStep
from lianxin.ui.pieces.buttons import button, label
from lianxin.ui.theme import px


class FirstSteps(QWidget):
    """`chosen(page key)` when a step is begun."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, px(8), 0, 0)
        self._grid.setHorizontalSpacing(px(14))
        self._grid.setVerticalSpacing(px(4))
        self._grid.setColumnStretch(1, 1)
        self._made: list[QWidget] = []

    def set_steps(self, steps: Sequence[FirstStep]) -> None:
        """Show these, done ones ticked."""
        for old in self._made:
            self._grid.removeWidget(old)
            old.deleteLater()
        self._made = []
        for place, step in enumerate(steps):
            mark = label("✓" if step.done else str(place + 1), "number")
            mark.setAccessibleName("已完成" if step.done else f"第{place + 1}步")
            title, sentence = label(step.title, "heading"), label(step.sentence, "soft", wrap=True)
            begin = button("再做一次" if step.done else "去做", act=partial(self.chosen.emit, step.page))
            begin.setAccessibleName(f"{step.title}，去做")
            top = place * 3
            self._grid.addWidget(mark, top, 0, 2, 1)
            self._grid.addWidget(title, top, 1)
            self._grid.addWidget(sentence, top + 1, 1)
            self._grid.addWidget(begin, top, 2, 2, 1)
            self._grid.setRowMinimumHeight(top + 2, px(14))
            self._made += [mark, title, sentence, begin]
        self._grid.setRowStretch(len(steps) * 3, 1)
