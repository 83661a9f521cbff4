"""One run of pictures at one scale."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from time import monotonic

from PySide6.QtWidgets import QApplication, QWidget

from lianxin.ui.main import township_entries
from lianxin.ui.record_list import RecordList
from lianxin.ui.registers.registers_page import RegistersPage
from lianxin.ui.settings.settings_page import SettingsPage
from lianxin.ui.shell import MainWindow
from lianxin.ui.start.recovery_sheet import SheetFacts
from lianxin.ui.start.screens import Screen, WelcomeScreen
from lianxin.ui.start.set_up import SetUpScreen
from lianxin.ui.start.sheet_screen import SheetScreen
from lianxin.ui.start.unlock import RecoverScreen, RestoreScreen, UnlockScreen
from lianxin.ui.start.window_keeper import WindowKeeper
from lianxin.ui.theme import make_application
from tests.screenshots.sample_office import opened

GROUPS = ("7KQ2M", "XW4TP", "9HN3C", "RB6YD", "2FVSJ", "K8GZA", "MU5EW")
"""No real code: its check characters are wrong."""


def take(folder: Path, home: Path, scale: str, only: Sequence[str]) -> int:
    """Saves the pictures at this scale; answers how many pages could not be shown."""
    application = make_application(["lianxin"])
    factor = float(scale)
    size = (round(1366 / factor), round(768 / factor))
    suffix = "" if factor == 1 else f"@{round(factor * 100)}"

    def save(name: str, widget: QWidget) -> None:
        widget.setMinimumSize(0, 0)
        widget.resize(*size)
        widget.show()
        _settle(application)
        widget.grab().save(str(folder / f"{name}{suffix}.png"))

    for name, make in _start_screens().items():
        if not only or name in only:
            save(name, _framed(make()))
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
            save(entry.key, window)
            _more(window, entry.key, save)
        except ImportError as missing:
            print(f"{entry.key}: {missing}")
            failed += 1
    keeper.close()
    return failed


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
        "start-restore": RestoreScreen,
    }


def _more(window: MainWindow, key: str, save: Callable[[str, QWidget], None]) -> None:
    """Pages with several faces."""
    page = window.page(key)
    if isinstance(page, SettingsPage):
        for section in ("stations", "backup", "secrets", "bin", "check", "display", "rules"):
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


def _framed(screen: Screen) -> QWidget:
    from PySide6.QtWidgets import QFrame, QScrollArea

    frame = QScrollArea()
    frame.setWidgetResizable(True)
    frame.setFrameShape(QFrame.Shape.NoFrame)
    frame.setWidget(screen)
    return frame


def _settle(application: QApplication) -> None:
    """Lets background reading come home."""
    until = monotonic() + 0.6
    while monotonic() < until:
        application.processEvents()


def _filled(shown: RecordList) -> None:
    """Waits until a list has rows; gives up after five seconds."""
    until = monotonic() + 5
    while not shown.shown_count() and monotonic() < until:
        QApplication.processEvents()
