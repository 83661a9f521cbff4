"""What the page shows over its whole width: the day itself, the rules, or the 轮值表."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from lianxin.domain.records import ReceptionDay
from lianxin.office.desk import Desk as Office
from lianxin.office.reception.rota_table import rota_file
from lianxin.ui.draft_keeper import DraftKeeper
from lianxin.ui.pages import Desk
from lianxin.ui.printing import paper_folder, show_paper
from lianxin.ui.reception.day_acts import DayActs
from lianxin.ui.reception.rota_panel import RotaPanel
from lianxin.ui.reception.rule_panel import RulePanel


class Arranging(QStackedWidget):
    """`turned` when something else is shown, `back` for 返回登记, `day_wanted(uid)` to open a day of the rota."""

    turned = Signal()
    back = Signal()
    day_wanted = Signal(str)

    def __init__(
        self, desk: Desk, office: Office, keeper: DraftKeeper, acts: DayActs, *, papers: Path | None
    ) -> None:
        super().__init__()
        self._desk, self._office, self._acts, self._papers = desk, office, acts, papers
        self.rules, self.rota = RulePanel(desk, office, keeper), RotaPanel(office)
        self.day_side = QWidget()
        for whole in (self.day_side, self.rules, self.rota):
            self.addWidget(whole)
        self.rules.back.connect(self.back)
        self.rules.days_wanted.connect(self.make_days)
        self.rules.year_wanted.connect(self.make_year)
        self.rules.rota_wanted.connect(self.show_rota)
        self.rota.back.connect(self.back)
        self.rota.rules_wanted.connect(self.show_rules)
        self.rota.day_wanted.connect(self.day_wanted)
        self.rota.arrived.connect(acts.arrived)
        self.rota.asked.connect(acts.asked)
        self.rota.more_wanted.connect(acts.one_more)
        self.rota.proposal_wanted.connect(self._propose)
        self.rota.all_wanted.connect(acts.propose_again)
        self.rota.leave_wanted.connect(acts.span_of_leave)
        self.rota.settle_wanted.connect(acts.settle_holidays)
        self.rota.printing.connect(self.print_rota)
        self.currentChanged.connect(self._turned)
        self._turned()

    def title(self) -> str:
        """What stands in the head; empty while the day itself is shown."""
        if self.currentWidget() is self.rules:
            return "接待日 · 规则"
        return "接待日 · 轮值表" if self.currentWidget() is self.rota else ""

    def refresh(self) -> None:
        """Read again what may have changed: the rota; a rule being typed is left alone."""
        if self.currentWidget() is self.rota:
            self.rota.refresh()

    def show_day(self) -> None:
        """The day itself."""
        self.setCurrentWidget(self.day_side)

    def show_rules(self) -> None:
        """接待日规则."""
        self.rules.refresh()
        self.setCurrentWidget(self.rules)
        self.rules.fields.focus_first()

    def show_rota(self) -> None:
        """轮值表."""
        self.rota.refresh()
        self.setCurrentWidget(self.rota)

    def make_days(self) -> None:
        """The days of the rules, then their rota to look at."""
        self._acts.make_days()
        self.show_rota()

    def make_year(self, year: int) -> None:
        """What is left of a year by the rules, then its rota."""
        self._acts.make_days(date(year, 1, 1), date(year, 12, 31))
        self.rota.choose(str(year))
        self.show_rota()

    def print_rota(self, first: date, last: date, span: str, word: bool) -> None:
        """轮值表 of a span, for the wall or to go on with."""
        paper = rota_file(self._office, first, last, span, word=word)
        show_paper(self._desk, paper, self._papers or paper_folder(), personal=False)

    def _turned(self) -> None:
        # What is not shown must not make the page taller than what is.
        for whole in (self.day_side, self.rules, self.rota):
            shown = whole is self.currentWidget()
            policy = QSizePolicy.Policy.Preferred if shown else QSizePolicy.Policy.Ignored
            whole.setSizePolicy(policy, policy)
        self.turned.emit()

    def _propose(self, uid: str) -> None:
        with self._office.store.reading() as reading:
            day = reading.get(ReceptionDay, uid)
        if day is not None:
            self._acts.propose(day)
