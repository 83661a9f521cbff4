"""迎检目录 asked for: 保管期限 offered by the rules, what is chosen kept for the next time, pages counted if wished."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from lianxin.office.papers.inspection_folder import kept_folders
from lianxin.ui.figures.inspection_dialog import InspectionDialog
from tests.office.township import Township


def test_what_is_chosen_is_kept_and_handed_on(qtbot: QtBot, town: Township) -> None:
    told: list[bool] = []
    first = InspectionDialog(town.desk, 2026, told.append, countable=True)
    qtbot.addWidget(first)
    assert first.kept["会议"].currentText() == "永久" and "国家档案局令第8号" in first.kept["会议"].toolTip()
    first.kept["接待群众"].setCurrentText("10年")
    first.count.setChecked(True)
    first.start()
    assert told == [True] and not first.isVisible()
    assert {each.heading for each in kept_folders(town.desk) if each.chosen != each.by_rule} == {"接待群众"}
    again = InspectionDialog(town.desk, 2026, told.append, countable=False)
    qtbot.addWidget(again)
    assert again.kept["接待群众"].currentText() == "10年" and again.count.isHidden()
