"""The backups nobody has to think of: a while after opening, every half hour while something changes, on leaving."""

from __future__ import annotations

import logging
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from lianxin.office.desk import Desk
from lianxin.office.safekeeping.backups import back_up_automatically, backup_line, has_changed
from lianxin.store.backup import CopyFailed
from lianxin.store.backup_file import BackupDamaged, Stopped
from lianxin.store.database import DatabaseDamaged
from lianxin.store.errors import StoreProblem
from lianxin.store.repair import ask_check
from lianxin.ui.jobs import Cancel, Job, Jobs, Progress
from lianxin.ui.pieces.buttons import button, label
from lianxin.ui.theme import dress, px

FIRST_AFTER_MS = 20_000
"""The first round waits until the window is at rest."""
EVERY_MS = 30 * 60_000

_log = logging.getLogger(__name__)


class BackupRounds(QObject):
    """`told(words)` for the status line. It has a worker of its own, so that no work of the clerk waits for it."""

    told = Signal(str)
    failed = Signal(str)

    def __init__(self, office: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._office, self._jobs = office, Jobs(self)
        self._first, self._every = QTimer(self), QTimer(self)
        self._first.setSingleShot(True)
        for timer, wait in ((self._first, FIRST_AFTER_MS), (self._every, EVERY_MS)):
            timer.timeout.connect(self.make)
            timer.start(wait)

    def words(self) -> str:
        """When and where the latest backup was made."""
        with self._office.store.reading() as reading:
            return backup_line(reading, self._office.store.now())

    def is_due(self) -> bool:
        """Whether anything changed since the latest backup."""
        with self._office.store.reading() as reading:
            return has_changed(reading)

    def make(self) -> Job | None:
        """Make a backup beside the window's work if anything changed; None while one is under way."""
        if self._jobs.busy():
            return None

        def work(progress: Progress, cancel: Cancel) -> Path | None:
            def told(done: int, total: int) -> None:
                progress(done, total, "")

            return back_up_automatically(self._office, progress=told, cancelled=cancel)

        return self._jobs.start(work, title="自动备份", done=self._made, failed=self._not_made, owner=self)

    def end(self) -> None:
        """Stop; a backup under way leaves nothing behind. Comes before the office is closed."""
        self._first.stop()
        self._every.stop()
        self._jobs.close()

    def _made(self, _path: Path | None) -> None:
        self.told.emit(self.words())

    def _not_made(self, wrong: Exception) -> None:
        if isinstance(wrong, Stopped):
            return
        if not isinstance(wrong, StoreProblem) or isinstance(
            wrong, DatabaseDamaged | BackupDamaged | CopyFailed
        ):
            # Perhaps a page that no longer reads: the next start looks at all of them.
            with suppress(OSError):
                ask_check(self._office.store.home)
        # The next round tries again; the status line keeps saying how old the latest one is.
        _log.warning("the automatic backup was not made: %s", type(wrong).__name__)
        self.told.emit(f"自动备份没有做成，{self.words()}")
        self.failed.emit(str(wrong))


class LeavingWindow(QWidget):
    """正在备份…, while the program ends; 跳过 leaves at once."""

    def __init__(self, rounds: BackupRounds) -> None:
        super().__init__(None, Qt.WindowType.Dialog | Qt.WindowType.WindowStaysOnTopHint)
        self._rounds, self._loop = rounds, QEventLoop(self)
        self.setObjectName("ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle("连心")
        self.setMinimumWidth(px(420))
        dress(self)
        box = QVBoxLayout(self)
        box.setContentsMargins(px(24), px(20), px(24), px(20))
        box.setSpacing(px(12))
        box.addWidget(label("正在备份…", "heading"))
        box.addWidget(label("已保存的内容都在本机。备份好就自动退出，一般几秒钟。", "soft", wrap=True))
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName("备份进度")
        box.addWidget(self._bar)
        self.skip = button("跳过，直接退出", act=self._loop.quit)
        box.addWidget(self.skip, 0, Qt.AlignmentFlag.AlignRight)

    def wait(self) -> None:
        """Make the backup and come back when it is done, failed or skipped."""
        job = self._rounds.make()
        if job is None:
            return
        job.progressed.connect(self._progressed)
        job.ended.connect(self._loop.quit)
        self.show()
        self._loop.exec()
        self.hide()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._loop.quit()
        event.accept()

    def _progressed(self, done: int, total: int, _words: str) -> None:
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(done)
