"""What outlives a window: the open office, the window on it, making the window anew, its backups."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from lianxin.bootstrap import App, place_warning
from lianxin.office.access.access_log import note_paper
from lianxin.office.handed.rule_files import switch_profile
from lianxin.office.number_jump import jump_to_tell, jump_told
from lianxin.office.overview import office_line, sent_line
from lianxin.office.safekeeping.clock_check import clock_warning
from lianxin.office.sample.making import sample_passphrase
from lianxin.store.backup_file import SUFFIX
from lianxin.store.window_presence import WindowPresence
from lianxin.ui.allowed import tell_window
from lianxin.ui.draft_keeper import DraftKeeper, owned_window
from lianxin.ui.finding import StoreSearch
from lianxin.ui.lock.window_lock import WindowLock
from lianxin.ui.pages import PageEntry
from lianxin.ui.shell import MainWindow
from lianxin.ui.start.backup_rounds import BackupRounds, LeavingWindow
from lianxin.ui.start.letters import write_letters
from lianxin.ui.start.news import tell_news
from lianxin.ui.start.start_window import StartWindow
from lianxin.ui.theme import apply_theme


class Keeper(Protocol):
    """What a page may ask of the one who keeps the window: things that a window cannot do to itself."""

    @property
    def drafts(self) -> DraftKeeper:
        """Drafts of this window."""
        ...

    def set_letters(self, scale: float) -> None:
        """Another size of letters: the window is made anew on the same page."""
        ...

    def set_profile(self, name: str) -> None:
        """Other rules: the window is made anew with them."""
        ...

    def rename(self) -> None:
        """The office's name may have changed."""
        ...

    def restore(self, file: Path, passphrase: str) -> None:
        """Close the office, put a backup in place, and open that."""
        ...

    def put_back(self, aside: Path, passphrase: str) -> None:
        """Close the office, put back what a restore had replaced, and open that."""
        ...

    def lock(self) -> None:
        """Put everything out of sight until the passphrase is typed."""
        ...

    def lock_after(self, minutes: int) -> None:
        """Lock by itself after so many minutes without a touch; 0 is never."""
        ...

    def practise(self) -> None:
        """Show 先练一遍 beside the page."""
        ...


MakeEntries = Callable[[App, Keeper], Sequence[PageEntry]]


