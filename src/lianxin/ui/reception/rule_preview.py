"""What a rule means for a year, while it is typed: its days on a calendar, what holidays do to them, in words."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from lianxin.domain.calendar.recurrence import Plan
from lianxin.domain.dates import Unreadable, show_day_short
from lianxin.domain.records import ReceptionRule
from lianxin.office.desk import Desk as Office
from lianxin.office.handed.calendars import lunar_table
from lianxin.office.reception.days import days_between, plan_of
from lianxin.ui.pieces.buttons import button, label
from lianxin.ui.reception.year_calendar import MarkedDay, Year, YearCalendar
from lianxin.ui.theme import px


class RulePreview(QWidget):
    """`picked(date)` when a day is clicked, `turned(year)` when another year is shown."""

    picked = Signal(object)
    turned = Signal(int)

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        self._rule: ReceptionRule | None = None
        today = office.today()
        # In the last weeks of a year people plan the next one.
        self.year = today.year + (today.month == 12)
        self._title, self.summary = label("", "heading"), label("", wrap=True)
        self.warning = label("", "soft", wrap=True)
        self.calendar = YearCalendar()
        self.calendar.picked.connect(self.picked)
        line = QHBoxLayout()
        line.setSpacing(px(6))
        for words, hint, step in (("‹", "上一年", -1), ("›", "下一年", 1)):
            arrow = button(words, hint=hint)
            arrow.setFixedWidth(px(34))
            arrow.setStyleSheet("padding: 0;")
            arrow.setAccessibleName(hint)
            arrow.clicked.connect(lambda _checked=False, step=step: self._turn(step))
            line.addWidget(arrow)
            if step < 0:
                line.addWidget(self._title)
        line.addWidget(self.summary, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, px(4), 0, 0)
        box.setSpacing(px(6))
        box.addLayout(line)
        box.addWidget(self.warning)
        box.addWidget(self.calendar)
        box.addWidget(
            label(
                "深色是接待日，黄色是逢节假日顺延来的，划掉的是取消的；灰底是放假。数字下有点的已经建好。",
                "soft",
                wrap=True,
            )
        )

    def show_rule(self, rule: ReceptionRule | None, problem: str = "") -> None:
        """Show what this rule gives; without one only the holidays, with the reason why."""
        self._rule = rule
        first, last = date(self.year, 1, 1), date(self.year, 12, 31)
        plan, told = Plan(()), problem
        if rule is not None:
            try:
                plan = plan_of(self._office, rule, first, last)
            except Unreadable as wrong:
                told = str(wrong)
        station = rule.station if rule is not None else ""
        there = frozenset(
            day.day for day in days_between(self._office, first, last)
            if day.station == station and day.state not in ("postponed", "cancelled")
        )  # fmt: skip
        self._title.setText(f"{self.year}年")
        self.summary.setText(told or summary_of(plan))
        warning = self._office.profile.calendar.warning(first, last)
        self.warning.setText(f"{warning}。到“设置 → 放假安排”里粘贴通知就能补上。" if warning else "")
        self.warning.setVisible(bool(warning))
        lunar = rule is not None and rule.recurrence == "market_lunar"
        self.calendar.show_year(
            Year(self.year, _marked(plan, lunar), self._office.profile.calendar, there, self._office.today())
        )

    def _turn(self, step: int) -> None:
        self.year += step
        self.turned.emit(self.year)
        self.show_rule(self._rule)


def summary_of(plan: Plan) -> str:
    """全年24天，其中顺延2天、取消1天."""
    moved = sum(1 for day in plan.days if day.instead_of)
    parts = [f"顺延{moved}天"] if moved else []
    parts += [f"取消{len(plan.cancelled)}天"] if plan.cancelled else []
    kept = sum(1 for day in plan.days if day.holiday and not day.instead_of)
    parts += [f"节假日照常{kept}天"] if kept else []
    held = f"全年{len(plan.days)}天"
    return f"{held}，{'、'.join(parts)}" if parts else held


def _marked(plan: Plan, lunar: bool) -> dict[date, MarkedDay]:
    found: dict[date, MarkedDay] = {}
    for planned in plan.days:
        told = ""
        if planned.instead_of:
            told = f"代{'、'.join(map(show_day_short, planned.instead_of))}（{planned.holiday}）"
        elif planned.holiday:
            told = f"{planned.holiday}照常"
        elif lunar:
            on = lunar_table().on(planned.day)
            told = f"农历{on.words}" if on else ""
        found[planned.day] = MarkedDay("moved" if planned.instead_of else "held", told)
    for day, name in plan.cancelled:
        found[day] = MarkedDay("cancelled", f"{name}，取消")
    return found
