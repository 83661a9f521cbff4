"""What a page is to the window around it, and what a page may ask of that window."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from lianxin.ui.changes import ChangeHub
from lianxin.ui.failures import Problem
from lianxin.ui.jobs import Jobs, Latest
from lianxin.ui.pieces.buttons import Act
from lianxin.ui.theme import px

T = TypeVar("T")

TOWNSHIP_PAGES = (
    ("home", "首页"),
    ("reception", "接待日"),
    ("contacts", "来访走访登记"),
    ("opinions", "意见建议办理"),
    ("suggestions", "代表议案建议"),
    ("deputies", "代表"),
    ("reports", "述职评议"),
    ("meetings", "活动与会议"),
    ("registers", "台账"),
    ("figures", "统计"),
    ("sending", "报送县人大"),
    ("settings", "设置与备份"),
)
"""Keys and words of the township desk, in the order of the rail; the last stands at the bottom."""

COUNTY_PAGES = (
    ("receive", "接收报送"),
    ("matrix", "各乡镇报送情况"),
    ("waiting", "待确认"),
    ("referred", "转报事项办理"),
    ("deputies", "代表"),
    ("figures", "统计与通报"),
    ("returns", "回执与下发资料"),
    ("registers", "台账"),
    ("settings", "设置与密钥"),
)
"""Keys and words of the county desk."""

HELP = "help"
"""Key of the page of the manual, on every desk."""

HELP_PLACE = "help-place"
"""`Desk.open_record(HELP_PLACE, "backup.md#恢复")` opens the manual there."""

COVERAGE = "coverage"
"""Key of the page that says where each line of the five founding documents is served; the help leads to it."""

COUNTY_TABLE = "county-table"
"""Key of the page of 填县里的表, which 统计 leads to."""

DUTIES = "duties"
"""Key of the page of 年度任务进度, which 首页 leads to."""

COUNTY_ASKS = "county-asks"
"""Key of the page of what the county returned, which 报送县人大 and 首页 lead to."""

HANDOVER = "handover"
"""`Desk.open_record(HANDOVER, "")` shows what is left to do after a handover."""

REGISTER = "register"
"""`Desk.open_record(REGISTER, kind)` shows the register of that kind."""

LEDGER = "ledger"
"""`Desk.open_record(LEDGER, kind)` goes to where a ledger of that kind is taken in."""


class Desk(Protocol):
    """What a page may ask of the window around it."""

    @property
    def hub(self) -> ChangeHub:
        """Where writes are told: `desk.hub.tell(kinds)` after each."""
        ...

    @property
    def jobs(self) -> Jobs:
        """Long work with progress and 停止 (import, sending)."""
        ...

    @property
    def reads(self) -> Jobs:
        """Readings of lists, beside the long work."""
        ...

    def tell(self, words: str, undo: Callable[[], None] | None = None, *, action: str = "撤销") -> None:
        """Say what was done in the quiet bar, with the way back."""
        ...

    def saved(self, at: datetime | None = None) -> None:
        """Show ● 已保存到本机 with the time (now when not given). Call after every save and every draft kept."""
        ...

    def not_saved(self, words: str) -> None:
        """Show that the last save did not succeed, and why."""
        ...

    def problem(self, problem: Problem) -> None:
        """Tell an anticipated failure in one calm dialog."""
        ...

    def paper_out(self, name: str) -> bool:
        """A paper or file with personal data is about to leave the program: noted; False when that is refused."""
        ...

    def go(self, page_key: str) -> None:
        """Show a page."""
        ...

    def begin(self, page_key: str) -> None:
        """Show a page and do its main action, as F2 does there."""
        ...

    def open_record(self, kind: str, uid: str) -> None:
        """Show a record on the page that has its kind."""
        ...


class ListPrinter(QObject):
    """What a window keeps as its child to print the lists of its pages."""

    def print_list(self, listed: QWidget | None) -> bool:
        """Print a list, or the one on screen; False when there is none."""
        raise NotImplementedError


@dataclass(frozen=True)
class Head:
    """What stands on top of a page: its title, the one main action (F2), and plain ones. The search is the window's."""

    title: str
    main: Act | None = None
    others: tuple[Act, ...] = ()


class _LeastHeight(QVBoxLayout):
    """Asks for no more height than its contents need at least, so that lists shrink before the page scrolls."""

    _asking = False

    def heightForWidth(self, width: int) -> int:
        # Qt finds the least height by asking this very function first, so the inner question gets the plain answer.
        if self._asking:
            return super().heightForWidth(width)
        self._asking = True
        try:
            return self.minimumHeightForWidth(width)
        finally:
            self._asking = False


class Page(QWidget):
    """Base of every page. Override `head`, `refresh` and what else the page can do; fill `self.body`.

    The window calls `refresh` when the page is shown for the first time, and again when something it follows
    has changed: at once while it is on screen, otherwise when it is next shown.
    """

    head_changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.desk = desk
        self.body = _LeastHeight(self)
        self.body.setContentsMargins(px(20), px(4), px(20), px(16))
        self.body.setSpacing(px(12))
        self._stale, self._latest = True, Latest(self)

    def head(self) -> Head:
        """Title and actions. Emit `head_changed` when they would be others now."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Read and show again what the page shows."""

    def read(self, work: Callable[[], T], show: Callable[[T], None]) -> None:
        """Read beside the window and show what came, unless something else was asked for meanwhile."""
        self._latest.read(self.desk.reads, work, show)

    def open_record(self, kind: str, uid: str) -> None:
        """Show one record."""

    def focus_first(self) -> None:
        """Take the focus when the page comes on screen."""
        self.setFocus()

    def take_file(self, file: Path) -> None:
        """Go on with a file that was double-clicked; asked only of the page that takes files."""

    def focus_filter(self) -> None:
        """Ctrl+F."""

    def print_now(self) -> None:
        """Ctrl+P; a page without a paper of its own prints its list, one that has none says so."""
        printer = self.window().findChild(ListPrinter)
        if printer is not None and printer.print_list(None):
            return
        self.desk.tell("这一页没有要打印的。登记表、台账、报表在各自的页面按 Ctrl+P 打印。")

    def chapter(self) -> str:
        """The place of the manual that tells of what is shown now; "" for that of the page's entry."""
        return ""

    def go_back(self) -> bool:
        """Esc; True when the page had something to go back from."""
        return False

    def close_down(self) -> None:
        """The window closes: keep what is typed."""

    def follow(self, kinds: Iterable[str] = ()) -> None:
        """Refresh when records of these kinds change (all kinds when none are named)."""
        self.desk.hub.follow(kinds, self._changed, owner=self)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self.refresh()

    def _changed(self, _kinds: frozenset[str]) -> None:
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True


class BesideWidget(QWidget):
    """What may stand beside the pages: a column, or a low strip in a narrow window."""

    def set_narrow(self, narrow: bool) -> None:
        """Be a strip, or a column again."""
        raise NotImplementedError


@dataclass(frozen=True)
class PageEntry:
    """A word of the rail and how its page is made, when it is first shown. `kinds` are opened there.

    A page that is not `in_rail` is reached by `Desk.go` only. The window opens with the one `at_start`, else with the
    first; the one that `takes_files` gets what was double-clicked. `chapter` is its place in the manual (F1).
    """

    key: str
    title: str
    factory: Callable[[Desk], Page]
    help: str = ""
    kinds: tuple[str, ...] = ()
    at_bottom: bool = False
    in_rail: bool = True
    takes_files: bool = False
    at_start: bool = False
    chapter: str = ""
