"""转报事项办理: all townships' referred matters left, the chosen one right with its acts; every act has a way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from lianxin.county.referrals.papers import (
    county_answer,
    county_handovers,
    county_letters,
    outgoing_step,
    referral_ledger,
)
from lianxin.county.referrals.referred import Referred, ReferredBook, first_line
from lianxin.domain.casework.referral import COUNTY_STEP_KINDS, CountyStep
from lianxin.domain.casework.steps import STEP_KINDS
from lianxin.domain.dates import show_day_numeric
from lianxin.domain.records import Opinion
from lianxin.office.case_ledger import NotWritten, write_ledger
from lianxin.office.case_papers.case_file import CaseFile, case_file, matter_of, note_disclosure
from lianxin.office.case_papers.matter_papers import matter_sheet
from lianxin.office.cases.county_steps import remove_county_step
from lianxin.office.desk import Desk
from lianxin.office.lists.field_history import record_history
from lianxin.office.paperwork.outgoing_numbers import NumberRefused, take_number
from lianxin.office.paperwork.paper import NoSuchMatter
from lianxin.ui.attachments import AttachmentStrip
from lianxin.ui.county.referrals.detail import ReferredDetail
from lianxin.ui.county.referrals.list import ReferredFilters, ReferredSource
from lianxin.ui.county.referrals.sheets import CountyStepForm, acts_for, make_sheet
from lianxin.ui.draft_keeper import DraftKeeper
from lianxin.ui.failures import Problem
from lianxin.ui.jobs import Cancel, Progress
from lianxin.ui.lookups import StoreLookup
from lianxin.ui.opinions.act_form import Done
from lianxin.ui.opinions.history_popup import HistoryPopup
from lianxin.ui.opinions.papered_page import AskPath, ask_for_path
from lianxin.ui.opinions.sheets import SheetPage
from lianxin.ui.pages import Desk as Window
from lianxin.ui.pages import Head
from lianxin.ui.pieces import Act, EmptyState, label
from lianxin.ui.pieces.two_panes import TwoPanes
from lianxin.ui.printing import paper_folder, show_paper
from lianxin.ui.record_list import EmptyWords, RecordList
from lianxin.ui.theme import px

_FOLLOWED = ("opinion", "contact", "visitor", "township", "enrolment", "code-change",
             *(cls.KIND for cls in STEP_KINDS))  # fmt: skip


class ReferredPage(SheetPage):
    """`ask_path` asks where an export goes, `papers` is the folder of printed sheets."""

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
        self.papers, self.ask_path = papers, ask_path or ask_for_path
        self.book, self.source = ReferredBook(office), ReferredSource()
        self.lookup = StoreLookup(office)
        self._asked_number, self._wanted = 0, ""
        self.summary = label("", "soft", wrap=True)
        self.filters = ReferredFilters()
        self.filters.changed.connect(self._filtered)
        self.list = RecordList(
            self.source, name="转报事项", unit="件",
            empty=EmptyWords("这里没有转报事项", "乡镇在意见办理里选“转报县人大”，随报送件收到后会列在这里。"),
        )  # fmt: skip
        self.list.picked.connect(self._picked)
        self.list.opened.connect(self._opened)
        self.list.counted.connect(self._counted)
        self.list.add_tool(self.filters.combos)
        self.list.view.installEventFilter(self)
        self.detail = ReferredDetail(self.lookup, AttachmentStrip(window, office))
        self.detail.disclosed.connect(partial(note_disclosure, office))
        self.detail.event_asked.connect(self._event_menu)
        self.detail.history_asked.connect(self._history_of_fact)
        self.detail.linked.connect(self.desk.open_record)
        self.detail.opened.connect(self.show_matter)
        self._nothing = EmptyState("还没有选中转报事项", "请在列表里选一件，这里显示它的办理经过。")
        self.right.addWidget(self._nothing)
        self.right.addWidget(self.detail)
        self.panes = TwoPanes(
            self.list, self.right, names=("列表", "这件事项"), shares=(13, 10), least=(420, 400)
        )
        above = QWidget()
        box = QVBoxLayout(above)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(8))
        box.addWidget(self.summary)
        box.addWidget(self.filters)
        self.body.addWidget(above)
        self.body.addWidget(self.panes, 1)
        self.go_with_list(above)
        self.follow(_FOLLOWED)

    # ---- what the window asks -----------------------------------------------------------------

    def head(self) -> Head:
        """The next act of the chosen matter is the main one."""
        row = self._row()
        acts = acts_for(row) if row is not None else ()
        others = (
            Act("导出 Excel", self.export, hint="现在列表里的事项，按转报事项台账"),
            Act("打印办理单", self.print_now, hint="Ctrl+P，选中的这件"),
        )
        hint = "" if acts else "先在左边选一件县里要办的"
        main = Act(
            acts[0] if acts else "交办", self.next_act, "F2", hint, enabled=bool(acts) and self.form is None
        )
        return Head("转报事项办理", main, others)

    def refresh(self) -> None:
        """Read the matters, on the worker of readings."""
        self._asked_number += 1
        number = self._asked_number

        def work(_progress: Progress, _cancel: Cancel) -> tuple[Referred, ...]:
            return self.book.look()

        def done(rows: tuple[Referred, ...]) -> None:
            if number == self._asked_number:
                self._take(rows)

        self.desk.reads.start(work, title="", done=done, owner=self)

    def open_record(self, kind: str, uid: str) -> None:
        """A step of the county, or the matter it is about."""
        self.show_matter(matter_of(self.office, kind, uid) or uid)

    def show_matter(self, uid: str) -> None:
        """Choose a matter, widening the filter when it is not in the list."""
        self.panes.show_right()
        if self.form is None:
            self.list.setFocus()
        if not self.list.select(uid):
            self._wanted = uid
            self.list.set_filter("")
            self.filters.choose("all")
            self.refresh()

    def next_act(self) -> None:
        """F2."""
        row = self._row()
        acts = acts_for(row) if row is not None else ()
        if acts:
            self.open_act(acts[0])

    # ---- list and detail ----------------------------------------------------------------------

    def shown_uid(self) -> str:
        return self.detail.file.opinion.uid if self.detail.file else ""

    def show_record(self, uid: str) -> None:
        file = case_file(self.office, uid) if uid else None
        row = self.source.row(uid)
        if file is None or row is None:
            self.detail.file = None
            self.right.setCurrentWidget(self._nothing)
        else:
            acts = [Act(words, partial(self.open_act, words)) for words in acts_for(row)]
            self.detail.show_referred(file, row, [*acts, *self._paper_acts(row, file)])
            self.right.setCurrentWidget(self.detail)
        self.head_changed.emit()

    def sheet_closed(self) -> None:
        self.show_record(self.list.current_key())
        self.list.setFocus()

    def sheet_saved(self, done: Done) -> None:
        self.list.setFocus()
        self._wanted = done.show or self.shown_uid()
        self.refresh()

    def open_act(self, words: str) -> None:
        """The sheet of an act on the chosen matter."""
        row, file = self._row(), self.detail.file
        if row is not None and file is not None:
            sheet = make_sheet(words, self.office, self.lookup, file, row, self._units(row))
            self.open_sheet(sheet)
            self.head_changed.emit()

    def _row(self) -> Referred | None:
        return self.source.row(self.shown_uid())

    def _units(self, row: Referred) -> Sequence[str]:
        """The county units matters went to before: those of this category first, then the most usual."""
        rows = [each for each in self.source.rows_known if each.referral.unit]
        units = {each.referral.unit for each in rows}
        alike = [each.referral.unit for each in rows if each.category == row.category]
        all_of_them = [each.referral.unit for each in rows]
        return sorted(units, key=lambda unit: (-alike.count(unit), -all_of_them.count(unit), unit))

    def _take(self, rows: tuple[Referred, ...]) -> None:
        self.source.take(rows)
        self.summary.setText(first_line(rows))
        self.filters.offer(rows)
        self._show_list()

    def _filtered(self) -> None:
        self.source.chosen = self.filters.chosen()
        self._show_list()

    def _show_list(self) -> None:
        chosen = self._wanted or self.shown_uid()
        self._wanted = ""
        self.source.chosen = self.filters.chosen()
        self.filters.show_counts(self.source.counts(self.list.filter_words()))
        self.list.refresh()
        if not (chosen and self.list.select(chosen)):
            self.list.select(self.list.model.key_at(0) if self.list.shown_count() else "")
        if self.form is None:
            self.show_record(self.list.current_key())

    def _counted(self, _shown: int) -> None:
        self.filters.show_counts(self.source.counts(self.list.filter_words()))

    # ---- keys ---------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        typed = watched is self.list.view and isinstance(event, QKeyEvent)
        if typed and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._act_by_digit(event)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._act_by_digit(event):
            super().keyPressEvent(event)

    def _act_by_digit(self, event: QKeyEvent) -> bool:
        digit, held = event.text(), event.modifiers()
        plain = held in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if not plain or not digit.isdecimal() or not digit.isascii() or self.form is not None:
            return False
        return self.right.currentWidget() is self.detail and self.detail.acts.press_digit(int(digit))

    # ---- one step -----------------------------------------------------------------------------

    def _event_menu(self, place: int, point: QPoint) -> None:
        file = self.detail.file
        if file is None:
            return
        record = file.events[place].record
        menu = QMenu(self)
        if isinstance(record, COUNTY_STEP_KINDS):
            menu.addAction("更正这一步…").triggered.connect(partial(self.correct_step, record))
            menu.addAction("删除这一步").triggered.connect(partial(self.remove_step, record))
        menu.addAction("这一步的修改记录").triggered.connect(partial(self._step_history, place, point))
        menu.exec(point)

    def correct_step(self, step: CountyStep, _checked: bool = False) -> None:
        """Open the sheet of one of the county's own steps."""
        if self.detail.file is not None:
            self.open_sheet(CountyStepForm(self.office, self.lookup, self.detail.file, step))

    def remove_step(self, step: CountyStep, _checked: bool = False) -> None:
        """Take one of the county's own steps away; it can be brought back from the quiet bar."""
        number = self.detail.file.number if self.detail.file else ""
        self.act_or_say(
            f"{number} 已删除一步：{step.LABEL}", partial(remove_county_step, self.office, step=step)
        )
        self.refresh()

    def _step_history(self, place: int, point: QPoint, _checked: bool = False) -> None:
        if self.detail.file is not None:
            event = self.detail.file.events[place]
            written = record_history(self.office, type(event.record), event.record.uid)
            HistoryPopup(event.act, written, self).show_at(point)

    def _history_of_fact(self, wire: str, point: QPoint) -> None:
        if self.shown_uid():
            self.show_history(Opinion, self.shown_uid(), wire, point)

    # ---- papers -------------------------------------------------------------------------------

    def _paper_acts(self, row: Referred, file: CaseFile) -> Sequence[Act]:
        done = {event.act for event in file.events}
        acts = [Act("打印交办单", partial(self._print, _of_one(county_handovers)))] * ("县交办" in done)
        if any(each.means == "letter" for each in row.referral.supervisions):
            acts.append(Act("打印督办函", partial(self._print, _of_one(county_letters))))
        if done & {"县答复", "县处理"}:
            acts.append(Act("打印答复", partial(self._print, county_answer)))
        if done & {"县答复", "县处理", "县督办"}:
            acts.append(Act("编发文字号", self.number_letter, hint="给最近一份督办函或答复编号，记入收发文"))
        return acts

    def print_now(self) -> None:
        """Ctrl+P: the 办理单 of the chosen matter."""
        self._print(matter_sheet)

    def number_letter(self) -> None:
        """The latest letter about the chosen matter gets the next 发文字号."""
        row = self._row()
        if row is None:
            return
        with self.office.store.reading() as reading:
            step = outgoing_step(reading, row.uid)
        if step is None:
            self.desk.tell("还没有督办函或答复，不用编号。")
            return
        try:
            number, changes = take_number(
                self.office,
                title=f"{row.title}（{step.LABEL}）",
                day=step.day,
                organ=row.town,
                about=step.uid,
            )
        except NumberRefused as refused:
            self.desk.tell(str(refused))
            return
        self.after_write(f"发文字号 {number}", changes)

    def _print(self, made: Callable[[Desk, str], tuple[str, bytes]]) -> None:
        if not self.shown_uid():
            self.desk.tell("请先在列表里选一件，再打印。")
            return
        try:
            paper = made(self.office, self.shown_uid())
        except NoSuchMatter as missing:
            self.desk.tell(str(missing))
            return
        show_paper(self.desk, paper, self.papers or paper_folder())

    def export(self) -> None:
        """导出 Excel of what the list shows now; it holds no personal data."""
        shown = [self.list.model.key_at(at) for at in range(self.list.shown_count())]
        rows = [row for uid in shown if (row := self.source.row(uid)) is not None]
        target = self.ask_path(self, f"转报事项台账{self.office.today():%Y%m%d}.xlsx")
        if not target:
            return
        narrowed = self.filters.words()

        def work(_progress: Progress, _cancel: Cancel) -> Path:
            return write_ledger(Path(target), referral_ledger(self.office, rows, narrowed=narrowed))

        def failed(wrong: Exception) -> None:
            if not isinstance(wrong, NotWritten):
                raise wrong
            self.desk.problem(Problem(str(wrong), now="", code="U310"))

        self.desk.jobs.start(work, title="正在导出 Excel", done=self._exported, failed=failed, owner=self)

    def _exported(self, path: Path) -> None:
        self.desk.tell(f"已导出 {path.name}（{show_day_numeric(self.office.today())}）")


def _of_one(
    made: Callable[[Desk, Sequence[str]], tuple[str, bytes]],
) -> Callable[[Desk, str], tuple[str, bytes]]:
    def one(office: Desk, uid: str) -> tuple[str, bytes]:
        return made(office, [uid])

    return one
