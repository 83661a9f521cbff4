"""A window of an enrolled (or not yet enrolled) township beside a real county, for tests of pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from lianxin.office.desk import Desk
from lianxin.office.sending.history import choose_folder
from lianxin.ui.failures import Problem
from lianxin.ui.pages import PageEntry
from lianxin.ui.sending import SendingPage
from lianxin.ui.settings.county_link import CountyLinkSection
from lianxin.ui.settings.settings_page import SettingsPage
from lianxin.ui.shell import MainWindow
from tests.county.offices import Offices
from tests.ui.made_up import MadeUpSearch
from tests.ui.small_office import Keeping, OtherPage


@dataclass
class Around:
    """What the dialogs answer and what was shown; `offered` and `backs` are those of the way back."""

    folder: str = ""
    files: list[Path] = field(default_factory=list)
    sticks: list[Path] = field(default_factory=list)
    offered: list[Path] = field(default_factory=list)
    backs: list[Path] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def back(self, _parent: QWidget, offered: Sequence[Path]) -> list[Path]:
        self.offered = list(offered)
        return self.backs


@dataclass
class CountyWindow:
    """The window of one township, and how a clerk uses it."""

    qtbot: QtBot
    window: MainWindow
    around: Around

    @property
    def sending(self) -> SendingPage:
        page = self.window.page("sending")
        assert isinstance(page, SendingPage)
        return page

    @property
    def county_link(self) -> CountyLinkSection:
        page = self.window.page("settings")
        assert isinstance(page, SettingsPage)
        section = page.section()
        assert isinstance(section, CountyLinkSection)
        return section

    def settle(self) -> None:
        busy = self.window.jobs.busy, self.window.reads.busy
        self.window.hub.flush()
        self.qtbot.waitUntil(lambda: not any(each() for each in busy), timeout=30_000)

    def press(self, made: QPushButton) -> None:
        # What was just put on the page is shown when the window is next idle.
        self.qtbot.waitUntil(made.isVisible)
        assert made.isEnabled(), made.text()
        QTest.mouseClick(made, Qt.MouseButton.LeftButton)
        self.settle()
        self.settle()

    def main(self) -> None:
        """The main action of the page, by its key."""
        QTest.keyClick(self.window, Qt.Key.Key_F2)
        self.settle()
        self.settle()

    def undo(self) -> None:
        (made,) = [
            each for each in self.window.status.quiet.findChildren(QPushButton) if each.text() == "撤销"
        ]
        self.press(made)

    def linked(self, words: str, within: QWidget) -> QPushButton:
        """The first shown button whose name begins with these words."""

        def found() -> list[QPushButton]:
            named = (
                each for each in within.findChildren(QPushButton) if each.accessibleName().startswith(words)
            )
            return [each for each in named if each.isVisible()]

        self.qtbot.waitUntil(lambda: bool(found()))
        return found()[0]


def county_window(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, offices: Offices, desk: Desk | None = None
) -> CountyWindow:
    """The window of the township (or of this copy of it), at the size of a small screen."""
    town = desk or offices.town
    around = Around()
    if desk is None:
        choose_folder(town, offices.folder / "out")

    def sending(window: object) -> SendingPage:
        assert isinstance(window, MainWindow)
        return SendingPage(
            window, town, folder_asked=lambda *_: around.folder, reason_asked=lambda _: "改数字",
            show_folder=lambda _: True, files_asked=lambda *_: around.files, back_asked=around.back,
            sticks_found=lambda: around.sticks,
        )  # fmt: skip

    def settings(window: object) -> SettingsPage:
        assert isinstance(window, MainWindow)
        return SettingsPage(window, town, Keeping(town))

    def others(window: object) -> OtherPage:
        assert isinstance(window, MainWindow)
        return OtherPage(window, "contacts")

    window = MainWindow(
        [
            PageEntry("sending", "报送县人大", sending, kinds=("sent-file",)),
            PageEntry("settings", "设置与备份", settings, kinds=("office", "enrolment")),
            PageEntry("contacts", "来访走访登记", others, kinds=("contact", "visitor", "opinion")),
        ],
        office="石牌镇人大", search=MadeUpSearch(), clock=offices.clock,
    )  # fmt: skip
    monkeypatch.setattr(window, "problem", around.problems.append)
    qtbot.addWidget(window)
    window.setMinimumSize(0, 0)
    window.resize(1366, 768)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    made = CountyWindow(qtbot, window, around)
    window.go("sending")
    made.settle()
    return made
