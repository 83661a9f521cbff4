"""A copied ledger: its numbers jump, and the window says once that they do and why."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from lianxin import bootstrap
from lianxin.domain.records import Opinion, Visitor
from lianxin.office.cases.opinions import register_opinion
from lianxin.office.number_jump import jump_to_tell
from lianxin.office.records import new_uid
from lianxin.ui.main import township_entries
from lianxin.ui.start.window_keeper import WindowKeeper
from tests.ui.small_office import BEGINNING, NOW, computer

WORDS = "石牌镇人大2026"
SOON = 20_000


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(bootstrap, "surroundings", lambda: computer(tmp_path))
    bootstrap.begin(tmp_path / "home", WORDS, BEGINNING)[0].close()
    shutil.copytree(tmp_path / "home", tmp_path / "copy")
    return tmp_path / "copy"


@pytest.fixture
def keeper(qtbot: QtBot, copied: Path) -> Iterator[WindowKeeper]:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    made = WindowKeeper(application, copied, township_entries)
    made.begin(WORDS)
    qtbot.waitUntil(lambda: made.window is not None, timeout=SOON)
    yield made
    assert made.window is not None
    made.window.close()
    made.window.deleteLater()
    made.close()
    made.deleteLater()


def test_the_window_says_once_that_numbers_jump(qtbot: QtBot, keeper: WindowKeeper, copied: Path) -> None:
    window = keeper.window
    assert window is not None and window.notice.words() == ""
    app = bootstrap.unlock(copied, WORDS)
    opinion = Opinion(uid=new_uid(app.desk), title="路灯不亮", words="路灯不亮", registered=NOW.date())
    visitor = Visitor(uid=new_uid(app.desk), contact="", name="田金玉")
    done = register_opinion(app.desk, opinion=opinion, visitor=visitor)
    assert str(done.opinion.number).endswith("YJ0101")
    window.hub.tell({"opinion"})
    qtbot.waitUntil(lambda: "新编号跳过100个" in window.notice.words())
    assert "备份恢复" in window.notice.words() and "没有变" in window.notice.words()
    next(each for each in window.notice.findChildren(QPushButton)).click()
    assert window.notice.words() == "" and jump_to_tell(app.desk) == ""
    register_opinion(app.desk, opinion=Opinion.unpacked({**opinion.packed(), "uid": new_uid(app.desk)}))
    window.hub.tell({"opinion"})
    window.hub.flush()
    assert window.notice.words() == ""
    app.close()
