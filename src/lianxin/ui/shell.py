"""The main window: rail, headline, the page that is shown, status line; the keys that work everywhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from lianxin.store.acting import NotAllowed
from lianxin.ui.changes import ChangeHub
from lianxin.ui.failures import Problem, ProblemDialog
from lianxin.ui.headline import Headline
from lianxin.ui.help.help_panel import HelpPanel
from lianxin.ui.jobs import Job, Jobs
from lianxin.ui.list_printer import ShownListPrinter
from lianxin.ui.pages import COVERAGE, HELP, BesideWidget, Page, PageEntry
from lianxin.ui.pieces.notice import NoticeBar
from lianxin.ui.rail import DIGITS, Rail
from lianxin.ui.search_box import SearchBox, SearchService
from lianxin.ui.status_line import StatusLine
from lianxin.ui.theme import dress, px

LEAST_WIDTH, LEAST_HEIGHT = 1280, 680
NARROW_BELOW = 1120


class MainWindow(QMainWindow):
    """Shows one page at a time, made when first asked for. To its pages it is the Desk (see pages.py)."""

    def __init__(
        self,
        entries: Sequence[PageEntry],
        *,
        office: str,
        search: SearchService,
        clock: Callable[[], datetime],
        brand: str = "连心",
        hub: ChangeHub | None = None,
        jobs: Jobs | None = None,
        reads: Jobs | None = None,
        note_paper: Callable[[str], None] | None = None,
    ) -> None:
        super().__init__()
        self._entries = {entry.key: entry for entry in entries}
        self._clock, self._note_paper = clock, note_paper
        self._hub = hub or ChangeHub(self)
        self._jobs, self._reads = jobs or Jobs(self), reads or Jobs(self)
        self._pages: dict[str, Page] = {}
        self._frames: dict[str, QScrollArea] = {}
        self._current, self._warned_of_work = "", False
        self._beside: list[BesideWidget] = []
        self._narrow = False
        self._rail = Rail([entry for entry in entries if entry.in_rail], brand=brand, office=office)
        self._rail.chosen.connect(self.go)
        self._search = SearchBox(search)
        self._search.opened.connect(self.open_record)
        self._headline = Headline(self._search)
        self._stack = QStackedWidget()
        self._help = HelpPanel()
        self._help.closed.connect(self._help.hide)
        self._help.opened.connect(self._read_on)
        if COVERAGE in self._entries:
            self._help.offer(self._entries[COVERAGE].title, partial(self.go, COVERAGE))
        self._status = StatusLine()
        self._notice = NoticeBar()
        self._jobs.started.connect(self._job_started)
        self.setWindowTitle(f"{brand} · {office}" if office else brand)
        self._lists = ShownListPrinter(self, self, office=self._rail.office, page=self._shown)
        self._lay_out()
        self._add_keys()
        room = self.screen().availableSize()
        self.setMinimumSize(QSize(LEAST_WIDTH, LEAST_HEIGHT).boundedTo(room))
        dress(self)

    @property
    def hub(self) -> ChangeHub:
        """Where writes are told."""
        return self._hub

    @property
    def jobs(self) -> Jobs:
        """Long work."""
        return self._jobs

    @property
    def reads(self) -> Jobs:
        """Readings of lists."""
        return self._reads

    @property
    def status(self) -> StatusLine:
        """The line at the bottom."""
        return self._status

    @property
    def notice(self) -> NoticeBar:
        """What has to be read once, above the page."""
        return self._notice

    @property
    def headline(self) -> Headline:
        """The line at the top."""
        return self._headline

    def go(self, page_key: str) -> None:
        """Show a page; made now when it never was. KeyError for a key that is no page."""
        entry = self._entries[page_key]
        page = self.page(page_key)
        self._current = page_key
        self._rail.set_current(page_key)
        self._headline.show_head(page.head())
        self._stack.setCurrentWidget(self._frames[page_key])
        page.focus_first()
        if page_key == HELP:
            self._help.hide()
        elif not self._help.isHidden():
            self._show_help(entry)

    def begin(self, page_key: str) -> None:
        """Show a page and do its main action, as F2 does there."""
        self.go(page_key)
        self._main_action()

    def page(self, page_key: str) -> Page:
        """The page of a key, made when it never was."""
        made = self._pages.get(page_key)
        if made is None:
            made = self._pages[page_key] = self._entries[page_key].factory(self)
            made.head_changed.connect(self._head_changed)
            frame = QScrollArea()
            frame.setWidgetResizable(True)
            frame.setFrameShape(QFrame.Shape.NoFrame)
            frame.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            frame.setWidget(made)
            self._frames[page_key] = frame
            self._stack.addWidget(frame)
        return made

    def keep_typed(self) -> None:
        """Keep what is typed on every page as drafts; nothing on screen changes."""
        for page in self._pages.values():
            page.close_down()

    def made_pages(self) -> tuple[str, ...]:
        """The keys of the pages made so far."""
        return tuple(self._pages)

    def current_page(self) -> str:
        """The key of the page that is shown, "" before the first."""
        return self._current

    def open_record(self, kind: str, uid: str) -> None:
        """Show a record on the page that has its kind; says so when none has."""
        for key, entry in self._entries.items():
            if kind in entry.kinds:
                self.go(key)
                self._pages[key].open_record(kind, uid)
                return
        self.tell("这一类记录还没有自己的页面，可在“台账”里查看。")

    def take_file(self, file: Path) -> None:
        """Go on with a file that was double-clicked, on the page that takes files."""
        key = next(key for key, entry in self._entries.items() if entry.takes_files)
        self.go(key)
        self._pages[key].take_file(file)

    def tell(self, words: str, undo: Callable[[], None] | None = None, *, action: str = "撤销") -> None:
        """Say what was done in the quiet bar, with the way back."""
        self._status.quiet.tell(words, undo, action=action)

    def saved(self, at: datetime | None = None) -> None:
        """Show that everything is on this computer."""
        self._status.show_saved(at or self._clock())

    def not_saved(self, words: str) -> None:
        """Show that the last save did not succeed, and why."""
        self._status.show_not_saved(words)

    def problem(self, problem: Problem) -> None:
        """Tell a failure in one calm dialog."""
        ProblemDialog(problem, self).exec()

    def paper_out(self, name: str) -> bool:
        """Note a paper with personal data before it leaves; a role that may not see them is told why."""
        try:
            if self._note_paper is not None:
                self._note_paper(name)
        except NotAllowed as refused:
            self.problem(Problem(what=refused.message, safe="", code=refused.code))
            return False
        return True

    def set_office(self, office: str) -> None:
        """Show another name below the brand."""
        self._rail.set_office(office)
        self.setWindowTitle(f"连心 · {office}")

    def show_help(self) -> None:
        """F1: show the help of the page, or put it away."""
        if not self._help.isHidden():
            self._help.hide()
            return
        entry = self._entries.get(self._current)
        if entry is not None:
            self._show_help(entry)

    def put_beside(self, widget: BesideWidget) -> None:
        """Put something at the right of the pages, below them in a narrow window, that stays while they change."""
        self._beside.append(widget)
        self._place_beside(widget)

    def _focus_search(self) -> None:
        """Ctrl+K: go to the search."""
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if not self._help.isHidden():
                self._help.hide()
            elif not (self._current and self._pages[self._current].go_back()):
                self._status.quiet.put_away()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < px(NARROW_BELOW)
        if narrow != self._narrow:
            self._narrow = narrow
            self._rail.set_narrow(narrow)
            for widget in self._beside:
                self._place_beside(widget)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._jobs.busy() and not self._warned_of_work:
            self._warned_of_work = True
            self.tell("还有工作没有做完。请等它做完，或再关一次：停下它并退出。")
            event.ignore()
            return
        self.keep_typed()
        self._jobs.close()
        self._reads.close()
        event.accept()

    def _lay_out(self) -> None:
        self._middle = middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self._stack, 1)
        middle.addWidget(self._help)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self._headline)
        right.addWidget(self._notice)
        right.addLayout(middle, 1)
        self._below = QVBoxLayout()
        right.addLayout(self._below)
        upper = QHBoxLayout()
        upper.setSpacing(0)
        upper.addWidget(self._rail)
        upper.addLayout(right, 1)
        ground = QWidget()
        ground.setObjectName("ground")
        whole = QVBoxLayout(ground)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(upper, 1)
        whole.addWidget(self._status)
        self.setCentralWidget(ground)

    def _add_keys(self) -> None:
        for keys, act in (
            ("Ctrl+K", self._focus_search),
            ("F1", self.show_help),
            ("F2", self._main_action),
            ("Ctrl+F", self._filter),
            ("Ctrl+P", self._print),
            ("Ctrl+Shift+P", self._print_shown_list),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)
        listed = [key for key, entry in self._entries.items() if entry.in_rail]
        for place, key in enumerate(listed[:DIGITS], 1):
            shortcut = QShortcut(QKeySequence(f"Alt+{place % DIGITS}"), self)
            shortcut.activated.connect(partial(self.go, key))

    def _place_beside(self, widget: BesideWidget) -> None:
        widget.set_narrow(self._narrow)
        (self._below if self._narrow else self._middle).addWidget(widget)

    def _show_help(self, entry: PageEntry) -> None:
        self._help.show_help(entry.title, entry.help, self._pages[entry.key].chapter() or entry.chapter)

    def _read_on(self, kind: str, place: str) -> None:
        self._help.hide()
        self.open_record(kind, place)

    def _shown(self) -> Page | None:
        return self._pages.get(self._current)

    def _main_action(self) -> None:
        made = self._headline.main_button() or self._headline.button_of("F2")
        if made is not None and made.isEnabled():
            made.click()

    def _filter(self) -> None:
        page = self._shown()
        if page is not None:
            page.focus_filter()

    def _print(self) -> None:
        page = self._shown()
        if page is not None:
            page.print_now()

    def _print_shown_list(self) -> None:
        if not self._lists.print_list(None):
            self.tell("这一页没有列表。登记表、报表按 Ctrl+P 打印。")

    def _head_changed(self) -> None:
        page = self._shown()
        if page is not None and self.sender() is page:
            self._headline.show_head(page.head())

    def _job_started(self, job: Job) -> None:
        self._warned_of_work = False
        self._status.progress.follow(job)
