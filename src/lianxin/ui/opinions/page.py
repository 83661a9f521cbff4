"""意见建议办理: the list left, the chosen matter right, its acts on sheets in the same place, no dialog."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from lianxin.domain.dates import show_day
from lianxin.domain.records import Assignment, Attachment, Opinion, Reply, Routing, Satisfaction
from lianxin.office.attaching import owner_of
from lianxin.office.case_file import case_file, matter_of, note_disclosure
from lianxin.office.case_ledger import NotWritten, case_ledger, write_ledger
from lianxin.office.case_states import LATE, CaseBook, CaseFilter, filter_words, paragraph_of
from lianxin.office.desk import Desk, office_of
from lianxin.office.matter_papers import NoSuchMatter, handover, matter_sheet
from lianxin.office.records import remove_record
from lianxin.store.drafts import Draft
from lianxin.ui.attachments import AttachmentStrip
from lianxin.ui.draft_keeper import DraftKeeper
from lianxin.ui.failures import Problem
from lianxin.ui.jobs import Cancel, Progress
from lianxin.ui.lookups import StoreLookup
from lianxin.ui.opinions.act_form import Done
from lianxin.ui.opinions.acts import acts_of, make_form
from lianxin.ui.opinions.detail import CaseDetail
from lianxin.ui.opinions.filters import CaseFilters
from lianxin.ui.opinions.matter_forms import RegisterForm
from lianxin.ui.opinions.sheets import SheetPage
from lianxin.ui.opinions.source import CaseSource
from lianxin.ui.opinions.step_forms import StepForm
from lianxin.ui.pages import Desk as Window
from lianxin.ui.pages import Head
from lianxin.ui.pieces import Act, EmptyState, button
from lianxin.ui.pieces.two_panes import TwoPanes
from lianxin.ui.printing import paper_folder, show_paper
from lianxin.ui.record_list import EmptyWords, RecordList

FOLLOWED = (
    "opinion",
    "routing",
    "assignment",
    "reply",
    "satisfaction",
    "contact",
    "visitor",
    "unit",
    "region",
)
_STEPS = (Routing, Assignment, Reply, Satisfaction)

AskPath = Callable[[QWidget, str], str]
"""Asks where to write a file; "" when the clerk thought better of it."""


class OpinionsPage(SheetPage):
    """`drafts` keeps what is typed for this window; `ask_path` asks where an export goes, `papers` is the
    folder of printed sheets."""

    def __init__(
        self,
        window: Window,
        office: Desk,
        *,
        drafts: DraftKeeper | None = None,
        ask_path: AskPath | None = None,
        papers: Path | None = None,
    ) -> None:
        super().__init__(window, office, drafts)
        self._papers = papers
        self.book = CaseBook(office)
        self.source = CaseSource(office, self.book)
        self.lookup = StoreLookup(office)
        self._ask_path = ask_path or _ask_path
        self._row, self._wanted = 0, ""
        self.filters = CaseFilters(office)
        self.filters.changed.connect(self._filtered)
        self._resume = button("", "link", act=self._resume_newest)
        self._resume.hide()
        self.list = RecordList(
            self.source,
            name="意见建议",
            unit="件",
            reads=window.reads,
            empty=EmptyWords(
                "这里没有意见建议", "接待来访时选“转交办理”，或按 F2 登记，就会列在这里。", "登记意见"
            ),
        )
        self.list.picked.connect(self._picked)
        self.list.opened.connect(self._opened)
        self.list.counted.connect(self._counted)
        self.list.empty_acted.connect(self.register_new)
        self.detail = CaseDetail(self.lookup, AttachmentStrip(window, office))
        self.detail.disclosed.connect(self._disclosed)
        self.detail.history_asked.connect(self._history_of_fact)
        self.detail.event_asked.connect(self._event_menu)
        self.detail.opened.connect(self.show_matter)
        self._nothing = EmptyState("还没有选中意见", "请在列表里选一件，这里显示它的办理经过。")
        self.right.addWidget(self._nothing)
        self.right.addWidget(self.detail)
        self.list.add_tool(self.filters.combos)
        self.panes = TwoPanes(
            self.list, self.right, names=("列表", "这件意见"), shares=(13, 9), least=(420, 400)
        )
        self.body.addWidget(self.filters)
        self.body.addWidget(self._resume)
        self.body.addWidget(self.panes, 1)
        self.go_with_list(self.filters)
        self.follow(FOLLOWED)

    # ---- what the window asks -----------------------------------------------------------------

    def head(self) -> Head:
        others = (
            Act("复制成一段话", self.copy_paragraph, hint="把现在筛选出的件数写成一段话，放到剪贴板"),
            Act("导出 Excel", self.export, hint="现在列表里的意见，按台账格式"),
            Act("打印办理单", self.print_now, hint="Ctrl+P，选中的这件意见"),
            Act("打印交办单", self.print_handover, hint="选中的这件意见最近一次交办，一式三联"),
        )
        return Head("意见建议办理", Act("登记意见", self.register_new, "F2"), others)

    def refresh(self) -> None:
        self.filters.read_choices()
        self._show_drafts()
        self.list.refresh()
        if self.detail.file is not None and self.form is None:
            self._show(self.detail.file.opinion.uid)

    def open_record(self, kind: str, uid: str) -> None:
        if kind == Attachment.KIND:
            # A file is seen with the record it belongs to, whichever page has that.
            owner = owner_of(self.office, uid)
            if owner is not None:
                self.desk.open_record(*owner)
            return
        self.show_matter(matter_of(self.office, kind, uid) or uid)

    def focus_first(self) -> None:
        self.list.setFocus()

    def focus_filter(self) -> None:
        self.panes.show_left()
        self.list.focus_filter()

    def print_now(self) -> None:
        """Ctrl+P: the 办理单 of the chosen matter, opened to be looked at and printed."""
        self._print(matter_sheet)

    def print_handover(self) -> None:
        """The 交办单 of the chosen matter's latest assignment."""
        self._print(handover)

    def _print(self, made: Callable[[Desk, str], tuple[str, bytes]]) -> None:
        uid = self.shown_uid()
        if not uid:
            self.desk.tell("请先在列表里选一件意见，再打印。")
            return
        try:
            paper = made(self.office, uid)
        except NoSuchMatter as missing:
            self.desk.tell(str(missing))
            return
        show_paper(self.desk, paper, self._papers or paper_folder())

    # ---- list and detail ----------------------------------------------------------------------

    def show_matter(self, uid: str) -> None:
        """Choose a matter, widening the filter when it is not in the list."""
        self.panes.show_right()
        if not self.list.select(uid):
            self._wanted = uid
            if self.filters.chosen() != CaseFilter() or self.list.filter_words():
                self.list.set_filter("")
                self.filters.clear()
            else:
                self.list.refresh()

    def _filtered(self) -> None:
        self.source.chosen = self.filters.chosen()
        self.filters.show_counts(None)
        self.list.refresh()

    def _picked(self, uid: str) -> None:
        if uid:
            self._row = self.list.model.row_of(uid)
            if self.form is not None and not self._about(uid):
                self.drop_sheet()
        if self.form is None:
            self._show(uid)

    def _about(self, uid: str) -> bool:
        """Whether the open sheet is about this matter."""
        return self.form is not None and self.detail.file is not None and self.detail.file.opinion.uid == uid

    def _show(self, uid: str) -> None:
        file = case_file(self.office, uid) if uid else None
        if file is None:
            self.detail.file = None
            self.right.setCurrentWidget(self._nothing)
            return
        self.detail.show_file(file, [Act(act, partial(self.open_act, act)) for act in acts_of(file)])
        self.right.setCurrentWidget(self.detail)

    def _opened(self, _uid: str) -> None:
        self.panes.show_right()
        self.detail.focus_first_act()

    def _counted(self, shown: int) -> None:
        if self._wanted:
            uid, self._wanted = self._wanted, ""
            if self.list.select(uid):
                self._count_chips()
                return
            self.desk.tell("没有找到这件意见，它可能已经删除。")
        if shown and not self.list.current_key() and self.form is None:
            self.list.select(self.list.model.key_at(min(self._row, shown - 1)))
        self._count_chips()

    def _count_chips(self) -> None:
        chosen, words = self.filters.chosen(), self.list.filter_words()

        def work(_progress: Progress, cancel: Cancel) -> Mapping[str, int]:
            return self.source.counts(chosen, words, cancel=cancel)

        def done(counts: Mapping[str, int]) -> None:
            if chosen == self.filters.chosen() and words == self.list.filter_words():
                self.filters.show_counts(counts)

        self.desk.reads.start(work, title="", done=done, owner=self)

    # ---- acts ---------------------------------------------------------------------------------

    def open_act(self, act: str) -> None:
        """Open the sheet of an act on the chosen matter."""
        if self.detail.file is not None:
            self.open_sheet(make_form(act, self.office, self.lookup, self.detail.file))

    def register_new(self) -> None:
        """F2: a new matter."""
        self.open_sheet(RegisterForm(self.office, self.lookup, self.drafts.new_key()))

    def shown_uid(self) -> str:
        return self.detail.file.opinion.uid if self.detail.file else ""

    def show_record(self, uid: str) -> None:
        self._show(uid)

    def sheet_closed(self) -> None:
        self._show(self.list.current_key())
        self._show_drafts()
        self.list.setFocus()

    def sheet_saved(self, done: Done) -> None:
        about = self.shown_uid()
        if done.show and done.show != about:
            self.show_matter(done.show)
        else:
            self._show(about)
        self.list.setFocus()

    def _show_drafts(self) -> None:
        waiting = self._parked()
        self._resume.setText(f"有 {len(waiting)} 件意见没有登记完 · 继续填写")
        self._resume.setVisible(bool(waiting))

    def _parked(self) -> list[Draft]:
        return [draft for draft in self.drafts.left(Opinion.KIND) if draft.key.startswith("draft-")]

    def _resume_newest(self) -> None:
        waiting = self._parked()
        if waiting:
            self.open_sheet(RegisterForm(self.office, self.lookup, waiting[0].key))

    # ---- history, correcting a step -----------------------------------------------------------

    def _history_of_fact(self, wire: str, point: QPoint) -> None:
        if self.shown_uid():
            self.show_history(Opinion, self.shown_uid(), wire, point)

    def _event_menu(self, place: int, point: QPoint) -> None:
        file = self.detail.file
        if file is None or not isinstance(file.events[place].record, _STEPS):
            return
        menu = QMenu(self)
        menu.addAction("更正这一步…").triggered.connect(partial(self.correct_step, place))
        menu.addAction("删除这一步").triggered.connect(partial(self.remove_step, place))
        menu.exec(point)

    def correct_step(self, place: int, _checked: bool = False) -> None:
        """Open the sheet of one step of the 经过."""
        file = self.detail.file
        record = file.events[place].record if file is not None else None
        if file is not None and isinstance(record, _STEPS):
            self.open_sheet(StepForm(self.office, self.lookup, file, record))

    def remove_step(self, place: int, _checked: bool = False) -> None:
        """Take one step of the 经过 away; it can be brought back from the quiet bar."""
        file = self.detail.file
        if file is not None:
            event = file.events[place]
            changes = remove_record(self.office, type(event.record), event.record.uid)
            self.after_write(f"{file.number} 已删除一步：{event.act}", changes)

    def _disclosed(self, what: str) -> None:
        note_disclosure(self.office, what)

    # ---- out of the program -------------------------------------------------------------------

    def export(self) -> None:
        """导出 Excel of what the list shows now."""
        uids = [self.list.model.key_at(row) for row in range(self.list.shown_count())]
        narrowed = self._narrowed()
        target = self._ask_path(self, f"意见建议台账{self.office.today():%Y%m%d}.xlsx")
        if not target:
            return

        def work(_progress: Progress, _cancel: Cancel) -> Path:
            return write_ledger(Path(target), case_ledger(self.office, uids, narrowed=narrowed))

        def failed(wrong: Exception) -> None:
            if not isinstance(wrong, NotWritten):
                raise wrong
            self.desk.problem(Problem(str(wrong), now="", code="U310"))

        self.desk.jobs.start(work, title="正在导出 Excel", done=self._exported, failed=failed, owner=self)

    def _exported(self, path: Path) -> None:
        self.desk.tell(f"已导出 {path.name}，内含群众姓名，请勿外传")

    def copy_paragraph(self) -> None:
        """复制成一段话: the counts of what is shown, to the clipboard."""
        counts = self.filters.counts()
        if not counts:
            self.desk.tell("件数还在统计，请稍候再按一次。")
            return
        with self.office.store.reading() as reading:
            office = office_of(reading)
        said = paragraph_of(
            counts,
            office=office.short_name or office.name,
            day_words=show_day(self.office.today()),
            narrowed=self._narrowed(),
        )
        QGuiApplication.clipboard().setText(said)
        self.desk.tell("已复制，可以粘贴到报告里")

    def _narrowed(self) -> str:
        told = filter_words(self.filters.chosen(), self.lookup.name_of, self.filters.category_words())
        words = self.list.filter_words()
        return "、".join(part for part in (told, f"“{words}”" if words else "") if part)

    def show_late(self) -> None:
        """Show the matters past their day (from the first page)."""
        self.filters.choose(LATE)


def _ask_path(parent: QWidget, name: str) -> str:
    return QFileDialog.getSaveFileName(
        parent, "导出 Excel", str(Path.home() / name), "Excel 工作簿 (*.xlsx)"
    )[0]
