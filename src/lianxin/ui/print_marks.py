"""What was printed of a record, in a line each, with the tick 签字件已归档."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from lianxin.domain.records import PrintMark
from lianxin.office.desk import Desk as Office
from lianxin.office.paperwork.print_marks import Printed, mark_printed, mark_words, marks_of, set_filed
from lianxin.ui.pages import Desk
from lianxin.ui.pieces.buttons import label
from lianxin.ui.printing import Marking
from lianxin.ui.theme import px
from lianxin.ui.written import tell_written


def marking_of(desk: Desk, office: Office, document: str, kind: str, uids: Sequence[str]) -> Marking | None:
    """Notes in the ledger that a document of these records was printed; None for a blank form."""
    known = tuple(uid for uid in uids if uid)
    if not known:
        return None

    def mark(copies: int) -> None:
        changes = mark_printed(office, Printed(document, kind, known), copies)
        told = f"“{document}”已记为打印"
        tell_written(desk, office, told + (f"，共{len(known)}件" if len(known) > 1 else ""), changes)

    return Marking(mark)


class PrintMarks(QWidget):
    """The marks of one record; takes no room while nothing was printed."""

    def __init__(self, desk: Desk, office: Office) -> None:
        super().__init__()
        self._desk, self._office = desk, office
        self._owner = ("", "")
        self._lines: list[tuple[str, QCheckBox]] = []
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        desk.hub.follow([PrintMark.KIND], self._told, owner=self)

    def show_owner(self, kind: str, uid: str) -> None:
        """Show the marks of this record."""
        self._owner = (kind, uid)
        self.refresh()

    def refresh(self) -> None:
        """Read and show again."""
        kind, uid = self._owner
        with self._office.store.reading() as reading:
            marks = marks_of(reading, kind, [uid]) if uid else ()
        while self._box.count():
            item = self._box.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._lines.clear()
        for mark in marks:
            self._box.addWidget(self._line(mark))
        self.setVisible(bool(marks))

    def words(self) -> list[str]:
        """The lines on screen."""
        return [words for words, _ in self._lines]

    def ticks(self) -> list[QCheckBox]:
        """签字件已归档 of each line."""
        return [tick for _, tick in self._lines]

    def _line(self, mark: PrintMark) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        words = mark_words(mark)
        tick = QCheckBox("签字件已归档")
        tick.setAccessibleName(f"{mark.document}签字件已归档")
        tick.setChecked(mark.filed is not None)
        tick.clicked.connect(lambda filed: self._ticked(mark, filed))
        row.addWidget(label(words, "soft", wrap=True), 1)
        row.addWidget(tick)
        self._lines.append((words, tick))
        return line

    def _ticked(self, mark: PrintMark, filed: bool) -> None:
        changes = set_filed(self._office, mark.uid, self._office.today() if filed else None)
        words = "签字件已归档" if filed else "签字件改为未归档"
        tell_written(self._desk, self._office, f"“{mark.document}”{words}", changes)

    def _told(self, _kinds: frozenset[str]) -> None:
        self.refresh()
