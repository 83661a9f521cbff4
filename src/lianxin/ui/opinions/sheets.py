"""A page with a list left and a record right, whose acts are filled in on sheets in the record's place."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QObject, QPoint, QSize
from PySide6.QtWidgets import QStackedWidget, QWidget

from lianxin.domain.dictionary import Record
from lianxin.office.cases.batch import Batch
from lianxin.office.cases.steps import StepRefused
from lianxin.office.desk import Desk
from lianxin.office.lists.field_history import field_history
from lianxin.office.reception.visitors import add_named
from lianxin.store.drafts import DraftElsewhere
from lianxin.store.writing import Change
from lianxin.ui.draft_keeper import DraftKeeper
from lianxin.ui.form import FormFields
from lianxin.ui.jobs import Cancel, Progress, Stopped
from lianxin.ui.opinions.act_form import ActForm, Done
from lianxin.ui.opinions.batch_forms import BatchForm, Run
from lianxin.ui.opinions.history_popup import HistoryPopup
from lianxin.ui.pages import Desk as Window
from lianxin.ui.pages import Page
from lianxin.ui.pieces.two_panes import TwoPanes
from lianxin.ui.record_list import RecordList
from lianxin.ui.written import tell_written

WINDOW = "main"
"""Owner of drafts while the program has one window."""


class RightSide(QStackedWidget):
    """Record and sheets in one place. They scroll inside, so the page need not grow to their full height: a
    scroll area makes a page as high as its layout would like to be for its width."""

    def hasHeightForWidth(self) -> bool:
        return False

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.minimumSizeHint().height())


class SheetPage(Page):
    """`right` holds the record and, while one is open, the sheet; `panes` and `list` are set by the page.

    Override `shown_uid`, `show_record`, `sheet_closed`, `sheet_saved`.
    """

    panes: TwoPanes
    list: RecordList

    def __init__(self, window: Window, office: Desk, drafts: DraftKeeper | None) -> None:
        super().__init__(window)
        self.office = office
        self.drafts = drafts or DraftKeeper(office, WINDOW)
        self.right = RightSide()
        self.form: ActForm | None = None
        self._with_list: QWidget | None = None

    def shown_uid(self) -> str:
        """The uid of the record that is shown, "" for none."""
        raise NotImplementedError

    def show_record(self, uid: str) -> None:
        """Show a record at the right, "" for none."""
        raise NotImplementedError

    def sheet_closed(self) -> None:
        """The clerk went back without saving."""
        self.show_record(self.shown_uid())

    def sheet_saved(self, done: Done) -> None:
        """A sheet was saved."""
        self.show_record(done.show or self.shown_uid())

    def focus_first(self) -> None:
        self.list.setFocus()

    def focus_filter(self) -> None:
        self.panes.show_left()
        self.list.focus_filter()

    def _picked(self, uid: str) -> None:
        """Another line of the list: its record is shown; what was typed for the one before stays as a draft."""
        if uid and self.form is not None and uid != self.shown_uid():
            self.drop_sheet()
        if self.form is None:
            self.show_record(uid)

    def _opened(self, _uid: str) -> None:
        self.panes.show_right()

    def go_with_list(self, widget: QWidget | None) -> None:
        """Show this widget only while the list is on screen: on a narrow one the record needs its room."""
        self._with_list = widget
        self.panes.left.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._with_list is not None and event.type() in (
            QEvent.Type.HideToParent,
            QEvent.Type.ShowToParent,
        ):
            self._with_list.setVisible(event.type() == QEvent.Type.ShowToParent)
        return False

    def go_back(self) -> bool:
        if self.form is not None:
            self.close_sheet()
            return True
        return self.panes.go_back()

    def close_down(self) -> None:
        if self.form is not None and self.form.changed_by_hand:
            self.keep_draft()

    def open_sheet(self, form: ActForm) -> None:
        """Put a sheet in the record's place, with what was typed on it before."""
        self.drop_sheet()
        form.start()
        left = next((draft for draft in self.drafts.left(form.kind) if draft.key == form.key), None)
        if left is not None:
            form.set_typed(left.payload)
            form.note("已找回上次没有填完的内容")
        form.done.connect(self._done)
        form.closed.connect(self.close_sheet)
        form.draft_due.connect(self.keep_draft)
        form.new_wanted.connect(self.add_named)
        self.form = form
        self.right.addWidget(form)
        self.right.setCurrentWidget(form)
        self.panes.show_right()
        form.focus_first()

    def close_sheet(self) -> None:
        """Esc: back to the record; what was typed stays as a draft."""
        self.drop_sheet()
        self.sheet_closed()

    def drop_sheet(self) -> None:
        """Put the open sheet away; what was typed stays as its draft."""
        if self.form is not None and self.form.changed_by_hand:
            self.keep_draft()
        self._remove_sheet()

    def keep_draft(self) -> None:
        """Keep what is typed on the open sheet."""
        form = self.form
        if form is None:
            return
        try:
            self.drafts.keep(form.kind, form.key, form.typed())
        except DraftElsewhere as elsewhere:
            form.say_problem(str(elsewhere))
            return
        form.note(f"草稿已存 {self.office.store.now():%H:%M}")
        self.desk.saved()

    def after_write(self, words: str, changes: Iterable[Change]) -> None:
        """What every write is followed by: saved, told with the way back, everybody shows it anew."""
        tell_written(self.desk, self.office, words, changes)

    def act_or_say(self, words: str, act: Callable[[], tuple[Change, ...]]) -> None:
        """One act without a sheet, with its way back; when it is refused that is said and nothing was written."""
        try:
            changes = act()
        except StepRefused as refused:
            self.desk.tell(str(refused))
            return
        self.after_write(words, changes)

    def show_history(self, cls: type[Record], uid: str, wire: str, point: QPoint) -> None:
        """The history of a field, where it was asked for."""
        written = field_history(self.office, cls, uid, wire)
        HistoryPopup(cls.spec(wire).label, written, self).show_at(point)

    def add_named(self, part: FormFields[Record], wire: str, name: str) -> None:
        """Add a village, unit or district of this name and take it into the field."""
        uid, changes = add_named(self.office, part.row(wire).spec.kind.refers, name)
        part.set_value(wire, uid)
        self.after_write(f"已新增“{name}”", changes)

    def run_batch(self, form: BatchForm, run: Run) -> None:
        """Let a batch run beside the window; stopped in the middle it leaves everything as it was."""

        def work(progress: Progress, cancel: Cancel) -> Batch:
            def told(done: int, total: int) -> None:
                if cancel():
                    raise Stopped
                progress(done, total, "")

            return run(told)

        def done(batch: Batch) -> None:
            if self.form is form:
                form.finish(batch)
            else:
                self.after_write(batch.told(form.act), batch.changes)

        def failed(wrong: Exception) -> None:
            if not isinstance(wrong, StepRefused):
                raise wrong
            self._refused(form, str(wrong))

        def stopped() -> None:
            self._refused(form, "已停止，没有改动。")

        title = f"正在{form.act}"
        self.desk.jobs.start(work, title=title, done=done, failed=failed, stopped=stopped, owner=self)

    def _refused(self, form: BatchForm, why: str) -> None:
        if self.form is form:
            form.refuse(why)
        else:
            self.desk.tell(why)

    def _done(self, done: Done) -> None:
        self._remove_sheet()
        self.after_write(done.words, done.changes)
        self.sheet_saved(done)

    def _remove_sheet(self) -> None:
        form, self.form = self.form, None
        if form is not None:
            self.right.removeWidget(form)
            form.hide()
            form.deleteLater()
