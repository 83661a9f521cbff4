"""A short decision with a few fields of the dictionary: a new day, a leave, a reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from lianxin.domain.dictionary import Record
from lianxin.ui.form import FormFields, Line, line_up
from lianxin.ui.pick_editor import Lookup
from lianxin.ui.pieces.buttons import button, label
from lianxin.ui.theme import px


class FieldsDialog(QDialog):
    """Asks for `lines` of a record class; `decide(typed)` answers "" when done, else a sentence to show. `also` are
    fields of another class below them, whose typed words go with the others.

    Open it with `open()`: nothing waits for it, so that the window behind goes on living.
    """

    def __init__(
        self,
        title: str,
        cls: type[Record],
        lines: Sequence[Line],
        *,
        decide: Callable[[Mapping[str, str]], str],
        done: str,
        today: Callable[[], date],
        lookup: Lookup,
        start: Mapping[str, str] | None = None,
        note: str = "",
        labels: Mapping[str, str] | None = None,
        required: Sequence[str] = (),
        also: FormFields[Record] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(px(460))
        self._decide, self._required, self.also = decide, tuple(required), also
        self.fields = FormFields(cls, lines, today=today, lookup=lookup, labels=labels)
        self.fields.set_typed(start or {})
        self.wrong = label("", "problem", wrap=True)
        self.wrong.hide()
        self.ok = button(done, act=self.settle, needs="register")
        self.ok.setDefault(True)
        self._foot = QHBoxLayout()
        self._foot.addWidget(self.ok)
        self._foot.addWidget(button("不改了", act=self.reject))
        self._foot.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(px(20), px(16), px(20), px(16))
        box.setSpacing(px(10))
        box.addWidget(label(title, "heading"))
        if note:
            box.addWidget(label(note, "soft", wrap=True))
        box.addWidget(self.fields)
        if also is not None:
            box.addWidget(also)
            line_up(self.fields, also)
            self.fields.finished.connect(also.focus_first)
            also.finished.connect(self.ok.setFocus)
            also.submitted.connect(self.settle)
        else:
            self.fields.finished.connect(self.ok.setFocus)
        box.addWidget(self.wrong)
        box.addLayout(self._foot)
        self.fields.submitted.connect(self.settle)
        self.fields.focus_first()

    def add_button(self, words: str, act: Callable[[], None]) -> None:
        """Another way to go on; the dialog closes first."""

        def gone() -> None:
            self.reject()
            act()

        self._foot.insertWidget(self._foot.count() - 1, button(words, act=gone, needs="register"))

    def add_way(self, words: str, decide: Callable[[Mapping[str, str]], str]) -> None:
        """Another decision on what is typed, by a button of its own."""
        self._foot.insertWidget(1, button(words, act=lambda: self.settle(decide), needs="register"))

    def settle(self, decide: Callable[[Mapping[str, str]], str] | None = None) -> None:
        """Decide with what is typed."""
        problems = {w: p for w, p in self.fields.problems().items() if w in self.fields.wires()}
        for wire in self._required:
            if not self.fields.value(wire).strip():
                problems.setdefault(wire, f"请填写{self.fields.row(wire).spec.label}")
        self.fields.show_problems(problems)
        typed, wrong = self.fields.typed(), bool(problems)
        if self.also is not None:
            more = {w: p for w, p in self.also.problems().items() if w in self.also.wires()}
            self.also.show_problems(more)
            typed, wrong = {**typed, **self.also.typed()}, wrong or bool(more)
        if wrong:
            return
        said = (decide or self._decide)(typed)
        self.wrong.setText(f"！{said}" if said else "")
        self.wrong.setVisible(bool(said))
        if not said:
            self.accept()
