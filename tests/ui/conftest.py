"""The window's tests share one application with our looks."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lianxin.ui.shell import MainWindow
from lianxin.ui.theme import apply_theme
from tests.keys.light_key_files import few_rounds
from tests.office.township import Township, new_township
from tests.store.kept_ledger import quick_ledgers
from tests.store.light_passphrase import light_passphrases
from tests.ui.clerk import open_window


@pytest.fixture(autouse=True)
def light() -> Iterator[None]:
    """Key files and new ledgers cost little; what making them does is proven where that is the subject."""
    with light_passphrases(), few_rounds(), quick_ledgers():
        yield


@pytest.fixture(autouse=True)
def themed(qtbot: QtBot) -> None:
    """Every widget under test is drawn with the house's font and colours at 100 %; windows dress themselves."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    if application.font().pixelSize() != 14:
        apply_theme(application)


@pytest.fixture(autouse=True)
def nothing_left(themed: None) -> Iterator[None]:
    """What a test was done with is gone before the next: no event loop runs between them to delete it."""
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(autouse=True)
def no_office_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """Papers are not turned into PDF, and nothing is opened outside, unless a test asks for it."""
    for module in ("printing", "batch_printing"):
        monkeypatch.setattr(f"lianxin.ui.{module}.find_program", lambda _environment: None)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Township]:
    """A township with people, villages and units."""
    made = new_township(tmp_path)
    yield made
    made.desk.store.close()


@pytest.fixture
def window(qtbot: QtBot, town: Township) -> Iterator[MainWindow]:
    """The window with the pages of receiving on that township."""
    made = open_window(qtbot, town)
    yield made
    made.close()
