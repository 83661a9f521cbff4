"""List left, chosen record right; on a narrow screen one of the two at a time, with words to change over."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from lianxin.ui.pieces.chips import ChipRow
from lianxin.ui.theme import px

_LEFT, _RIGHT = "left", "right"
_GAP = 14


class TwoPanes(QWidget):
    """`least` are the widths at 100 % below which the two do not stand beside each other any more; `shares` how
    they divide the room when they do. `names` are the words to change over. Call `show_right` when a record is
    opened and let the page's `go_back` return `go_back()`. `turned(narrow)` when the arrangement changed.
    """

    turned = Signal(bool)

    def __init__(
        self,
        left: QWidget,
        right: QWidget,
        *,
        names: tuple[str, str] = ("列表", "详情"),
        shares: tuple[int, int] = (3, 2),
        least: tuple[int, int] = (380, 400),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.left, self.right = left, right
        self._least, self._narrow, self._shown = least, False, _LEFT
        self._words = ChipRow(((_LEFT, names[0]), (_RIGHT, names[1])), name="看哪一半", numbered=False)
        self._words.set_code(_LEFT)
        self._words.chosen.connect(self._chosen)
        line = QHBoxLayout()
        line.setSpacing(px(_GAP))
        line.addWidget(left, shares[0])
        line.addWidget(right, shares[1])
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(8))
        box.addWidget(self._words)
        box.addLayout(line, 1)
        self._words.hide()

    def narrow(self) -> bool:
        """Whether only one of the two is on screen."""
        return self._narrow

    def show_left(self) -> None:
        """Have the list on screen."""
        self._choose(_LEFT)

    def show_right(self) -> None:
        """Have the record on screen."""
        self._choose(_RIGHT)

    def go_back(self) -> bool:
        """From the record to the list; True when that changed what is seen."""
        if self._narrow and self._shown == _RIGHT:
            self.show_left()
            return True
        return False

    def minimumSizeHint(self) -> QSize:
        one, other = self.left.minimumSizeHint(), self.right.minimumSizeHint()
        height = max(one.height(), other.height()) + (px(48) if self._narrow else 0)
        return QSize(min(px(300), max(one.width(), other.width())), height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < px(self._least[0] + self._least[1]) + px(_GAP)
        if narrow != self._narrow:
            self._narrow = narrow
            self._arrange()
            self.turned.emit(narrow)

    def _chosen(self, code: str) -> None:
        self._choose(code)

    def _choose(self, code: str) -> None:
        self._shown = code
        self._words.set_code(code)
        self._arrange()

    def _arrange(self) -> None:
        self._words.setVisible(self._narrow)
        self.left.setVisible(not self._narrow or self._shown == _LEFT)
        self.right.setVisible(not self._narrow or self._shown == _RIGHT)
