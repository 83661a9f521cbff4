"""选举票决: rounds of a secret ballot, candidates with their votes, the result in a sentence, its papers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QWidget

from lianxin.domain.records import Appointment, MeetingBallot, Oath, Project
from lianxin.domain.tally.meeting_ballots import Sheets
from lianxin.office.desk import Desk as Office
from lianxin.office.meetings.ballots import (
    BallotFile,
    Choice,
    Counted,
    NotCounted,
    add_candidates,
    ballots_of,
    confirm_ballot,
    make_ballot,
    oath_of,
    set_sheets,
    set_votes,
)
from lianxin.office.papers.catalogue import make_paper
from lianxin.office.paperwork.paper import PapersProblem
from lianxin.store.writing import Change
from lianxin.ui.meetings.ballot_beginning import BallotBeginning
from lianxin.ui.pages import Desk
from lianxin.ui.pieces.buttons import Act, act_button, button, label, set_look
from lianxin.ui.pieces.chips import ChipRow
from lianxin.ui.pieces.scroll_card import ScrollCard
from lianxin.ui.printing import paper_folder, paper_problem, show_paper
from lianxin.ui.reportback.tally_cell import CountCell
from lianxin.ui.theme import px
from lianxin.ui.written import tell_written

_SHEETS = ("发出票", "收回票", "无效票")
_VOTES = ("赞成", "反对", "弃权", "另选他人")
_NEW = "new"


class BallotsPanel(ScrollCard):
    """The rounds of one meeting, one on screen. `changed` after every write."""

    changed = Signal()

    def __init__(self, window: Desk, office: Office, *, papers: Path | None = None) -> None:
        super().__init__()
        self._window, self._office, self.papers, self._meeting = window, office, papers, ""
        self._files: tuple[BallotFile, ...] = ()
        self._rows: list[QWidget] = []
        self.rounds = ChipRow((), name="投票", numbered=False)
        self.beginning = BallotBeginning()
        self.sheets = {name: CountCell(name) for name in _SHEETS}
        self._round = QWidget()
        self._table = QGridLayout()
        self.cells: dict[str, list[CountCell]] = {}
        self._results: dict[str, QLabel] = {}
        self._next: dict[CountCell, QWidget] = {}
        self._made_for: tuple[str, ...] = ()
        self.more = QLineEdit()
        self.more.setAccessibleName("增加候选人或项目")
        self.more.setPlaceholderText("再加候选人或项目，回车")
        self.outcome = label("", "heading", wrap=True)
        self.faults = label("", "problem", wrap=True)
        self.confirm = act_button(Act("确认结果", self._confirm, hint="票数相等的，自动登记第二轮"))
        self._lay_out()
        self.rounds.chosen.connect(lambda _code: self._show_round())
        self.beginning.given.connect(self._begin)
        self.more.returnPressed.connect(self._add)
        for cell in self.sheets.values():
            cell.left.connect(self._store_sheets)
            cell.gone_on.connect(partial(self._go_on, cell))

    def show_meeting(self, uid: str) -> None:
        """Show the ballots of this meeting."""
        if uid != self._meeting:
            self.keep()
            self._meeting = uid
            self.rounds.set_code("")
        self.refresh()

    def refresh(self) -> None:
        """Read the rounds again."""
        self._files = ballots_of(self._office, self._meeting) if self._meeting else ()
        kept = self.rounds.code()
        chips = [(each.ballot.uid, _title(each)) for each in self._files]
        self.rounds.set_choices([*chips, (_NEW, "＋ 新的投票")])
        known = [code for code, _ in chips]
        self.rounds.set_code(kept if kept in (*known, _NEW) else known[-1] if known else _NEW)
        self._show_round()

    def keep(self) -> None:
        """Store what is typed."""
        if self.file() is not None:
            self._store_sheets()

    def file(self) -> BallotFile | None:
        """The round on screen."""
        return next((each for each in self._files if each.ballot.uid == self.rounds.code()), None)

    def _lay_out(self) -> None:
        self.add(self.rounds)
        self.add(self.beginning)
        inside = QHBoxLayout(self._round)
        inside.setContentsMargins(0, 0, 0, 0)
        for name, cell in self.sheets.items():
            inside.addWidget(label(name))
            inside.addWidget(cell)
        inside.addStretch(1)
        self.add(self._round)
        self._table.setHorizontalSpacing(px(8))
        self.add_layout(self._table)
        self.add(self.more)
        self.add(self.outcome)
        self.add(self.faults)
        self.add_stretch()
        self.foot.addWidget(self.confirm)
        self.papers_of = [
            button("投票结果单", act=partial(self._print, "ballot-result")),
            button("选举公告", act=partial(self._print, "election-notice")),
        ]
        for made in self.papers_of:
            self.foot.addWidget(made)
        self.foot.addStretch(1)

    def _show_round(self) -> None:
        file = self.file()
        self.beginning.setVisible(file is None)
        for widget in (self._round, self.more, self.outcome, self.faults, self.confirm, *self.papers_of):
            widget.setVisible(file is not None)
        if file is None:
            self._clear_table()
            return
        ballot = file.ballot
        for name, count in zip(_SHEETS, (ballot.issued, ballot.returned, ballot.invalid), strict=True):
            if not self.sheets[name].hasFocus():
                self.sheets[name].set_count(count)
        self.papers_of[1].setVisible(ballot.subject != "project")
        self._fill_table(file)
        self.outcome.setText(file.outcome.words)
        set_look(self.outcome, "good" if file.outcome.chosen else "plain")
        self.faults.setText("\n".join(f"· {words}" for words in file.faults))
        self.faults.setVisible(bool(file.faults))

    def _clear_table(self) -> None:
        for row in self._rows:
            self._table.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows, self.cells, self._results, self._made_for = [], {}, {}, ()

    def _fill_table(self, file: BallotFile) -> None:
        """Rows are made anew only for other candidates: somebody may be typing in one."""
        wanted = (file.ballot.uid, *(f"{each.uid} {_elected(each)}" for each in file.choices))
        if wanted != self._made_for:
            self._clear_table()
            self._make_rows(file)
            self._made_for = wanted
        fates = {each.candidate.uid: each.fate for each in file.outcome.placed}
        words = {
            "chosen": "入选" if file.ballot.subject == "project" else "当选",
            "tied": "票数相等",
            "lost": "未过",
        }
        for choice in file.choices:
            for cell, count in zip(self.cells[choice.uid], _counts(choice), strict=False):
                if not cell.hasFocus():
                    cell.set_count(count)
            fate = fates[choice.uid]
            self._results[choice.uid].setText(words.get(fate, ""))
            set_look(self._results[choice.uid], "good" if fate == "chosen" else "soft")

    def _make_rows(self, file: BallotFile) -> None:
        project = file.ballot.subject == "project"
        votes = _VOTES[:3] if project else _VOTES
        for column, words in enumerate(("项目" if project else "候选人", *votes, "结果")):
            self._put(label(words, "soft"), 0, column)
        for at, choice in enumerate(file.choices, 1):
            self._put(label(choice.name, wrap=True), at, 0)
            self.cells[choice.uid] = [CountCell(f"{choice.name}{words}") for words in votes]
            for column, cell in enumerate(self.cells[choice.uid], 1):
                cell.left.connect(partial(self._store_votes, choice.uid))
                cell.gone_on.connect(partial(self._go_on, cell))
                self._put(cell, at, column)
            self._results[choice.uid] = label("")
            self._put(self._results[choice.uid], at, len(votes) + 1)
            if _elected(choice):
                self._put(button("宣誓", "link", act=partial(self._oath, choice.uid)), at, len(votes) + 2)
            if project:
                about = partial(self._window.open_record, Project.KIND, choice.uid)
                self._put(button("内容和进展", "link", act=about), at, len(votes) + 2)
        order = [*self.sheets.values(), *(cell for row in self.cells.values() for cell in row)]
        for cell, follower in zip(order, [*order[1:], self.more], strict=True):
            self._next[cell] = follower
        self._table.setColumnStretch(0, 1)

    def _go_on(self, cell: CountCell) -> None:
        follower = self._next.get(cell)
        if follower is not None:
            follower.setFocus()

    def _put(self, widget: QWidget, row: int, column: int) -> None:
        self._table.addWidget(widget, row, column)
        self._rows.append(widget)

    def _begin(self, subject: str, title: str, seats: int, names: str) -> None:
        uid = make_ballot(self._office, self._meeting, subject=subject, title=title, seats=seats, names=names)
        self._window.saved()
        self._window.hub.tell({MeetingBallot.KIND, Appointment.KIND, Project.KIND})
        self._shown_anew()
        self.rounds.set_code(uid)
        self._show_round()
        self._window.tell("已登记一次投票，请填票数")
        self.sheets[_SHEETS[0]].setFocus()

    def _add(self) -> None:
        file, names = self.file(), self.more.text().strip()
        if file is not None and names:
            self.more.clear()
            self._write(lambda: add_candidates(self._office, file.ballot.uid, names), "已加上")

    def _store_sheets(self) -> None:
        file = self.file()
        if file is None:
            return
        told = Sheets(*(self.sheets[name].count() for name in _SHEETS))
        if told != Sheets(file.ballot.issued, file.ballot.returned, file.ballot.invalid):
            self._write(lambda: set_sheets(self._office, file.ballot.uid, told), "票数已保存")

    def _store_votes(self, uid: str) -> None:
        file = self.file()
        choice = next((each for each in file.choices if each.uid == uid), None) if file else None
        if choice is None:
            return
        cells = self.cells.get(uid, [])
        told = Counted(*(cell.count() for cell in cells))
        if told != Counted(*_counts(choice)):
            self._write(lambda: set_votes(self._office, choice, told), "得票已保存")

    def _confirm(self) -> None:
        file = self.file()
        if file is None:
            return
        tied = bool(file.outcome.tied)
        try:
            self._write(
                lambda: confirm_ballot(self._office, file.ballot.uid),
                "结果已确认；票数相等的，已登记第二轮" if tied else "结果已确认",
            )
        except NotCounted as wrong:
            self._window.tell(wrong.message)

    def _oath(self, appointment: str) -> None:
        uid = oath_of(self._office, appointment)
        if uid:
            self._window.hub.tell({Oath.KIND})
            self._window.open_record(Oath.KIND, uid)

    def _print(self, name: str) -> None:
        file = self.file()
        if file is None:
            return
        try:
            content = make_paper(self._office, name, uid=file.ballot.uid)
        except PapersProblem as wrong:
            paper_problem(self._window, wrong)
            return
        what = "选举公告" if name == "election-notice" else "投票结果报告单"
        paper = f"{what}_{file.ballot.title}.docx", content
        show_paper(self._window, paper, self.papers or paper_folder(), personal=False)

    def _write(self, act: Callable[[], tuple[Change, ...]], said: str) -> None:
        changes = act()
        if any(each.outcome != "same" for each in changes):
            tell_written(self._window, self._office, said, changes, shown=self._shown_anew)

    def _shown_anew(self) -> None:
        self.refresh()
        self.changed.emit()


def _title(file: BallotFile) -> str:
    nth = f"（第{file.ballot.round}轮）" if file.ballot.round > 1 else ""
    return f"{file.ballot.title[:12]}{nth}"


def _counts(choice: Choice) -> tuple[int | None, ...]:
    own = (choice.votes_for, choice.votes_against, choice.abstained)
    return (*own, choice.others) if isinstance(choice, Appointment) else own


def _elected(choice: Choice) -> bool:
    return isinstance(choice, Appointment) and choice.result == "passed"
