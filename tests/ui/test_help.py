"""The help as a clerk uses it: F1, the manual searched and leafed through, the practice ticked by what is done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from lianxin.bootstrap import App
from lianxin.office.desk import Desk
from lianxin.office.safekeeping.practice import TOWNSHIP_STEPS as STEPS
from lianxin.office.safekeeping.practice import practice_now
from lianxin.ui.finding import StoreSearch
from lianxin.ui.help.help_page import HelpPage
from lianxin.ui.help.help_panel import HelpPanel
from lianxin.ui.help.manual_view import ManualView
from lianxin.ui.help.practice_panel import PracticePanel
from lianxin.ui.main import township_entries
from lianxin.ui.pages import HELP
from lianxin.ui.shell import MainWindow
from tests.ui.small_office import Keeping, matter, small_office, unit


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Desk]:
    made = small_office(tmp_path, ticking=True)
    yield made
    made.store.close()


@pytest.fixture
def window(qtbot: QtBot, office: Desk) -> Iterator[MainWindow]:
    entries = township_entries(App(office.store.home, office), Keeping(office))
    made = MainWindow(entries, office="石牌镇", search=StoreSearch(office), clock=office.store.now)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    yield made
    made.close()


def _page(window: MainWindow) -> HelpPage:
    page = window.page(HELP)
    assert isinstance(page, HelpPage)
    return page


def _heading(page: HelpPage) -> str:
    at = page.view.cursorForPosition(page.view.viewport().rect().topLeft()).block()
    while at.isValid() and not at.blockFormat().headingLevel():
        at = at.next()
    return at.text()


def test_f1_shows_the_chapter_of_the_page_beside_it_and_leads_into_the_manual(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.go("sending")
    qtbot.keyClick(window, Qt.Key.Key_F1)
    panel = window.findChild(HelpPanel)
    assert isinstance(panel, HelpPanel) and panel.shown_place() == "sending.md"
    view = panel.findChild(ManualView)
    assert isinstance(view, ManualView) and "每月怎样报" in view.toPlainText()
    window.go("home")
    assert panel.shown_place() == "home.md" and "近期待办" in view.toPlainText()
    further = next(each for each in panel.findChildren(QPushButton) if "在手册里看" in each.text())
    qtbot.mouseClick(further, Qt.MouseButton.LeftButton)
    assert window.current_page() == HELP and panel.isHidden()
    assert "近期待办" in _page(window).view.toPlainText()


def test_words_are_found_marked_and_gone_to_by_keyboard(window: MainWindow, qtbot: QtBot) -> None:
    window.go(HELP)
    page = _page(window)
    page.contents.box.setText("恢复单")
    assert page.contents.count.text().startswith("找到")
    assert all("\n" in page.contents.list.item(row).text() for row in range(page.contents.list.count()))
    qtbot.keyClick(page.contents.box, Qt.Key.Key_Down)
    qtbot.keyClick(page.contents.list, Qt.Key.Key_Down)
    marks = page.view.extraSelections()
    assert marks and {mark.cursor.selectedText() for mark in marks} == {"恢复单"}
    page.contents.box.clear()
    assert not page.contents.count.isVisible() and page.contents.list.count() > 20


def test_leafing_goes_back_to_where_one_was(window: MainWindow, qtbot: QtBot) -> None:
    window.go(HELP)
    page = _page(window)
    page.view.link_wanted.emit("backup.md#恢复")
    assert _heading(page) == "恢复"
    page.view.link_wanted.emit("words")
    qtbot.keyClick(page, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert _heading(page) == "恢复"
    qtbot.keyClick(page, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert "五有" in page.view.toPlainText()
    page.view.link_wanted.emit("nowhere.md")
    assert "没有这一页" in window.status.quiet.words()


def test_a_chapter_prints_with_its_pictures(window: MainWindow) -> None:
    window.go(HELP)
    view = _page(window).view
    plain, pictured = view.as_pdf("# 题\n\n字"), view.as_pdf("# 题\n\n![图](pictures/home.png)\n\n字")
    assert plain.startswith(b"%PDF") and len(pictured) > len(plain) + 10_000


def test_the_practice_is_ticked_by_what_was_really_done(
    window: MainWindow, office: Desk, qtbot: QtBot
) -> None:
    before = matter(office, date(2026, 11, 20), unit=unit(office))
    panel = PracticePanel(window, office)
    window.put_beside(panel)
    assert panel.shown is not None and not panel.shown.begun
    panel.begin()
    assert not any(practice_now(office).done)
    done = matter(office, date(2026, 11, 22), unit=unit(office, "镇规建站"))
    window.hub.tell(["opinion"])
    qtbot.waitUntil(lambda: panel.shown is not None and panel.shown.matter == done)
    assert panel.shown.matter != before
    assert [step.title for step, did in zip(STEPS, panel.shown.done, strict=True) if did] == [
        "登记一次来访", "梳理分流", "交给承办单位",
    ]  # fmt: skip
    panel.lead(STEPS[panel.shown.next_step])
    assert window.current_page() == "opinions"
    panel.put_away()
    assert practice_now(office).away and practice_now(office).done == panel.shown.done
    panel.take_up()
    assert panel.isVisible() and not practice_now(office).away
    window.setMinimumSize(0, 0)
    window.resize(910, 512)
    qtbot.waitUntil(lambda: panel.width() > 700 and panel.height() < 200)
    assert (
        sum(each.isVisible() for each in panel.findChildren(QPushButton, "") if each.text() == "带我去") == 1
    )
