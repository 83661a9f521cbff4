"""这一行: one row of the ledger as written, what was wrong and how doubtful cells were understood."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from lianxin.office.importing.outcome import RowOutcome
from lianxin.ui.facts import FactSheet
from lianxin.ui.importing.preview_list import said, wrong
from lianxin.ui.pieces import label
from lianxin.ui.pieces.buttons import TextLook
from lianxin.ui.theme import px

_HINT = "在左边选一行，这里看它的每一格。"


class RowFacts(QWidget):
    """Shows one row; nothing at first."""

    def __init__(self) -> None:
        super().__init__()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(6))
        self._title = label(_HINT, "soft", wrap=True)
        self._notes = QVBoxLayout()
        self._notes.setSpacing(px(6))
        self._as_written = label("表里原来写的", "heading")
        self._facts = FactSheet()
        box.addWidget(self._title)
        box.addLayout(self._notes)
        box.addWidget(self._as_written)
        box.addWidget(self._facts)
        self._as_written.hide()
        self._said: list[str] = []

    def show_row(self, row: RowOutcome, word: str) -> None:
        """Show this row."""
        self.clear()
        self._title.setText(f"{row.sheet} 第{row.row}行　{word}")
        self._as_written.show()
        for problem in row.problems:
            self._say(wrong(problem), "problem" if row.outcome == "refused" else "plain")
        for reading in row.readings:
            why = "" if reading.understood in reading.why else f"（{reading.why}）"
            self._say(f"{said(reading)}{why}", "doubt")
        self._facts.set_facts(list(row.cells.items()))

    def clear(self) -> None:
        """Show no row."""
        self._title.setText(_HINT)
        self._as_written.hide()
        self._facts.set_facts([])
        while self._notes.count():
            item = self._notes.takeAt(0)
            gone = item.widget() if item is not None else None
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        self._said = []

    def _say(self, words: str, look: TextLook) -> None:
        self._said.append(words)
        self._notes.addWidget(label(words, look, wrap=True))

    def notes(self) -> list[str]:
        """What is said about the row."""
        return list(self._said)
