"""连续登记: one line per visitor at the door; Enter goes from field to field and on to the next line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from lianxin.ui.editors import Editor, LineEditor
from lianxin.ui.form import LOOSE
from lianxin.ui.pick_editor import Lookup, PickEditor, ref_find, ref_name
from lianxin.ui.pieces.buttons import label
from lianxin.ui.theme import px


@dataclass(frozen=True)
class QueueLine:
    """One line as typed: village is a uid; a place that is no village on the books is `address`."""

    name: str
    village: str
    address: str
    words: str
    persons: str


class QueueBar(QWidget):
    """`entered(QueueLine)` on Enter in the last field; `draft_due` after every edit."""

    entered = Signal(object)
    draft_due = Signal()

    def __init__(self, lookup: Lookup) -> None:
        super().__init__()
        self._name = LineEditor(width=96, placeholder="姓名")
        self._village = PickEditor(ref_find(lookup, "region"), ref_name(lookup, "region"), placeholder="村组")
        self._words = LineEditor(placeholder="事由")
        self._persons = LineEditor(width=60, placeholder="人数", right=True)
        self._editors: tuple[Editor, ...] = (self._name, self._village, self._words, self._persons)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(6))
        head = label("连续登记")
        head.setToolTip("门口人多时，一人一行先记下来；留在单子上待补全")
        line.addWidget(head)
        for editor, stretch, name in zip(
            self._editors, (0, 2, 3, 0), ("姓名", "村组", "事由", "人数"), strict=True
        ):
            line.addWidget(editor, stretch)
            editor.control.installEventFilter(self)
            editor.control.setAccessibleName(f"连续登记 {name}")
            editor.edited.connect(self.draft_due)

    def focus_first(self) -> None:
        """Go to the name."""
        self._name.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def typed(self) -> dict[str, str]:
        """What is typed, for a draft."""
        return {
            "name": self._name.text(), "village": self._village.text(),
            "village" + LOOSE: self._village.loose_words(), "words": self._words.text(),
            "persons": self._persons.text(),
        }  # fmt: skip

    def set_typed(self, typed: Mapping[str, str]) -> None:
        """Put a draft back."""
        self._name.set_text(typed.get("name", ""))
        self._village.set_text(typed.get("village", ""))
        if typed.get("village" + LOOSE):
            self._village.set_loose_words(typed["village" + LOOSE])
        self._words.set_text(typed.get("words", ""))
        self._persons.set_text(typed.get("persons", ""))

    def blank(self) -> bool:
        """Whether nothing is typed."""
        return not any(self.typed().values())

    def clear(self) -> None:
        """The next line."""
        self.set_typed({})

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return False
        place = next((at for at, each in enumerate(self._editors) if each.control is watched), -1)
        if place + 1 < len(self._editors):
            self._editors[place + 1].setFocus(Qt.FocusReason.TabFocusReason)
        elif not self.blank():
            self.entered.emit(
                QueueLine(
                    self._name.text().strip(), self._village.text(), self._village.loose_words(),
                    self._words.text().strip(), self._persons.text().strip(),
                )
            )  # fmt: skip
        return True
