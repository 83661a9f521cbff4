"""Ctrl+P on every page of an office that has nothing yet: a paper is shown, or it is said why there is none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lianxin import bootstrap
from lianxin.ui.main import HELP, township_entries
from lianxin.ui.start.window_keeper import WindowKeeper
from tests.ui.small_office import BEGINNING, computer

WORDS = "石牌镇人大2026"
SOON = 20_000
QUIET = "等着"


@pytest.fixture
def keeper(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[WindowKeeper]:
    monkeypatch.setattr(bootstrap, "surroundings", lambda: computer(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: True)
    bootstrap.begin(tmp_path / "home", WORDS, BEGINNING)[0].close()
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    made = WindowKeeper(application, tmp_path / "home", township_entries)
    made.begin(WORDS)
    qtbot.waitUntil(lambda: made.window is not None, timeout=SOON)
    yield made
    if made.window is not None:
        made.window.close()
        made.window.deleteLater()
    made.close()
    made.deleteLater()


def test_no_page_leaves_ctrl_p_without_an_answer(
    qtbot: QtBot, keeper: WindowKeeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = keeper.window
    assert window is not None
    problems: list[str] = []
    monkeypatch.setattr(window, "problem", lambda problem: problems.append(problem.what))
    with qtbot.waitActive(window):
        window.activateWindow()
    answers: dict[str, str] = {}
    for key in HELP:
        window.go(key)
        qtbot.waitUntil(lambda: not window.jobs.busy() and not window.reads.busy(), timeout=SOON)
        window.tell(QUIET)
        problems.clear()
        qtbot.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: bool(problems) or window.status.quiet.words() != QUIET, timeout=SOON)
        answers[key] = problems[0] if problems else window.status.quiet.words()
    assert answers["contacts"].startswith("已打开“接待登记表（空白）.docx”")
    assert answers["figures"].startswith("已打开“月报表_")
    assert answers["settings"].startswith("这一页没有要打印的")
