"""What a new ballot begins with: elections or projects, the post, how many seats, who stands."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from lianxin.domain.codes import BALLOT_SUBJECT
from lianxin.ui.pieces.buttons import button, label
from lianxin.ui.pieces.combo import QuietCombo
from lianxin.ui.reportback.tally_cell import CountCell


class BallotBeginning(QWidget):
    """`given(subject, title, seats, names)` on Enter in the last field."""

    given = Signal(str, str, int, str)

    def __init__(self) -> None:
        super().__init__()
        self.subject = QuietCombo("投票内容")
        for code in BALLOT_SUBJECT.codes:
            self.subject.addItem(code.label, code.code)
        self.title = QLineEdit()
        self.title.setAccessibleName("职务或项目")
        self.title.setPlaceholderText("职务，如 镇人民政府镇长；票决的写 2026年民生实事项目")
        self.seats = CountCell("应选名额")
        self.seats.set_count(1)
        self.names = QLineEdit()
        self.names.setAccessibleName("候选人或项目")
        self.names.setPlaceholderText("候选人姓名，用顿号隔开；项目一个一个地加")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.addWidget(self.subject, 0, 0)
        grid.addWidget(self.title, 0, 1)
        grid.addWidget(label("应选"), 0, 2)
        grid.addWidget(self.seats, 0, 3)
        grid.addWidget(label("候选", "soft"), 1, 0)
        grid.addWidget(self.names, 1, 1, 1, 2)
        grid.addWidget(button("登记", act=self._give), 1, 3)
        grid.setColumnStretch(1, 1)
        self.title.returnPressed.connect(self.seats.setFocus)
        self.seats.gone_on.connect(self.names.setFocus)
        self.names.returnPressed.connect(self._give)

    def _give(self) -> None:
        title = self.title.text().strip()
        if not title:
            self.title.setFocus()
            return
        subject, names = self.subject.value(), self.names.text()
        self.given.emit(subject, title, self.seats.count() or 1, names)
        self.title.clear()
        self.names.clear()
