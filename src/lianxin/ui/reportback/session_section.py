"""述职评议会: the meetings at which deputies report to voters of one district."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from lianxin.domain.dictionary import Record
from lianxin.domain.records import Improvement, ReportQuestion, ReportSession
from lianxin.office.cases.steps import StepRefused
from lianxin.office.desk import Desk
from lianxin.office.names import Names
from lianxin.office.numbers import short_number
from lianxin.office.paperwork.paper import PapersProblem
from lianxin.office.reportback import report_sessions
from lianxin.office.reportback.report_form import forms_paper
from lianxin.office.reportback.report_sessions_papers import SESSION_PAPERS, announcement, session_paper
from lianxin.office.reportback.report_sessions_view import SessionFile, session_file, session_of
from lianxin.office.to_do.row import day_badge
from lianxin.store.reading import Order, Reading
from lianxin.ui.draft_keeper import DraftKeeper
from lianxin.ui.lookups import StoreLookup
from lianxin.ui.opinions.act_form import Done
from lianxin.ui.opinions.sheets import SheetPage
from lianxin.ui.pages import Desk as Window
from lianxin.ui.pages import Head
from lianxin.ui.pieces import Act, EmptyState
from lianxin.ui.pieces.two_panes import TwoPanes
from lianxin.ui.printing import paper_folder, paper_problem, show_paper
from lianxin.ui.record_list import EmptyWords, RecordList
from lianxin.ui.reportback.session_card import SessionCard
from lianxin.ui.reportback.session_forms import ImprovementForm, QuestionForm, SessionForm
from lianxin.ui.sources import RecordSource
from lianxin.ui.table import Column

FOLLOWED = (
    "report-session", "report-question", "improvement", "year-report", "evaluation", "opinion", "person",
    "district",
)  # fmt: skip
FORMS, TEXT = "report-forms", "notice-text"
_PAPERS = (
    *((paper.name, paper.label.removeprefix("述职评议会")) for paper in SESSION_PAPERS),
    (FORMS, "述职报告表"),
    (TEXT, "复制通知文字"),
)


class SessionSection(SheetPage):
    """The meetings left, the chosen one right. `ballot` is asked for a new evaluation of a meeting."""

    papers: Path | None = None

    def __init__(
        self,
        window: Window,
        office: Desk,
        drafts: DraftKeeper | None,
        *,
        ballot: Callable[[str], None] = lambda session: None,
    ) -> None:
        super().__init__(window, office, drafts)
        self._ballot = ballot
        self.lookup = StoreLookup(office)
        self.list = RecordList(
            session_source(office), name="述职评议会", unit="次", reads=window.reads,
            empty=EmptyWords("还没有述职评议会", "一次会请同一选区、同一层级的代表述职。", "登记述职评议会"),
        )  # fmt: skip
        self.list.picked.connect(self._picked)
        self.list.opened.connect(self._opened)
        self.list.counted.connect(self._counted)
        self.list.empty_acted.connect(self.register_new)
        self.card = SessionCard(_PAPERS)
        self._connect_card()
        self._nothing = EmptyState(
            "还没有选中述职评议会", "请在列表里选一次，这里显示它的代表、提问和整改措施。"
        )
        self.right.addWidget(self._nothing)
        self.right.addWidget(self.card)
        self.panes = TwoPanes(
            self.list, self.right, names=("列表", "这一次"), shares=(5, 6), least=(400, 420)
        )
        self.body.addWidget(self.panes, 1)
        self.follow(FOLLOWED)

    # ---- what the window asks -------------------------------------------------------------------

    def head(self) -> Head:
        others = (Act("打印述职报告表", self.print_now, hint="Ctrl+P，这次会上述职的代表，印发到选区"),)
        return Head("述职评议", Act("登记述职评议会", self.register_new, "F2"), others)

    def refresh(self) -> None:
        self.list.refresh()

    def open_record(self, kind: str, uid: str) -> None:
        session = uid if kind == ReportSession.KIND else session_of(self.office, kind, uid)
        if session:
            self.show_session(session)

    def print_now(self) -> None:
        """Ctrl+P: the report forms of the deputies of the chosen meeting in one file."""
        self._paper(FORMS)

    # ---- list and card --------------------------------------------------------------------------

    def show_session(self, uid: str) -> None:
        """Choose a meeting."""
        self.panes.show_right()
        if not self.list.select(uid):
            self.list.set_filter("")
            self.show_record(uid)

    def shown_uid(self) -> str:
        return self.card.file.session.uid if self.card.file else ""

    def show_record(self, uid: str) -> None:
        file = session_file(self.office, uid) if uid else None
        if file is None:
            self.card.file = None
            self.right.setCurrentWidget(self._nothing)
            return
        self.card.show_file(file, self._acts(file))
        self.right.setCurrentWidget(self.card)

    def sheet_closed(self) -> None:
        self.show_record(self.list.current_key())
        self.list.setFocus()

    def sheet_saved(self, done: Done) -> None:
        self.list.refresh()
        if done.show:
            self.show_session(done.show)
        self.list.setFocus()

    def _acts(self, file: SessionFile) -> list[Act]:
        acts = [Act("修改", self.edit)]
        if not file.session.held and file.session.day <= self.office.today():
            acts.insert(0, Act("登记已召开", self.mark_held))
        return acts

    def _counted(self, shown: int) -> None:
        if shown and not self.list.current_key() and self.form is None:
            self.list.select(self.list.model.key_at(0))
        if self.form is None:
            self.show_record(self.list.current_key() or self.shown_uid())

    # ---- acts -----------------------------------------------------------------------------------

    def register_new(self) -> None:
        """F2: a new meeting."""
        self.open_sheet(SessionForm(self.office, self.lookup, None, self._key(ReportSession.KIND)))

    def edit(self) -> None:
        """Correct the meeting, choose its deputies, tell how many came."""
        if self.card.file is not None:
            self.open_sheet(SessionForm(self.office, self.lookup, self.card.file, self.card.file.session.uid))

    def mark_held(self) -> None:
        """登记已召开: its deputies have reported."""
        file = self.card.file
        if file is not None:
            held = replace(file.session, held=True)
            self.act_or_say(
                f"已登记召开，{len(file.deputies)}名代表已述职",
                lambda: report_sessions.save_session(self.office, held, opened=file.session),
            )

    def edit_question(self, uid: str) -> None:
        """A new question, or the answer to one."""
        file = self.card.file
        if file is not None:
            held = next((each.question for each in file.questions if each.question.uid == uid), None)
            key = self._key(ReportQuestion.KIND)
            self.open_sheet(QuestionForm(self.office, self.lookup, file, held, key))

    def edit_improvement(self, uid: str) -> None:
        """A new improvement, or what became of one."""
        file = self.card.file
        if file is not None:
            held = next((each.improvement for each in file.improvements if each.improvement.uid == uid), None)
            key = self._key(Improvement.KIND)
            self.open_sheet(ImprovementForm(self.office, self.lookup, file, held, key))

    def turn_into_opinion(self, uid: str) -> None:
        """转为意见, with its way back."""
        try:
            made, changes = report_sessions.turn_into_opinion(self.office, question=uid)
        except StepRefused as refused:
            self.desk.tell(str(refused))
            return
        number = short_number(made.number or "")
        self.after_write(f"已转为意见 {number}，请到“意见建议办理”里选类别并分流", changes)

    def _paper(self, key: str) -> None:
        file = self.card.file
        if file is None:
            self.desk.tell("请先在列表里选一次述职评议会。")
            return
        try:
            if key == TEXT:
                QGuiApplication.clipboard().setText(announcement(self.office, file.session.uid))
                self.desk.tell("已复制通知文字，可以粘贴到群里")
                return
            if key == FORMS:
                paper = forms_paper(self.office, [each.report.uid for each in file.deputies])
            else:
                paper = session_paper(self.office, key, file.session.uid)
        except PapersProblem as wrong:
            paper_problem(self.desk, wrong)
            return
        show_paper(self.desk, paper, self.papers or paper_folder())

    def _new_ballot(self) -> None:
        if self.card.file is not None:
            self._ballot(self.card.file.session.uid)

    def _key(self, kind: str) -> str:
        """The draft of a new record that was left, or a fresh key."""
        waiting = [one for one in self.drafts.left(kind) if one.key.startswith("draft-")]
        return waiting[0].key if waiting else self.drafts.new_key()

    def _connect_card(self) -> None:
        self.card.question_wanted.connect(self.edit_question)
        self.card.opinion_wanted.connect(self.turn_into_opinion)
        self.card.improvement_wanted.connect(self.edit_improvement)
        self.card.ballot_wanted.connect(self._new_ballot)
        self.card.paper_wanted.connect(self._paper)
        self.card.opened.connect(self.desk.open_record)


def session_source(office: Desk) -> RecordSource:
    """The list of meetings, the latest first, with who reports and where it stands."""

    def deputies(reading: Reading, names: Names, records: Sequence[Record]) -> Sequence[str]:
        told = (report_sessions.reports_at(reading, each.uid) for each in records)
        return ["、".join(names.of("person", one.person) for one in reports) for reports in told]

    def state(_reading: Reading, _names: Names, records: Sequence[Record]) -> Sequence[str]:
        return [_state(each, office) for each in records]

    return RecordSource(
        office,
        ReportSession,
        ("date", "district", "level", "deputies", "voters", "state"),
        computed={
            "deputies": (Column("deputies", "述职代表", 120, stretch=True, sortable=False), deputies),
            "state": (Column("state", "情况", 92, look="badge", sortable=False), state),
        },
        columns={
            "date": Column("date", "日期", 136),
            "district": Column("district", "选区", 84, drop=2, sortable=False),
            "level": Column("level", "层级", 56, drop=1),
            "voters": Column("voters", "参加", 56, align="right", drop=3),
        },
        order=Order("date", descending=True),
    )


def _state(record: Record, office: Desk) -> str:
    assert isinstance(record, ReportSession)
    if record.held:
        return "已召开"
    return "待登记" if record.day < office.today() else day_badge(record.day, office.today())
