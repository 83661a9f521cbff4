"""What the clerk checks, as a calm list: what is to be looked at on top, the rest folded into one line."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from lianxin.county.received.file_review import HintTold
from lianxin.ui.pieces import Badge, button, label
from lianxin.ui.theme import px

_LOOK, _FINE = "待看", "✓"


class HintsList(QWidget):
    """`asked(place)` when the records behind a hint are wanted: its place among the hints that are shown."""

    asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._hints: Sequence[HintTold] = ()
        self._unfolded = False
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(4))
        self._grid_holder = QWidget()
        self._grid = QGridLayout(self._grid_holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(10))
        self._grid.setVerticalSpacing(px(4))
        self._grid.setColumnStretch(1, 1)
        self._rest = label("", "soft", wrap=True)
        self.unfold = button("全部列出", "link", act=self._unfold)
        line = QHBoxLayout()
        line.addWidget(self._rest, 1)
        line.addWidget(self.unfold, 0, Qt.AlignmentFlag.AlignTop)
        box.addWidget(self._grid_holder)
        box.addLayout(line)

    def show_hints(self, hints: Sequence[HintTold]) -> None:
        """Show those of another file."""
        self._hints, self._unfolded = hints, False
        self._fill()

    def hint(self, place: int) -> HintTold:
        """One of those that are shown."""
        return self._hints[place]

    def said(self) -> str:
        """Every line that stands there."""
        lines = [f"{each.hint.title} {each.hint.words}" for each in self._hints if self._shown(each)]
        return "\n".join([*lines, self._rest.text()]).strip()

    def press(self, number: int) -> None:
        """The records behind the hint of this number, as by its button."""
        self.asked.emit(next(at for at, each in enumerate(self._hints) if each.hint.number == number))

    def _shown(self, told: HintTold) -> bool:
        return told.hint.look or self._unfolded

    def _unfold(self) -> None:
        self._unfolded = True
        self._fill()

    def _fill(self) -> None:
        while self._grid.count():
            item = self._grid.takeAt(0)
            gone = item.widget() if item is not None else None
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        for row, (place, told) in enumerate(
            (place, told) for place, told in enumerate(self._hints) if self._shown(told)
        ):
            self._add(row, place, told)
        folded = [each.hint.title for each in self._hints if not self._shown(each)]
        self._rest.setText(f"✓ 没有问题：{'、'.join(folded)}" if folded else "")
        self._rest.setVisible(bool(folded))
        self.unfold.setVisible(bool(folded))

    def _add(self, row: int, place: int, told: HintTold) -> None:
        top = Qt.AlignmentFlag.AlignTop
        if told.hint.look:
            self._grid.addWidget(Badge(_LOOK), row, 0, top)
        else:
            self._grid.addWidget(label(_FINE, "soft"), row, 0, top)
        words = label(f"{told.hint.title}：{told.hint.words}", wrap=True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._grid.addWidget(words, row, 1)
        if told.records:
            made = button(f"看{len(told.records)}条", "link", act=partial(self.asked.emit, place))
            made.setAccessibleName(f"看{told.hint.title}后面的{len(told.records)}条记录")
            self._grid.addWidget(made, row, 2, top)
