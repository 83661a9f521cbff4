"""接收报送: drop files, see what each is, receive the good ones in one act; what came before stays below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Protocol

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QWidget

from lianxin.county.received.batch import Batch, look_at, take
from lianxin.county.received.files_told import FileTold, Paper, logged_file, resend_words
from lianxin.county.received.papers_inside import open_paper
from lianxin.domain.dictionary import kinds
from lianxin.domain.records import ReceivedFile as LoggedFile
from lianxin.office.desk import Desk, office_of
from lianxin.office.receiving.taking_back import TakenBack, undo_receive
from lianxin.store import backup_file
from lianxin.store.errors import StoreProblem
from lianxin.ui.asking.files import ask_folder
from lianxin.ui.county.behalf.flow import BehalfFlow
from lianxin.ui.county.drop_line import DropLine, ask_files, reports_on
from lianxin.ui.county.received.file_panel import FilePanel
from lianxin.ui.county.received.receive_lists import ReceiveLists
from lianxin.ui.county.received.review_flow import ReviewFlow
from lianxin.ui.failures import Problem
from lianxin.ui.jobs import Cancel, Progress, Stopped
from lianxin.ui.pages import Desk as Window
from lianxin.ui.pages import Head, Page
from lianxin.ui.pieces import Act, TwoPanes
from lianxin.ui.sending.receipt_card import dropped_paths
from lianxin.ui.sending.sticks import sticks

NOT_CHANGED = "已接收的内容都在，这一步没有做完的没有导入。"


def _open(path: Path) -> bool:
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


class _BatchAct(Protocol):
    """`look_at` and `take`, once they know of what."""

    def __call__(self, *, progress: Callable[[int, int], None], cancelled: Cancel) -> Batch: ...


class ReceivePage(Page):
    """What is asked and shown stands for the dialogs, the sticks and the programs that show a document."""

    def __init__(
        self,
        window: Window,
        office: Desk,
        *,
        files_asked: Callable[[QWidget], list[Path]] = ask_files,
        folder_asked: Callable[[QWidget, str], str] = ask_folder,
        sticks_found: Callable[[], list[Path]] = sticks,
        show_paper: Callable[[Path], bool] = _open,
    ) -> None:
        super().__init__(window)
        self.office = office
        self._ask_files, self._ask_folder = files_asked, folder_asked
        self._sticks, self._show_paper = sticks_found, show_paper
        self._batch: Batch | None = None
        self._busy, self._began = False, 0.0
        self.setAcceptDrops(True)
        self.drop = DropLine()
        self.drop.dropped.connect(self.look_at)
        self.drop.files_asked.connect(self.choose_files)
        self.drop.folder_asked.connect(self.choose_folder)
        self.drop.stick_asked.connect(self.from_stick)
        self.lists = ReceiveLists(office, self.desk.reads)
        self.filter, self._summary = self.lists.filter, self.lists.summary
        self.files, self.history = self.lists.files, self.lists.history
        self.lists.picked.connect(self._picked)
        self.lists.past_picked.connect(self._past_picked)
        self.panel = FilePanel(office.store.now().tzinfo)
        self.panel.paper_asked.connect(self.open_paper)
        self.panel.copy_asked.connect(self.copy_words)
        self.panel.back_asked.connect(self.take_back)
        self.panel.waiting_asked.connect(lambda: self.desk.go("waiting"))
        self.panel.record_asked.connect(self._open_record)
        self.review = ReviewFlow(self, window, office, self.panel)
        self.body.addWidget(self.drop)
        self.body.addWidget(self.lists.chips)
        self.panes = TwoPanes(
            self.lists, self.panel, names=("文件", "这一份"), shares=(2, 1), least=(540, 350)
        )
        self.lists.opened.connect(self.panes.show_right)
        self.body.addWidget(self.panes, 1)
        replaced = (self.drop, self.lists.chips, self.panes)
        self.behalf = BehalfFlow(self, window, office, replaced, self.look_at)
        self.behalf.lay_into(self.body)
        self._show_batch(None)
        self.follow([LoggedFile.KIND, "enrolment"])

    # ---- what the window asks -----------------------------------------------------------------

    def head(self) -> Head:
        """The red button is the next thing: choose files, receive them, begin again."""
        batch, free = self._batch, not self._busy
        if self.behalf.active:
            return self.behalf.head()
        if batch is None:
            choose = Act("选择文件", self.choose_files, "F2", enabled=free)
            return Head("接收报送", choose, self.behalf.others())
        if any(each.looked_at for each in batch.files):
            words = f"接收{batch.to_take}份" if batch.to_take else "记下结论"
            hint = "" if batch.to_take else "没有可以接收的；结论记在下面，另存待查的原样留存"
            return Head(
                "接收报送",
                Act(words, self.take, "F2", hint, enabled=free),
                (Act("先不接收", self.put_away, enabled=free),),
            )
        return Head(
            "接收报送",
            Act("接收下一批", self.choose_files, "F2", enabled=free),
            (
                Act("去写回执", lambda: self.desk.go("returns")),
                Act("收起这一批", self.put_away, enabled=free),
            ),
        )

    def refresh(self) -> None:
        """The log may have grown."""
        self.history.refresh()

    def focus_first(self) -> None:
        """The files of the batch, or the button that chooses some."""
        if self._batch is None:
            self.drop.files.setFocus()
        else:
            self.files.setFocus()

    def focus_filter(self) -> None:
        """Ctrl+F."""
        (self.files if self._batch is not None else self.history).focus_filter()

    def go_back(self) -> bool:
        """Esc: from the file to the list, then the batch away."""
        if self.behalf.put_away() or self.panes.go_back():
            return True
        if self._batch is None or self._busy:
            return False
        self.put_away()
        return True

    def open_record(self, kind: str, uid: str) -> None:
        """Show one file of the log."""
        self.history.select(uid)
        self._past_picked(uid)
        self.panes.show_right()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if not self._busy and dropped_paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = dropped_paths(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.look_at(paths)

    # ---- what the clerk does ------------------------------------------------------------------

    def take_file(self, file: Path) -> None:
        self.look_at([file])

    def choose_files(self) -> None:
        """选择文件."""
        self.look_at(self._ask_files(self))

    def choose_folder(self) -> None:
        """选择文件夹: every file of it."""
        told = self._ask_folder(self, "选择放报送件的文件夹")
        if told:
            self.look_at([Path(told)])

    def from_stick(self) -> None:
        """从U盘读取: without a dialog when reports are found on one."""
        found = reports_on(self._sticks())
        if found:
            self.look_at(found)
            return
        told = self._ask_folder(self, "没有找到插好的U盘里有报送件，请选择U盘或文件夹")
        if told:
            self.look_at(reports_on([Path(told)]) or [Path(told)])

    def look_at(self, paths: Sequence[Path]) -> None:
        """Verify and preview; nothing is stored."""
        paths = [] if self._busy else self.behalf.begin(paths)
        if not paths:
            return
        self._run("正在核验", partial(look_at, self.office, paths), self._looked)

    def take(self) -> None:
        """接收N份."""
        if self._batch is not None and not self._busy:
            self._run("正在接收", partial(take, self.office, self._batch), self._taken)

    def put_away(self) -> None:
        """The batch leaves the page; what was received stays received."""
        if not self._busy:
            self._show_batch(None)
            self.focus_first()

    def take_back(self) -> None:
        """撤回这一份."""
        told, office = self.panel.told(), self.office
        if told is None or not told.may_take_back or self._busy:
            return
        place = told.place

        def work(_progress: Progress, _cancel: Cancel) -> TakenBack:
            return undo_receive(office, place)

        self._start("正在撤回")
        self.desk.jobs.start(
            work, title="正在撤回", done=partial(self._taken_back, told), failed=self._failed, owner=self
        )

    def copy_words(self) -> None:
        """复制请重报的话."""
        told = self.panel.told()
        if told is not None:
            QGuiApplication.clipboard().setText(self.words_for(told))
            self.desk.tell("已复制，可以粘贴给乡镇。")

    def words_for(self, told: FileTold) -> str:
        """The line for the township."""
        with self.office.store.reading() as reading:
            county = office_of(reading)
        return resend_words(told, county=county.short_name or county.name, today=self.office.today())

    def open_paper(self, paper: Paper) -> None:
        """Look at one document of the bundle."""
        told = self.panel.told()
        if told is None:
            return
        try:
            copy = open_paper(self.office, told, paper)
        except StoreProblem as wrong:
            self.desk.problem(Problem(what=wrong.message, safe="", code=wrong.code))
            return
        shown = self._show_paper(copy)
        self.desk.tell(f"已打开“{paper.name}”（只读副本）" if shown else f"副本在：{copy}")

    def batch(self) -> Batch | None:
        """What is looked at or was received last; None for nothing."""
        return self._batch

    def said(self) -> str:
        """The line above the list."""
        return self._summary.text()

    # ---- what comes back ----------------------------------------------------------------------

    def _looked(self, batch: Batch) -> None:
        self._end()
        took = f"，核验用时{max(monotonic() - self._began, 0.1):.1f}秒"
        self._show_batch(batch, f"{len(batch.files)}个文件{took}。还没有导入。")
        self.files.setFocus()

    def _taken(self, batch: Batch) -> None:
        self._end()
        done = [each for each in batch.files if not each.looked_at and each.verdict in ("accept", "conflict")]
        new, changed = sum(each.new for each in done), sum(each.changed for each in done)
        left = sum(1 for each in batch.files if each.looked_at)
        rest = f"已停止，还有{left}份没有接收。" if left else ""
        words = f"已接收{len(done)}份：新增{new}条、修改{changed}条。{rest}"
        self._show_batch(batch, words)
        self.files.setFocus()
        self.desk.saved()
        self.desk.hub.tell({cls.KIND for cls in kinds()})
        self.desk.tell(words, partial(self.desk.go, "returns"), action="去写回执")

    def _taken_back(self, told: FileTold, back: TakenBack) -> None:
        self._end()
        waits = {each.place for each in back.held}
        if self._batch is not None:
            self._show_batch(self._batch.without(told.place, waits), self._summary.text())
        self.panel.show_file(None)
        self.desk.saved()
        self.desk.hub.tell({cls.KIND for cls in kinds()})
        further = f"；靠它的{len(waits)}份重新暂存等待" if waits else ""
        source = told.source
        again = partial(self.look_at, [source]) if source is not None else None
        self.desk.tell(
            f"已撤回{told.who} {told.issue}，涉及{back.records}条记录{further}。", again, action="重新核验"
        )

    def _stopped(self) -> None:
        self._end()
        self.desk.tell("已停止，没有导入任何内容。")

    def _failed(self, wrong: Exception) -> None:
        self._end()
        if not isinstance(wrong, StoreProblem):
            raise wrong
        self.desk.hub.tell([LoggedFile.KIND])
        self.desk.problem(Problem(what=wrong.message, safe=NOT_CHANGED, code=wrong.code))

    # ---- small --------------------------------------------------------------------------------

    def _show_batch(self, batch: Batch | None, words: str = "") -> None:
        self._batch = batch
        self._summary.setText(words)
        self.lists.show_batch(batch)
        self.head_changed.emit()
        if batch is None:
            self.panel.show_file(None)
        else:
            self._picked(self.files.current_key())

    def _picked(self, key: str) -> None:
        told = self.lists.file(key)
        if told is not None and self._batch is not None:
            self.lists.leave_history()
            self.panel.show_file(told, self._batch.review_of(key))
            self.review.look_up(told.place if not told.looked_at else "")

    def _past_picked(self, uid: str) -> None:
        if uid:
            self.lists.leave_files()
            told = logged_file(self.office, uid)
            self.panel.show_file(told)
            self.review.look_up(told.place if told is not None else "")

    def _open_record(self, kind: str, uid: str) -> None:
        told = self.panel.told()
        if told is not None and told.looked_at:
            self.desk.tell("还没有接收，接收以后可以在台账里打开。")
        else:
            self.desk.open_record(kind, uid)

    def _run(self, words: str, act: _BatchAct, done: Callable[[Batch], None]) -> None:
        """Verify or receive with progress; what the store calls stopped is the clerk's word."""

        def work(progress: Progress, cancel: Cancel) -> Batch:
            try:
                return act(progress=lambda at, total: progress(at, total, ""), cancelled=cancel)
            except backup_file.Stopped:
                raise Stopped from None

        self._start(words)
        self.desk.jobs.start(
            work, title=words, done=done, failed=self._failed, stopped=self._stopped, owner=self
        )

    def _start(self, words: str) -> None:
        self._busy, self._began = True, monotonic()
        # A button that is switched off would hand the focus to a list, which would then choose a row.
        self.setFocus()
        self.drop.set_busy(True)
        self._summary.setText(f"{words}…")
        self.panel.setEnabled(False)
        self.head_changed.emit()

    def _end(self) -> None:
        self._busy = False
        self.drop.set_busy(False)
        self.panel.setEnabled(True)
        self.head_changed.emit()
