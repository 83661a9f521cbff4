"""统计 as a clerk reads it: each figure tells what it means and leads to its records; dashes where nothing is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from lianxin.domain.records import Contact, Opinion, ReceptionDay, Routing
from lianxin.ui.figures import FiguresPage
from lianxin.ui.pages import PageEntry
from lianxin.ui.shell import MainWindow
from tests.office.township import Township, new_township
from tests.ui.made_up import MadeUpSearch
from tests.ui.small_office import OtherPage

Key = Qt.Key


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Township]:
    made = new_township(tmp_path)
    made.clock.at(date(2026, 12, 5))
    with made.desk.store.writing(reason="准备") as writing:
        writing.put(
            ReceptionDay(uid=writing.new_uid(), day=date(2026, 11, 15), station=made.station, state="held")
        )
        for day, persons, category in ((3, 2, "02"), (15, 3, "02"), (20, 1, "01")):
            contact, opinion = writing.new_uid(), writing.new_uid()
            when = date(2026, 11, day)
            writing.put(Contact(uid=contact, channel="visit", day=when, words="断水", persons=persons))
            writing.put(
                Opinion(
                    uid=opinion, title=f"{day}日的意见", words="断水", category=category, contact=contact,
                    registered=when,
                )
            )  # fmt: skip
            writing.put(Routing(uid=writing.new_uid(), opinion=opinion, day=when, route="answered_on_spot"))
    yield made
    made.desk.store.close()


@pytest.fixture
def window(qtbot: QtBot, town: Township) -> Iterator[MainWindow]:
    def page(desk: object) -> FiguresPage:
        assert isinstance(desk, MainWindow)
        return FiguresPage(desk, town.desk, ask_save=lambda _, name: str(town.folder / name))

    def others(desk: object) -> OtherPage:
        assert isinstance(desk, MainWindow)
        return OtherPage(desk, "opinions")

    entries = [
        PageEntry("figures", "统计", page),
        PageEntry("opinions", "意见建议办理", others, kinds=("opinion",)),
    ]
    made = MainWindow(entries, office="石牌镇人大", search=MadeUpSearch(), clock=town.clock)
    qtbot.addWidget(made)
    made.setMinimumSize(0, 0)
    made.resize(1366, 768)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.go("figures")
    settle(qtbot, made)
    yield made
    made.close()


@pytest.fixture
def page(window: MainWindow) -> FiguresPage:
    found = window.page("figures")
    assert isinstance(found, FiguresPage)
    return found


def settle(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.reads.busy(), timeout=20_000)


def cells(page: FiguresPage, key: str) -> list[str]:
    return list(page.figures.model.cells(page.figures.model.row_of(key)))


def test_the_last_complete_month_is_shown_first(page: FiguresPage) -> None:
    assert page.picker.period().label == "2026年11月"
    assert cells(page, "opinions") == ["收集意见", "3条", "—", "—"]


def test_nothing_to_divide_by_is_a_dash_and_says_why(page: FiguresPage) -> None:
    assert cells(page, "satisfaction_rate")[1] == "—"
    page.figures.select("satisfaction_rate")
    assert "分母是零" in page.said()


def test_a_figure_leads_to_its_records(qtbot: QtBot, window: MainWindow, page: FiguresPage) -> None:
    page.figures.select("opinions")
    assert "不含合并到其他意见的合并件" in page.said() and page.counted.shown_count() == 3
    assert page.counted.model.cells(0)[2] == "3日的意见"
    page.counted.setFocus()
    page.counted.select(page.counted.model.key_at(1))
    qtbot.keyClick(page.counted.view, Key.Key_Return)
    other = window.page("opinions")
    assert isinstance(other, OtherPage) and other.opened == [("opinion", page.counted.model.key_at(1))]


def test_another_period_by_arrow_and_by_length(qtbot: QtBot, window: MainWindow, page: FiguresPage) -> None:
    qtbot.mouseClick(page.picker.back, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert page.picker.period().code == "2026-10" and cells(page, "opinions")[1] == "0条"
    page.picker.findChildren(type(page.figures.groups))[0].setFocus()
    qtbot.keyClick(page.picker.findChildren(type(page.figures.groups))[0], Key.Key_4)
    settle(qtbot, window)
    assert page.picker.period().label == "2026年" and cells(page, "opinions")[1] == "3条"


def test_from_one_month_to_another(qtbot: QtBot, window: MainWindow, page: FiguresPage) -> None:
    chips = page.picker.findChildren(type(page.figures.groups))[0]
    chips.setFocus()
    qtbot.keyClick(chips, Key.Key_5)
    settle(qtbot, window)
    assert page.picker.period().label == "2026年1—11月" and cells(page, "opinions")[1] == "3条"
    last = window.focusWidget()
    assert isinstance(last, QLineEdit)
    last.setText("2026-13")
    qtbot.keyClick(last, Key.Key_Return)
    assert page.picker.period().label == "2026年1—11月"
    last.setText("2026-10")
    qtbot.keyClick(last, Key.Key_Return)
    settle(qtbot, window)
    assert page.picker.period().label == "2026年1—10月" and cells(page, "opinions")[1] == "0条"


def test_a_new_record_is_counted_at_once(
    qtbot: QtBot, window: MainWindow, page: FiguresPage, town: Township
) -> None:
    with town.desk.store.writing(reason="登记") as writing:
        writing.put(Contact(uid=writing.new_uid(), channel="visit", day=date(2026, 11, 9), words="断电"))
    window.hub.tell(["contact"])
    qtbot.waitUntil(lambda: cells(page, "received_persons")[1] == "7人次", timeout=20_000)


def test_a_bar_leads_to_the_records_behind_it(qtbot: QtBot, page: FiguresPage) -> None:
    page.charts.show_chart("categories")
    assert page.charts.lying["categories"].accessibleName() == "饮水水利2条；行路交通1条"
    qtbot.mouseClick(page.charts.lying["categories"], Qt.MouseButton.LeftButton, pos=QPoint(60, 10))
    assert page.counted.shown_count() == 2
    page.charts.lying["categories"].setFocus()
    qtbot.keyClick(page.charts.lying["categories"], Key.Key_Down)
    assert page.counted.shown_count() == 1


def test_the_figures_of_a_period_become_a_paragraph(page: FiguresPage, window: MainWindow) -> None:
    page.copy_text()
    told = QGuiApplication.clipboard().text()
    assert told.startswith("2026年11月，石牌镇开展代表接待日1次") and "收集意见建议3条" in told
    assert "满意率—" in told and "已复制" in window.status.quiet.words()


def test_f2_writes_the_return_and_a_second_one_beside_it(
    qtbot: QtBot, window: MainWindow, page: FiguresPage, town: Township
) -> None:
    qtbot.keyClick(window, Key.Key_F2)
    book = openpyxl.load_workbook(town.folder / "月报表_2026年11月.xlsx")
    ((sheet, cell),) = book.defined_names["figure_opinions"].destinations
    assert book[sheet][cell.replace("$", "")].value == 3
    assert "已导出 月报表_2026年11月.xlsx" in window.status.quiet.words()


def test_groups_and_the_filter_narrow_the_list(qtbot: QtBot, page: FiguresPage) -> None:
    everything = page.figures.shown_count()
    page.figures.groups.setFocus()
    qtbot.keyClick(page.figures.groups, Key.Key_8)
    assert page.figures.shown_count() > everything
    page.figures.set_filter("满意")
    assert "satisfaction_rate" in [
        page.figures.model.key_at(row) for row in range(page.figures.shown_count())
    ]
    assert page.figures.shown_count() < everything
