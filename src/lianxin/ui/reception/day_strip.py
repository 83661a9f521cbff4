"""The reception days of a month in a line, with the month before and after one press away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from lianxin.domain.dates import show_weekday
from lianxin.domain.records import ReceptionDay
from lianxin.ui.pieces.buttons import button, label
from lianxin.ui.pieces.chips import ChipRow
from lianxin.ui.pieces.elided import ElidedLabel
from lianxin.ui.theme import px

_MARKS = {
    "held": "已开展",
    "postponed": "已顺延",
    "cancelled": "已取消",
    "announced": "已公告",
    "planned": "",
}


class DayStrip(QWidget):
    """`month_wanted(first day)` when another month is asked for, `chosen(uid)` when a day is, `rota_wanted`."""

    month_wanted = Signal(object)
    chosen = Signal(str)
    rota_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.month = date.min
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(6))
        self._title = label("")
        self._days = ChipRow(name="本月接待日", numbered=False)
        before, after = button("‹", hint="上个月"), button("›", hint="下个月")
        for arrow, act in ((before, self._before), (after, self._after)):
            arrow.setFixedWidth(px(34))
            arrow.setStyleSheet("padding: 0;")
            arrow.setAccessibleName(arrow.toolTip())
            arrow.clicked.connect(act)
        self._none = label("", "soft")
        self._holidays = ElidedLabel("", "soft")
        self._rota = button(
            "轮值表", "link", act=self.rota_wanted.emit, hint="今后各接待日由谁接待，可以改、可以打印"
        )
        line.addWidget(before)
        line.addWidget(self._title)
        line.addWidget(after)
        line.addWidget(self._days, 1)
        line.addWidget(self._none, 1)
        line.addWidget(self._holidays)
        line.addWidget(self._rota)
        self._days.chosen.connect(self._picked)

    def show_days(
        self, month: date, days: Sequence[ReceptionDay], *, chosen: str, today: date, holidays: str = ""
    ) -> None:
        """Show the days of the month that begins with this date; `holidays` names its days off."""
        self.month = month
        year = f"{month.year}年" if month.year != today.year else ""
        self._title.setText(f"{year}{month.month}月")
        self._days.set_choices([(day.uid, _words(day, today)) for day in days])
        self._days.set_code(chosen)
        self._days.setVisible(bool(days))
        self._none.setText("这个月还没有接待日")
        self._none.setVisible(not days)
        self._holidays.set_words(holidays)
        self._holidays.setVisible(bool(holidays))

    def words(self) -> list[str]:
        """What stands on the days."""
        return [chip.text() for chip in self._days.findChildren(type(button(""))) if not chip.isHidden()]

    def _picked(self, uid: str) -> None:
        if uid:
            self.chosen.emit(uid)

    def _before(self) -> None:
        self.month_wanted.emit((self.month - timedelta(days=1)).replace(day=1))

    def _after(self) -> None:
        self.month_wanted.emit((self.month + timedelta(days=32)).replace(day=1))


def _words(day: ReceptionDay, today: date) -> str:
    mark = _MARKS.get(day.state, "")
    told = "今天" if day.day == today else f"{day.day.day}日{show_weekday(day.day).replace('星期', '周')}"
    return f"{told} {mark}".rstrip()
