"""Questions that stand outside any record, such as the passphrase: rows like those of a form, Enter goes on."""

from __future__ import annotations

import dataclasses as dc
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from lianxin.domain.dictionary import Spec
from lianxin.domain.records import Office
from lianxin.ui.editors import ChipsEditor, Editor, LineEditor
from lianxin.ui.field_row import FieldRow
from lianxin.ui.pieces.chips import Choice
from lianxin.ui.theme import px

LEAST_PASSPHRASE = 6


class HiddenLineEditor(LineEditor):
    """A line whose characters are hidden until somebody wants to see them."""

    def __init__(self, *, width: int = 0, placeholder: str = "") -> None:
        super().__init__(width=width, placeholder=placeholder)
        self.show_characters(False)

    def show_characters(self, shown: bool) -> None:
        """Show what is typed, or dots."""
        control = self.control
        if isinstance(control, QLineEdit):
            control.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)


@dc.dataclass(frozen=True)
class Question:
    """One row: its key, words, editor, and a hint that always stands beside it."""

    key: str
    label: str
    editor: Editor
    hint: str = ""
    required: bool = True
    note: str = ""


class Questions(QWidget):
    """Rows below each other. `finished` on Enter in the last one, `left(key)` when one is left."""

    finished = Signal()
    left = Signal(str)

    def __init__(self, questions: Sequence[Question], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(8))
        self._rows: dict[str, FieldRow] = {}
        before: QWidget | None = None
        for question in questions:
            row = FieldRow(_spec(question), question.editor)
            row.set_hint(question.hint)
            question.editor.control.installEventFilter(self)
            question.editor.left.connect(self._was_left)
            self._rows[question.key] = row
            box.addWidget(row)
            if before is not None:
                QWidget.setTabOrder(before, question.editor.control)
            before = question.editor.control
        self.set_label_width(max(row.label_width() for row in self._rows.values()))

    def set_label_width(self, width: int) -> None:
        """Line the answers up; longer labels take two lines."""
        for row in self._rows.values():
            row.set_label_width(min(width, px(150)))

    def label_width(self) -> int:
        """The width the longest label would like."""
        return max(row.label_width() for row in self._rows.values())

    def text(self, key: str) -> str:
        """What stands in a row."""
        return self._rows[key].editor.text().strip()

    def row(self, key: str) -> FieldRow:
        """The row of a key."""
        return self._rows[key]

    def show_problems(self, problems: Mapping[str, str]) -> bool:
        """Write problems beside their rows and go to the first; True when there are none."""
        first: FieldRow | None = None
        for key, row in self._rows.items():
            row.set_problem(problems.get(key, ""))
            if first is None and key in problems:
                first = row
        if first is not None:
            first.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        return first is None

    def focus_first(self) -> None:
        """Go to the first row that can be answered."""
        for row in self._rows.values():
            if not row.isHidden():
                row.editor.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return False
        rows = [row for row in self._rows.values() if not row.isHidden()]
        place = next((at for at, row in enumerate(rows) if row.editor.control is watched), len(rows))
        if place + 1 < len(rows):
            rows[place + 1].editor.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.finished.emit()
        return True

    def _was_left(self) -> None:
        for key, row in self._rows.items():
            if row.editor is self.sender():
                self.left.emit(key)


def line(key: str, label: str, *, hint: str = "", placeholder: str = "", width: int = 0, required: bool = True
         ) -> Question:  # fmt: skip
    """A question answered in one line."""
    return Question(key, label, LineEditor(width=width, placeholder=placeholder), hint, required)


def hidden(key: str, label: str, *, hint: str = "", width: int = 260) -> Question:
    """A question whose answer is not shown."""
    return Question(key, label, HiddenLineEditor(width=width), hint)


def choice(key: str, label: str, choices: Sequence[Choice], chosen: str) -> Question:
    """A question with a few answers side by side."""
    editor = ChipsEditor(choices)
    editor.set_text(chosen)
    return Question(key, label, editor, required=False)


def passphrase_problems(new: str, again: str) -> dict[str, str]:
    """What is wrong with a new passphrase typed twice, by the keys passphrase and again."""
    if len(new) < LEAST_PASSPHRASE:
        return {"passphrase": f"口令至少{LEAST_PASSPHRASE}个字符，可以是一句好记的话"}
    if new != again:
        return {"again": "两次输入的口令不一样，请再输一次"}
    return {}


def _spec(question: Question) -> Spec:
    return dc.replace(
        Office.spec("name"),
        wire=question.key,
        label=question.label,
        required=question.required,
        note=question.note,
    )
