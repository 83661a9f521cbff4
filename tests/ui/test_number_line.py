"""发文字号 above 收发文: told from the register, one kept back by a button and taken back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pytestqt.qtbot import QtBot

from lianxin.office.desk import office_of
from lianxin.store.reading import Reading
from lianxin.ui.registers.number_line import NumberLine
from tests.ui.small_office import small_office, window_with


def test_numbers_are_told_and_one_is_kept_back(qtbot: QtBot, tmp_path: Path) -> None:
    office = small_office(tmp_path)
    window = window_with(office)
    qtbot.addWidget(window)
    line = NumberLine(window, office)
    qtbot.addWidget(line)
    assert "发文代字" in line.told.text()
    line.reserve_button.click()
    assert "发文代字" in line.told.text(), "without a sign there is no number"
    with office.store.writing(reason="代字") as writing:
        told = office_of(Reading(writing.connection))
        writing.put(replace(told, document_sign="石镇人"), opened=told)
    line.refresh()
    assert line.told.text() == "石镇人〔2026〕：已用0个，下一个1号"
    line.reserve()
    window.hub.flush()
    assert line.told.text() == "石镇人〔2026〕：已用0个，预留1个（1），下一个2号"
