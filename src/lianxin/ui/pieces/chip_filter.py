"""What a list is narrowed by: chips with their counts, boxes beside them, and one word to ask for everything again."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from lianxin.ui.pieces.buttons import button
from lianxin.ui.pieces.chips import ChipRow
from lianxin.ui.pieces.combo import FilterCombo
from lianxin.ui.theme import px


class ChipFilter(QWidget):
    """Base of a page's filter. `labels` are the chips in order, the first asks for everything; those not `always`
    there show only when they are chosen or something falls under them. `changed` when a person chose otherwise.

    `combos` holds the boxes in one line, for the page to put where it has room.
    """

    changed = Signal()

    def __init__(
        self, name: str, labels: Mapping[str, str], *, always: Collection[str], boxes: Sequence[FilterCombo]
    ) -> None:
        super().__init__()
        self._labels, self._always, self._boxes = dict(labels), frozenset(always), tuple(boxes)
        self._everything = next(iter(labels))
        self._counts: Mapping[str, int] | None = None
        self._offered: tuple[str, ...] = ()
        self.chips = ChipRow(name=name, numbered=False)
        self.chips.chosen.connect(self._told)
        self._clear = button("清除筛选", "link", act=self.clear)
        self.combos = QWidget()
        line = QHBoxLayout(self.combos)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(8))
        for one in self._boxes:
            one.currentIndexChanged.connect(self._told)
            line.addWidget(one)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(8))
        box.addWidget(self.chips, 1)
        box.addWidget(self._clear, 0, Qt.AlignmentFlag.AlignTop)
        self._show_chips()
        self.chips.set_code(self._everything)
        self._clear.hide()

    def code(self) -> str:
        """The chosen chip."""
        return self.chips.code() or self._everything

    def choose(self, key: str) -> None:
        """Choose a chip and tell about it, as if pressed; the one that is chosen already tells nothing."""
        if self.chips.code() != key:
            self._show_chips(also=key)
            self.chips.set_code(key)
            self._told()

    def clear(self) -> None:
        """Ask for everything again."""
        for one in self._boxes:
            one.reset()
        self.chips.set_code(self._everything)
        self._told()

    def is_clear(self) -> bool:
        """Whether everything is asked for."""
        return self.code() == self._everything and not any(one.value() for one in self._boxes)

    def show_counts(self, counts: Mapping[str, int] | None) -> None:
        """Write the counts on the chips; None while they are being counted."""
        self._counts = counts
        self._show_chips()

    def counts(self) -> Mapping[str, int]:
        """The counts on the chips, empty while they are being counted."""
        return self._counts or {}

    def chips_offered(self) -> tuple[str, ...]:
        """The keys of the chips there are."""
        return self._offered

    def _show_chips(self, also: str = "") -> None:
        counts, now = self._counts or {}, self.chips.code()
        keys = tuple(
            key for key in self._labels if key in self._always or key in (now, also) or counts.get(key)
        )
        words = [
            self._labels[key] if self._counts is None else f"{self._labels[key]} {counts.get(key, 0):,}"
            for key in keys
        ]
        if keys == self._offered:
            self.chips.set_words(words)
        else:
            self._offered = keys
            self.chips.set_choices(list(zip(keys, words, strict=True)))

    def _told(self) -> None:
        self._clear.setVisible(not self.is_clear())
        self.changed.emit()
