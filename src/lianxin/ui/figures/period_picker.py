"""Which month, quarter, half-year or year, or from which month to which: chips, two arrows, and the days it covers."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from lianxin.domain.dates import show_day
from lianxin.domain.periods import BadPeriod, Period
from lianxin.ui.pieces import ChipRow, button, label
from lianxin.ui.theme import px

_LENGTHS = (("1", "月"), ("3", "季度"), ("6", "半年"), ("12", "年"))
_SPAN = ("span", "起止")


class PeriodPicker(QWidget):
    """`changed` when a person chose another period. With `spans` also from any month to any other (今年1—11月)."""

    changed = Signal()

    def __init__(self, period: Period, parent: QWidget | None = None, *, spans: bool = False) -> None:
        super().__init__(parent)
        self._period = period
        self._lengths = ChipRow((*_LENGTHS, _SPAN) if spans else _LENGTHS, name="多长一期", numbered=False)
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
        self._from, self._to = self._month("从哪个月"), self._month("到哪个月")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(6))
        for part in (self.back, self._name, self.forth):
            line.addWidget(part)
        line.addSpacing(px(8))
        line.addWidget(self._lengths, 0, Qt.AlignmentFlag.AlignVCenter)
        for month in (self._from, self._to):
            line.addWidget(month)
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
        self._lengths.set_code(str(period.months) if period.is_usual else _SPAN[0])
        self._from.setText(period.parts[0].code)
        self._to.setText(period.parts[-1].code)
        for month in (self._from, self._to):
            month.setVisible(not period.is_usual)
        self.setAccessibleName(f"{period.label}，{self._days.text()}")

    def _back(self) -> None:
        self._choose(self._period.before)

    def _forth(self) -> None:
        now = self._period
        self._choose(Period(now.first_month + now.months, now.months, now.cutoff))

    def _month(self, name: str) -> QLineEdit:
        field = QLineEdit()
        field.setAccessibleName(name)
        field.setPlaceholderText("2026-01")
        field.setFixedWidth(px(92))
        field.editingFinished.connect(self._span_typed)
        return field

    def _span_typed(self) -> None:
        """Takes the two months when they can be read; says beside them what is wrong when not."""
        try:
            period = Period.parse(f"{self._from.text()}..{self._to.text()}", cutoff=self._period.cutoff)
        except BadPeriod as wrong:
            self._days.setText(str(wrong))
            return
        if period != self._period:
            self._choose(period)

    def _length_chosen(self, code: str) -> None:
        if code == _SPAN[0]:
            self._begin_span()
            return
        months = int(code)
        self._choose(Period(self._period.first_month // months * months, months, self._period.cutoff))

    def _begin_span(self) -> None:
        """From January to the last month of what was chosen, or to November where that is the whole year."""
        january = self._period.first_month // 12 * 12
        last = self._period.first_month + self._period.months - 1
        months = max(last - january + 1, 2)
        self._choose(Period(january, months if months not in (3, 6, 12) else months - 1, self._period.cutoff))
        self._to.setFocus()
        self._to.selectAll()

    def _choose(self, period: Period) -> None:
        self.set_period(period)
        self.changed.emit()
