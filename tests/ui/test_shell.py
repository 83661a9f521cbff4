"""The window: pages made when first shown, keys that work everywhere, the search, help, the quiet bar."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from lianxin.ui.jobs import Cancel, Progress
from lianxin.ui.pages import COUNTY_PAGES, TOWNSHIP_PAGES
from lianxin.ui.shell import MainWindow
from tests.ui.made_up import HomePage, MadeUpSearch, OpinionsPage, commit, entries, now


@pytest.fixture
def search() -> MadeUpSearch:
    return MadeUpSearch()


@pytest.fixture
def window(qtbot: QtBot, search: MadeUpSearch) -> MainWindow:
    made = MainWindow(entries(), office="石牌镇人大", search=search, clock=now)
    qtbot.addWidget(made)
    made.setMinimumSize(0, 0)
    made.resize(1366, 768)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.go("home")
    return made


def _opinions(window: MainWindow) -> OpinionsPage:
    page = window.page("opinions")
    assert isinstance(page, OpinionsPage)
    return page


def test_the_rail_has_the_words_of_the_office_in_order(window: MainWindow) -> None:
    words = [one.text() for one in window.findChildren(QPushButton) if one.property("look") == "nav"]
    assert sorted(words) == sorted(title for _, title in TOWNSHIP_PAGES)
    assert [title for _, title in TOWNSHIP_PAGES][:2] == ["首页", "接待日"]
    assert TOWNSHIP_PAGES[-1][1] == "设置与备份" and COUNTY_PAGES[0][1] == "接收报送"


def test_pages_are_made_when_first_shown(window: MainWindow) -> None:
    assert window.made_pages() == ("home",)
    window.go("opinions")
    window.go("home")
    window.go("opinions")
    assert window.made_pages() == ("home", "opinions") and window.current_page() == "opinions"


def test_alt_and_a_digit_change_the_page(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)
    assert window.current_page() == "opinions" and window.headline.title() == "意见建议办理"
    qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert window.current_page() == "home"


def test_one_main_action_and_f2_does_it(window: MainWindow, qtbot: QtBot) -> None:
    page = window.page("home")
    assert isinstance(page, HomePage)
    red = [one for one in window.findChildren(QPushButton) if one.property("look") == "main"]
    assert [one.text() for one in red if one.isVisible()] == ["登记来访  F2"]
    qtbot.keyClick(window, Qt.Key.Key_F2)
    assert page.registered == 1


def test_what_was_done_can_be_taken_back_from_the_quiet_bar(window: MainWindow, qtbot: QtBot) -> None:
    done: list[str] = []
    window.tell("已改派镇水务站", lambda: done.append("back"))
    assert window.status.quiet.words() == "已改派镇水务站"
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window.status.quiet.words() == "" and done == []


def test_saving_is_visible_with_its_time(window: MainWindow) -> None:
    window.saved()
    assert window.status.state() == "● 已保存到本机 10:52"
    window.not_saved("磁盘已满")
    assert window.status.state() == "○ 还没有保存：磁盘已满"


def test_search_groups_what_it_finds_and_opens_it(
    window: MainWindow, search: MadeUpSearch, qtbot: QtBot
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    box = window.headline.search
    assert QApplication.focusWidget() is box
    qtbot.keyClicks(box, "lqs")
    qtbot.waitUntil(lambda: search.asked == ["lqs"], timeout=1_000)
    assert box.results().keys() == ["person\np1", "person\np2", "opinion\no1"]
    assert QApplication.focusWidget() is box
    qtbot.keyClick(box, Qt.Key.Key_Down)
    qtbot.keyClick(box, Qt.Key.Key_Down)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert window.current_page() == "opinions" and _opinions(window).shown == [("opinion", "o1")]
    assert box.text() == "" and box.results().isHidden()


def test_search_says_when_nothing_is_found(window: MainWindow) -> None:
    box = window.headline.search
    box.setFocus()
    commit(box, "没有这个人")
    box.search_now()
    assert box.results().keys() == [] and box.results().isVisible()


def test_a_kind_without_a_page_is_said(window: MainWindow) -> None:
    window.open_record("person", "p1")
    assert "台账" in window.status.quiet.words() and window.current_page() == "home"


def test_help_of_the_page_comes_and_goes(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F1)
    shown = [one.text() for one in window.findChildren(QLabel) if one.isVisible()]
    assert "首页：怎样做。" in shown
    window.go("opinions")
    shown = [one.text() for one in window.findChildren(QLabel) if one.isVisible()]
    assert "意见建议办理：怎样做。" in shown
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    shown = [one.text() for one in window.findChildren(QLabel) if one.isVisible()]
    assert "意见建议办理：怎样做。" not in shown


def test_ctrl_f_goes_to_the_filter_of_the_page(window: MainWindow, qtbot: QtBot) -> None:
    window.go("opinions")
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    focused = QApplication.focusWidget()
    assert focused is not None and _opinions(window).list.isAncestorOf(focused)


def test_a_change_refreshes_what_is_shown_and_waits_for_what_is_not(window: MainWindow) -> None:
    page = _opinions(window)
    assert page.reads == 0
    window.go("opinions")
    assert page.reads == 1
    window.hub.tell(["opinion"])
    window.hub.tell(["opinion", "reply"])
    window.hub.flush()
    assert page.reads == 2
    window.go("home")
    window.hub.tell(["opinion"])
    window.hub.flush()
    assert page.reads == 2
    window.go("opinions")
    assert page.reads == 3
    window.hub.tell(["person"])
    window.hub.flush()
    assert page.reads == 3


@pytest.mark.parametrize(("width", "height"), [(911, 512), (1093, 614), (1280, 680), (1920, 1080)])
def test_title_and_main_action_stay_readable_on_every_screen(
    window: MainWindow, width: int, height: int
) -> None:
    window.go("opinions")
    window.resize(width, height)
    QApplication.processEvents()
    assert window.size().width() == width and window.size().height() == height
    titles = [one for one in window.findChildren(QLabel) if one.property("look") == "title"]
    assert [one.text() for one in titles] == ["意见建议办理"]
    main = window.headline.main_button()
    assert main is not None and main.width() >= main.sizeHint().width()
    assert window.headline.search.width() >= window.headline.search.minimumWidth()


def test_every_control_in_reach_has_a_name_and_is_large_enough(window: MainWindow) -> None:
    for key in ("home", "opinions", "reception"):
        window.go(key)
        QApplication.processEvents()
        for one in window.findChildren(QPushButton):
            if one.isVisible():
                assert one.accessibleName() or one.text(), one
                assert one.height() >= 32, (one.text(), one.height())


def test_the_window_does_not_close_over_work_without_a_word(window: MainWindow, qtbot: QtBot) -> None:
    window.jobs.start(_until_stopped, title="导入", done=str)
    assert not window.close()
    assert "还有工作没有做完" in window.status.quiet.words()
    assert window.close()


def _until_stopped(_progress: Progress, cancel: Cancel) -> None:
    while not cancel():
        pass
