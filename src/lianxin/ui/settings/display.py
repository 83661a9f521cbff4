"""显示: the size of letters."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from lianxin.ui.pieces.buttons import label
from lianxin.ui.pieces.card import Card
from lianxin.ui.pieces.chips import ChipRow
from lianxin.ui.start.window_keeper import Keeper
from lianxin.ui.theme import SCALES, px, scale

_WORDS = {1.0: "标准", 1.25: "大（125%）", 1.5: "特大（150%）"}


class DisplaySection(QWidget):
    """Takes effect at once; the window comes back on the same page."""

    def __init__(self, keeper: Keeper) -> None:
        super().__init__()
        self._keeper = keeper
        card = Card("大字")
        self.letters = ChipRow([(str(one), _WORDS[one]) for one in SCALES], name="字的大小")
        self.letters.set_code(str(min(SCALES, key=lambda one: abs(one - scale()))))
        self.letters.chosen.connect(self._chosen)
        card.add(self.letters)
        card.add(
            label("马上生效，正在填写的内容会保留。也可以在 Windows 里调整显示缩放。", "soft", wrap=True)
        )
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(12))
        box.addWidget(card)
        box.addStretch(1)

    def _chosen(self, code: str) -> None:
        if code and float(code) != scale():
            self._keeper.set_letters(float(code))
