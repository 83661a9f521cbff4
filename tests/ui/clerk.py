"""A clerk at the keyboard: a window on a real ledger, Chinese from the IME, keys, nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from lianxin.ui.draft_keeper import DraftKeeper
from lianxin.ui.finding import StoreSearch
from lianxin.ui.pages import Desk, Page, PageEntry
from lianxin.ui.reception import ContactsPage, ReceptionPage
from lianxin.ui.shell import MainWindow
from tests.office.township import Township
from tests.ui.made_up import BlankPage, commit

P = TypeVar("P", bound=Page)
Key = Qt.Key


class Clerk:
    """Types where the focus is. `keys` counts the keys pressed beside those of the text."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self.qtbot, self.window = qtbot, window
        self.keys = 0

    @property
    def at(self) -> QWidget:
        """Where the focus is."""
        menu = QApplication.activePopupWidget()
        if menu is None and isinstance(QApplication.activeWindow(), QMenu):
            # Without a screen nobody gives back to the window what a menu that was open took from it.
            self.window.activateWindow()
            self.qtbot.waitUntil(lambda: QApplication.activeWindow() is self.window)
        # Keys go to the window itself where nothing in it has the focus.
        found = menu if isinstance(menu, QMenu) else QApplication.focusWidget() or QApplication.activeWindow()
        assert found is not None, "nothing has the focus"
        return found

    def say(self, words: str) -> Clerk:
        """Put Chinese words the way an IME does."""
        commit(self.at, words)
        return self

    def type(self, text: str) -> Clerk:
        """Letters and digits."""
        QTest.keyClicks(self.at, text)
        return self

    def press(self, *keys: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> Clerk:
        """Keys one after another."""
        for key in keys:
            self.keys += 1
            QTest.keyClick(self.at, key, held)
        return self

    def enter(self, times: int = 1) -> Clerk:
        """Enter."""
        return self.press(*[Key.Key_Return] * times)

    def save(self) -> Clerk:
        """Ctrl+Enter."""
        return self.press(Key.Key_Return, held=Qt.KeyboardModifier.ControlModifier)

    def pick(self, name: str) -> Clerk:
        """Type a name into a field with a list and take what is offered."""
        self.say(name)
        return self.enter()

    def told(self) -> str:
        """What the quiet bar says."""
        return self.window.status.quiet.words()

    def undo(self) -> None:
        """Press 撤销 in the quiet bar."""
        button = self.window.status.quiet.findChildren(
            QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly
        )
        for each in button:
            if each.accessibleName().startswith("撤销"):
                QTest.mouseClick(each, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
                return
        raise AssertionError("no 撤销 is offered")


def choose(menu: QMenu | None, words: str) -> None:
    """Take the entry of a menu that begins so."""
    assert menu is not None
    found = [act for act in menu.actions() if act.text().startswith(words)]
    assert found, [act.text() for act in menu.actions()]
    found[0].trigger()


def open_window(
    qtbot: QtBot, town: Township, *, window_id: str = "one", size: tuple[int, int] = (1366, 768)
) -> MainWindow:
    """The window with both pages of this room, active."""
    keeper = DraftKeeper(town.desk, window_id)
    papers = town.folder / "papers"
    opened: list[tuple[str, str]] = []

    class Opinions(BlankPage):
        def open_record(self, kind: str, uid: str) -> None:
            opened.append((kind, uid))

    made: list[tuple[str, Callable[[Desk], Page], tuple[str, ...]]] = [
        (
            "reception",
            lambda w: ReceptionPage(w, town.desk, drafts=keeper, papers=papers),
            ("reception-day",),
        ),
        ("contacts", lambda w: ContactsPage(w, town.desk, drafts=keeper, papers=papers), ("contact",)),
        ("opinions", Opinions, ("opinion",)),
    ]
    entries = [PageEntry(key, key, factory, kinds=kinds) for key, factory, kinds in made]
    window = MainWindow(entries, office="石牌镇人大", search=StoreSearch(town.desk), clock=town.clock)
    qtbot.addWidget(window)
    window.setMinimumSize(0, 0)
    window.resize(*size)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window


def page_of(window: MainWindow, key: str, cls: type[P]) -> P:
    """The page shown under a key."""
    window.go(key)
    page = window.page(key)
    assert isinstance(page, cls)
    return page
