"""年度安排: who reports this year and how, per level, with the promises of January."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from lianxin.domain.codes import LEVEL
from lianxin.domain.records import Commitment, ReportAspect, ReportSession, YearReport
from lianxin.office import report_year
from lianxin.office.desk import Desk
from lianxin.office.paper import PapersProblem
from lianxin.office.records import remove_record
from lianxin.office.report_form import blank_form, forms_paper, report_form
from lianxin.office.report_year_promises import copy_promises
from lianxin.office.report_year_view import ALWAYS, PlanLine
from lianxin.office.steps import StepRefused
from lianxin.store.writing import Change
from lianxin.ui.draft_keeper import DraftKeeper
from lianxin.ui.lookups import StoreLookup
from lianxin.ui.opinions.act_form import Done
from lianxin.ui.opinions.sheets import SheetPage
from lianxin.ui.pages import Desk as Window
from lianxin.ui.pages import Head
from lianxin.ui.pieces import Act, ChipRow, EmptyState, QuietCombo, label
from lianxin.ui.pieces.two_panes import TwoPanes
from lianxin.ui.printing import paper_folder, paper_problem, show_paper
from lianxin.ui.record_list import EmptyWords, RecordList
from lianxin.ui.reportback.deputy_card import DeputyCard
from lianxin.ui.reportback.plan_source import PlanSource
from lianxin.ui.reportback.year_forms import (
    DUE,
    HAND_IN,
    HAND_OUT,
    ArrangeForm,
    FormTextForm,
    PromiseForm,
    ReportsForm,
    SettleForm,
)
from lianxin.ui.theme import px

FOLLOWED = (
    "year-report", "commitment", "report-aspect", "report-session", "person", "mandate", "term", "office",
    "attendance", "activity", "meeting", "deed",
)  # fmt: skip
_YEARS_BACK = 5


class YearSection(SheetPage):
    """The year's plan of one level: the deputies left, the chosen one right."""

    papers: Path | None = None

    def __init__(self, window: Window, office: Desk, drafts: DraftKeeper | None) -> None:
        super().__init__(window, office, drafts)
        self.lookup = StoreLookup(office)
        self.source = PlanSource(office, ALWAYS[0], office.today().year)
        self._wanted = ""
        self.levels = ChipRow(name="代表层级", numbered=False)
        self.levels.chosen.connect(self._narrowed)
        self.year = QuietCombo("年度")
        for year in range(self.source.year + 1, self.source.year - _YEARS_BACK - 1, -1):
            self.year.addItem(f"{year}年", str(year))
        self.year.set_value(str(self.source.year))
        self.year.currentIndexChanged.connect(self._narrowed)
        self.headline, self.outlook = label("", wrap=True), label("", "soft", wrap=True)
        self.list = RecordList(
            self.source, name="年度安排", unit="名", reads=window.reads,
            empty=EmptyWords("这个层级还没有代表", "先在“代表”里登记，或导入花名册。", "到代表"),
        )  # fmt: skip
        self.list.add_tool(self.year)
        self.list.picked.connect(self._picked)
        self.list.view.selectionModel().selectionChanged.connect(self._marked_changed)
        self.list.opened.connect(self._opened)
        self.list.counted.connect(self._counted)
        self.list.empty_acted.connect(partial(window.go, "deputies"))
        self.card = DeputyCard()
        self._connect_card()
        self._nothing = EmptyState(
            "还没有选中代表", "请在表里选一名，这里显示他的承诺、述职报告表和述职评议会。"
        )
        self.right.addWidget(self._nothing)
        self.right.addWidget(self.card)
        self.panes = TwoPanes(
            self.list, self.right, names=("名单", "这名代表"), shares=(6, 5), least=(430, 400)
        )
        top = self._top()
        self.body.addWidget(top)
        self.body.addWidget(self.panes, 1)
        self.go_with_list(top)
        self.follow(FOLLOWED)

    # ---- what the window asks -------------------------------------------------------------------

    def head(self) -> Head:
        others = (
            Act("按建议安排", self.arrange, hint="算出还差几名口头述职，建议今年轮到谁"),
            Act("复制催交文字", self.copy_reminder, hint="还没有交书面述职的代表，粘贴到群里"),
            Act("打印述职报告表", self.print_now, hint="Ctrl+P，选中的代表；没有选的打印全部"),
            Act("空白报告表", self.print_blank),
        )
        return Head("述职评议", Act("登记年初承诺", self.register_new, "F2"), others)

    def refresh(self) -> None:
        self.list.refresh()

    def open_record(self, kind: str, uid: str) -> None:
        with self.office.store.reading() as reading:
            aspect = reading.get(ReportAspect, uid) if kind == ReportAspect.KIND else None
            report = reading.get(YearReport, aspect.year_report if aspect else uid)
            found = reading.get(Commitment, uid) if kind == Commitment.KIND else report
        if found is not None:
            self.show_deputy(found.person, found.level, found.year)

    def focus_first(self) -> None:
        self.list.setFocus()

    def focus_filter(self) -> None:
        self.panes.show_left()
        self.list.focus_filter()

    def print_now(self) -> None:
        """Ctrl+P: the forms of the marked deputies, of all when none is marked."""
        reports = self._reports() or [
            each.report.uid
            for each in (self.source.plan.told.deputies if self.source.plan else ())
            if each.report
        ]
        if not reports:
            self.desk.tell("还没有安排述职，先定下口头还是书面，再打印述职报告表。")
            return
        try:
            paper = forms_paper(self.office, reports)
        except PapersProblem as wrong:
            paper_problem(self.desk, wrong)
            return
        show_paper(self.desk, paper, self.papers or paper_folder())

    def print_blank(self) -> None:
        """The form to fill in by hand."""
        show_paper(self.desk, blank_form(self.office), self.papers or paper_folder())

    # ---- list and card --------------------------------------------------------------------------

    def show_deputy(self, person: str, level: str, year: int) -> None:
        """Choose a deputy in the year and level it is asked for."""
        self.source.level, self.source.year = level, year
        if self.year.findData(str(year)) < 0:
            self.year.addItem(f"{year}年", str(year))
        self.year.set_value(str(year))
        self._wanted = person
        self.panes.show_right()
        self.list.set_filter("")
        self.list.refresh()

    def shown_uid(self) -> str:
        return self.card.line.deputy.person if self.card.line else ""

    def show_record(self, uid: str) -> None:
        marked = self.marked()
        line = self.source.line(uid)
        if len(marked) > 1:
            self.card.show_many([each.name for each in marked])
        elif line is None:
            self.card.line = None
            self.right.setCurrentWidget(self._nothing)
            return
        else:
            self._show_line(line)
        self.card.show_acts(self._acts(marked or ([line] if line else [])))
        self.right.setCurrentWidget(self.card)

    def marked(self) -> list[PlanLine]:
        """The lines of the marked rows."""
        found = (self.source.line(key) for key in self.list.selected_keys())
        return [line for line in found if line is not None]

    def sheet_closed(self) -> None:
        self.show_record(self.list.current_key())
        self.list.setFocus()

    def sheet_saved(self, done: Done) -> None:
        self.list.refresh()
        self.list.setFocus()

    def _show_line(self, line: PlanLine) -> None:
        report = line.deputy.report
        form = report_form(self.office, report.uid) if report else None
        with self.office.store.reading() as reading:
            meeting = reading.get(ReportSession, report.session) if report and report.session else None
        self.card.show_line(line, self.source.level, form, meeting)

    def _acts(self, lines: Sequence[PlanLine]) -> list[Act]:
        reports = [each.deputy.report for each in lines if each.deputy.report]
        waiting = [each for each in lines if not each.deputy.reported]
        acts = []
        if any(each.deputy.mode != "oral" for each in waiting):
            acts.append(Act("口头述职", partial(self._decide, "oral")))
        if any(each.deputy.mode != "written" for each in waiting):
            acts.append(Act("书面述职", partial(self._decide, "written")))
        written = [each for each in reports if each.mode == "written"]
        if any(each.submitted is None for each in written):
            acts += [Act(name, partial(self._open_reports, name)) for name in (HAND_IN, DUE)]
        if any(each.submitted for each in written):
            acts.append(Act("改为未交", self._take_back))
        if reports:
            acts.append(Act(HAND_OUT, partial(self._open_reports, HAND_OUT)))
        if any(each.deputy.report for each in waiting):
            acts.append(Act("取消安排", self._undecide))
        if len(lines) > 1:
            acts.append(Act("套用承诺", self._copy_promises, hint="把第一名的年初承诺套用给其余没有承诺的"))
        return acts

    def _picked(self, uid: str) -> None:
        if uid and self.form is not None and uid != self.shown_uid():
            self.drop_sheet()
        if self.form is None:
            self.show_record(uid)

    def _marked_changed(self) -> None:
        if self.form is None and self.list.current_key():
            self.show_record(self.list.current_key())

    def _opened(self, _uid: str) -> None:
        self.panes.show_right()

    def _counted(self, _shown: int) -> None:
        self._show_sums()
        if self._wanted:
            uid, self._wanted = self._wanted, ""
            self.list.select(uid)
        if not self.list.current_key() and self.list.shown_count():
            self.list.select(self.list.model.key_at(0))
        if self.form is None:
            self.show_record(self.list.current_key())

    def _show_sums(self) -> None:
        plan = self.source.plan
        if plan is None:
            return
        self.levels.set_choices(
            [(level, f"{LEVEL.label_of(level)} {count}") for level, count in plan.counts.items()]
        )
        self.levels.set_code(self.source.level)
        self.headline.setText(plan.headline)
        self.outlook.setText(plan.outlook)
        self.outlook.setVisible(bool(plan.outlook))
        self.headline.setToolTip(f"依据：{plan.told.asked.source}" if plan.told.asked.applies else "")

    def _narrowed(self) -> None:
        self.drop_sheet()
        self.source.level = self.levels.code() or self.source.level
        self.source.year = int(self.year.value())
        self.list.refresh()

    def _top(self) -> QWidget:
        """Levels and sums on one line, the outlook below it."""
        held = QWidget()
        line = QHBoxLayout(held)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(10))
        line.addWidget(self.levels, 3)
        words = QWidget()
        box = QVBoxLayout(words)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(2))
        box.addWidget(self.headline)
        box.addWidget(self.outlook)
        line.addWidget(words, 5)
        return held

    # ---- acts -----------------------------------------------------------------------------------

    def register_new(self) -> None:
        """F2: the promises of the chosen deputy."""
        line = self.card.line
        if line is None:
            self.desk.tell("请先在表里选一名代表，再登记他的年初承诺。")
            return
        self.open_sheet(
            PromiseForm(
                self.office, person=line.deputy.person, name=line.name, level=self.source.level,
                year=self.source.year,
            )
        )  # fmt: skip

    def arrange(self) -> None:
        """Look at whose turn it is, and store it for everybody not decided yet."""
        plan = self.source.plan
        if plan is None or not plan.told.whole:
            self.desk.tell("这个层级还没有代表，不用安排。")
            return
        free = [each for each in plan.lines if not each.deputy.mode and not each.deputy.leaving]
        if not free:
            self.desk.tell("今年已经全部安排好了。要改，请在表里选中代表。")
            return
        chosen = [(each.deputy.person, each.name) for each in free if each.suggested]
        self.open_sheet(
            ArrangeForm(
                self.office, level=self.source.level, year=self.source.year, oral=chosen,
                rest=len(free) - len(chosen),
            )
        )  # fmt: skip

    def copy_reminder(self) -> None:
        """The text for those whose written report is not in yet, to the clipboard."""
        text = report_year.unsubmitted_text(self.office, self.source.year, self.source.level)
        if not text:
            self.desk.tell("没有欠交的书面述职：都已交来，或还没有安排书面述职。")
            return
        QGuiApplication.clipboard().setText(text)
        self.desk.tell("已复制催交文字，可以粘贴到群里")

    def _settle(self, uid: str) -> None:
        with self.office.store.reading() as reading:
            held = reading.get(Commitment, uid)
        if held is not None:
            self.open_sheet(SettleForm(self.office, self.lookup, held))

    def _edit_form(self) -> None:
        line = self.card.line
        report = line.deputy.report if line else None
        told = report_form(self.office, report.uid) if report else None
        if told is not None:
            self.open_sheet(FormTextForm(self.office, told))

    def _open_reports(self, act: str) -> None:
        lines = [each for each in self.marked() if each.deputy.report]
        reports = [each.deputy.report for each in lines if each.deputy.report]
        if act != HAND_OUT:
            reports = [each for each in reports if each.mode == "written" and each.submitted is None]
        named = {each.uid for each in reports}
        names = "、".join(
            each.name for each in lines if each.deputy.report and each.deputy.report.uid in named
        )
        self.open_sheet(ReportsForm(self.office, act, reports, names))

    def _decide(self, mode: str) -> None:
        waiting = [each for each in self.marked() if not each.deputy.reported and each.deputy.mode != mode]
        self._do(
            f"已改为{'口头' if mode == 'oral' else '书面'}述职：{_names(waiting)}",
            lambda: report_year.decide(
                self.office, level=self.source.level, year=self.source.year, mode=mode,
                persons=[each.deputy.person for each in waiting],
            ),
        )  # fmt: skip

    def _take_back(self) -> None:
        given = [each for each in self.marked() if each.deputy.report and each.deputy.report.submitted]
        self._do(
            f"已改为未交：{_names(given)}",
            lambda: report_year.take_in_back(self.office, reports=_uids(given)),
        )

    def _undecide(self) -> None:
        planned = [each for each in self.marked() if each.deputy.report and not each.deputy.reported]
        self._do(
            f"已取消安排：{_names(planned)}",
            lambda: report_year.undecide(self.office, reports=_uids(planned)),
        )

    def _copy_promises(self) -> None:
        lines = self.marked()
        self._do(
            f"已套用{lines[0].name}的年初承诺",
            lambda: copy_promises(
                self.office, source=lines[0].deputy.person, level=self.source.level, year=self.source.year,
                persons=[each.deputy.person for each in lines],
            ),
        )  # fmt: skip

    def _remove_promise(self, uid: str) -> None:
        self._do("已删除这条承诺", lambda: remove_record(self.office, Commitment, uid))

    def _do(self, words: str, act: Callable[[], tuple[Change, ...]]) -> None:
        """One act with its way back; what is refused is said and nothing was written."""
        try:
            changes = act()
        except StepRefused as refused:
            self.desk.tell(str(refused))
            return
        self.after_write(words, changes)

    def _reports(self) -> list[str]:
        return _uids(self.marked())

    def _connect_card(self) -> None:
        self.card.promise_wanted.connect(self.register_new)
        self.card.settle_wanted.connect(self._settle)
        self.card.remove_wanted.connect(self._remove_promise)
        self.card.edit_wanted.connect(self._edit_form)
        self.card.opened.connect(self.desk.open_record)


def _names(lines: Sequence[PlanLine]) -> str:
    names = [each.name for each in lines]
    return "、".join(names) if len(names) <= 3 else f"{names[0]}等{len(names)}名"


def _uids(lines: Sequence[PlanLine]) -> list[str]:
    return [each.deputy.report.uid for each in lines if each.deputy.report]
