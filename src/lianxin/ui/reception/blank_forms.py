"""空白表: so many sheets with their 表号, those of other work without, and what became of the numbers printed before."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from lianxin.office.desk import Desk as Office
from lianxin.office.papers.blank_list import other_blank, other_blank_titles
from lianxin.office.paperwork.form_numbers import (
    MOST_AT_ONCE,
    NoSuchFormNumber,
    numbers_of,
    runs,
    spoil,
    take_numbers,
)
from lianxin.office.reception.visit_papers import blank_paper, blank_titles
from lianxin.store.writing import Change
from lianxin.ui.pages import Desk
from lianxin.ui.pieces import button, label
from lianxin.ui.printing import show_paper
from lianxin.ui.theme import px
from lianxin.ui.written import tell_written

_USUAL = 10


class BlankForms(QDialog):
    """Prints numbered blank forms, or one without a number to be copied; spoiled numbers are typed here."""

    def __init__(self, desk: Desk, office: Office, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._office, self._folder = desk, office, folder
        self.setWindowTitle("打印空白表")
        self.setMinimumWidth(px(520))
        self.form = QComboBox()
        self.form.setAccessibleName("哪种表")
        for name, title in blank_titles().items():
            self.form.addItem(title, name)
        self._numbered = self.form.count()
        self.form.insertSeparator(self._numbered)
        for name, title in other_blank_titles().items():
            self.form.addItem(title, name)
        self.form.currentIndexChanged.connect(self._form_chosen)
        self.count = QSpinBox()
        self.count.setRange(1, MOST_AT_ONCE)
        self.count.setValue(_USUAL)
        self.count.setSuffix(" 张")
        self.count.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.count.setAccessibleName("张数")
        self.spoiled = QLineEdit()
        self.spoiled.setPlaceholderText("如 B0007、B0009")
        self.spoiled.setAccessibleName("写坏的表号")
        self.spoiled.returnPressed.connect(self.spoil_now)
        self._sums, self._unused = label("", wrap=True), label("", "soft", wrap=True)
        self._wrong = label("", "problem", wrap=True)
        self.numbering = button("打印带表号的", "main", act=self.print_numbered)
        self._lay_out()
        self.refresh()

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

    def problem(self) -> str:
        """Why a number was not taken."""
        return self._wrong.text()

    def print_numbered(self) -> None:
        """Take the next numbers and show the forms."""
        taken = take_numbers(self._office, self.count.value(), form=self.form.currentText())
        paper = blank_paper(self._office, str(self.form.currentData()), taken.numbers)
        self._told(f"表号 {taken.numbers[0]} 起共{len(taken.numbers)}张，补录时把表号填上", taken.changes)
        show_paper(self._desk, paper, self._folder, personal=False)
        self.accept()

    def print_plain(self) -> None:
        """One form without a number, to be copied."""
        form, office = str(self.form.currentData()), self._office
        numbered = self.form.currentIndex() < self._numbered
        paper = blank_paper(office, form, ()) if numbered else other_blank(office, form)
        show_paper(self._desk, paper, self._folder, personal=False)
        self.accept()

    def spoil_now(self) -> None:
        """Say that the typed numbers are spoiled."""
        try:
            changes = spoil(self._office, self.spoiled.text())
        except NoSuchFormNumber as wrong:
            self._wrong.setText(str(wrong))
            return
        self._wrong.setText("")
        if changes:
            self._told(f"已作废表号 {self.spoiled.text().strip()}", changes)
        self.spoiled.clear()
        self.refresh()

    def _form_chosen(self, at: int) -> None:
        """Only what is typed in by its 表号 has one."""
        self.numbering.setEnabled(at < self._numbered)
        self.count.setEnabled(at < self._numbered)

    def _told(self, words: str, changes: tuple[Change, ...]) -> None:
        tell_written(self._desk, self._office, words, changes)

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(px(20), px(16), px(20), px(16))
        box.setSpacing(px(10))
        first = QHBoxLayout()
        first.addWidget(label("印"))
        first.addWidget(self.form)
        first.addWidget(self.count)
        first.addStretch(1)
        box.addLayout(first)
        box.addWidget(label("来访走访的表每张一个表号，补录时按表号找得到纸；其他空白表不编表号。", "soft"))
        acts = QHBoxLayout()
        acts.addWidget(self.numbering)
        acts.addWidget(button("打印一张不带表号的", act=self.print_plain, hint="用来复印"))
        acts.addStretch(1)
        box.addLayout(acts)
        box.addWidget(self._sums)
        box.addWidget(self._unused)
        last = QHBoxLayout()
        last.addWidget(label("写坏的表号"))
        last.addWidget(self.spoiled, 1)
        last.addWidget(button("作废", act=self.spoil_now))
        box.addLayout(last)
        box.addWidget(self._wrong)
        self.count.setFocus()
        self.count.selectAll()
