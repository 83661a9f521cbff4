"""One line for a decision: what, by whom, until when; Enter in any of its fields stores it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from lianxin.domain.codes import DECISION_TYPE
from lianxin.domain.dates import Unreadable, read_day, show_day_numeric
from lianxin.domain.records import Decision
from lianxin.office.meetings.notes import Decided
from lianxin.ui.pieces.buttons import button, label
from lianxin.ui.pieces.combo import QuietCombo
from lianxin.ui.theme import px


class DecisionLine(QWidget):
    """`given(uid, decided)` on Enter; uid "" is a new one."""

    given = Signal(str, object)

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today, self._uid = today, ""
        self.type = QuietCombo("类型")
        for code in DECISION_TYPE.codes:
            self.type.addItem(code.label, code.code)
        self.type.set_value("task")
        self.what = _field("议定事项", "议定了什么，如 由镇水务站修好三组水管")
        self.by = _field("责任单位", "责任单位或责任人")
        self.due = _field("完成期限", "完成期限，如 3.31")
        self.problem = label("", "problem")
        self.problem.hide()
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self.type)
        first.addWidget(self.what, 1)
        second.addWidget(self.by, 1)
        second.addWidget(self.due, 1)
        second.addWidget(self.problem)
        second.addWidget(button("记上", act=self._give, hint="Enter"))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(4))
        box.addLayout(first)
        box.addLayout(second)
        self.what.returnPressed.connect(lambda: self.by.setFocus(Qt.FocusReason.TabFocusReason))
        self.by.returnPressed.connect(lambda: self.due.setFocus(Qt.FocusReason.TabFocusReason))
        self.due.returnPressed.connect(self._give)

    def begin(self, decision: Decision | None = None) -> None:
        """Empty, or with a decision to change."""
        self._uid = decision.uid if decision else ""
        self.what.setText(decision.what if decision else "")
        self.by.setText((decision.by or "") if decision else "")
        self.due.setText(show_day_numeric(decision.due) if decision and decision.due else "")
        self.type.set_value(decision.decision_type if decision else self.type.value() or "task")
        self.problem.hide()

    def waiting(self) -> bool:
        """Whether something is typed that was not stored."""
        return bool(self.what.text().strip() and not self._uid)

    def give_if_waiting(self) -> None:
        """Store what is typed before the page goes."""
        if self.waiting():
            self._give()

    def _give(self) -> None:
        typed, due = self.due.text().strip(), None
        if typed:
            try:
                due = read_day(typed, today=self._today).day
            except Unreadable as wrong:
                self.problem.setText(str(wrong))
                self.problem.show()
                self.due.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self.problem.hide()
        if self.what.text().strip() or self._uid:
            told = Decided(self.what.text(), self.type.value(), self.by.text(), due)
            uid = self._uid
            self.begin()
            self.given.emit(uid, told)
        self.what.setFocus(Qt.FocusReason.OtherFocusReason)


def _field(name: str, hint: str) -> QLineEdit:
    made = QLineEdit()
    made.setAccessibleName(name)
    made.setPlaceholderText(hint)
    return made
