"""空白表: so many sheets of any form with their 表号 in one file, and what became of the numbers printed before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from lianxin.domain.records import Contact
from lianxin.office.desk import Desk as Office
from lianxin.office.papers.blank_list import UNNUMBERED, blank_titles, print_blanks
from lianxin.office.paperwork.form_numbers import (
    MOST_AT_ONCE,
    NoSuchFormNumber,
    Sheet,
    note_use,
    numbers_of,
    runs,
    sheet_of,
    spoil,
)
from lianxin.store.writing import Change
from lianxin.ui.pages import Desk
from lianxin.ui.pieces import button, label
from lianxin.ui.printing import show_paper
from lianxin.ui.theme import px
from lianxin.ui.written import tell_written

_NUMBERED = "每张一个表号：补录来访时填上，其他表收回后在下面记下用在哪里。"
_USUAL = 10


class BlankForms(QDialog):
    """Prints blank forms, numbered or one to be copied; a number is looked up, marked as spoiled, or its use told."""

    def __init__(
        self, desk: Desk, office: Office, folder: Path, parent: QWidget | None = None, *, number: str = ""
    ) -> None:
        super().__init__(parent)
        self._desk, self._office, self._folder = desk, office, folder
        self.setWindowTitle("打印空白表")
        self.setMinimumWidth(px(560))
        self.form = QComboBox()
        self.form.setAccessibleName("哪种表")
        for name, title in blank_titles().items():
            self.form.addItem(title, name)
        self.form.currentIndexChanged.connect(self._form_chosen)
        self.count = QSpinBox()
        self.count.setRange(1, MOST_AT_ONCE)
        self.count.setValue(_USUAL)
        self.count.setSuffix(" 张")
        self.count.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.count.setAccessibleName("张数")
        self.typed = _line("表号", "如 B0007；作废可以写几个，用、隔开")
        self.typed.textChanged.connect(self._look_up)
        self.use = _line("用在哪里", "会议、事项的编号或说明")
        self.typed.returnPressed.connect(self.use.setFocus)
        self.use.returnPressed.connect(self.note_now)
        self._sums, self._unused = label("", wrap=True), label("", "soft", wrap=True)
        self._why, self._found = label("", "soft", wrap=True), label("", "soft", wrap=True)
        self._wrong = label("", "problem", wrap=True)
        self.numbering = button("打印带表号的", "main", act=self.print_numbered, needs="register")
        self.visit = button("打开这次来访", act=self.open_visit, needs="look")
        self._sheet: Sheet | None = None
        self._lay_out()
        self.refresh()
        self._form_chosen()
        self.typed.setText(number)
        self._look_up()

    def refresh(self) -> None:
        """Read and show again what became of the numbers of this year."""
        state = numbers_of(self._office, self._office.today().year)
        none = not (state.unused or state.used or state.spoiled)
        self._sums.setText("今年还没有印过带表号的空白表。" if none else state.words())
        told = [f"未用：{runs(state.unused)}"] if state.unused else []
        told += [f"作废：{runs(state.spoiled)}"] if state.spoiled else []
        self._unused.setText("\n".join(told))
        self._unused.setVisible(bool(told))

    def words(self) -> str:
        """What is told of the numbers."""
        return f"{self._sums.text()}\n{self._unused.text()}".strip()

    def found(self) -> str:
        """What is told of the number that was typed."""
        return self._found.text()

    def problem(self) -> str:
        """Why a number was not taken."""
        return self._wrong.text()

    def print_numbered(self) -> None:
        """Take the next numbers and show the forms."""
        made = print_blanks(self._office, self._chosen(), self.count.value(), numbered=True)
        first, many = made.numbers[0], len(made.numbers)
        self._told(f"表号 {first} 起共{many}张，补录或收回时把表号填上", made.changes)
        show_paper(self._desk, made.paper, self._folder, personal=False)
        self.accept()

    def print_plain(self) -> None:
        """One form without a number, to be copied."""
        made = print_blanks(self._office, self._chosen(), 1, numbered=False)
        show_paper(self._desk, made.paper, self._folder, personal=False)
        self.accept()

    def spoil_now(self) -> None:
        """Say that the typed numbers are spoiled."""
        typed = self.typed.text().strip()
        self._write(lambda: spoil(self._office, typed), f"已作废表号 {typed}")

    def note_now(self) -> None:
        """Say where the sheet of the typed number belongs."""
        typed, use = self.typed.text().strip(), self.use.text()
        self._write(lambda: note_use(self._office, typed, use), f"已记下表号 {typed} 用在“{use.strip()}”")

    def open_visit(self) -> None:
        """Go to the visit that was typed in from the sheet."""
        if self._sheet is not None and self._sheet.contact:
            self.accept()
            self._desk.open_record(Contact.KIND, self._sheet.contact)

    def _write(self, act: Callable[[], tuple[Change, ...]], words: str) -> None:
        try:
            changes = act()
        except NoSuchFormNumber as wrong:
            self._wrong.setText(str(wrong))
            return
        self._wrong.setText("")
        if changes:
            self._told(words, changes)
        self.typed.clear()
        self.use.clear()
        self.refresh()

    def _chosen(self) -> str:
        return str(self.form.currentData())

    def _form_chosen(self) -> None:
        why = UNNUMBERED.get(self._chosen(), "")
        self._why.setText(why or _NUMBERED)
        self.numbering.setEnabled(not why)
        self.count.setEnabled(not why)

    def _look_up(self) -> None:
        self._wrong.setText("")
        self._sheet = sheet_of(self._office, self.typed.text())
        self._found.setText(self._sheet.words() if self._sheet else "")
        self._found.setVisible(self._sheet is not None)
        self.visit.setVisible(self._sheet is not None and bool(self._sheet.contact))

    def _told(self, words: str, changes: tuple[Change, ...]) -> None:
        tell_written(self._desk, self._office, words, changes)

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(px(20), px(16), px(20), px(16))
        box.setSpacing(px(10))
        plain = button("打印一张不带表号的", act=self.print_plain, needs="look", hint="用来复印")
        box.addLayout(_row(label("印"), self.form, self.count))
        box.addWidget(self._why)
        box.addLayout(_row(self.numbering, plain))
        box.addWidget(self._sums)
        box.addWidget(self._unused)
        box.addLayout(_row(label("表号"), self.typed, button("作废", act=self.spoil_now), self.visit))
        box.addWidget(self._found)
        box.addLayout(_row(label("用在"), self.use, button("记下", act=self.note_now)))
        box.addWidget(self._wrong)
        self.count.setFocus()
        self.count.selectAll()


def _line(name: str, hint: str) -> QLineEdit:
    made = QLineEdit()
    made.setAccessibleName(name)
    made.setPlaceholderText(hint)
    return made


def _row(*widgets: QWidget) -> QHBoxLayout:
    """Beside one another; a line to type in takes the room, else it stays empty at the right."""
    row = QHBoxLayout()
    for widget in widgets:
        row.addWidget(widget, 1 if isinstance(widget, QLineEdit) else 0)
    if not any(isinstance(widget, QLineEdit) for widget in widgets):
        row.addStretch(1)
    return row
