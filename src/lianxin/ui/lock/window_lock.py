"""Locking the window of an open office: by hand, after a while without a touch, and with Windows itself."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence, QShortcut

from lianxin import bootstrap
from lianxin.bootstrap import App
from lianxin.office.access.locking import lock_minutes
from lianxin.office.sample.making import sample_passphrase
from lianxin.store.errors import StoreProblem
from lianxin.store.passphrase import Opened, logins
from lianxin.ui.jobs import Cancel, Jobs, Progress
from lianxin.ui.lock.idle import IdleWatch
from lianxin.ui.lock.lock_dialog import LockDialog
from lianxin.ui.lock.session import watch_session
from lianxin.ui.shell import MainWindow

LOCK_KEYS = "Ctrl+Shift+L"
"""Ctrl+L takes over the last address in the form of a visit."""


class WindowLock(QObject):
    """`other(passphrase, who)` when somebody else wants to go on, `left` to go back to the first screen."""

    other = Signal(str, str)
    left = Signal()

    def __init__(self, window: MainWindow, app: App, *, seconds: Callable[[], float] = monotonic) -> None:
        super().__init__(window)
        self._window, self._app = window, app
        self._jobs = Jobs(self)
        self.dialog: LockDialog | None = None
        QShortcut(QKeySequence(LOCK_KEYS), window).activated.connect(self.lock)
        # The passphrase of a sample lies openly beside it: locking it would only lock out who looks around.
        sample = sample_passphrase(app.home) is not None
        minutes = 0 if sample else lock_minutes(app.desk)
        self.idle = IdleWatch(minutes=minutes, seconds=seconds, parent=self)
        self.idle.due.connect(self._idle_for_long)
        self._session = None if sample else watch_session(window, self._windows_locked)

    def lock(self, why: str = "") -> None:
        """Lock now; harmless when it is locked."""
        if self.dialog is not None:
            return
        self._window.keep_typed()
        actor = self._app.desk.acting.code
        self.dialog = LockDialog(self._window, logins(self._app.home), actor=actor, why=why)
        self.dialog.answered.connect(self._answered)
        self.dialog.left.connect(self._leave)

    def unlocked(self) -> bool:
        """Whether the window can be used."""
        return self.dialog is None

    def _answered(self, passphrase: str, who: str) -> None:
        home = self._app.home

        def work(_progress: Progress, _cancel: Cancel) -> Opened:
            return bootstrap.who_opens(home, passphrase, who=who)

        def done(opened: Opened) -> None:
            self._opened(opened, passphrase)

        def failed(wrong: Exception) -> None:
            if not isinstance(wrong, StoreProblem):
                raise wrong
            if self.dialog is not None:
                self.dialog.refuse(wrong.message, bootstrap.wait_left(home))

        self._jobs.start(work, title="", done=done, failed=failed, owner=self)

    def _opened(self, opened: Opened, passphrase: str) -> None:
        if self.dialog is None:
            return
        if opened.actor != self._app.desk.acting.code and self._window.jobs.busy():
            self.dialog.refuse("前一位的工作还没有做完（如导入、备份），请等它做完再换人。")
            return
        dialog, self.dialog = self.dialog, None
        dialog.release()
        self.idle.touch()
        if opened.actor != self._app.desk.acting.code:
            self.other.emit(passphrase, opened.actor)

    def _leave(self) -> None:
        if self.dialog is not None:
            dialog, self.dialog = self.dialog, None
            dialog.release()
            self.left.emit()

    def _idle_for_long(self) -> None:
        self.lock("有一阵没有人操作，自动锁定了。")

    def _windows_locked(self) -> None:
        self.lock("电脑锁屏时一起锁定了。")
