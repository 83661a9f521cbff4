"""意见建议办理: the list left, the chosen matter right, its acts on sheets in the same place, no dialog."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from lianxin.domain.casework.standing import DEPUTIES_TRACKS
from lianxin.domain.casework.steps import STEP_KINDS
from lianxin.domain.records import Attachment, Opinion, Suggestion, Supervision
from lianxin.office.attaching import owner_of
from lianxin.office.case_papers.case_file import CaseFile, case_file, matter_of, note_disclosure
from lianxin.office.cases.states import CaseBook
from lianxin.office.desk import Desk
from lianxin.office.numbers import short_number
from lianxin.store.drafts import Draft
from lianxin.ui.attachments import AttachmentStrip
from lianxin.ui.draft_keeper import DraftKeeper
from lianxin.ui.jobs import Cancel, Progress
from lianxin.ui.lookups import StoreLookup
from lianxin.ui.opinions.act_form import ActForm, Done
from lianxin.ui.opinions.acts import acts_of, make_form
from lianxin.ui.opinions.batch_forms import BatchAssignForm, BatchCard, BatchSuperviseForm, listed
from lianxin.ui.opinions.closing_forms import BatchArchiveForm
from lianxin.ui.opinions.detail import CaseDetail
from lianxin.ui.opinions.elsewhere_forms import GUIDING
from lianxin.ui.opinions.filters import CaseFilters
from lianxin.ui.opinions.matter_forms import RegisterForm
from lianxin.ui.opinions.papered_page import AskPath, ask_for_path
from lianxin.ui.opinions.promised_page import PromisedPage
from lianxin.ui.opinions.source import CaseSource
from lianxin.ui.pages import Desk as Window
from lianxin.ui.pages import Head
from lianxin.ui.pieces import Act, EmptyState, button
from lianxin.ui.pieces.two_panes import TwoPanes
from lianxin.ui.record_list import EmptyWords, RecordList

FOLLOWED = (
    "opinion",
    "suggestion",
    "signer",
    "deed",
    *(cls.KIND for cls in STEP_KINDS),
    "contact",
    "visitor",
    "unit",
    "region",
)


@dataclass(frozen=True)
class Words:
    """What a page of matters calls them: many, one, and what it says while there are none."""

    many: str
    one: str
    empty: EmptyWords
    nothing: tuple[str, str]
    short: str = "意见"


class OpinionsPage(PromisedPage):
    """`drafts` keeps what is typed for this window; `ask_path` asks where an export goes, `papers` is the
    folder of printed sheets. The page of the deputies' suggestions is one too, with its own words and sheets."""

    deputies = False
    words = Words(
        "意见建议",
        "这件意见",
        EmptyWords("这里没有意见建议", "接待来访时选“转交办理”，或按 F2 登记，就会列在这里。", "登记意见"),
        ("还没有选中意见", "请在列表里选一件，这里显示它的办理经过。"),
    )
    draft_kind = Opinion.KIND

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
        self.papers = papers
        self.book = CaseBook(office)
        self.source = self.make_source()
        self.lookup = StoreLookup(office)
        self.ask_path = ask_path or ask_for_path
        self._row, self._wanted = 0, ""
        self._by_itself = self._takes_keys = self._promises_known = False
        self.filters = CaseFilters(office, deputies=self.deputies)
        self.filters.changed.connect(self._filtered)
        self._resume = button("", "link", act=self._resume_newest)
        self._resume.hide()
        self.list = RecordList(
            self.source,
            name=self.words.many,
            unit="件",
            reads=window.reads,
            empty=self.words.empty,
        )
        self.list.picked.connect(self._picked)
        self.list.opened.connect(self._opened)
        self.list.counted.connect(self._counted)
        self.list.empty_acted.connect(self.register_new)
        self.detail = self.make_detail(AttachmentStrip(window, office))
        self.detail.disclosed.connect(self._disclosed)
        self.detail.history_asked.connect(self.history_of_fact)
        self.detail.event_asked.connect(self.event_menu)
        self.detail.opened.connect(self.show_matter)
        self.detail.linked.connect(self.desk.open_record)
        self._nothing = EmptyState(*self.words.nothing)
        self.right.addWidget(self._nothing)
        self.right.addWidget(self.detail)
        self.batch = BatchCard()
        self.right.addWidget(self.batch)
        self.list.view.selectionModel().selectionChanged.connect(self._marked)
        self.list.view.installEventFilter(self)
        self.list.add_tool(self.filters.combos)
        self.add_promises(deputies=self.deputies)
        self.panes = TwoPanes(
            self.lists, self.right, names=("列表", self.words.one), shares=(13, 9), least=(420, 400)
        )
        self.body.addWidget(self.put_above(self.filters))
        self.body.addWidget(self._resume)
        self.body.addWidget(self.panes, 1)
        self.go_with_list(self.above)
        self.follow(FOLLOWED)

    # ---- what the window asks -----------------------------------------------------------------

    def head(self) -> Head:
        others = (
            Act("复制成一段话", self.copy_paragraph, hint="把现在筛选出的件数写成一段话，放到剪贴板"),
            Act("导出 Excel", self.export, hint="现在列表里的意见，按台账格式"),
            Act("打印办理单", self.print_now, hint="Ctrl+P，选中的这件意见"),
            Act("打印一件一档", self.print_dossier, hint="选中的意见从登记到现在的全部经过和附件目录"),
            Act("打印交办单", self.print_handover, hint="选中的意见最近一次交办，一式三联，选多件时连着印"),
        )
        return Head("意见建议办理", Act("登记意见", self.register_new, "F2"), others)

    def refresh(self) -> None:
        self._promises_known = False
        self.filters.read_choices()
        self._show_drafts()
        self.list.refresh()
        if self.in_promises():
            self.promises.list.refresh()
        if self.detail.file is not None and self.form is None:
            self._show(self.detail.file.opinion.uid)

    def open_record(self, kind: str, uid: str) -> None:
        if kind == Attachment.KIND:
            # A file is seen with the record it belongs to, whichever page has that.
            owner = owner_of(self.office, uid)
            if owner is not None:
                self.desk.open_record(*owner)
            return
        matter = matter_of(self.office, kind, uid) or uid
        if self.is_elsewhere(matter):
            self.desk.open_record(Suggestion.KIND, matter)
        else:
            self.show_matter(matter)

    def is_elsewhere(self, matter: str) -> bool:
        """Whether the matter belongs on the page of the deputies' suggestions."""
        with self.office.store.reading() as reading:
            found = reading.get(Opinion, matter)
        return found is not None and found.track in DEPUTIES_TRACKS

    def make_source(self) -> CaseSource:
        """What the list shows."""
        return CaseSource(self.office, self.book, deputies=self.deputies)

    def make_detail(self, attachments: AttachmentStrip) -> CaseDetail:
        """What shows the chosen matter."""
        return CaseDetail(self.lookup, attachments)

    def acts_of(self, file: CaseFile) -> Sequence[str]:
        """The words of the acts a matter offers, the next one first."""
        return acts_of(file)

    def paper_acts(self, file: CaseFile) -> Sequence[Act]:
        """The papers this matter has of its own, to print."""
        acts = []
        if any(isinstance(step, Supervision) and step.number for step in file.case.further):
            acts.append(Act("打印督办函", self.print_letter))
        if any(step.route in GUIDING for step in file.case.routings):
            acts.append(Act("打印告知单", self.print_telling))
        return acts

    def make_sheet(self, act: str, file: CaseFile) -> ActForm:
        """The sheet of an act."""
        return make_form(act, self.office, self.lookup, file)

    def new_sheet(self, key: str) -> ActForm:
        """The sheet of a new matter."""
        return RegisterForm(self.office, self.lookup, key)

    def focus_first(self) -> None:
        # While the list is being read it cannot take the keys; it does once it is there.
        self._takes_keys = not self.list.shown_count()
        self.list.setFocus()

    # ---- list and detail ----------------------------------------------------------------------

    def show_matter(self, uid: str) -> None:
        """Choose a matter, widening the filter when it is not in the list. The digits of its acts work at once."""
        if self.in_promises():
            self.show_matters()
        self.panes.show_right()
        if self.form is None:
            self.list.setFocus()
        if not self.list.select(uid):
            self._wanted = uid
            if self.filters.chosen() != self.source.plain or self.list.filter_words():
                self.list.set_filter("")
                self.filters.clear()
            else:
                self.list.refresh()

    def _filtered(self) -> None:
        self.source.chosen = self.filters.chosen()
        self.filters.show_counts(None)
        self.list.refresh()

    def _picked(self, uid: str) -> None:
        if self.in_promises():
            return
        if uid:
            self._row = self.list.model.row_of(uid)
            if self.form is not None and not self._about(uid):
                self.drop_sheet()
        if self.form is not None:
            return
        if self._by_itself or (uid and self.detail.file is None):
            # The list chose its first row as it came on screen: the first look of the day is no short one.
            self._show_read(uid)
        else:
            self._show(uid)

    def _show_read(self, uid: str) -> None:
        """Shows what nobody chose: read beside the window, which the first look of the day would hold up."""

        def work(_progress: Progress, _cancel: Cancel) -> CaseFile | None:
            return case_file(self.office, uid)

        def done(file: CaseFile | None) -> None:
            if self.form is None and not self.marked() and self.list.current_key() == uid:
                self._show_file(file)

        self.desk.reads.start(work, title="", done=done, owner=self)

    def _about(self, uid: str) -> bool:
        """Whether the open sheet is about this matter."""
        return self.form is not None and self.detail.file is not None and self.detail.file.opinion.uid == uid

    def _marked(self) -> None:
        if self.form is None and (self.marked() or self.right.currentWidget() is self.batch):
            self._show(self.list.current_key())

    def _show_batch(self, uids: Sequence[str]) -> None:
        with self.office.store.reading() as reading:
            found = reading.by_uid(Opinion, listed(uids))
        titles = [f"{short_number(each.number or '')}  {each.title}" for each in found.values()]
        acts = (
            Act("批量交办", partial(self.open_batch, BatchAssignForm)),
            Act("批量督办", partial(self.open_batch, BatchSuperviseForm)),
            Act("打印办理单", self.print_now),
            Act("打印交办单", self.print_handover),
            Act("打印督办函", self.print_letter),
            Act("打印一件一档", self.print_dossier),
            Act("批量归档", partial(self.open_batch, BatchArchiveForm)),
            Act("打印档案盒标签", self.print_boxes, needs="look"),
        )
        self.batch.show_marked(titles, len(uids), acts)
        self.right.setCurrentWidget(self.batch)

    def open_batch(
        self, made: type[BatchAssignForm] | type[BatchSuperviseForm] | type[BatchArchiveForm]
    ) -> None:
        """Open the sheet of an act on all that are marked."""
        if self.marked():
            form = made(self.office, self.lookup, self.marked())
            form.run_wanted.connect(partial(self.run_batch, form))
            self.open_sheet(form)

    def _show(self, uid: str) -> None:
        marked = self.marked()
        if marked:
            self._show_batch(marked)
            return
        self._show_file(case_file(self.office, uid) if uid else None)

    def _show_file(self, file: CaseFile | None) -> None:
        if file is None:
            self.detail.file = None
            self.right.setCurrentWidget(self._nothing)
            return
        acts = [Act(act, partial(self.open_act, act)) for act in self.acts_of(file)]
        self.detail.show_file(file, [*acts, *self.paper_acts(file)])
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
            self._by_itself = True
            self.list.select(self.list.model.key_at(min(self._row, shown - 1)))
            self._by_itself = False
        if shown and self._takes_keys and self.form is None and not self.list.filter_words():
            self._takes_keys = False
            self.list.setFocus()
        self._count_chips()

    def _count_chips(self) -> None:
        chosen, words = self.filters.chosen(), self.list.filter_words()

        def work(_progress: Progress, cancel: Cancel) -> Mapping[str, int]:
            return self.source.counts(chosen, words, cancel=cancel)

        def done(counts: Mapping[str, int]) -> None:
            if chosen == self.filters.chosen() and words == self.list.filter_words():
                self.filters.show_counts(counts)

        self.desk.reads.start(work, title="", done=done, owner=self)
        if not self._promises_known:
            # No filter changes them, and in a large ledger every reply is looked at.
            self._promises_known = True
            self.count_promises()

    # ---- keys ---------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self.list.view
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
        ):
            return self._act_by_digit(event)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._act_by_digit(event):
            super().keyPressEvent(event)

    def _act_by_digit(self, event: QKeyEvent) -> bool:
        """1 to 9 do what the buttons below the detail say, wherever on the page nothing is being typed."""
        digit, held = event.text(), event.modifiers()
        plain = held in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        shown = self.right.currentWidget()
        if not plain or not digit.isdecimal() or not digit.isascii() or self.form is not None:
            return False
        if shown is self.detail:
            return self.detail.acts.press_digit(int(digit))
        return shown is self.batch and self.batch.acts.press_digit(int(digit))

    # ---- acts ---------------------------------------------------------------------------------

    def open_act(self, act: str) -> None:
        """Open the sheet of an act on the chosen matter."""
        if self.detail.file is not None:
            self.open_sheet(self.make_sheet(act, self.detail.file))

    def register_new(self) -> None:
        """F2: a new matter."""
        self.open_sheet(self.new_sheet(self.drafts.new_key()))

    def shown_uid(self) -> str:
        return self.detail.file.opinion.uid if self.detail.file else ""

    def show_record(self, uid: str) -> None:
        self._show(uid)

    def sheet_closed(self) -> None:
        self._show(self.shown_uid() if self.in_promises() else self.list.current_key())
        self._show_drafts()
        self.lists.currentWidget().setFocus()

    def sheet_saved(self, done: Done) -> None:
        about = self.shown_uid()
        if done.show and done.show != about:
            self.show_matter(done.show)
        else:
            self._show(about)
        self.lists.currentWidget().setFocus()

    def _show_drafts(self) -> None:
        waiting = self._parked()
        self._resume.setText(f"有 {len(waiting)} 件{self.words.short}没有登记完 · 继续填写")
        self._resume.setVisible(bool(waiting))

    def _parked(self) -> list[Draft]:
        return [draft for draft in self.drafts.left(self.draft_kind) if draft.key.startswith("draft-")]

    def _resume_newest(self) -> None:
        waiting = self._parked()
        if waiting:
            self.open_sheet(self.new_sheet(waiting[0].key))

    def _disclosed(self, what: str) -> None:
        note_disclosure(self.office, what)
