"""Which month, quarter, half-year or year: chips for the length, two arrows, and the days it covers."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from lianxin.domain.dates import show_day
from lianxin.domain.periods import Period
from lianxin.ui.pieces import ChipRow, button, label
from lianxin.ui.theme import px

_LENGTHS = (("1", "月"), ("3", "季度"), ("6", "半年"), ("12", "年"))


class PeriodPicker(QWidget):
    """`changed` when a person chose another period."""

    changed = Signal()

    def __init__(self, period: Period, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._period = period
        self._lengths = ChipRow(_LENGTHS, name="多长一期", numbered=False)
        self._lengths.chosen.connect(self._length_chosen)
        self.back = button("‹", act=self._back, hint="前一期")
        self.forth = button("›", act=self._forth, hint="后一期")
        for made, name in ((self.back, "前一期"), (self.forth, "后一期")):
            made.setAccessibleName(name)
            made.setFixedWidth(px(44))
        self._name = label("", "heading")
        self._name.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._name.setMinimumWidth(px(128))
        self._days = label("", "soft")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(6))
        for part in (self.back, self._name, self.forth):
            line.addWidget(part)
        line.addSpacing(px(8))
        line.addWidget(self._lengths, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self._days, 1)
        self.set_period(period)

    def period(self) -> Period:
        """What is chosen."""
        return self._period

    def set_period(self, period: Period) -> None:
        """Choose without telling anybody."""
        self._period = period
        self._name.setText(period.label)
        self._days.setText(f"{show_day(period.start)}至{show_day(period.end)}")
        self._lengths.set_code(str(period.months))
        self.setAccessibleName(f"{period.label}，{self._days.text()}")

    def _back(self) -> None:
        self._choose(self._period.before)

    def _forth(self) -> None:
        now = self._period
        self._choose(Period(now.first_month + now.months, now.months, now.cutoff))

    def _length_chosen(self, code: str) -> None:
        months = int(code)
        self._choose(Period(self._period.first_month // months * months, months, self._period.cutoff))

    def _choose(self, period: Period) -> None:
        self.set_period(period)
        self.changed.emit()
