"""The program as it starts: one command, the window on an office, the window made anew, nothing loaded early."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from lianxin import bootstrap
from lianxin.bootstrap import App
from lianxin.domain.dictionary import kinds
from lianxin.ui.activities.page import EVENT_KINDS
from lianxin.ui.deputies import DEPUTY_KINDS
from lianxin.ui.main import HELP, township_entries
from lianxin.ui.pages import HANDOVER, HELP_PLACE, LEDGER, REGISTER, TOWNSHIP_PAGES
from lianxin.ui.pages import HELP as PAGE_OF_HELP
from lianxin.ui.reportback import REPORT_KINDS
from lianxin.ui.start.letters import read_letters
from lianxin.ui.start.window_keeper import WindowKeeper
from tests.ui.small_office import BEGINNING, Keeping, computer, small_office

WORDS = "石牌镇人大2026"
SOON = 20_000


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(bootstrap, "surroundings", lambda: computer(tmp_path))
    bootstrap.begin(tmp_path / "home", WORDS, BEGINNING)[0].close()
    return tmp_path / "home"


@pytest.fixture
def keeper(qtbot: QtBot, home: Path) -> Iterator[WindowKeeper]:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    made = WindowKeeper(application, home, township_entries)
    made.begin(WORDS)
    qtbot.waitUntil(lambda: made.window is not None, timeout=SOON)
    yield made
    if made.window is not None:
        made.window.close()
        made.window.deleteLater()
    if made.start is not None:
        made.start.close()
    made.close()
    made.deleteLater()


def test_the_window_opens_on_the_first_page(keeper: WindowKeeper) -> None:
    assert keeper.window is not None
    assert keeper.window.current_page() == "home" and keeper.start is None
    assert keeper.window.windowTitle() == "连心 · 石牌镇人大"


def test_every_page_of_the_office_opens(keeper: WindowKeeper) -> None:
    window = keeper.window
    assert window is not None
    for key in HELP:
        window.go(key)
    assert set(window.made_pages()) == set(HELP)


def test_pages_stand_in_the_order_of_the_office_and_every_kind_has_one(tmp_path: Path) -> None:
    office = small_office(tmp_path)
    entries = township_entries(App(office.store.home, office), Keeping(office))
    order = [*(key for key, _ in TOWNSHIP_PAGES), PAGE_OF_HELP]
    shown = [entry.key for entry in entries if entry.in_rail]
    assert shown == [key for key in order if key in shown]
    homes = [kind for entry in entries for kind in entry.kinds]
    assert sorted(homes) == sorted([HANDOVER, HELP_PLACE, LEDGER, REGISTER, *(cls.KIND for cls in kinds())])
    assert all(entry.help for entry in entries)


def test_records_open_on_the_page_that_has_a_section_for_them(tmp_path: Path) -> None:
    """What a page opens by itself goes there; honours of groups and units are kept among the registers."""
    office = small_office(tmp_path)
    homes = {
        each.key: set(each.kinds)
        for each in township_entries(App(office.store.home, office), Keeping(office))
    }
    assert homes["reports"] == set(REPORT_KINDS)
    assert homes["deputies"] == set(DEPUTY_KINDS) - {"honour"}
    assert homes["meetings"] >= set(EVENT_KINDS)


def test_larger_letters_make_the_window_anew_on_the_same_page(
    qtbot: QtBot, keeper: WindowKeeper, home: Path
) -> None:
    before = keeper.window
    assert before is not None
    before.go("settings")
    keeper.set_letters(1.25)
    assert keeper.window is not before and keeper.window is not None
    assert keeper.window.current_page() == "settings" and read_letters(home) == 1.25


def test_another_profile_is_stored_and_in_force(keeper: WindowKeeper, home: Path) -> None:
    keeper.set_profile("henan")
    assert keeper.window is not None and "已启用规则库" in keeper.window.status.quiet.words()
    back = next(
        each for each in keeper.window.status.quiet.findChildren(QPushButton) if each.text() == "撤销"
    )
    back.click()
    assert keeper.window.status.quiet.words() == "已启用规则库“国家规定”"
    keeper.set_profile("henan")
    keeper.close()
    app = bootstrap.unlock(home, WORDS)
    assert app.desk.profile.key == "henan"
    app.close()


def test_letters_nobody_chose_are_ordinary(tmp_path: Path) -> None:
    (tmp_path / "window.json").write_text("{broken")
    assert read_letters(tmp_path) == 1.0 and read_letters(tmp_path / "none") == 1.0


_BRIEF = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
import lianxin.ui.main as main
from lianxin.ui.first_frame import FirstFrame
made = main.make_application
def brief(arguments, *, scale=1.0):
    application = made(arguments, scale=scale)
    def look():
        shown = [w for w in application.topLevelWidgets() if w.isVisible() and not isinstance(w, FirstFrame)]
        titles = [w.windowTitle() for w in shown if w.windowTitle()]
        if any(" · " in title or sys.argv[2:] for title in titles):
            print(titles[-1])
            application.closeAllWindows()
    timer = QTimer(application)
    timer.timeout.connect(look)
    timer.start(50)
    return application
main.make_application = brief
from lianxin.cli.main import run
sys.exit(run(["--home", sys.argv[1]], window=main.run_window))
"""


def _ran(home: Path, folder: Path, *more: str, words: str = "") -> subprocess.CompletedProcess[str]:
    own = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_STATE_HOME": str(folder),
        "LIANXIN_PASSPHRASE": words,
    }
    command = [sys.executable, "-c", _BRIEF, str(home), *more]
    return subprocess.run(command, env=own, capture_output=True, text=True, timeout=60, check=False)


def test_lianxin_without_a_command_opens_the_window_and_ends_with_it(home: Path, tmp_path: Path) -> None:
    done = _ran(home, tmp_path, words=WORDS)
    assert (done.returncode, done.stdout.strip()) == (0, "连心 · 石牌镇人大"), done.stderr


def test_a_new_folder_opens_the_first_start(tmp_path: Path) -> None:
    done = _ran(tmp_path / "new", tmp_path, "first")
    assert (done.returncode, done.stdout.strip()) == (0, "连心"), done.stderr


def test_commands_do_not_load_qt() -> None:
    code = "import sys; from lianxin.__main__ import main; sys.argv=['lianxin','--version']; main(); " \
           "print([m for m in sys.modules if m.startswith('PySide6')])"  # fmt: skip
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[-1] == "[]", done.stderr
