"""The dialogs for files: nothing chosen is nothing told, and the same question begins where it was answered."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from lianxin.ui.asking.files import ask_folder, ask_open, ask_open_all, ask_save


def test_a_question_begins_where_it_was_answered_last(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    begun: list[str] = []
    answer = str(tmp_path / "八月" / "台账.xlsx")

    def answering(_parent: QWidget, _title: str, begin: str, _kinds: str) -> tuple[str, str]:
        begun.append(begin)
        return answer, ""

    for name in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, name, answering)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *asked: ([answering(*asked)[0]], ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *asked: answering(*asked, "")[0])
    parent = QWidget()
    qtbot.addWidget(parent)
    assert ask_open(parent, "打开台账", "Excel (*.xlsx)") == answer
    assert ask_open_all(parent, "打开台账", "Excel (*.xlsx)") == [Path(answer)]
    assert ask_save(parent, "打开台账", "九月.xlsx", "Excel (*.xlsx)") == answer
    assert ask_folder(parent, "打开台账", "/U盘") == answer
    answer = ""
    assert ask_folder(parent, "打开台账") == "" and ask_open(parent, "另一件", "Excel (*.xlsx)") == ""
    home, folder = str(Path.home()), str(tmp_path / "八月")
    assert begun == [
        home,
        folder,
        str(Path(folder) / "九月.xlsx"),
        "/U盘",
        str(tmp_path / "八月" / "台账.xlsx"),
        home,
    ]
