"""首页 as a clerk sees it: what is first, what a click opens, what a new office is offered."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from lianxin.office.desk import Desk
from lianxin.ui.pages import PageEntry
from lianxin.ui.shell import MainWindow
from lianxin.ui.today.today_page import TodayPage
from tests.ui.small_office import NOW, OtherPage, matter, small_office, unit, window_with

TODAY = NOW.date()


@pytest.fixture
def office(tmp_path: Path) -> Desk:
    return small_office(tmp_path)


def shown(qtbot: QtBot, office: Desk) -> tuple[MainWindow, TodayPage]:
    window = window_with(
        office,
        PageEntry("home", "首页", lambda desk: TodayPage(desk, office)),
        *(
            PageEntry(key, key, lambda desk, key=key: OtherPage(desk, key), kinds=kinds)
            for key, kinds in (("opinions", ("opinion",)), ("contacts", ()), ("reception", ()), ("import", ()),
                               ("settings", ()), ("figures", ()), ("deputies", ()))
        ),
    )  # fmt: skip
    qtbot.addWidget(window)
    window.show()
    window.go("home")
    page = window.page("home")
    assert isinstance(page, TodayPage)
    qtbot.waitUntil(lambda: page.shown is not None)
    return window, page


def test_a_click_on_a_row_opens_the_matter(qtbot: QtBot, office: Desk) -> None:
    late = matter(office, TODAY - timedelta(days=36), unit=unit(office))
    window, page = shown(qtbot, office)
    assert page.to_do.model.cells(0)[:3] == ("超期6天", "三组饮水管破损", "催办：镇水务站")
    place = page.to_do.view.visualRect(page.to_do.model.index(0, 1)).center()
    qtbot.mouseClick(page.to_do.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    other = window.page("opinions")
    assert isinstance(other, OtherPage) and other.opened == [("opinion", late)]


def test_eight_rows_stand_without_a_scroll_bar(qtbot: QtBot, office: Desk) -> None:
    for place in range(12):
        matter(office, TODAY - timedelta(days=40 + place))
    _, page = shown(qtbot, office)
    view = page.to_do.view
    last = view.visualRect(page.to_do.model.index(7, 0))
    assert page.to_do.shown_count() == 8
    assert last.bottom() <= view.viewport().height() and not view.verticalScrollBar().isVisible()


def test_a_reminder_leads_to_its_page(qtbot: QtBot, office: Desk) -> None:
    matter(office, TODAY)
    window, page = shown(qtbot, office)
    rows = [page.to_do.model.cells(row)[1] for row in range(page.to_do.shown_count())]
    page.to_do.opened.emit(page.to_do.model.key_at(rows.index("恢复单还没有确认打印封存")))
    assert window.current_page() == "settings"


def test_a_new_office_is_offered_three_steps(qtbot: QtBot, office: Desk) -> None:
    window, page = shown(qtbot, office)
    words = [one.accessibleName() for one in page.steps.findChildren(QPushButton)]
    assert words == ["导入代表花名册，去做", "导入接待群众台账，去做", "安排接待日，去做"]
    assert page.steps.isVisible() and not page.to_do.isVisible()
    page.steps.findChildren(QPushButton)[0].click()
    assert window.current_page() == "import"


def test_numbers_explain_themselves_and_lead_on(qtbot: QtBot, office: Desk) -> None:
    matter(office, TODAY)
    window, page = shown(qtbot, office)
    first = page.numbers[0]
    assert first.accessibleName() == "本月联系群众 3人次，上月1日至22日：0"
    assert "相比" in first.toolTip()
    qtbot.keyClick(page.numbers[1], Qt.Key.Key_Return)
    assert window.current_page() == "opinions"


def test_duties_show_their_source_and_lead_on(qtbot: QtBot, office: Desk) -> None:
    matter(office, TODAY)
    window, page = shown(qtbot, office)
    row = page.duties.rows[0]
    assert "依据：" in row.toolTip() and row.accessibleName().startswith(
        "每月固定代表接待日 0 / 12 月，有欠缺"
    )
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
    assert window.current_page() == "reception"


def test_a_new_office_is_not_told_to_be_behind(qtbot: QtBot, office: Desk) -> None:
    _, page = shown(qtbot, office)
    assert not any("有欠缺" in row.accessibleName() for row in page.duties.rows)


def test_the_page_follows_what_is_written(qtbot: QtBot, office: Desk) -> None:
    window, page = shown(qtbot, office)
    matter(office, TODAY - timedelta(days=36))
    window.hub.tell({"opinion"})
    qtbot.waitUntil(lambda: page.to_do.isVisible())
    assert page.to_do.model.cells(0)[0] == "超期21天"


def test_a_narrow_page_puts_one_card_below_the_other(qtbot: QtBot, office: Desk) -> None:
    window, page = shown(qtbot, office)
    window.resize(910, 512)

    def below() -> bool:
        duties, steps = (one.mapTo(page, one.rect().topLeft()).y() for one in (page.duties, page.steps))
        return duties > steps + 100

    qtbot.waitUntil(below)
