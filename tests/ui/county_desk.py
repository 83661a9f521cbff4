"""A county's window on a real ledger, with what its dialogs answer and what was told."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from lianxin.bootstrap import App
from lianxin.office.desk import Desk
from lianxin.ui.county.entries import county_entries
from lianxin.ui.county.outgoing.receipts_page import ReturnsPage
from lianxin.ui.county.received.receive_page import ReceivePage
from lianxin.ui.failures import Problem
from lianxin.ui.finding import StoreSearch
from lianxin.ui.pages import Desk as Window
from lianxin.ui.pages import Page, PageEntry
from lianxin.ui.shell import MainWindow
from tests.ui.small_office import Keeping

P = TypeVar("P", bound=Page)
Key = Qt.Key


@dataclass
class Around:
    """What the dialogs answer, the sticks there are, what was shown and what went wrong."""

    folder: str = ""
    files: list[Path] = field(default_factory=list)
    file: str = ""
    sticks: list[Path] = field(default_factory=list)
    shown: list[Path] = field(default_factory=list)
    contents: list[bytes] = field(default_factory=list)
    modes: list[tuple[int, int]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def show(self, path: Path) -> bool:
        # At once, for a copy is swept when its day is over, and the clock of these desks stands.
        self.shown.append(path)
        if path.is_file():
            self.contents.append(path.read_bytes())
            self.modes.append((stat.S_IMODE(path.stat().st_mode), stat.S_IMODE(path.parent.stat().st_mode)))
        return True


@dataclass
class CountyClerk:
    """Presses keys and buttons and waits until the window is at rest."""

    qtbot: QtBot
    window: MainWindow
    around: Around

    def rest(self) -> None:
        """Until nothing is under way."""
        window = self.window
        self.qtbot.waitUntil(lambda: not (window.jobs.busy() or window.reads.busy()), timeout=60_000)
        window.hub.flush()
        self.qtbot.waitUntil(lambda: not (window.jobs.busy() or window.reads.busy()), timeout=60_000)
        # What was just put into a layout is shown in the next turn.
        QApplication.processEvents()

    def go(self, key: str, cls: type[P]) -> P:
        """Show a page."""
        self.window.go(key)
        self.rest()
        page = self.window.page(key)
        assert isinstance(page, cls)
        return page

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key at the window."""
        QTest.keyClick(self.window, key, held)
        self.rest()

    def click(self, made: QPushButton) -> None:
        """A button that can be pressed."""
        assert made.isVisible() and made.isEnabled(), made.text()
        QTest.mouseClick(made, Qt.MouseButton.LeftButton)
        self.rest()

    def main(self) -> str:
        """The red button's words."""
        made = self.window.headline.main_button()
        return made.accessibleName() if made is not None else ""

    def told(self) -> str:
        """What the quiet bar says."""
        return self.window.status.quiet.words()

    def undo(self) -> None:
        """The quiet bar's button."""
        quiet = self.window.status.quiet
        found = [made for made in quiet.findChildren(QPushButton) if made.isVisible()]
        self.click(found[0])


@contextmanager
def county_window(
    qtbot: QtBot, county: Desk, around: Around, patch: Callable[[object, str, object], None]
) -> Iterator[CountyClerk]:
    """The county's window as it opens, its dialogs answered by `around`."""
    made_by: dict[str, Callable[[Window], Page]] = {
        "receive": lambda window: ReceivePage(
            window, county, files_asked=lambda _: around.files, folder_asked=lambda *_: around.folder,
            sticks_found=lambda: around.sticks, show_paper=around.show,
        ),
        "returns": lambda window: ReturnsPage(
            window, county, folder_asked=lambda *_: around.folder, file_asked=lambda *_: around.file,
            show_folder=around.show,
        ),
    }  # fmt: skip
    entries = [
        PageEntry(
            each.key, each.title, made_by.get(each.key, each.factory), help=each.help, kinds=each.kinds,
            at_bottom=each.at_bottom,
        )
        for each in county_entries(App(county.store.home, county), Keeping(county))
    ]  # fmt: skip
    window = MainWindow(
        entries, office="清江县人大常委会", search=StoreSearch(county), clock=county.store.now
    )
    patch(window, "problem", around.problems.append)
    qtbot.addWidget(window)
    window.setMinimumSize(0, 0)
    window.resize(1366, 768)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    clerk = CountyClerk(qtbot, window, around)
    window.go(entries[0].key)
    clerk.rest()
    yield clerk
    window.close()


def texts(widget: QWidget) -> str:
    """Every label below a widget that is on screen."""
    return "\n".join(each.text() for each in widget.findChildren(QLabel) if each.isVisible())
