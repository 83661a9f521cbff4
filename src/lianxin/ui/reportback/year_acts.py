"""What can be done with the marked deputies of a year's plan; every act is one call with its way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from lianxin.domain.records import Commitment, YearReport
from lianxin.office.paperwork.paper import PapersProblem
from lianxin.office.records import remove_record
from lianxin.office.reportback import report_year
from lianxin.office.reportback.report_form import blank_form, forms_paper, report_form
from lianxin.office.reportback.report_year_paper import plan_xlsx
from lianxin.office.reportback.report_year_promises import copy_promises
from lianxin.office.reportback.report_year_view import PlanLine
from lianxin.ui.jobs import Cancel, Progress, Stopped
from lianxin.ui.lookups import StoreLookup
from lianxin.ui.opinions.sheets import SheetPage
from lianxin.ui.pieces import Act
from lianxin.ui.printing import paper_folder, paper_problem, show_paper
from lianxin.ui.record_list import RecordList
from lianxin.ui.reportback.deputy_card import DeputyCard
from lianxin.ui.reportback.plan_source import PlanSource
from lianxin.ui.reportback.year_forms import (
    DUE,
    HAND_IN,
    HAND_OUT,
    TOLD,
    ArrangeForm,
    FormTextForm,
    PromiseForm,
    ReportsForm,
    SettleForm,
)

_AT_ONCE = 2
"""So many forms are made before anybody notices."""


class YearActs(SheetPage):
    """A page with the list of a year's plan and a card; the page itself makes them."""

    list: RecordList
    source: PlanSource
    card: DeputyCard
    lookup: StoreLookup
    papers: Path | None = None

    def marked(self) -> Sequence[PlanLine]:
        """The lines of the marked rows."""
        found = (self.source.line(key) for key in self.list.selected_keys())
        return [line for line in found if line is not None]

    def acts_for(self, lines: Sequence[PlanLine]) -> Sequence[Act]:
        """The buttons for these deputies."""
        reports = [each.deputy.report for each in lines if each.deputy.report]
        waiting = [each for each in lines if not each.deputy.reported]
        acts = []
        if any(each.deputy.mode != "oral" for each in waiting):
            acts.append(Act("口头述职", partial(self._decide, "oral")))
        if any(each.deputy.mode != "written" for each in waiting):
            acts.append(Act("书面述职", partial(self._decide, "written")))
        written = [each for each in reports if each.mode == "written"]
        if any(each.submitted is None for each in written):
            acts += [Act(name, partial(self.open_reports, name)) for name in (HAND_IN, DUE)]
        if any(_without_meeting(each) for each in reports):
            acts.append(
                Act(TOLD, partial(self.open_reports, TOLD), hint="没有登记述职评议会的，如以前年度的")
            )
        if any(each.submitted or each.told_on for each in reports):
            acts.append(Act("改为未述职", self._take_back, hint="登记错了的交来日期、述职日期"))
        if reports:
            acts.append(Act(HAND_OUT, partial(self.open_reports, HAND_OUT)))
        if any(each.deputy.report for each in waiting):
            acts.append(Act("取消安排", self._undecide))
        if len(lines) > 1:
            acts.append(Act("套用承诺", self._copy_promises, hint="把第一名的年初承诺套用给其余没有承诺的"))
        return acts

    def print_now(self) -> None:
        """Ctrl+P: the forms of the marked deputies in one file; many of them are made beside the window."""
        reports = self._reports()
        if not reports:
            self.desk.tell("还没有安排述职，先定下口头还是书面，再打印述职报告表。")
            return
        if len(reports) <= _AT_ONCE:
            self._show(lambda: forms_paper(self.office, reports))
            return

        def work(progress: Progress, cancel: Cancel) -> tuple[str, bytes]:
            def tell(done: int, total: int) -> None:
                if cancel():
                    raise Stopped
                progress(done, total, "")

            return forms_paper(self.office, reports, tell=tell)

        def done(paper: tuple[str, bytes]) -> None:
            show_paper(self.desk, paper, self.papers or paper_folder())

        self.desk.jobs.start(work, title="正在生成述职报告表", done=done, owner=self)

    def export(self) -> None:
        """导出 Excel: the plan of this level and year with its promises."""
        self._show(lambda: plan_xlsx(self.office, self.source.level, self.source.year))

    def print_blank(self) -> None:
        """The form to fill in by hand."""
        self._show(lambda: blank_form(self.office))

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

    def settle_promise(self, uid: str) -> None:
        """What became of a promise."""
        with self.office.store.reading() as reading:
            held = reading.get(Commitment, uid)
        if held is not None:
            self.open_sheet(SettleForm(self.office, self.lookup, held))

    def edit_form(self) -> None:
        """The words of the chosen deputy's report form."""
        line = self.card.line
        report = line.deputy.report if line else None
        told = report_form(self.office, report.uid) if report else None
        if told is not None:
            self.open_sheet(FormTextForm(self.office, told))

    def open_reports(self, act: str) -> None:
        """The sheet of an act with a day, for the marked deputies it concerns."""
        lines = [each for each in self.marked() if each.deputy.report]
        reports = [each.deputy.report for each in lines if each.deputy.report]
        if act == TOLD:
            reports = [each for each in reports if _without_meeting(each)]
        elif act != HAND_OUT:
            reports = [each for each in reports if each.mode == "written" and each.submitted is None]
        named = {each.uid for each in reports}
        names = "、".join(
            each.name for each in lines if each.deputy.report and each.deputy.report.uid in named
        )
        self.open_sheet(ReportsForm(self.office, act, reports, names))

    def _decide(self, mode: str) -> None:
        waiting = [each for each in self.marked() if not each.deputy.reported and each.deputy.mode != mode]
        self.act_or_say(
            f"已改为{'口头' if mode == 'oral' else '书面'}述职：{_names(waiting)}",
            lambda: report_year.decide(
                self.office, level=self.source.level, year=self.source.year, mode=mode,
                persons=[each.deputy.person for each in waiting],
            ),
        )  # fmt: skip

    def _take_back(self) -> None:
        given = [
            each
            for each in self.marked()
            if each.deputy.report and (each.deputy.report.submitted or each.deputy.report.told_on)
        ]
        self.act_or_say(
            f"已改为未述职：{_names(given)}",
            lambda: report_year.take_in_back(self.office, reports=_uids(given)),
        )

    def _undecide(self) -> None:
        planned = [each for each in self.marked() if each.deputy.report and not each.deputy.reported]
        self.act_or_say(
            f"已取消安排：{_names(planned)}",
            lambda: report_year.undecide(self.office, reports=_uids(planned)),
        )

    def _copy_promises(self) -> None:
        lines = self.marked()
        self.act_or_say(
            f"已套用{lines[0].name}的年初承诺",
            lambda: copy_promises(
                self.office, source=lines[0].deputy.person, level=self.source.level, year=self.source.year,
                persons=[each.deputy.person for each in lines],
            ),
        )  # fmt: skip

    def remove_promise(self, uid: str) -> None:
        """Take a promise away; it can be taken back."""
        self.act_or_say("已删除这条承诺", lambda: remove_record(self.office, Commitment, uid))

    def _reports(self) -> Sequence[str]:
        return _uids(self.marked())

    def _show(self, make: Callable[[], tuple[str, bytes]]) -> None:
        """Make a paper and open it; why it cannot be made is told."""
        try:
            paper = make()
        except PapersProblem as wrong:
            paper_problem(self.desk, wrong)
            return
        show_paper(self.desk, paper, self.papers or paper_folder())


def _without_meeting(report: YearReport) -> bool:
    """An oral report that no meeting on record tells the day of."""
    return report.mode == "oral" and report.session is None


def _names(lines: Sequence[PlanLine]) -> str:
    names = [each.name for each in lines]
    return "、".join(names) if len(names) <= 3 else f"{names[0]}等{len(names)}名"


def _uids(lines: Sequence[PlanLine]) -> Sequence[str]:
    return [each.deputy.report.uid for each in lines if each.deputy.report]
