"""空白登记表 as a clerk prints them: numbers taken and shown, a form without any, a spoiled one typed, a wrong one told."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from lianxin.ui.reception.blank_forms import BlankForms
from lianxin.ui.shell import MainWindow
from tests.office.township import Township


def test_numbered_sheets_are_printed_and_spoiled_ones_told(
    qtbot: QtBot, window: MainWindow, town: Township, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: True)
    papers = town.folder / "papers"
    first = BlankForms(window, town.desk, papers, window)
    assert first.words() == "今年还没有印过带表号的空白表。"
    first.count.setValue(3)
    first.print_numbered()
    assert [each.name for each in papers.iterdir()] == ["接待登记表（空白）_2026-B0001至B0003.docx"]
    other = BlankForms(window, town.desk, papers, window)
    other.form.setCurrentText("交办单")
    assert not other.numbering.isEnabled()
    other.print_plain()
    assert (papers / "交办单（空白）.docx").is_file()
    again = BlankForms(window, town.desk, papers, window)
    again.spoiled.setText("b0009")
    qtbot.keyClick(again.spoiled, Qt.Key.Key_Return)
    assert again.problem() == "没有印过表号 2026-B0009，没有作废任何表号"
    again.spoiled.setText("B0002")
    qtbot.keyClick(again.spoiled, Qt.Key.Key_Return)
    assert again.problem() == ""
    assert again.words() == "2026年共印3张：已用0张，作废1张，未用2张。\n未用：B0001、B0003\n作废：B0002"
