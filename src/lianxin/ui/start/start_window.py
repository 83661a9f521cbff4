"""The small window before the big one: first start, unlocking, bringing a backup back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from lianxin import bootstrap, samples
from lianxin.bootstrap import App
from lianxin.office.desk import NotSetUp, office_of
from lianxin.office.safekeeping.keeping import note_sheet_kept
from lianxin.store.errors import StoreProblem
from lianxin.store.passphrase import Login, RecoveryCode, logins
from lianxin.store.repair import LedgerDamaged
from lianxin.ui.failures import Problem, show_problem
from lianxin.ui.jobs import Cancel, Jobs, Progress
from lianxin.ui.pages import HANDOVER
from lianxin.ui.start.screens import Screen, WelcomeScreen, WorkingScreen
from lianxin.ui.start.unlock import AbsentScreen, RecoverScreen, RestoreScreen, UnlockScreen
from lianxin.ui.theme import dress, px

if TYPE_CHECKING:
    from lianxin.office.safekeeping.moving import MovedIn
    from lianxin.office.safekeeping.setting_up import Beginning
    from lianxin.store.repair import Repaired

# Screens that few starts show are loaded where they are made.

Refuse = Callable[[str], None]
T = TypeVar("T")


class StartWindow(QWidget):
    """`opened(app)` once an office is open; the one who listens shows it and closes this window."""

    opened = Signal(object)

    def __init__(self, home: Path) -> None:
        super().__init__()
        self._home = home
        self._jobs = Jobs(self)
        self._typed = ""
        # What the window shows first, "" for its first page.
        self.go_on_with = ""
        self.setObjectName("ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle("连心")
        self.resize(px(860), px(680))
        dress(self)
        self._stack = QStackedWidget()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)
        self._working = WorkingScreen()

    def begin(self) -> None:
        """Show the screen the data folder asks for."""
        try:
            state = bootstrap.home_state(self._home)
        except StoreProblem as problem:
            self.welcome()
            self.tell(problem)
            return
        if state == "new":
            self.welcome()
        else:
            self.ask_passphrase()

    def now_shown(self) -> Screen:
        """The screen that is shown."""
        frame = self._stack.currentWidget()
        inner = frame.widget() if isinstance(frame, QScrollArea) else None
        assert isinstance(inner, Screen)
        return inner

    def welcome(self) -> None:
        """The first thing a new office sees."""
        screen = WelcomeScreen()
        screen.begin.clicked.connect(self._set_up_asked)
        screen.sample.clicked.connect(self._sample_asked)
        screen.restore.clicked.connect(self._restore_asked)
        screen.county.clicked.connect(partial(self._sample_asked, county=True))
        screen.moving.clicked.connect(self._moving_asked)
        self._show(screen)

    def ask_passphrase(self, problem: str = "") -> None:
        """Unlock, with a sentence why it must be typed again."""
        screen = UnlockScreen(self._home, self._people())
        screen.answered.connect(self.unlock)
        screen.forgot.clicked.connect(self._recover_asked)
        screen.absent.clicked.connect(self._absent_asked)
        screen.restore.clicked.connect(self._restore_asked)
        screen.sample.clicked.connect(self._sample_asked)
        self._show(screen)
        left = bootstrap.wait_left(self._home)
        if problem or left:
            screen.refuse(problem or f"口令连续输错多次，请等{left}秒再试。", left)

    def unlock(self, passphrase: str, who: str = "") -> None:
        """Try a passphrase; a set-up that was cut off goes on with it."""
        self._typed = passphrase

        def work(_progress: Progress, _cancel: Cancel) -> App:
            return bootstrap.unlock(self._home, passphrase, who=who)

        self._run(bootstrap.opening_words(self._home), work, self.opened.emit, self.ask_passphrase)

    def set_up(self, *, known_passphrase: str = "") -> None:
        """Ask what a new office is asked."""
        from lianxin.ui.start.set_up import SetUpScreen

        screen = SetUpScreen()
        if known_passphrase:
            screen.set_known_passphrase(known_passphrase)
        screen.answered.connect(self._answered)
        screen.back.connect(self.begin)
        self._show(screen)

    def tell(self, problem: StoreProblem) -> None:
        """Tell a problem that has no screen of its own."""
        show_problem(Problem(what=problem.message, safe="", code=problem.code), self)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._jobs.close()
        event.accept()

    def _answered(self, beginning: Beginning, passphrase: str) -> None:
        asked = self._stack.currentWidget()

        def work(_progress: Progress, _cancel: Cancel) -> tuple[App, RecoveryCode]:
            if bootstrap.home_state(self._home) == "locked":
                return bootstrap.finish_beginning(self._home, passphrase, beginning)
            return bootstrap.begin(self._home, passphrase, beginning)

        def done(made: tuple[App, RecoveryCode]) -> None:
            self._show_sheet(made[0], beginning.name, made[1])

        def failed(sentence: str) -> None:
            self._stack.setCurrentWidget(asked)
            self.now_shown().say(sentence)

        self._run("正在建立台账…", work, done, failed, keep=True)

    def _show_sheet(self, app: App, office: str, code: RecoveryCode) -> None:
        from lianxin.ui.start.recovery_sheet import SheetFacts
        from lianxin.ui.start.sheet_screen import SheetScreen

        def kept() -> None:
            note_sheet_kept(app.desk)
            self.opened.emit(app)

        def later() -> None:
            self.opened.emit(app)

        facts = SheetFacts(office, app.desk.today(), code.groups)
        self._show(SheetScreen(facts, kept=kept, later=later))

    def _set_up_asked(self) -> None:
        self.set_up()

    def _people(self) -> tuple[Login, ...]:
        """Who has a passphrase here; what is wrong with the keyring is told when it is used."""
        try:
            return logins(self._home)
        except StoreProblem:
            return ()

    def _sample_asked(self, *_pressed: bool, county: bool = False) -> None:
        def work(progress: Progress, _cancel: Cancel) -> App:
            place = samples.sample_home(self._home, county=county)
            return samples.open_sample(place, county=county, tell=progress)

        self._run("正在准备示例数据…", work, self.opened.emit, self._told_and_back)

    def _recover_asked(self) -> None:
        screen = RecoverScreen(self._people())
        screen.back.connect(self.begin)
        screen.answered.connect(self._recover)
        self._show(screen)

    def _recover(self, code: str, new: str, who: str = "") -> None:
        self._typed = new
        asked = self._stack.currentWidget()

        def work(_progress: Progress, _cancel: Cancel) -> App:
            return bootstrap.unlock_with_recovery(self._home, code, new, who=who)

        def failed(sentence: str) -> None:
            self._stack.setCurrentWidget(asked)
            screen = self.now_shown()
            if isinstance(screen, RecoverScreen):
                screen.refuse(sentence)

        self._run("正在打开…", work, self.opened.emit, failed, keep=True)

    def _absent_asked(self) -> None:
        screen = AbsentScreen(self._people())
        screen.back.connect(self.begin)
        screen.answered.connect(self._take_over)
        self._show(screen)

    def _take_over(self, code: str, name: str, passphrase: str, leaving: str) -> None:
        asked = self._stack.currentWidget()

        def work(_progress: Progress, _cancel: Cancel) -> tuple[App, str, RecoveryCode]:
            app, fresh = bootstrap.take_over_absent(
                self._home, code, name=name, passphrase=passphrase, leaving=leaving
            )
            with app.desk.store.reading() as reading:
                return app, office_of(reading).name, fresh

        def done(made: tuple[App, str, RecoveryCode]) -> None:
            self.go_on_with = HANDOVER
            self._show_sheet(*made)

        def failed(sentence: str) -> None:
            self._stack.setCurrentWidget(asked)
            screen = self.now_shown()
            if isinstance(screen, AbsentScreen):
                screen.refuse(sentence)

        self._run("正在打开并接手…", work, done, failed, keep=True)

    def ask_restore(self, file: Path | None = None) -> None:
        """Ask which backup to put in place, or only for the passphrase of this one."""
        screen = RestoreScreen(self._home)
        screen.back.connect(self.begin)
        screen.answered.connect(self.restore)
        self._show(screen)
        if file is not None:
            screen.choose(file)

    def _restore_asked(self) -> None:
        self.ask_restore()

    def restore(self, file: Path, passphrase: str) -> None:
        """Put a backup in place and open it."""
        asked = self._stack.currentWidget()

        def work(progress: Progress, cancel: Cancel) -> App:
            def told(done: int, total: int) -> None:
                progress(done, total, "核对备份")

            bootstrap.restore(self._home, file, passphrase, progress=told, cancelled=cancel)
            return bootstrap.unlock(self._home, passphrase)

        def failed(sentence: str) -> None:
            self._stack.setCurrentWidget(asked)
            screen = self.now_shown()
            if isinstance(screen, RestoreScreen):
                screen.refuse(sentence)
            else:
                self._told_and_back(sentence)

        self._run("正在从备份恢复…", work, self.opened.emit, failed, keep=True)

    def _moving_asked(self) -> None:
        screen = RestoreScreen(self._home, moving=True)
        screen.back.connect(self.begin)
        screen.answered.connect(self.move_in)
        self._show(screen)

    def move_in(self, file: Path, passphrase: str) -> None:
        """从旧电脑搬来: what came is counted on a screen of its own before it is opened."""
        from lianxin.ui.start.repairing import AccountScreen

        asked = self._stack.currentWidget()

        def work(progress: Progress, cancel: Cancel) -> tuple[App, MovedIn]:
            def told(done: int, total: int) -> None:
                progress(done, total, "核对搬家文件")

            return bootstrap.move_in(self._home, file, passphrase, progress=told, cancelled=cancel)

        def done(came: tuple[App, MovedIn]) -> None:
            app, moved = came
            heading = "都搬过来了，一项不少" if moved.whole else "搬过来了，有对不上的，请看下面"
            screen = AccountScreen(heading, moved.words)
            screen.go_on.clicked.connect(partial(self.opened.emit, app))
            self._show(screen)

        def failed(sentence: str) -> None:
            self._stack.setCurrentWidget(asked)
            screen = self.now_shown()
            if isinstance(screen, RestoreScreen):
                screen.refuse(sentence)

        self._run("正在从旧电脑搬来…", work, done, failed, keep=True)

    def put_back(self, aside: Path, passphrase: str) -> None:
        """Undo a restore and open what was there before it."""
        self._typed = passphrase

        def work(_progress: Progress, _cancel: Cancel) -> App:
            bootstrap.put_back(self._home, aside, passphrase)
            return bootstrap.unlock(self._home, passphrase)

        self._run("正在换回原来的数据…", work, self.opened.emit, self._told_and_back)

    def ask_repair(self, damaged: LedgerDamaged) -> None:
        """Say what is damaged and offer to mend it."""
        from lianxin.ui.sending.sticks import sticks
        from lianxin.ui.start.repairing import RepairScreen

        screen = RepairScreen(damaged.message, lambda: bootstrap.backup_at_hand(self._home, sticks()))
        screen.mend.clicked.connect(partial(self._repair, damaged))
        screen.restore.clicked.connect(self._restore_asked)
        screen.back.clicked.connect(self.begin)
        self._show(screen)

    def _repair(self, damaged: LedgerDamaged) -> None:
        from lianxin.office.safekeeping.repair_account import account
        from lianxin.ui.sending.sticks import sticks
        from lianxin.ui.start.repairing import AccountScreen

        plugged = sticks()

        def work(_progress: Progress, _cancel: Cancel) -> Repaired:
            return bootstrap.repair(self._home, damaged, plugged=plugged)

        def done(repaired: Repaired) -> None:
            heading = "修复好了，没有丢失" if repaired.whole else "修复好了，请看缺了什么"
            screen = AccountScreen(heading, account(repaired))
            screen.go_on.clicked.connect(self._unlock_again)
            self._show(screen)

        self._run("正在修复…", work, done, self._told_and_back)

    def _unlock_again(self) -> None:
        self.unlock(self._typed)

    def _told_and_back(self, sentence: str) -> None:
        self.begin()
        self.now_shown().say(sentence)

    def _run(
        self,
        heading: str,
        work: Callable[[Progress, Cancel], T],
        done: Callable[[T], None],
        failed: Refuse,
        *,
        keep: bool = False,
    ) -> None:
        """Work in the background with the waiting screen; problems come back as one sentence."""
        self._working = WorkingScreen()
        self._working.begin(heading)
        self._show(self._working, keep=keep)

        def wrong(error: Exception) -> None:
            if isinstance(error, NotSetUp):
                self.set_up(known_passphrase=self._typed)
            elif isinstance(error, LedgerDamaged):
                self.ask_repair(error)
            elif isinstance(error, StoreProblem):
                failed(error.message)
            else:
                failed("没有做成，已有的数据没有改动。请再试一次；若仍不行，请把日志交给维护人员。")
                raise error

        job = self._jobs.start(work, title="", done=done, failed=wrong, owner=self)
        job.progressed.connect(self._working.tell)

    def _show(self, screen: Screen, *, keep: bool = False) -> None:
        """Show a screen; the one before is thrown away unless the way back leads to it."""
        before = self._stack.currentWidget()
        frame = QScrollArea()
        frame.setWidgetResizable(True)
        frame.setFrameShape(QFrame.Shape.NoFrame)
        frame.setWidget(screen)
        self._stack.addWidget(frame)
        self._stack.setCurrentWidget(frame)
        if self._stack.count() > 1 and not keep:
            self._stack.removeWidget(before)
            before.deleteLater()
        screen.focus_first()
