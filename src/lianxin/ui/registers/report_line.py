"""工作报告 above its register: a button for each kind of report that begins it from the records of a year."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QSpinBox, QWidget

from lianxin.domain.codes import WORK_REPORT
from lianxin.office.desk import Desk as OfficeDesk
from lianxin.office.duties.work_reports import begin_report
from lianxin.ui.pages import Desk
from lianxin.ui.pieces.buttons import button, label
from lianxin.ui.theme import px
from lianxin.ui.written import tell_written

_NEW_YEAR_ENDS = 3
"""Until March a report is on the year before."""


class ReportLine(QWidget):
    """`show(uid)` is called with the report that was begun, or was there already."""

    def __init__(self, window: Desk, office: OfficeDesk, show: Callable[[str], None]) -> None:
        super().__init__()
        self._window, self._office, self._show = window, office, show
        today = office.today()
        self.year = QSpinBox()
        self.year.setRange(1990, 2100)
        self.year.setValue(today.year - (today.month <= _NEW_YEAR_ENDS))
        self.year.setSuffix(" 年")
        self.year.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.year.setAccessibleName("哪一年的报告")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(8))
        line.addWidget(label("按记录起草", "soft"))
        line.addWidget(self.year)
        for code in WORK_REPORT.codes:
            line.addWidget(button(code.label, act=partial(self.begin, code.code)))

    def begin(self, report_type: str) -> None:
        """The report of the year from its records, to be worded by the office; the one there is when there is one."""
        uid, changes = begin_report(self._office, self.year.value(), report_type)
        words = WORK_REPORT.label_of(report_type)
        if changes:
            told = f"已按{self.year.value()}年的记录起草{words}，改好后“打印这一条”"
            tell_written(self._window, self._office, told, changes)
        else:
            self._window.tell(f"{self.year.value()}年的{words}已经起草过，打开的是那一份")
        self._show(uid)
