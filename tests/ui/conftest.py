"""The window's tests share one application with our looks."""

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lianxin.ui.theme import apply_theme


@pytest.fixture(autouse=True)
def themed(qtbot: QtBot) -> None:
    """Every widget under test is drawn with the house's font and style sheet at 100 %."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    if application.font().pixelSize() != 14 or not application.styleSheet():
        apply_theme(application)