class WindowKeeper(QObject):
    """Goes from the start window to the main window and back. `shown(MainWindow)` when there is one."""

    shown = Signal(object)

    def __init__(self, application: QApplication, home: Path, entries: MakeEntries) -> None:
        super().__init__(application)
        self._application, self._home, self._entries = application, home, entries
        self._app: App | None = None
        self._presence: WindowPresence | None = None
        self._drafts: DraftKeeper | None = None
        self._brought: Path | None = None
        self.rounds: BackupRounds | None = None
        self.window: MainWindow | None = None
        self.locking: WindowLock | None = None
        self.start: StartWindow | None = None

    @property
    def drafts(self) -> DraftKeeper:
        """Drafts of this window."""
        assert self._drafts is not None
        return self._drafts

    def begin(self, passphrase: str | None = None, file: Path | None = None) -> None:
        """Show the start window, or with a passphrase go straight to the office.

        `file` was double-clicked: a backup is asked for its passphrase, all else waits for the office to be open.
        """
        self.start = StartWindow(self._home)
        self.start.opened.connect(self.open)
        self.start.show()
        if file is not None and file.suffix == SUFFIX:
            self.start.ask_restore(file)
            return
        self._brought = file
        if passphrase is not None and (self._home / "key.json").exists():
            self.start.unlock(passphrase)
        else:
            self.start.begin()

    def open(self, app: App) -> None:
        """Show the window on an open office."""
        self._app = app
        window_id = owned_window(app.desk.acting.code, app.desk.store.random(8).hex())
        self._presence = WindowPresence(app.home, window_id)
        self._drafts = DraftKeeper(app.desk, window_id)
        self.rounds = BackupRounds(app.desk, self)
        self.rounds.told.connect(self._tell_backup)
        self._make_window("")
        self._take_brought()
        if self.start is not None:
            if self.start.go_on_with and self.window is not None:
                self.window.open_record(self.start.go_on_with, "")
            self.start.close()
            self.start.deleteLater()
            self.start = None

    def set_letters(self, scale: float) -> None:
        """Another size of letters: the window is made anew on the same page."""
        assert self._app is not None
        write_letters(self._app.home, scale)
        self._make_anew(lambda: apply_theme(self._application, scale=scale))

    def set_profile(self, name: str) -> None:
        """Other rules: the window is made anew with them, and the quiet bar has the way back. Raises BadProfile."""
        assert self._app is not None
        before = self._app.desk.profile
        office, _ = switch_profile(self._app.desk, name)
        self._app = App(self._app.home, office)
        self._make_anew(lambda: None)
        if name != before.key and self.window is not None:
            self.window.tell(f"已启用规则库“{office.profile.name}”", partial(self.set_profile, before.key))

    def _make_anew(self, change: Callable[[], None]) -> None:
        """Another window in the place of this one, on the same page; drafts bridge what was being typed."""
        assert self.window is not None
        before, page = self.window, self.window.current_page()
        for key in before.made_pages():
            before.page(key).close_down()
        change()
        geometry = before.saveGeometry()
        self._make_window(page)
        self.window.restoreGeometry(geometry)
        before.close()
        before.deleteLater()

    def rename(self) -> None:
        """The office's name may have changed."""
        if self.window is not None and self._app is not None:
            self.window.set_office(self._office_words())

    def restore(self, file: Path, passphrase: str) -> None:
        """Close the office, put a backup in place, and open that. Raises NotAllowed while the office stays open."""
        self._require_restore()
        self._leave()
        assert self.start is not None
        self.start.restore(file, passphrase)

    def put_back(self, aside: Path, passphrase: str) -> None:
        """Close the office, put back what a restore had replaced, and open that. Raises NotAllowed."""
        self._require_restore()
        self._leave()
        assert self.start is not None
        self.start.put_back(aside, passphrase)

    def lock(self) -> None:
        """Put everything out of sight until the passphrase is typed; the form stays as it stands."""
        if self.locking is not None:
            self.locking.lock()

    def _require_restore(self) -> None:
        if self._app is not None:
            self._app.desk.require("restore")

    def lock_after(self, minutes: int) -> None:
        """Lock by itself after so many minutes without a touch; 0 is never."""
        if self.locking is not None:
            self.locking.idle.set_minutes(minutes)

    def _go_on_as(self, passphrase: str, who: str) -> None:
        """Another person goes on: the window is made anew for him, drafts stay their owner's."""
        self._leave()
        assert self.start is not None
        self.start.unlock(passphrase, who)

    def _back_to_start(self) -> None:
        """Close the office and ask for the passphrase; what was being typed is a draft."""
        self._leave()
        assert self.start is not None
        self.start.begin()

    def practise(self) -> None:
        """Show 先练一遍 beside the page, where it was left; on real data only when somebody asks for it."""
        from lianxin.ui.help.practice_panel import PracticePanel

        assert self._app is not None and self.window is not None
        panel = self.window.findChild(PracticePanel)
        if not isinstance(panel, PracticePanel):
            panel = PracticePanel(self.window, self._app.desk)
            panel.post.connect(self._take_post)
            self.window.put_beside(panel)
        panel.take_up()

    def _take_post(self, page: str, path: Path) -> None:
        assert self.window is not None
        self.window.go(page)
        self.window.page(page).take_file(path)

    def back_up_at_end(self) -> None:
        """The last backup, after the window has closed; a person may skip it."""
        if self.rounds is not None and self.rounds.is_due():
            LeavingWindow(self.rounds).wait()

    def close(self) -> None:
        """Let go of everything; harmless when said twice."""
        if self.rounds is not None:
            self.rounds.end()
            self.rounds.deleteLater()
            self.rounds = None
        if self._presence is not None:
            self._presence.close()
            self._presence = None
        if self._app is not None:
            self._app.close()
            self._app = None

    def _leave(self) -> None:
        """From the main window back to the start window, with nothing of the office held any more."""
        home = self._app.home if self._app is not None else self._home
        self.start = StartWindow(home)
        self.start.opened.connect(self.open)
        self.start.show()
        if self.window is not None:
            self.window.jobs.close()
            self.window.close()
            self.window.deleteLater()
            self.window = self.locking = None
        self.close()

    def _make_window(self, page: str) -> None:
        assert self._app is not None
        office = self._app.desk
        entries = self._entries(self._app, self)
        window = MainWindow(
            entries, office=self._office_words(), search=StoreSearch(office),
            clock=office.store.now, note_paper=partial(note_paper, office),
        )  # fmt: skip
        self.window = window
        tell_window(window, office.acting)
        self.locking = WindowLock(window, self._app)
        self.locking.other.connect(self._go_on_as)
        self.locking.left.connect(self._back_to_start)
        if self.rounds is not None:
            window.status.set_note(self.rounds.words())
        window.hub.follow(
            ("sent-file",), lambda _kinds: window.status.set_right(sent_line(office)), owner=window
        )
        window.status.set_right(sent_line(office))
        # A jump begins with a write, so it is looked for after each.
        window.hub.follow((), lambda _kinds: self._tell_jump(), owner=window)
        self._tell_jump()
        if not window.notice.words():
            self._tell_check()
        if not window.notice.words():
            self._tell_moved()
        if not window.notice.words() and (warning := self._warning()):
            window.notice.tell(warning, lambda: None)
        if not window.notice.words():
            tell_news(window, self._app.desk.store)
        window.resize(1366, 768)
        window.show()
        window.go(page or next((each.key for each in entries if each.at_start), entries[0].key))
        self._offer_practice()
        self.shown.emit(window)

    def _offer_practice(self) -> None:
        """In a sample until it is put away; a county's also needs the files its townships left for it."""
        assert self._app is not None
        desk = self._app.desk
        if sample_passphrase(self._app.home) is None:
            return
        from lianxin.office.safekeeping.practice import COUNTY_STEPS, practice_now, practice_post

        found = practice_now(desk)
        if not found.away and (found.steps != COUNTY_STEPS or practice_post(self._app.home).exists()):
            self.practise()

    def _take_brought(self) -> None:
        """The file that was double-clicked goes to its page, once."""
        file, self._brought = self._brought, None
        if file is not None and self.window is not None:
            self.window.take_file(file)

    def _tell_jump(self) -> None:
        """Once after a copied or restored ledger: the numbers go on a hundred further on, and why."""
        if self._app is None or self.window is None:
            return
        desk = self._app.desk
        words = jump_to_tell(desk)

        def read() -> None:
            jump_told(desk)
            self._tell_check()

        if words:
            self.window.notice.tell(words, read)

    def _tell_moved(self) -> None:
        """On the computer the office moved away from, at every opening, with the way to stay after all."""
        from lianxin.office.safekeeping.moving import moved_out, stay_here

        assert self._app is not None and self.window is not None
        desk, notice = self._app.desk, self.window.notice
        with desk.store.reading() as reading:
            moved = moved_out(desk, reading)
        if moved is None:
            return

        def stay() -> None:
            stay_here(desk)
            notice.hide()

        more = ("不搬了，接着在这台用", stay) if desk.may("restore") else None
        notice.tell(moved.words, lambda: None, more=more)

    def _tell_check(self) -> None:
        """At a county that came from a backup: revocations since are to be looked through, at every opening."""
        from lianxin.county.certificates.after_restore import to_check

        found = to_check(self._app.desk) if self._app is not None else None
        if found is not None and self.window is not None:
            words = f"{found.words}核对完，在“设置与密钥”里按“已核对作废名单”。"
            self.window.notice.tell(words, lambda: None)

    def _warning(self) -> str:
        """What is wrong with this computer, if anything: where the data lie, or its clock."""
        assert self._app is not None
        if (place := place_warning(self._app.home)) or sample_passphrase(self._app.home) is not None:
            return place
        store = self._app.desk.store
        with store.reading() as reading:
            return clock_warning(reading, store.now())

    def _office_words(self) -> str:
        assert self._app is not None
        words = office_line(self._app.desk)
        sample = sample_passphrase(self._app.home) is not None
        return f"{words}（示例数据）" if sample else words

    def _tell_backup(self, words: str) -> None:
        if self.window is not None:
            self.window.status.set_note(words)
