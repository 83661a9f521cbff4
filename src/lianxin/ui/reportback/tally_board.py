"""One vote on screen: sheets, rows, what does not agree, and confirming; afterwards the result to be read out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from lianxin.domain.records import Evaluation
from lianxin.domain.tally.arithmetic import Finding
from lianxin.domain.tally.batches import Ballot, add_ballot, begin_counting, may_be_kept
from lianxin.domain.tally.counting import Ballots, Counting, standing_against
from lianxin.domain.tally.rates import base_of
from lianxin.domain.tally.result import announcement
from lianxin.office.desk import Desk as Office
from lianxin.office.evaluations.drafts import counting_now, counting_payload
from lianxin.office.evaluations.evaluation import (
    COUNTING,
    EvaluationRefused,
    ballots_of,
    confirm,
    correct,
    declare_void,
    evaluation_of,
    rows_in_order,
    vote_again,
)
from lianxin.office.evaluations.result import evaluation_result
from lianxin.office.evaluations.targets import target_name
from lianxin.office.names import Names
from lianxin.office.records import undo_changes
from lianxin.store.drafts import DraftElsewhere
from lianxin.store.writing import Change
from lianxin.ui.draft_keeper import DraftKeeper
from lianxin.ui.failures import Problem
from lianxin.ui.pages import Desk
from lianxin.ui.pieces.buttons import label
from lianxin.ui.pieces.scroll_card import ScrollCard
from lianxin.ui.reportback.tally_ballots import BallotPanel
from lianxin.ui.reportback.tally_foot import ActFoot, FootWords
from lianxin.ui.reportback.tally_grid import GridRow, TallyGrid
from lianxin.ui.reportback.tally_modes import ModeLine
from lianxin.ui.reportback.tally_sheets import SheetStrip
from lianxin.ui.theme import px

Stage = Literal["counting", "confirmed", "correcting", "voiding", "void"]
_VOID, _CORRECT, _AGAIN, _BACK, _UNDO = "作废重投", "更正", "重新投票", "取消", "放弃更正"
_TOO_MANY = "收回票多于发出票"


class CountingBoard(QWidget):
    """`stored` after every act; `moved(uid)` when another vote took the place of this one (重新投票)."""

    stored = Signal()
    moved = Signal(str)
    print_wanted = Signal()

    def __init__(self, window: Desk, office: Office, drafts: DraftKeeper) -> None:
        super().__init__()
        self._window, self._office, self._drafts = window, office, drafts
        self._vote: Evaluation | None = None
        self._ballots = Ballots("three", True, ())
        self._counting, self._kept = Counting(), 0
        self._stage: Stage = "counting"
        self._touched = False
        self._grid_rows: list[GridRow] = []
        self.strip = SheetStrip(office.profile)
        self.modes = ModeLine()
        self.grid, self.ballots = TallyGrid(), BallotPanel()
        self.foot = ActFoot(
            self.act,
            (
                (_BACK, self._cancel),
                (_UNDO, self._give_up_correction),
                (_VOID, self._begin_voiding),
                (_CORRECT, self._begin_correcting),
                (_AGAIN, self._again),
            ),
        )
        self._lay_out()
        self._connect()

    # ---- opening and leaving ------------------------------------------------------------------------

    def open(self, uid: str) -> bool:
        """Show a vote with its draft or its result; False when it is not here any more."""
        self.keep(leaving=True)
        with self._office.store.reading() as reading:
            try:
                vote = evaluation_of(reading, uid)
            except EvaluationRefused:
                return False
            names = Names(reading)
            rows = [
                GridRow(row.uid, target_name(names, row), row.aspect or "")
                for row in rows_in_order(reading, uid)
            ]
            self._ballots, self._counting = ballots_of(reading, vote), counting_now(reading, vote)
            drafted = reading.draft(COUNTING, uid) is not None
        self._vote, self._kept, self._touched = vote, self._counting.by_ballot, False
        stages: dict[str, Stage] = {"planned": "counting", "void": "void"}
        self._stage = stages.get(vote.state, "correcting" if drafted else "confirmed")
        self.grid.show_rows(self._ballots, rows)
        self._grid_rows = rows
        self.strip.set_counts(self._counting.sheets)
        self.modes.begin(len(self._counting.batches), by_ballot=vote.scheme != "percent")
        self._show()
        return True

    def vote(self) -> Evaluation | None:
        """The vote on screen."""
        return self._vote

    def stage(self) -> Stage:
        """Where it stands."""
        return self._stage

    def focus_first(self) -> None:
        """The first number that is not in yet; the button when all is."""
        if self._stage not in ("counting", "correcting"):
            self.foot.focus_main()
        elif any(each.wire and not each.row for each in self._against()):
            self.strip.focus_first()
        else:
            self._focus_rows()

    def keep(self, *, leaving: bool = False) -> None:
        """Keep the counters as a draft, but never two states from which a single ballot could be told."""
        if self._vote is None or not self._touched or self._stage not in ("counting", "correcting"):
            return
        one_by_one = self._counting.by_ballot
        if one_by_one and not may_be_kept(
            one_by_one, self._kept, self._counting.sheets.get("valid"), leaving=leaving
        ):
            return
        try:
            self._drafts.keep(COUNTING, self._vote.uid, counting_payload(self._counting))
        except DraftElsewhere as elsewhere:
            self._window.not_saved(elsewhere.message)
            return
        self._kept, self._touched = one_by_one, False
        self._window.saved()

    # ---- the one main act ---------------------------------------------------------------------------

    def act(self) -> None:
        """确认结果, 确认更正, 作废, or 打印宣读稿: what the main button says."""
        if self._vote is None or not self.foot.ready():
            return
        uid = self._vote.uid
        if self._stage == "counting":
            self._do(lambda: confirm(self._office, uid, self._counting), "已确认测评结果")
        elif self._stage == "correcting":
            reason = self.foot.reason()
            self._do(lambda: correct(self._office, uid, self._counting, reason=reason), "已更正测评结果")
        elif self._stage == "voiding":
            reason, sheets = self.foot.reason(), self._counting.sheets
            self._do(lambda: declare_void(self._office, uid, reason=reason, sheets=sheets), "测评已作废")
        else:
            self.print_wanted.emit()

    def _do(self, act: Callable[[], tuple[Change, ...]], words: str) -> None:
        vote = self._vote
        assert vote is not None
        try:
            changes = act()
        except EvaluationRefused as refused:
            self._window.problem(Problem(what=refused.message, safe=""))
            return
        typed, self._touched, self._vote = self._counting, False, None
        self.open(vote.uid)
        self._told(changes)

        def undo() -> None:
            undo_changes(self._office, changes)
            # The act took the draft with it; what was typed must not be typed again. It says no more than the act did.
            self._drafts.keep(COUNTING, vote.uid, counting_payload(typed))
            self.open(vote.uid)
            self._told(changes)

        self._window.tell(words, undo)
        self.foot.focus_main()

    def _told(self, changes: Sequence[Change]) -> None:
        self._window.saved()
        self._window.hub.tell({change.kind for change in changes})
        self.stored.emit()

    def _again(self) -> None:
        if self._vote is not None:
            made = vote_again(self._office, self._vote.uid)
            self._window.hub.tell({change.kind for change in made.changes})
            self._window.tell("已重新建立测评，原来的留作依据")
            self.moved.emit(made.evaluation.uid)

    def _begin_voiding(self) -> None:
        self._stage = "voiding"
        self._show()
        self.foot.focus_main()

    def _begin_correcting(self) -> None:
        self._stage = "correcting"
        self._show()
        self.grid.focus_first()

    def _cancel(self) -> None:
        if self._vote is not None:
            self._stage = "counting" if self._vote.state == "planned" else "confirmed"
            self._show()

    def _give_up_correction(self) -> None:
        if self._vote is not None:
            self._drafts.forget(COUNTING, self._vote.uid)
            uid, self._vote = self._vote.uid, None
            self.open(uid)

    # ---- what is typed ------------------------------------------------------------------------------

    def _sheets_changed(self) -> None:
        for wire, count in self.strip.counts().items():
            self._counting = self._counting.with_sheet(wire, count)
        self._touched = True
        self._show()

    def _rows_changed(self) -> None:
        self._counting = self._counting.with_totals(
            self.modes.batch(), self.grid.totals(), second=self.modes.is_second()
        )
        self._touched = True
        self._say()

    def _ballot_added(self, ballot: Ballot) -> None:
        self._count(ballot, by=1)

    def _ballot_taken_back(self, ballot: Ballot) -> None:
        self._count(ballot, by=-1)

    def _count(self, ballot: Ballot, *, by: int) -> None:
        place = self.modes.batch()
        begun = begin_counting(self._counting.batches[place].first, self._ballots.uids, self._ballots.marks)
        counted = self._counting.with_totals(place, add_ballot(begun, ballot, by=by), second=False)
        self._counting = Counting(counted.sheets, counted.batches, counted.by_ballot + by)
        self._touched = True
        self.keep()
        self._show()

    def _batches_changed(self) -> None:
        self._counting = self.modes.with_batches(self._counting)
        self._touched = True
        self._show()

    def _mode_changed(self) -> None:
        self.grid.drop_unread()
        if self.modes.by_ballot():
            # A ballot keyed in elsewhere must not be taken back from these counters.
            self.ballots.show_rows(self._ballots, self._grid_rows)
        self._show()
        self._focus_rows()

    def _strip_done(self) -> None:
        self.keep()
        self._focus_rows()

    def _focus_rows(self) -> None:
        (self.ballots if self.modes.by_ballot() else self.grid).setFocus()
        if not self.modes.by_ballot():
            self.grid.focus_first()

    # ---- showing ------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._rows = QStackedWidget()
        self._rows.addWidget(self.grid)
        self._rows.addWidget(self.ballots)
        self._said = ScrollCard("宣读词")
        self._text = label("", wrap=True)
        self._said.add(self._text)
        self._said.add_stretch()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(8))
        box.addWidget(self.strip)
        box.addWidget(self.modes)
        box.addWidget(self._rows, 1)
        box.addWidget(self._said, 1)
        box.addWidget(self.foot)

    def _connect(self) -> None:
        self.strip.changed.connect(self._sheets_changed)
        self.strip.done.connect(self._strip_done)
        self.strip.left.connect(self.keep)
        self.strip.submitted.connect(self.act)
        self.grid.changed.connect(self._rows_changed)
        self.grid.row_left.connect(self.keep)
        self.grid.done.connect(self.foot.focus_main)
        self.grid.submitted.connect(self.act)
        self.ballots.added.connect(self._ballot_added)
        self.ballots.taken_back.connect(self._ballot_taken_back)
        self.modes.changed.connect(self._mode_changed)
        self.modes.batches_changed.connect(self._batches_changed)

    def _show(self) -> None:
        """Everything by the stage and the mode; the cells follow the counters."""
        typing = self._stage in ("counting", "correcting")
        place, second = self.modes.batch(), self.modes.is_second()
        batch = self._counting.batches[place]
        valid = self._counting.valid_of(place)
        base = base_of(self._vote.base if self._vote else "valid", self._counting.sheets).number
        whole = len(self._counting.batches) == 1 or self._vote is None or self._vote.base != "valid"
        self.grid.set_totals(
            batch.second if second else batch.first,
            valid=valid,
            base=base if whole else valid,
            other=batch.first if second else None,
        )
        self.grid.set_read_only(not typing)
        self.strip.set_read_only(not typing)
        self.modes.setVisible(typing)
        self.modes.show_batch(self._counting)
        by_ballot = typing and self.modes.by_ballot()
        self._rows.setCurrentWidget(self.ballots if by_ballot else self.grid)
        if by_ballot:
            self.ballots.set_progress(self._counted_in(place), valid or 0)
        self._say()

    def _counted_in(self, place: int) -> int:
        counts = (
            self._counting.batches[place].first.get(self._ballots.uids[0], {}) if self._ballots.rows else {}
        )
        return sum(counts.get(mark.wire, 0) for mark in self._ballots.marks)

    def _against(self) -> tuple[Finding, ...]:
        return standing_against(self._ballots, self._counting)

    def _say(self) -> None:
        words, links = self._foot_words()
        self.foot.say(words, links)
        confirmed = self._vote is not None and self._stage in ("confirmed", "void")
        self._said.setVisible(confirmed)
        if self._vote is not None and confirmed:
            result = evaluation_result(self._office, self._vote.uid)
            self._text.setText("\n".join(announcement(result)))

    def _foot_words(self) -> tuple[FootWords, tuple[str, ...]]:
        if self._stage == "voiding":
            over = any(each.severity == "void" for each in self._against())
            ask = "作废的原因，例如：收回票多于发出票"
            told = "作废后票数不算，可以马上重新投票。"
            return FootWords(told, "plain", "作废", True, ask, _TOO_MANY if over else ""), (_BACK,)
        if self._stage == "void":
            return FootWords("这次测评已作废，留作依据。", "plain", "", False), (_AGAIN,)
        if self._stage == "confirmed":
            return FootWords(self._confirmed_words(), "good", "打印宣读稿", True), (_VOID, _CORRECT)
        found = self._against()
        correcting = self._stage == "correcting"
        main, asks = ("确认更正", "更正的原因") if correcting else ("确认结果", "")
        links = (_UNDO,) if correcting else (_VOID,)
        if not found:
            valid = self._counting.sheets.get("valid")
            told = f"✓ 票数都对上了：每行合计{valid}票，等于有效票。"
            if self._counting.double:
                told += "两遍录入相符。"
            return FootWords(told, "good", main, True, asks), links
        left = (self._counting.sheets.get("valid") or 0) - self._counted_in(self.modes.batch())
        if self.modes.by_ballot() and left > 0 and found[0].severity != "void":
            return FootWords(f"还有{left}张票没有记下", "soft", main, False, asks), links
        more = f"（另有{len(found) - 1}处）" if len(found) > 1 else ""
        look: Literal["soft", "problem"] = "soft" if found[0].severity == "missing" else "problem"
        return FootWords(f"还不能确认：{found[0].words}{more}", look, main, False, asks), links

    def _confirmed_words(self) -> str:
        vote = self._vote
        twice = "，两遍录入相符" if vote is not None and vote.double_entered else ""
        why = f"，更正过：{vote.correction}" if vote is not None and vote.correction else ""
        return f"✓ 结果已确认{twice}{why}"
