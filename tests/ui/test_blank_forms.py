"""空白登记表 as a clerk prints them: numbers taken and shown, a form without any, a spoiled one typed, a wrong one told."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from lianxin.ui.finding import StoreSearch
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
    other.form.setCurrentText("测评表")
    assert not other.numbering.isEnabled()
    other.print_plain()
    assert (papers / "测评表（空白）.docx").is_file()
    again = BlankForms(window, town.desk, papers, window)
    again.typed.setText("b0009")
    again.spoil_now()
    assert again.problem() == "没有印过表号 2026-B0009，没有作废任何表号"
    again.typed.setText("B0002")
    assert again.found() == "2026-B0002：代表接待选民登记表，2026年11月20日印，未用"
    again.spoil_now()
    assert again.problem() == ""
    assert again.words() == "2026年共印3张：已用0张，作废1张，未用2张。\n未用：B0001、B0003\n作废：B0002"
    again.typed.setText("B0003")
    qtbot.keyClicks(again.use, "2026-HY0003")
    qtbot.keyClick(again.use, Qt.Key.Key_Return)
    assert again.words().startswith("2026年共印3张：已用1张，作废1张，未用1张。")
    assert again.isHidden() and not again.typed.text()
    (hit,) = StoreSearch(town.desk).find("b0003", 5)
    assert hit.second == "2026-B0003：代表接待选民登记表，2026年11月20日印，已用：2026-HY0003"
