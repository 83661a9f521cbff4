"""The top of a year's plan: the levels with their numbers, the sums of the year, the outlook to the end of the term."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from lianxin.domain.codes import LEVEL
from lianxin.office.reportback.report_year_view import YearPlan
from lianxin.ui.pieces import ChipRow, label
from lianxin.ui.theme import px


class YearTop(QWidget):
    """Levels and sums on one line, the outlook below it. `chosen` when another level is asked for."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.levels = ChipRow(name="代表层级", numbered=False)
        self.levels.chosen.connect(self._chosen)
        self.headline, self.outlook = label("", wrap=True), label("", "soft", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(px(2))
        words.addWidget(self.headline)
        words.addWidget(self.outlook)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(10))
        line.addWidget(self.levels, 3)
        line.addLayout(words, 5)

    def show_plan(self, plan: YearPlan) -> None:
        """Show the sums of a plan and which level it is of."""
        told = plan.told
        counts = plan.counts.items()
        self.levels.set_choices([(level, f"{LEVEL.label_of(level)} {count}") for level, count in counts])
        self.levels.set_code(told.level)
        self.headline.setText(plan.headline)
        self.outlook.setText(plan.outlook)
        self.outlook.setVisible(bool(plan.outlook))
        self.headline.setToolTip(f"依据：{told.asked.source}" if told.asked.applies else "")

    def level(self) -> str:
        """The chosen level, "" before anything is shown."""
        return self.levels.code()

    def _chosen(self, _code: str) -> None:
        self.chosen.emit()
