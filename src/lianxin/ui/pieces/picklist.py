"""A list under a field to pick from while typing; the focus stays in the field, so an IME is never disturbed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from lianxin.ui.theme import px

_KEY = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class Pick:
    """Something to pick: its key, the words shown, and the group it stands under."""

    key: str
    words: str
    group: str = ""


class PickList(QFrame):
    """Floats inside the window below its anchor. `picked(key)` when one is taken by mouse or Enter."""

    picked = Signal(str)

    def __init__(self, anchor: QWidget, *, most_rows: int = 9, least_width: int = 0) -> None:
        super().__init__(anchor.window())
        self.setObjectName("picklist")
        self._anchor, self._most, self._least_width = anchor, most_rows, least_width
        self._list = QListWidget(self)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._list.itemClicked.connect(self._clicked)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        box = QVBoxLayout(self)
        box.setContentsMargins(1, 1, 1, 1)
        box.addWidget(self._list)
        anchor.installEventFilter(self)
        self.hide()

    def offer(self, picks: Sequence[Pick], *, nothing: str = "", choose_first: bool = True) -> None:
        """Show these under the anchor; `nothing` is said when there are none ("" hides the list)."""
        self._list.clear()
        group = ""
        for pick in picks:
            if pick.group and pick.group != group:
                group = pick.group
                self._add(group, None)
            self._add(pick.words, pick.key)
        if not picks and nothing:
            self._add(nothing, None)
        if not self._list.count():
            self.hide()
            return
        if choose_first:
            self.step(1)
        self._place()
        self.show()
        self.raise_()

    def current(self) -> str:
        """The key that Enter would take, "" when none."""
        row = self._list.currentRow()
        if self.isHidden() or row < 0 or not self._list.item(row).flags() & Qt.ItemFlag.ItemIsEnabled:
            return ""
        return str(self._list.item(row).data(_KEY))

    def keys(self) -> list[str]:
        """The keys on offer, in order."""
        found = [self._list.item(row).data(_KEY) for row in range(self._list.count())]
        return [str(key) for key in found if key is not None]

    def step(self, by: int) -> None:
        """Move the mark down or up, over the group headings."""
        row = self._list.currentRow() + by
        while 0 <= row < self._list.count():
            if self._list.item(row).flags() & Qt.ItemFlag.ItemIsEnabled:
                self._list.setCurrentRow(row)
                return
            row += by

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self._anchor or self.isHidden():
            return False
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key_taken(event)
        if event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide, QEvent.Type.Move):
            self.hide()
        return False

    def _key_taken(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.step(1 if key == Qt.Key.Key_Down else -1)
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            taken = self.current()
            self.hide()
            if taken:
                self.picked.emit(taken)
            # Let Enter go on, so that one key takes the line and leads to the next field.
            return False
        if key == Qt.Key.Key_Escape:
            self.hide()
            return True
        return False

    def _clicked(self, item: QListWidgetItem) -> None:
        if item.flags() & Qt.ItemFlag.ItemIsEnabled:
            self.hide()
            self.picked.emit(str(item.data(_KEY)))

    def _add(self, words: str, key: str | None) -> None:
        item = QListWidgetItem(words)
        item.setToolTip(words)
        if key is None:
            item.setFlags(Qt.ItemFlag.NoItemFlags)
        else:
            item.setData(_KEY, key)
        self._list.addItem(item)

    def _place(self) -> None:
        window = self._anchor.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        row = max(px(34), self._list.sizeHintForRow(0))
        height = sum(
            max(px(28), self._list.sizeHintForRow(place))
            for place in range(min(self._most, self._list.count()))
        )
        height = min(max(height, row), row * self._most) + 4
        at = self._anchor.mapTo(window, QPoint(0, self._anchor.height() + 2))
        width = max(self._anchor.width(), px(self._least_width))
        left = max(0, min(at.x(), window.width() - width - 4))
        below = window.height() - at.y() - 4
        above = at.y() - self._anchor.height() - 8
        if height <= below or below >= above:
            self.setGeometry(left, at.y(), width, min(height, below))
        else:
            height = min(height, above)
            self.setGeometry(left, at.y() - self._anchor.height() - 4 - height, width, height)
