"""履职积分: the table of a year by the chosen rule, each point with the records it rests on."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from lianxin.domain.records import FinalSheet, Person, ScoreClaim
from lianxin.office.desk import Desk
from lianxin.office.scoring.finals import FinalProblem
from lianxin.office.scoring.papers import finish_scores, since_final, table_paper
from lianxin.office.scoring.scores import ScoreProblem, book_named, claims_of, score_table
from lianxin.store.writing import Change
from lianxin.ui.draft_keeper import DraftKeeper
from lianxin.ui.failures import Problem
from lianxin.ui.lookups import StoreLookup
from lianxin.ui.opinions.act_form import Done
from lianxin.ui.opinions.sheets import SheetPage
from lianxin.ui.pages import Desk as Window
from lianxin.ui.pages import Head
from lianxin.ui.pieces import Act, EmptyState, LineSection, ScrollCard, button, label
from lianxin.ui.pieces.two_panes import TwoPanes
from lianxin.ui.printing import paper_folder, print_beside
from lianxin.ui.record_list import EmptyWords, RecordList
from lianxin.ui.scoring.rule_combo import RuleCombo, YearCombo
from lianxin.ui.scoring.score_card import ScoreCardView
from lianxin.ui.scoring.score_forms import ClaimForm, DecideForm
from lianxin.ui.scoring.score_source import MakeTable, ScoreSource
from lianxin.ui.theme import px

FOLLOWED = (
    "person", "mandate", "group", "group-member", "meeting", "activity", "attendance", "rota", "reception-day",
    "contact", "deed", "suggestion", "signer", "opinion", "year-report", "commitment", "evaluation", "tally-row",
    "honour", "attachment", "score-rule", "score-item", "score-band", "score-claim", "final-sheet",
)  # fmt: skip


_PEOPLE = ("deputy", "reporter")


class ScoreSection(SheetPage):
    """Scores left, the records behind one of them right. `rules_wanted` when the rules are to be shown."""

    rules_wanted = Signal()
    papers: Path | None = None

    def __init__(
        self,
        window: Window,
        office: Desk,
        drafts: DraftKeeper | None,
        *,
        title: str = "代表",
        table: MakeTable = score_table,
    ) -> None:
        super().__init__(window, office, drafts)
        self.title, self._make = title, table
        self.lookup = StoreLookup(office)
        self.rule, self.year = RuleCombo(office), YearCombo(office.today().year)
        self.rule.currentIndexChanged.connect(self._rule_chosen)
        self.year.currentIndexChanged.connect(self._rule_chosen)
        self.state = label("", "soft", wrap=True)
        self._changes = button("查看变化", "link", act=self.show_changes)
        self._changes.hide()
        self.card = ScoreCardView()
        self.card.opened.connect(window.open_record)
        self.card.claim_wanted.connect(self.register_new)
        self.card.decide_wanted.connect(self.decide)
        self._since = _ChangedCard()
        self._nothing = EmptyState("还没有选中", "请在表里选一名，这里显示他的每一分出自哪条记录。")
        for widget in (self._nothing, self.card, self._since):
            self.right.addWidget(widget)
        self._left = QWidget()
        self._left_box = QVBoxLayout(self._left)
        self._left_box.setContentsMargins(0, 0, 0, 0)
        self.source = ScoreSource(office, "", office.today().year, (), graded=False, table=self._make)
        self.list = self._made_list()
        self.panes = TwoPanes(
            self._left, self.right, names=("积分表", "积分明细"), shares=(14, 9), least=(430, 380)
        )
        top = self._top()
        self.body.addWidget(top)
        self.body.addWidget(self.panes, 1)
        self.go_with_list(top)
        self.follow(FOLLOWED)

    # ---- what the window asks -------------------------------------------------------------------

    def head(self) -> Head:
        others = (
            Act("打印积分表", self.print_now, "Ctrl+P", needs="look"),
            Act("导出 Excel", self.export, needs="look"),
            Act("年度定稿", self.finish, hint="连同所用办法存一份 PDF，以后有变化会列出来"),
        )
        return Head(self.title, Act("登记加分申请", self.register_new, "F2"), others)

    def refresh(self) -> None:
        self.rule.read()
        self._rule_chosen()

    def open_record(self, kind: str, uid: str) -> None:
        with self.office.store.reading() as reading:
            sheet = reading.get(FinalSheet, uid) if kind == FinalSheet.KIND else None
            claim = reading.get(ScoreClaim, uid) if kind == ScoreClaim.KIND else None
        if sheet is not None and sheet.rule:
            self.rule.read()
            self.rule.set_value(sheet.rule)
            self.year.set_year(sheet.year)
        if claim is not None:
            self.year.set_year(claim.year)
            self.list.select(claim.person)
        self._rule_chosen()

    def print_now(self) -> None:
        """Ctrl+P: the table, looked at before it is printed."""
        self._write("docx")

    # ---- list and card --------------------------------------------------------------------------

    def shown_uid(self) -> str:
        return self.card.line.subject.uid if self.card.line else ""

    def show_record(self, uid: str) -> None:
        line = self.source.line(uid)
        if line is None:
            self.card.line = None
            self.right.setCurrentWidget(self._nothing)
            return
        with self.office.store.reading() as reading:
            claims = [one for one in claims_of(reading, self.source.year) if one.person == uid]
        self.card.show_line(line, self.source.year, claims)
        self.right.setCurrentWidget(self.card)

    def sheet_closed(self) -> None:
        self.show_record(self.list.current_key())
        self.list.setFocus()

    def sheet_saved(self, done: Done) -> None:
        self.list.refresh()
        self.list.setFocus()

    def _rule_chosen(self) -> None:
        made = self._source_of(self.rule.value(), self.year.year())
        if tuple(made.columns) == tuple(self.source.columns):
            self.source.rule, self.source.year = made.rule, made.year
        else:
            self.source = made
            self.list = self._made_list()
        self.list.refresh()

    def _source_of(self, uid: str, year: int) -> ScoreSource:
        if not uid:
            return ScoreSource(self.office, "", year, (), graded=False, table=self._make)
        with self.office.store.reading() as reading:
            book = book_named(reading, uid)
        names = dict.fromkeys(item.category for item in book.items)
        return ScoreSource(
            self.office,
            uid,
            year,
            tuple(names),
            graded=bool(book.bands),
            table=self._make,
            person=book.rule.target in _PEOPLE,
        )

    def _made_list(self) -> RecordList:
        while self._left_box.count():
            item = self._left_box.takeAt(0)
            old = item.widget() if item is not None else None
            if old is not None:
                old.hide()
                old.deleteLater()
        made = RecordList(
            self.source, name="履职积分", unit="名", reads=self.desk.reads,
            empty=EmptyWords("没有可以计分的", "先在“积分办法”里从范本建立一个办法；办法停用时这里是试算。", "积分办法"),
        )  # fmt: skip
        made.picked.connect(self._picked)
        made.opened.connect(self._opened)
        made.counted.connect(self._counted)
        made.empty_acted.connect(self.rules_wanted)
        self._left_box.addWidget(made)
        return made

    def _counted(self, _shown: int) -> None:
        self._show_state()
        if not self.list.current_key() and self.list.shown_count():
            self.list.select(self.list.model.key_at(0))
        if self.form is None:
            self.show_record(self.list.current_key())

    def _show_state(self) -> None:
        table = self.source.table
        self._changes.hide()
        if table is None:
            self.state.setText("积分默认不启用。建立办法并启用以后，分数才进履职档案。")
            return
        trial = "" if table.book.rule.active else "这个办法没有启用，下面是试算。"
        found = since_final(self.office, table)
        if found is None:
            self.state.setText(f"{trial}{table.year}年还没有定稿。")
            return
        sheet, changes = found
        same = "与现在一致" if not changes else f"之后有{len(changes)}处变化"
        self.state.setText(f"{trial}{sheet.shown('date')}已定稿，{same}。")
        self._since.show_lines(sheet, changes)
        self._changes.setVisible(bool(changes))

    def _top(self) -> QWidget:
        held = QWidget()
        line = QHBoxLayout(held)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(10))
        for widget in (self.rule, self.year):
            line.addWidget(widget)
        line.addWidget(self.state, 1)
        line.addWidget(self._changes)
        return held

    # ---- acts -----------------------------------------------------------------------------------

    def register_new(self) -> None:
        """F2: points asked for by application, for the chosen deputy."""
        line, table = self.card.line, self.source.table
        if line is None or table is None or table.book.rule.target != "deputy":
            self.desk.tell("请先在代表的积分表里选一名代表，再登记他的加分申请。")
            return
        self.open_sheet(
            ClaimForm(
                self.office, self.lookup, person=line.subject.uid, name=line.name,
                level=table.book.rule.level or "township", year=table.year,
            )
        )  # fmt: skip

    def decide(self, uid: str) -> None:
        """审批 a claim."""
        with self.office.store.reading() as reading:
            claim = reading.get(ScoreClaim, uid)
            person = reading.get(Person, claim.person) if claim is not None else None
        if claim is not None:
            self.open_sheet(DecideForm(self.office, claim, person.name if person else ""))

    def export(self) -> None:
        """The table as a workbook."""
        self._write("xlsx")

    def finish(self) -> None:
        """年度定稿 of the table with its rule."""
        table = self.source.table
        if table is None:
            self.desk.tell("还没有积分办法，不能定稿。")
            return
        self.desk.jobs.start(
            lambda _progress, _cancel: finish_scores(self.office, table)[1],
            title="年度定稿", done=self._finished, failed=self._not_finished, owner=self,
        )  # fmt: skip

    def _finished(self, changes: tuple[Change, ...]) -> None:
        self.after_write(f"{self.source.year}年履职积分已定稿，PDF 存在定稿里", changes)

    def _not_finished(self, wrong: Exception) -> None:
        if not isinstance(wrong, ScoreProblem | FinalProblem):
            raise wrong
        self.desk.problem(Problem(what=str(wrong), code="U344"))

    def show_changes(self) -> None:
        """What is otherwise than in the final table, at the right."""
        self.right.setCurrentWidget(self._since)
        self.panes.show_right()

    def _write(self, form: str) -> None:
        table = self.source.table
        if table is None or not table.lines:
            self.desk.tell("还没有积分表可以打印，请先建立积分办法。")
            return
        made = partial(table_paper, self.office, table, form=form)
        print_beside(self.desk, "打印积分表", made, self.papers or paper_folder(), owner=self, personal=False)


class _ChangedCard(ScrollCard):
    """What the records say otherwise than the table that was made final."""

    def __init__(self) -> None:
        super().__init__("定稿以后的变化")
        self._lines = LineSection("")
        self.add(self._lines)
        self.add_stretch()

    def show_lines(self, sheet: FinalSheet, changes: tuple[str, ...]) -> None:
        """The changes since a sheet was made final."""
        self.set_heading(f"{sheet.shown('date')}定稿以后的变化")
        self._lines.clear()
        for words in changes:
            self._lines.say(words)
