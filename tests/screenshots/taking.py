"""One run of pictures at one scale."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from time import monotonic
from typing import Protocol

from PySide6.QtWidgets import QApplication, QWidget

from lianxin.ui.main import township_entries
from lianxin.ui.record_list import RecordList
from lianxin.ui.registers.registers_page import RegistersPage
from lianxin.ui.sending import SendingPage
from lianxin.ui.sending.take_back_dialog import TakeBackDialog
from lianxin.ui.settings.settings_page import SettingsPage
from lianxin.ui.shell import MainWindow
from lianxin.ui.start.recovery_sheet import SheetFacts
from lianxin.ui.start.screens import Screen, WelcomeScreen
from lianxin.ui.start.set_up import SetUpScreen
from lianxin.ui.start.sheet_screen import SheetScreen
from lianxin.ui.start.unlock import RecoverScreen, RestoreScreen, UnlockScreen
from lianxin.ui.start.window_keeper import WindowKeeper
from lianxin.ui.theme import dress, make_application
from tests.screenshots.county_pictures import county_pictures
from tests.screenshots.sample_link import linked
from tests.screenshots.sample_office import opened

GROUPS = ("7KQ2M", "XW4TP", "9HN3C", "RB6YD", "2FVSJ", "K8GZA", "MU5EW")
"""No real code: its check characters are wrong."""


class Save(Protocol):
    """Shows a widget and saves its picture; at the size of the screen unless it has one of its own."""

    def __call__(self, name: str, widget: QWidget, *, whole: bool = True) -> None: ...


def take(folder: Path, home: Path, scale: str, only: Sequence[str]) -> int:
    """Saves the pictures at this scale; answers how many pages could not be shown."""
    application = make_application(["lianxin"])
    factor = float(scale)
    size = (round(1366 / factor), round(768 / factor))
    suffix = "" if factor == 1 else f"@{round(factor * 100)}"

    def save(name: str, widget: QWidget, *, whole: bool = True) -> None:
        if not widget.styleSheet():
            dress(widget)
        if whole:
            widget.setMinimumSize(0, 0)
            widget.resize(*size)
        widget.show()
        settle(application)
        widget.grab().save(str(folder / f"{name}{suffix}.png"))

    for name, make in _start_screens().items():
        if not only or name in only:
            save(name, framed(make()))
    failed = 0
    app = opened(home)
    keeper = WindowKeeper(application, home, township_entries)
    keeper.open(app)
    window = keeper.window
    assert isinstance(window, MainWindow)
    for entry in township_entries(app, keeper):
        if only and entry.key not in only:
            continue
        try:
            window.go(entry.key)
            quiet(window)
            save(entry.key, window)
            _more(window, entry.key, save)
        except ImportError as missing:
            print(f"{entry.key}: {missing}")
            failed += 1
    keeper.close()
    if not only or "linked" in only:
        _linked(application, home.parent / f"{home.name}-linked", save)
    if not only or "county" in only:
        county_pictures(save, quiet)
    return failed


def _linked(application: QApplication, home: Path, save: Save) -> None:
    """What an office sees that its county enrolled."""
    app = linked(home)
    keeper = WindowKeeper(application, home, township_entries)
    keeper.open(app)
    window = keeper.window
    assert isinstance(window, MainWindow)
    window.go("sending")
    quiet(window)
    save("sending-linked", window)
    page = window.page("sending")
    assert isinstance(page, SendingPage)
    page.picker.forth.click()
    quiet(window)
    save("sending-linked-next", window)
    bar = page.cards.findings.verticalScrollBar()
    bar.setValue(bar.maximum())
    save("sending-linked-texts", window)
    window.go("settings")
    settings = window.page("settings")
    assert isinstance(settings, SettingsPage)
    settings.choose("county")
    save("settings-county-linked", window)
    dialog = TakeBackDialog([Path("439901102_2025-10_0001.zip.age"), Path("439901102_2025-11_0002.zip.age")])
    save("sending-take-back", dialog, whole=False)
    keeper.close()


def _start_screens() -> dict[str, Callable[[], Screen]]:
    def nothing() -> None:
        pass

    facts = SheetFacts("清江县石牌镇人民代表大会主席团", date(2025, 12, 23), GROUPS)
    return {
        "start-welcome": WelcomeScreen,
        "start-setup": SetUpScreen,
        "start-sheet": lambda: SheetScreen(facts, kept=nothing, later=nothing),
        "start-unlock": lambda: UnlockScreen(Path("连心数据")),
        "start-recover": RecoverScreen,
        "start-restore": lambda: RestoreScreen(Path("连心数据")),
    }


def _more(window: MainWindow, key: str, save: Callable[[str, QWidget], None]) -> None:
    """Pages with several faces."""
    page = window.page(key)
    if isinstance(page, SettingsPage):
        for section in ("stations", "county", "backup", "secrets", "bin", "check", "display", "rules"):
            page.choose(section)
            save(f"settings-{section}", window)
    if isinstance(page, RegistersPage):
        for kind in ("unit", "contact"):
            page.choose(kind)
            panel = page.panel()
            assert panel is not None
            _filled(panel.list)
            panel.show_record(panel.list.model.key_at(0))
            save(f"registers-{kind}", window)


def quiet(window: MainWindow) -> None:
    """Until everything that was asked for is read; at most half a minute."""
    until = monotonic() + 30
    while (window.reads.busy() or window.jobs.busy()) and monotonic() < until:
        QApplication.processEvents()


def framed(screen: Screen) -> QWidget:
    from PySide6.QtWidgets import QFrame, QScrollArea

    frame = QScrollArea()
    frame.setWidgetResizable(True)
    frame.setFrameShape(QFrame.Shape.NoFrame)
    frame.setWidget(screen)
    # It stands in no window, which would dress it.
    dress(frame)
    return frame


def settle(application: QApplication) -> None:
    """Lets background reading come home."""
    until = monotonic() + 0.6
    while monotonic() < until:
        application.processEvents()


def _filled(shown: RecordList) -> None:
    """Waits until a list has rows; gives up after five seconds."""
    until = monotonic() + 5
    while not shown.shown_count() and monotonic() < until:
        QApplication.processEvents()
