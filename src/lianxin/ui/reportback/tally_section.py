"""测评计票: the votes left and the chosen one's set-up right; counting takes the whole section."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from lianxin.domain.records import Evaluation, TallyRow
from lianxin.office.desk import Desk as Office
from lianxin.office.evaluations.papers import vote_paper
from lianxin.office.paperwork.paper import PapersProblem
from lianxin.store.reading import Order
from lianxin.ui.draft_keeper import DraftKeeper
from lianxin.ui.pages import Desk, Head, Page
from lianxin.ui.pieces import Act, TwoPanes
from lianxin.ui.printing import paper_folder, paper_problem, show_paper
from lianxin.ui.record_list import EmptyWords, RecordList
from lianxin.ui.reportback.tally_board import CountingBoard
from lianxin.ui.reportback.tally_setup import EvaluationForm
from lianxin.ui.sections import ShownOnly
from lianxin.ui.sources import RecordSource
from lianxin.ui.table import Column

_COLUMNS = {
    "date": Column("date", "日期", width=138),
    "name": Column("name", "测评名称", width=200, stretch=True),
    "target": Column("target", "对象", width=64),
    "state": Column("state", "状态", width=88),
}


class TallySection(Page):
    """F2 sets up a vote; Enter on one goes on counting it, Esc comes back to the list."""

    def __init__(
        self, window: Desk, office: Office, keeper: DraftKeeper | None, *, papers: Path | None = None
    ) -> None:
        super().__init__(window)
        drafts = keeper or DraftKeeper(office, "测评计票")
        self.office, self._papers = office, papers
        source = RecordSource(
            office, Evaluation, tuple(_COLUMNS), columns=_COLUMNS, order=Order("date", descending=True)
        )
        self.list = RecordList(
            source, name="测评", reads=window.reads,
            empty=EmptyWords("还没有测评", "述职评议、工作评议、满意度测评都在这里计票。按 F2 新建。", "新建测评"),
        )  # fmt: skip
        self.form = EvaluationForm(window, office, drafts)
        self.board = CountingBoard(window, office, drafts)
        self.panes = TwoPanes(
            self.list, self.form, names=("测评", "测评设置"), shares=(1, 1), least=(360, 420)
        )
        self._stack = ShownOnly()
        self._stack.addWidget(self.panes)
        self._stack.addWidget(self.board)
        self.body.addWidget(self._stack, 1)
        self.list.picked.connect(self._picked)
        self.list.opened.connect(self.count)
        self.list.empty_acted.connect(self.begin_new)
        self.form.stored.connect(self._stored)
        self.form.count_wanted.connect(self.count)
        self.board.stored.connect(self._changed_here)
        self.board.moved.connect(self.count)
        self.board.print_wanted.connect(self.print_now)
        self.form.begin_new()
        self.follow((Evaluation.KIND, TallyRow.KIND))

    def head(self) -> Head:
        vote = self.board.vote() if self.counting() else None
        if vote is None:
            return Head("测评计票", Act("新建测评", self.begin_new, "F2"))
        papers = (
            Act("打印测评表", self.print_ballots, needs="look", hint="每张A4印几份，裁开用"),
            Act("打印正字计票单", self.print_sheet, needs="look"),
            Act("结果汇总表", self.print_summary, enabled=vote.state == "confirmed"),
            Act("返回", self.leave_board, "Esc"),
        )
        return Head(vote.name, None, papers)

    def counting(self) -> bool:
        """Whether a vote takes the whole section."""
        return self._stack.currentWidget() is self.board

    def refresh(self) -> None:
        """Read the list again; a count that is going on is left alone."""
        self.list.refresh()

    def begin_new(self) -> None:
        """F2: an empty set-up."""
        self.leave_board()
        self.list.view.clearSelection()
        self.form.begin_new()
        self.panes.show_right()
        self.form.form.focus_first()

    def begin_for_session(self, session: str) -> None:
        """A vote on the deputies of a report-back meeting."""
        self.begin_new()
        self.form.begin_for_session(session)

    def count(self, uid: str) -> None:
        """Have a vote on screen to be counted or read."""
        if self.board.open(uid):
            self._turn_to(self.board)
            self.head_changed.emit()
            self.board.focus_first()

    def leave_board(self) -> None:
        """Back to the list; what was counted is kept."""
        if self.counting():
            self.board.keep(leaving=True)
            self._turn_to(self.panes)
            vote = self.board.vote()
            if vote is not None:
                self.form.open(vote.uid)
            self.list.refresh()
            self.head_changed.emit()
            self.list.setFocus()

    def open_record(self, kind: str, uid: str) -> None:
        if kind == TallyRow.KIND:
            with self.office.store.reading() as reading:
                row = reading.get(TallyRow, uid)
            uid = row.evaluation if row is not None else ""
        self.count(uid)

    def focus_first(self) -> None:
        if self.counting():
            self.board.focus_first()
        else:
            self.list.setFocus()

    def focus_filter(self) -> None:
        self.list.focus_filter()

    def go_back(self) -> bool:
        if self.counting():
            self.leave_board()
            return True
        return self.panes.go_back()

    def close_down(self) -> None:
        self.form.keep()
        self.board.keep(leaving=True)

    def print_now(self) -> None:
        """Ctrl+P: the result when it is confirmed, the ballots before."""
        vote = self.board.vote() if self.counting() else None
        confirmed = vote is not None and vote.state != "planned"
        self._print("result-sheet" if confirmed else "ballot-paper")

    def print_ballots(self) -> None:
        """打印测评表."""
        self._print("ballot-paper")

    def print_sheet(self) -> None:
        """打印正字计票单."""
        self._print("tally-sheet")

    def print_summary(self) -> None:
        """结果汇总表."""
        self._print("evaluation-summary")

    def _print(self, name: str) -> None:
        vote = self.board.vote() if self.counting() else None
        uid = vote.uid if vote is not None else self.form.uid
        if not uid:
            self.desk.tell("请先选一次测评")
            return
        try:
            paper = vote_paper(self.office, name, uid)
        except PapersProblem as wrong:
            paper_problem(self.desk, wrong)
            return
        show_paper(self.desk, paper, self._papers or paper_folder(), personal=False)

    def _turn_to(self, widget: QWidget) -> None:
        self._stack.setCurrentWidget(widget)
        self._stack.updateGeometry()

    def _picked(self, uid: str) -> None:
        if uid and uid != self.form.uid:
            self.form.open(uid)

    def _stored(self, uid: str) -> None:
        self.list.refresh()
        self.list.select(uid)

    def _changed_here(self) -> None:
        self.list.refresh()
        self.head_changed.emit()
