"""打印登记簿: 群众来访登记簿 of a period on paper or as a workbook, or one to be written on by hand."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from lianxin.domain.periods import Period
from lianxin.office.desk import Desk as Office
from lianxin.office.reception.visit_register import visit_register
from lianxin.ui.figures.period_picker import PeriodPicker
from lianxin.ui.pages import Desk
from lianxin.ui.pieces import button, label
from lianxin.ui.printing import show_paper
from lianxin.ui.theme import px


class RegisterDialog(QDialog):
    """Asks which period; begins with the month of today."""

    def __init__(self, desk: Desk, office: Office, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._office, self._folder = desk, office, folder
        self.setWindowTitle("打印群众来访登记簿")
        self.setMinimumWidth(px(840))
        self.picker = PeriodPicker(Period.parse(f"{office.today():%Y-%m}"), spans=True)
        box = QVBoxLayout(self)
        box.setContentsMargins(px(20), px(16), px(20), px(16))
        box.setSpacing(px(10))
        box.addWidget(self.picker)
        box.addWidget(
            label("一次来访一行：接待日和日常来访；走访、座谈、电话、信件各有自己的记录。", "soft", wrap=True)
        )
        acts = QHBoxLayout()
        acts.addWidget(button("打印这一期", "main", act=self.print_period))
        acts.addWidget(button("做成 Excel", act=self.make_workbook))
        acts.addWidget(button("打印空白的", act=self.print_blank, needs="look", hint="一页12行，手写用"))
        acts.addStretch(1)
        box.addLayout(acts)

    def print_period(self) -> None:
        """The register of the chosen period on paper."""
        self._show(self.picker.period(), word=True)

    def make_workbook(self) -> None:
        """The same as a workbook."""
        self._show(self.picker.period(), word=False)

    def print_blank(self) -> None:
        """One to be written on by hand."""
        self._show(None, word=True)

    def _show(self, period: Period | None, *, word: bool) -> None:
        paper = visit_register(self._office, period, word=word)
        show_paper(self._desk, paper, self._folder, personal=period is not None)
        self.accept()
