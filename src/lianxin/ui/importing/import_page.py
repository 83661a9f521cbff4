"""导入: choose a ledger, see what would become of every row, correct the columns, take it in, take it back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from lianxin.ledgers.refusals import LedgerUnreadable
from lianxin.office.desk import Desk
from lianxin.office.importing.ledger_import import Imported, import_ledger, likely_kind, undo_import
from lianxin.office.importing.outcome import ImportStopped
from lianxin.office.safekeeping.backups import back_up_before
from lianxin.store.errors import StoreProblem
from lianxin.store.files import why_not, write_atomic
from lianxin.store.writing import Change
from lianxin.ui.asking.files import ask_open as ask_for_ledger
from lianxin.ui.asking.files import ask_save as ask_for_target
from lianxin.ui.failures import Problem
from lianxin.ui.importing.drop_zone import DropZone, dropped_file
from lianxin.ui.importing.past_list import PastImports
from lianxin.ui.importing.preview_panel import PreviewPanel
from lianxin.ui.jobs import Cancel, Progress, Stopped
from lianxin.ui.pages import LEDGER, Head, Page
from lianxin.ui.pages import Desk as Window
from lianxin.ui.pieces import Act

AskOpen = Callable[[QWidget], str]
AskSave = Callable[[QWidget, str], str]
_MADE_BY_IMPORTS = frozenset(
    (
        "contact",
        "visitor",
        "opinion",
        "reception-day",
        "person",
        "mandate",
        "group",
        "unit",
        "station",
        "region",
        "activity",
        "meeting",
        "attendance",
    )
)
_FILTER = "台账 (*.xlsx *.xls *.csv *.docx *.txt);;所有文件 (*)"


class ImportPage(Page):
    """`ask_open` asks for a file, `ask_save` where to write one; both answer "" for neither."""

    def __init__(
        self,
        window: Window,
        office: Desk,
        *,
        ask_open: AskOpen | None = None,
        ask_save: AskSave | None = None,
    ) -> None:
        super().__init__(window)
        self.office = office
        self._ask_open, self._ask_save = ask_open or _ask_open, ask_save or _ask_save
        self._path: Path | None = None
        self._shown: Imported | None = None
        self._done: Imported | None = None
        self._asked, self._busy, self._wanted = 0, False, ""
        self.setAcceptDrops(True)
        self.drop = DropZone()
        self.drop.asked.connect(self.choose)
        self.drop.dropped.connect(self._dropped)
        self.past = PastImports(office)
        self.past.undo_asked.connect(self.take_back)
        first = QWidget()
        box = QVBoxLayout(first)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.drop)
        box.addWidget(self.past, 1)
        self.panel = PreviewPanel()
        self.panel.kind_chosen.connect(self._kind_chosen)
        self.panel.columns.changed.connect(self._columns_changed)
        self.panel.undo.clicked.connect(self._undo_pressed)
        self.panel.save_refused.clicked.connect(self.save_refused)
        self._stack = QStackedWidget()
        self._stack.addWidget(first)
        self._stack.addWidget(self.panel)
        self.body.addWidget(self._stack, 1)

    # ---- what the window asks -----------------------------------------------------------------

    def head(self) -> Head:
        """The red button is always the next thing: choose, take in, choose another."""
        another = Act("换一个文件", self.start_over, enabled=not self._busy)
        if self._path is None:
            return Head("导入", Act("选择文件", self.choose, "F2"))
        if self._done is not None:
            return Head("导入", Act("再导入一个", self.start_over, "F2", enabled=not self._busy))
        return Head("导入", self._take_in_act(), (another,))

    def refresh(self) -> None:
        """Past imports may have been added to by another window."""
        self.past.refresh()

    def focus_first(self) -> None:
        """The button, or the list of the preview."""
        if self._path is None:
            self.drop.focus_button()
        else:
            self.panel.list.setFocus()

    def focus_filter(self) -> None:
        """Ctrl+F."""
        if self._path is not None:
            self.panel.list.focus_filter()

    def go_back(self) -> bool:
        """Esc: from the row to the list, then to the choice of a file."""
        if self._path is None:
            return False
        if not self.panel.panes.go_back():
            self.start_over()
        return True

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if not self._busy and dropped_file(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = dropped_file(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.look_at(path)

    # ---- what the clerk does ------------------------------------------------------------------

    def choose(self) -> None:
        """Ask for a file and look at it."""
        told = self._ask_open(self)
        if told:
            self.look_at(Path(told))

    def look_at(self, path: Path) -> None:
        """Preview a file; its kind is guessed."""
        self._path, self._done = path, None
        self.panel.begin(path.name)
        self._preview(self._wanted)

    def open_record(self, kind: str, uid: str) -> None:
        """A ledger of one kind (`uid` names it) is wanted: ask for the file at once."""
        self.start_over()
        if not self._busy and kind == LEDGER:
            self._wanted = uid
            self.choose()

    def start_over(self) -> None:
        """Back to the choice of a file; nothing was stored by looking."""
        if self._busy:
            return
        self._asked += 1
        self._wanted = ""
        self._path = self._shown = self._done = None
        self.drop.show_wrong("")
        self._stack.setCurrentIndex(0)
        self.past.refresh()
        self.head_changed.emit()
        self.drop.focus_button()

    def take_in(self) -> None:
        """导入N行."""
        shown, path, office = self._shown, self._path, self.office
        if shown is None or path is None or self._busy:
            return
        overrides, kind = self.panel.columns.overrides(), shown.kind

        def work(progress: Progress, cancel: Cancel) -> Imported:
            back_up_before(office, "导入")
            try:
                return import_ledger(
                    office, kind=kind, path=path, preview=False, overrides=overrides,
                    expected=shown.digest, progress=progress, cancel=cancel,
                )  # fmt: skip
            except ImportStopped:
                raise Stopped from None

        self._begin()
        self.desk.jobs.start(
            work, title=f"正在导入 {path.name}", done=self._taken_in, failed=self._failed,
            stopped=self._stopped, owner=self,
        )  # fmt: skip

    def take_back(self, batch: str) -> None:
        """撤销这次导入."""
        office = self.office

        def work(progress: Progress, _cancel: Cancel) -> tuple[Change, ...]:
            return undo_import(office, batch=batch, progress=progress)

        self._begin()
        self.desk.jobs.start(
            work, title="正在撤销导入", done=partial(self._taken_back, batch), failed=self._failed, owner=self
        )

    def save_refused(self) -> None:
        """另存未导入的行, as a workbook that can be corrected and imported."""
        shown = self._done or self._shown
        if shown is None or shown.refused_rows is None or self._path is None:
            return
        told = self._ask_save(self, f"{self._path.stem}_未导入.xlsx")
        if not told:
            return
        try:
            write_atomic(Path(told), shown.refused_rows)
        except OSError as wrong:
            self.desk.problem(
                Problem(
                    what=f"未导入的行没有存成：{why_not(wrong)}。",
                    now="请换一个位置或文件名再存一次。",
                    code="U510",
                )
            )
            return
        self.desk.tell(f"未导入的行已另存为 {Path(told).name}，改正后可以再导入。")

    # ---- what comes back ----------------------------------------------------------------------

    def _preview(self, kind: str) -> None:
        path, office = self._path, self.office
        if path is None:
            return
        overrides = self.panel.columns.overrides()
        self._asked += 1

        def work(progress: Progress, cancel: Cancel) -> Imported | None:
            told = kind or likely_kind(path)
            if told is None:
                return None
            try:
                return import_ledger(
                    office, kind=told, path=path, preview=True, overrides=overrides, progress=progress,
                    cancel=cancel,
                )  # fmt: skip
            except ImportStopped:
                raise Stopped from None

        self._begin()
        self.desk.jobs.start(
            work, title=f"正在预览 {path.name}", done=partial(self._previewed, self._asked),
            failed=self._failed, stopped=self._preview_stopped, owner=self,
        )  # fmt: skip

    def _previewed(self, asked: int, found: Imported | None) -> None:
        self._end()
        if asked != self._asked:
            return
        self._shown = found
        self._stack.setCurrentIndex(1)
        self.panel.show_preview(found)
        self.head_changed.emit()
        self.panel.list.chips.setFocus()

    def _taken_in(self, done: Imported) -> None:
        self._end()
        self._done = done
        self.panel.show_done(done)
        self.head_changed.emit()
        self.desk.hub.tell(done.kinds)
        self.desk.saved()
        batch = done.batch or ""
        went_on = "，接着上次做完了" if done.resumed else ""
        self.desk.tell(f"已导入{done.taken}行（{done.file_name}）{went_on}", partial(self.take_back, batch))

    def _taken_back(self, batch: str, changes: tuple[Change, ...]) -> None:
        self._end()
        self.desk.hub.tell({change.kind for change in changes})
        self.desk.saved()
        self.past.refresh()
        if self._done is not None and self._done.batch == batch:
            self.panel.show_undone()
            self.head_changed.emit()
        self.desk.tell(f"已撤销这次导入，涉及{len(changes)}条记录；这本台账可以再导入。")

    def _stopped(self) -> None:
        self._end()
        self.past.refresh()
        # What came in and went again may be on a list.
        self.desk.hub.tell(_MADE_BY_IMPORTS)
        self.desk.tell(ImportStopped.message)

    def _preview_stopped(self) -> None:
        self._end()
        self.start_over()
        self.desk.tell("已停止预览，原有数据没有变化。")

    def _failed(self, wrong: Exception) -> None:
        self._end()
        if isinstance(wrong, LedgerUnreadable):
            self.start_over()
            self.drop.show_wrong(str(wrong))
        elif isinstance(wrong, StoreProblem):
            self.desk.problem(Problem(what=wrong.message, safe="", code=wrong.code))
        else:
            raise wrong

    # ---- small ---------------------------------------------------------------------------------

    def _take_in_act(self) -> Act:
        shown = self._shown
        if shown is None:
            return Act("导入", self.take_in, "F2", enabled=False)
        words = f"导入{shown.taken}行" if shown.taken else "没有要导入的行"
        return Act(words, self.take_in, "F2", enabled=bool(shown.taken) and not self._busy)

    def _kind_chosen(self, kind: str) -> None:
        self.panel.columns.begin()
        self._preview(kind)

    def _columns_changed(self) -> None:
        if self._shown is not None:
            self._preview(self._shown.kind)

    def _dropped(self, path: str) -> None:
        self.look_at(Path(path))

    def _undo_pressed(self) -> None:
        if self._done is not None and self._done.batch is not None:
            self.take_back(self._done.batch)

    def _begin(self) -> None:
        self._busy = True
        self.panel.set_busy(True)
        self.head_changed.emit()

    def _end(self) -> None:
        self._busy = False
        self.panel.set_busy(False)
        self.head_changed.emit()


def _ask_open(parent: QWidget) -> str:
    return ask_for_ledger(parent, "选择台账", _FILTER)


def _ask_save(parent: QWidget, name: str) -> str:
    return ask_for_target(parent, "另存未导入的行", name, "Excel 工作簿 (*.xlsx)")
