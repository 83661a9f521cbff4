"""年度安排: who reports this year and how, per level, with the promises of January."""

from __future__ import annotations

from functools import partial

from lianxin.domain.records import Commitment, ReportAspect, ReportSession, YearReport
from lianxin.office.desk import Desk
from lianxin.office.reportback.report_form import report_form
from lianxin.office.reportback.report_year_view import ALWAYS, PlanLine
from lianxin.ui.draft_keeper import DraftKeeper
from lianxin.ui.lookups import StoreLookup
from lianxin.ui.opinions.act_form import Done
from lianxin.ui.pages import Desk as Window
from lianxin.ui.pages import Head
from lianxin.ui.pieces import Act, EmptyState, QuietCombo
from lianxin.ui.pieces.two_panes import TwoPanes
from lianxin.ui.record_list import EmptyWords, RecordList
from lianxin.ui.reportback.deputy_card import DeputyCard
from lianxin.ui.reportback.plan_source import PlanSource
from lianxin.ui.reportback.year_acts import YearActs
from lianxin.ui.reportback.year_top import YearTop

FOLLOWED = (
    "year-report", "commitment", "report-aspect", "report-session", "person", "mandate", "term", "office",
    "attendance", "activity", "meeting", "deed",
)  # fmt: skip
_YEARS_BACK = 5


class YearSection(YearActs):
    """The year's plan of one level: the deputies left, the chosen one right."""

    def __init__(self, window: Window, office: Desk, drafts: DraftKeeper | None) -> None:
        super().__init__(window, office, drafts)
        self.lookup = StoreLookup(office)
        self.source = PlanSource(office, ALWAYS[0], office.today().year)
        self._wanted = ""
        self.top = YearTop()
        self.top.chosen.connect(self._narrowed)
        self.year = QuietCombo("年度")
        for year in range(self.source.year + 1, self.source.year - _YEARS_BACK - 1, -1):
            self.year.addItem(f"{year}年", str(year))
        self.year.set_value(str(self.source.year))
        self.year.currentIndexChanged.connect(self._narrowed)
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
        self.body.addWidget(self.top)
        self.body.addWidget(self.panes, 1)
        self.go_with_list(self.top)
        self.follow(FOLLOWED)

    # ---- what the window asks -------------------------------------------------------------------

    def head(self) -> Head:
        others = (
            Act("按建议安排", self.arrange, hint="算出还差几名口头述职，建议今年轮到谁"),
            Act("复制催交文字", self.copy_reminder, hint="还没有交书面述职的代表，粘贴到群里"),
            Act("打印述职报告表", self.print_now, hint="Ctrl+P，选中的代表；Ctrl+A 全选就打印全部"),
            Act("空白报告表", self.print_blank),
            Act("导出 Excel", self.export, hint="这个层级这一年的安排和承诺"),
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
        self.card.show_acts(self.acts_for(marked or ([line] if line else [])))
        self.right.setCurrentWidget(self.card)

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

    def _marked_changed(self) -> None:
        if self.form is None and self.list.current_key():
            self.show_record(self.list.current_key())

    def _counted(self, _shown: int) -> None:
        if self.source.plan is not None:
            self.top.show_plan(self.source.plan)
        if self._wanted:
            uid, self._wanted = self._wanted, ""
            self.list.select(uid)
        if not self.list.current_key() and self.list.shown_count():
            self.list.select(self.list.model.key_at(0))
        if self.form is None:
            self.show_record(self.list.current_key())

    def _narrowed(self) -> None:
        self.drop_sheet()
        self.source.level = self.top.level() or self.source.level
        self.source.year = int(self.year.value())
        self.list.refresh()

    def _connect_card(self) -> None:
        self.card.promise_wanted.connect(self.register_new)
        self.card.settle_wanted.connect(self.settle_promise)
        self.card.remove_wanted.connect(self.remove_promise)
        self.card.edit_wanted.connect(self.edit_form)
        self.card.opened.connect(self.desk.open_record)
