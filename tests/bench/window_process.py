"""One start of a window in a process of its own: says `frame`, `window` and `usable` on standard output as they come true,
each with the milliseconds of processor time since its beginning.

`bare` is a PySide6 window with one empty table; `ours` is the program up to its first frame and then, with the key
given, the first page with its numbers.
"""

from __future__ import annotations

import sys
from pathlib import Path
from time import process_time, sleep
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

_LOOK_SECONDS = 0.005


def bare() -> None:
    """What nobody can be faster than."""
    from PySide6.QtWidgets import QApplication, QMainWindow, QTableView

    application = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.setCentralWidget(QTableView())
    window.resize(1366, 768)
    window.show()
    _painted(application, window)
    _say("frame")


def ours(folder: Path) -> None:
    """The way of `ui.main.run_window`, the passphrase left out."""
    from lianxin.ui import main
    from lianxin.ui.first_frame import FirstFrame
    from lianxin.ui.start.letters import read_letters
    from lianxin.ui.theme import make_application

    application = make_application(sys.argv[:1], scale=read_letters(folder / "home"))
    frame = FirstFrame()
    frame.show()
    _painted(application, frame)
    _say("frame")
    main.load_beside(application)
    from lianxin.ui.start.window_keeper import WindowKeeper
    from lianxin.ui.today.today_page import TodayPage
    from tests.bench.open_ledger import open_big

    keeper = WindowKeeper(application, folder / "home", main.township_entries)
    keeper.open(open_big(folder))
    frame.close()
    assert keeper.window is not None
    page = keeper.window.page("home")
    assert isinstance(page, TodayPage)
    _painted(application, keeper.window)
    _say("window")
    while page.shown is None:
        # The window waits for events as it does in life; looking all the time would take the worker's turns.
        application.processEvents()
        sleep(_LOOK_SECONDS)
    _painted(application, keeper.window)
    _say("usable")
    keeper.window.close()
    keeper.close()


def _painted(application: QApplication, window: QWidget) -> None:
    window.repaint()
    application.processEvents()


def _say(word: str) -> None:
    print(word, process_time() * 1000, flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "bare":
        bare()
    else:
        ours(Path(sys.argv[2]))
