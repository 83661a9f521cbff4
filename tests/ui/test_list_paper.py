"""Any list on paper: the rows it shows, in their order, by Ctrl+Shift+P, by its count, and where a page has nothing else."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from lianxin.ui.list_paper import WholeList, list_xlsx
from lianxin.ui.pages import Desk, Head, Page, PageEntry
from lianxin.ui.record_list import RecordList
from lianxin.ui.shell import MainWindow
from lianxin.ui.table import Column
from tests.ui.made_up import MadeUpSearch, now


class Villages:
    """Rows of a list that nobody keeps; the second column is drawn without a heading."""

    columns = (
        Column("name", "名称", stretch=True), Column("mark", ""), Column("people", "人数", align="right"),
        Column("code", "代码"),
    )  # fmt: skip

    def __init__(self, count: int) -> None:
        self.all = [f"{place:04d}" for place in range(count)]

    def keys(self, sort: str, descending: bool, words: str) -> Sequence[str]:
        return [key for key in self.all if words in key]

    def rows(self, keys: Sequence[str]) -> Sequence[Sequence[str]]:
        return [(f"=长坪村{key}", "›", str(int(key)), key) for key in keys]


class VillagePage(Page):
    """A page that has a list and no paper of its own."""

    def __init__(self, window: Desk) -> None:
        super().__init__(window)
        self.list = RecordList(Villages(3), name="村列表")
        self.body.addWidget(self.list)

    def head(self) -> Head:
        return Head("村")

    def refresh(self) -> None:
        self.list.refresh()


def test_a_list_prints_what_it_shows(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[tuple[str, bytes]] = []
    monkeypatch.setattr(
        "lianxin.ui.list_paper.show_paper", lambda _desk, paper, _folder, **_how: written.append(paper)
    )
    entry = PageEntry("villages", "村", VillagePage)
    window = MainWindow([entry], office="石牌镇人大", search=MadeUpSearch(), clock=now)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.go("villages")
    page = window.page("villages")
    assert isinstance(page, VillagePage)
    page.list.set_filter("2")
    for keys in (
        Qt.KeyboardModifier.ControlModifier,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    ):
        qtbot.keyClick(window, Qt.Key.Key_P, keys)
    count = next(each for each in page.list.findChildren(QPushButton) if each.text() == "找到 1 条")
    qtbot.mouseClick(count, Qt.MouseButton.LeftButton)
    assert [name for name, _ in written] == ["村.xlsx"] * 3
    assert len({content for _, content in written}) == 1
    sheet = load_workbook(io.BytesIO(written[0][1])).worksheets[0]
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)] == [
        ["名称", "人数", "代码"], ["=长坪村0002", 2, "0002"],
    ]  # fmt: skip
    assert sheet["A4"].data_type == "s" and sheet.print_title_rows == "$1:$3"
    assert "筛选“2”" in str(sheet["B2"].value)


def test_a_long_list_tells_how_far_it_is(tmp_path: Path) -> None:
    told: list[int] = []
    source = Villages(1_100)
    made = list_xlsx(
        WholeList(source, source.all, ""), lambda done, _all, _words: told.append(done), lambda: False,
        office="石牌镇人大", title="村",
    )  # fmt: skip
    assert told == [500, 1_000, 1_100] and load_workbook(io.BytesIO(made)).worksheets[0].max_row == 1_103
