"""县人大退回和待选定: what the county returned, and what two computers wrote differently; each with its own act."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QStackedWidget

from lianxin.county.received.waiting import Asked, base_of, sides_of, written_at
from lianxin.domain.dates import show_day
from lianxin.domain.dictionary import kinds
from lianxin.domain.streams import replica_of
from lianxin.office.access.access_log import note_access
from lianxin.office.county_asks import CountyAsks, WholeReturn, county_asks
from lianxin.office.desk import Desk
from lianxin.office.receiving.choices import Choice
from lianxin.office.receiving.questions import Question, QuestionUnknown, resolve
from lianxin.office.records import undo_changes
from lianxin.office.returned import Returned
from lianxin.store.writing import Change
from lianxin.ui.failures import Problem
from lianxin.ui.pages import Desk as Window
from lianxin.ui.pages import Head, Page
from lianxin.ui.pieces import Act, Card, TwoPanes
from lianxin.ui.questions.question_panel import OURS, QuestionPanel
from lianxin.ui.record_list import EmptyWords, RecordList
from lianxin.ui.sending.asks_source import AsksFilter, AsksSource, advice_of
from lianxin.ui.sending.return_panel import ReturnPanel
from lianxin.ui.theme import px

ALL_THERE = "已登记的内容都在本机，没有改动。"


class AsksPage(Page):
    """Whatever stands here is decided by this office; the next report carries it up."""

    def __init__(self, window: Window, office: Desk) -> None:
        super().__init__(window)
        self.office = office
        self._source = AsksSource()
        self.filter = AsksFilter()
        self.filter.changed.connect(self._keep)
        self.list = RecordList(
            self._source, name="退回和待选定", unit="件", framed=False,
            empty=EmptyWords("没有要办的", "县人大退回修改的记录，两台电脑写得不一样的地方，接收回执以后列在这里。"),
        )  # fmt: skip
        self.list.picked.connect(self._picked)
        self.list.opened.connect(lambda _key: self.act())
        self.question, self.returned = QuestionPanel(OURS), ReturnPanel()
        self.question.taken.connect(self.take)
        self.question.record_asked.connect(self.open_chosen)
        self.question.shown.connect(self._shown)
        self.returned.record_asked.connect(self.open_chosen)
        self._right = QStackedWidget()
        for panel in (self.returned, self.question):
            self._right.addWidget(panel)
        left = Card()
        left.body.setContentsMargins(px(12), px(8), px(12), px(6))
        left.add(self.filter)
        left.add(self.list, 1)
        self.panes = TwoPanes(left, self._right, names=("要办的", "这一件"), shares=(7, 5), least=(460, 380))
        self.body.addWidget(self.panes, 1)
        self.follow([cls.KIND for cls in kinds()])

    def head(self) -> Head:
        """打开记录 for what was returned; what the county holds right is taken over by one button for all."""
        row = self._source.row(self.list.current_key())
        many = self._source.advised()
        others = (Act(f"都按县人大的意见（{len(many)}处）", self.take_advised),) if len(many) > 1 else ()
        opens = isinstance(row, Returned) and bool(row.title)
        main = Act("打开这条记录", self.open_chosen, "F2", "" if opens else "先在左边选一条", enabled=opens)
        return Head("县人大退回和待选定", main, (*others, Act("回到报送", lambda: self.desk.go("sending"))))

    def refresh(self) -> None:
        """Read what waits, on the worker of readings."""
        office = self.office

        def work() -> CountyAsks:
            with office.store.reading() as reading:
                return county_asks(reading)

        self.read(work, self._show)

    def focus_first(self) -> None:
        """The list."""
        self.list.setFocus()

    def focus_filter(self) -> None:
        """Ctrl+F."""
        self.list.focus_filter()

    def go_back(self) -> bool:
        """Esc."""
        return self.panes.go_back()

    def open_record(self, kind: str, uid: str) -> None:
        """One line of the list."""
        self.list.select(uid)
        self.panes.show_right()

    def act(self) -> None:
        """Enter: the record itself, or the values beside each other."""
        row = self._source.row(self.list.current_key())
        if isinstance(row, Returned) and row.title:
            self.open_chosen()
        else:
            self.panes.show_right()

    def open_chosen(self) -> None:
        """打开这条记录."""
        row = self._source.row(self.list.current_key())
        if isinstance(row, Returned) and row.cls is not None and row.title:
            self.desk.open_record(row.told.about_kind, row.told.about)
        elif isinstance(row, Question):
            self.desk.open_record(row.cls.KIND, row.uid)

    def take(self, number: str) -> None:
        """采用 one of the values."""
        row = self._source.row(self.list.current_key())
        if isinstance(row, Question):
            self._resolve([(row, number)], f"{row.label}已选定")

    def take_advised(self) -> None:
        """都按县人大的意见."""
        rows = self._source.advised()
        chosen = [(each, each.answer.head) for each in rows if each.answer is not None and each.answer.head]
        self._resolve(chosen, f"{len(chosen)}处已按县人大的意见选定")

    def _resolve(self, chosen: Sequence[tuple[Question, str]], told: str) -> None:
        changes: list[Change] = []
        try:
            for question, take in chosen:
                changes += resolve(self.office, question.id, take=take)
        except QuestionUnknown as gone:
            self.desk.problem(Problem(what=gone.message, safe=ALL_THERE, code="R320"))
        if changes:
            self._wrote(changes)
            self.desk.tell(told, lambda: self._undo(changes))

    def _undo(self, changes: Sequence[Change]) -> None:
        undo_changes(self.office, changes)
        self._wrote(changes)
        self.desk.tell("已撤销，重新待选定。")

    def _wrote(self, changes: Sequence[Change]) -> None:
        self.desk.saved()
        self.desk.hub.tell({change.kind for change in changes})

    def _show(self, found: CountyAsks) -> None:
        self._source = AsksSource(found)
        self._source.kept = self.filter.code()
        self.filter.show_counts(self._source.counts())
        chosen = self.list.current_key()
        self.list.set_source(self._source)
        keys = self._source.keys("", False, "")
        self.list.select(chosen if chosen in keys else keys[0] if keys else "")
        self._picked(self.list.current_key())

    def _keep(self) -> None:
        self._source.kept = self.filter.code()
        self.list.refresh()

    def _picked(self, key: str) -> None:
        row = self._source.row(key)
        if isinstance(row, Question):
            self.question.show_asked(self._as_asked(row))
            self._right.setCurrentWidget(self.question)
        else:
            self.returned.show_row(row if isinstance(row, Returned | WholeReturn) else None)
            self._right.setCurrentWidget(self.returned)
        self.head_changed.emit()

    def _as_asked(self, question: Question) -> Asked:
        sides = sides_of(question, self._who)
        answer = question.answer
        told = f"{advice_of(question)}（{show_day(answer.day)}）。" if answer is not None else ""
        return Asked(question, "", question.title, sides, told, base_of(question))

    def _who(self, choice: Choice) -> str:
        here = replica_of(choice.head.stream) == self.office.store.replica
        return f"{'本机' if here else '另一台电脑'}　{written_at(choice)}".strip()

    def _shown(self, number: str) -> None:
        row = self._source.row(self.list.current_key())
        if isinstance(row, Question):
            note_access(self.office, f"待选定 {row.id} 第{number}种写法")
