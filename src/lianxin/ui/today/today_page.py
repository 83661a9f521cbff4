"""首页: what to do first at the top left, the year's duties right, numbers on one line, the months below."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QStackedWidget, QWidget

from lianxin.office.cases.matter_memory import LookStopped, MatterMemory
from lianxin.office.desk import Desk as Office
from lianxin.office.number_cards import NumberFact
from lianxin.office.overview import Overview, overview
from lianxin.office.reception.duty_places import PLACES
from lianxin.office.to_do.listing import MOST_TO_DO
from lianxin.ui.jobs import Cancel, Progress, Stopped
from lianxin.ui.pages import DUTIES, Desk, Head, Page
from lianxin.ui.pieces.bars import Bar, BarChart
from lianxin.ui.pieces.buttons import Act, button
from lianxin.ui.pieces.card import Card, NumberCard
from lianxin.ui.record_list import EmptyWords, RecordList
from lianxin.ui.theme import px, row_height
from lianxin.ui.today.duty_rows import DutyRows
from lianxin.ui.today.first_steps import FirstSteps
from lianxin.ui.today.to_do_source import ToDoSource

_NARROW = 960
_WEEKDAYS = "一二三四五六日"


class TodayPage(Page):
    """Reads the overview in the background and shows it; every row and number leads on."""

    def __init__(self, window: Desk, office: Office) -> None:
        super().__init__(window)
        self.office = office
        self._memory = MatterMemory(office)
        self.shown: Overview | None = None
        self._source = ToDoSource()
        self.to_do = RecordList(
            self._source, name="近期待办", with_filter=False, framed=False,
            empty=EmptyWords("暂时没有待办", "登记的意见建议到了该催办、该回访的时候，会排在这里。"),
        )  # fmt: skip
        self.steps, self.duties, self.chart = FirstSteps(), DutyRows(), BarChart(unit="人次")
        self.numbers: list[NumberCard] = []
        self._first = QStackedWidget()
        self._first_card = Card("近期待办")
        self._all = button("全部待办意见", "link", act=partial(window.go, "opinions"))
        self._duty_card, self._chart_card = Card("年度任务进度"), Card("联系群众人次")
        self._upper = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._cards = QGridLayout()
        self._narrow = False
        self._lay_out()
        self.to_do.opened.connect(self._open)
        self.to_do.view.clicked.connect(self._clicked)
        self.steps.chosen.connect(window.go)
        self.duties.opened.connect(self._duty_opened)
        self.chart.picked.connect(lambda _name: window.go("figures"))
        self.follow()

    def head(self) -> Head:
        today = self.office.today()
        title = f"今天 · {today.month}月{today.day}日 星期{_WEEKDAYS[today.weekday()]}"
        main = Act("登记来访", partial(self.desk.begin, "contacts"), keys="F2")
        return Head(title, main)

    def refresh(self) -> None:
        def work(_progress: Progress, cancel: Cancel) -> Overview:
            try:
                return overview(self.office, self._memory, stop=cancel)
            except LookStopped as stopped:
                raise Stopped from stopped

        self.desk.reads.start(work, title="", done=self._show, owner=self)

    def focus_first(self) -> None:
        self.to_do.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < px(_NARROW)
        if narrow != self._narrow:
            self._narrow = narrow
            self._arrange()

    def _lay_out(self) -> None:
        self.body.setSpacing(px(10))
        for card in (self._first_card, self._duty_card, self._chart_card):
            card.body.setContentsMargins(px(16), px(8), px(12), px(4))
            card.body.setSpacing(px(2))
        self.to_do.view.horizontalHeader().hide()
        self.to_do.view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.to_do.setFixedHeight(MOST_TO_DO * row_height() + px(6))
        self._first.addWidget(self.to_do)
        self._first.addWidget(self.steps)
        self._first_card.add(self._first)
        self._first_card.add_tool(_strut())
        self._first_card.add_tool(self._all)
        # Both headings stand at one height whether or not there is a word to press beside them.
        self._duty_card.add_tool(_strut())
        self._duty_card.add_tool(self.duties.more)
        self._duty_card.add_tool(button("全部任务和依据", "link", act=partial(self.desk.go, DUTIES)))
        self._duty_card.add(self.duties)
        self._duty_card.add_stretch()
        self.chart.setMinimumHeight(px(104))
        self._chart_card.add(self.chart, 1)
        self._upper.setSpacing(px(12))
        self._upper.addWidget(self._first_card, 3)
        self._upper.addWidget(self._duty_card, 2)
        self._cards.setSpacing(px(12))
        self.body.addLayout(self._upper)
        self.body.addLayout(self._cards)
        self.body.addWidget(self._chart_card, 1)

    def _arrange(self) -> None:
        side = QBoxLayout.Direction.TopToBottom if self._narrow else QBoxLayout.Direction.LeftToRight
        self._upper.setDirection(side)
        across = 3 if self._narrow else max(1, len(self.numbers))
        for place, card in enumerate(self.numbers):
            self._cards.addWidget(card, place // across, place % across)

    def _show(self, found: Overview) -> None:
        self.shown = found
        self._source = ToDoSource(found.to_do.rows())
        self.to_do.set_source(self._source)
        steps_left = found.fresh and not all(step.done for step in found.steps)
        self._first.setCurrentWidget(self.steps if steps_left else self.to_do)
        self.steps.set_steps(found.steps)
        self._first_card.set_heading("接下来做这三步" if steps_left else "近期待办")
        self._all.setText(f"全部{found.to_do.count}件")
        self._all.setAccessibleName(f"看全部{found.to_do.count}件待办")
        self._all.setVisible(found.to_do.count > MOST_TO_DO)
        self._duty_card.set_heading(f"{found.today.year}年度任务进度")
        self.duties.set_duties(found.duties, begun=not found.fresh)
        self._show_numbers(found.numbers)
        self._chart_card.set_heading(f"{found.year.label}各月联系群众人次", _cut_off(found))
        self.chart.set_bars(
            [Bar(point.label, point.value, now=point.key == found.this_month) for point in found.months]
        )
        self.head_changed.emit()

    def _show_numbers(self, numbers: Sequence[NumberFact]) -> None:
        if not self.numbers:
            for fact in numbers:
                card = NumberCard(fact.title, explain=fact.explain)
                card.clicked.connect(partial(self.desk.go, fact.page))
                self.numbers.append(card)
            self._arrange()
        for card, fact in zip(self.numbers, numbers, strict=True):
            card.set_number(fact.number, fact.unit, fact.note, late=fact.late)

    def _clicked(self, index: QModelIndex) -> None:
        self._open(self.to_do.model.key_at(index.row()))

    def _open(self, key: str) -> None:
        row = self._source.row(key)
        if row is None:
            return
        if row.uid:
            self.desk.open_record(row.kind, row.uid)
        else:
            self.desk.go(row.page)

    def _duty_opened(self, key: str) -> None:
        self.desk.go(PLACES[key].page if key in PLACES else DUTIES)


def _strut() -> QWidget:
    strut = QWidget()
    strut.setFixedHeight(px(34))
    return strut


def _cut_off(found: Overview) -> str:
    return "" if found.year.cutoff >= 31 else f"按每月{found.year.cutoff}日截止统计"
