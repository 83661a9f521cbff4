"""各乡镇报送情况 by keys: the first line, months by arrows, the year as marks, the tick, the words to paste, the form."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from lianxin.domain.records import StampedPaper, Township
from lianxin.ui.county.matrix.page import MatrixPage
from tests.county.offices import offices_in
from tests.county.posts import Posts, posts_in
from tests.ui.county_desk import Around, CountyClerk, county_window, texts

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
TOWN, OTHER = "439901102", "439901103"


@pytest.fixture
def posts(tmp_path: Path) -> Iterator[Posts]:
    with posts_in(tmp_path) as made:
        made.visit(made.town)
        made.receive(made.send(made.town))
        made.offices.clock.now = datetime(2026, 12, 8, 17, tzinfo=timezone(timedelta(hours=8)))
        yield made


@pytest.fixture
def clerk(qtbot: QtBot, posts: Posts, monkeypatch: pytest.MonkeyPatch) -> Iterator[CountyClerk]:
    with county_window(qtbot, posts.county, Around(), monkeypatch.setattr) as made:
        yield made


@pytest.fixture
def page(clerk: CountyClerk) -> MatrixPage:
    return clerk.go("matrix", MatrixPage)


def settle(clerk: CountyClerk, page: MatrixPage, period: str) -> None:
    """Until this period is on screen: arrows rest for a moment before it is read."""

    def shown() -> bool:
        told = page.overview_shown()
        return told is not None and told.period.code == period

    clerk.qtbot.waitUntil(shown, timeout=20_000)
    clerk.rest()


def cells(page: MatrixPage, code: str) -> tuple[str, ...]:
    shown = page.month if page.month.isVisible() else page.year
    return tuple(shown.model.cells(shown.model.row_of(code)))


def test_the_morning_begins_with_who_is_missing(page: MatrixPage, clerk: CountyClerk) -> None:
    assert page.top.first.text() == "2 个乡镇：已收 1，未报 1"
    assert page.month.current_key() == OTHER, "who is late stands first and is chosen"
    assert cells(page, OTHER)[:2] == ("响水乡", "超期5天")
    assert "还没有收到" in page.panel.said()
    clerk.click(page.top.copy)
    assert QGuiApplication.clipboard().text() == "截至12月8日17时，响水乡尚未报送11月报表"
    clerk.click(page.panel.remind)
    assert QGuiApplication.clipboard().text().startswith("响水乡：截至12月8日17时，县人大还没有收到11月报表")
    clerk.press(Key.Key_F2)
    assert clerk.window.current_page() == "receive"


def test_the_stamped_paper_is_ticked_and_taken_back(
    page: MatrixPage, clerk: CountyClerk, posts: Posts
) -> None:
    QTest.keyClick(page.month.view, Key.Key_Down)
    assert page.month.current_key() == TOWN and cells(page, TOWN)[5] == "—"
    QTest.keyClick(page.panel.stamped, Key.Key_Space)
    clerk.rest()
    with posts.county.store.reading() as reading:
        (paper,) = reading.all(StampedPaper)
    assert (paper.code, paper.period, paper.seq) == (TOWN, "2026-11", 1)
    assert cells(page, TOWN)[5] == "✓" and "收到，第1期" in page.panel.said()
    clerk.undo()
    assert cells(page, TOWN)[5] == "—" and not page.panel.stamped.isChecked()


def test_arrows_go_from_month_to_month_and_over_the_year(page: MatrixPage, clerk: CountyClerk) -> None:
    QTest.keyClick(page.month.view, Key.Key_Right)
    settle(clerk, page, "2026-12")
    assert page.top.first.text() == "2 个乡镇：已收 0，未报 2" and cells(page, OTHER)[1] == "超期5天"
    clerk.click(page.top.present)
    assert page.top.periods.value() == "2026-11"
    page.top.view.setFocus()
    QTest.keyClick(page.top.view, Key.Key_2)
    clerk.rest()
    marks = cells(page, TOWN)
    assert marks[11:13] == ("✓1", "·") and cells(page, OTHER)[11] == "缺"
    QTest.keyClick(page.year.view, Key.Key_Left)
    settle(clerk, page, "2026-10")
    assert "2026年10月" in page.panel.said()
    QTest.keyClick(clerk.window, Key.Key_Left, CTRL)
    settle(clerk, page, "2025-10")


def test_filter_and_search_narrow_the_list(page: MatrixPage, clerk: CountyClerk) -> None:
    page.filter.choose("late")
    assert page.month.shown_count() == 1 and page.filter.counts()["missing"] == 1
    page.filter.clear()
    page.month.set_filter("spz")
    assert page.month.shown_count() == 1 and page.month.model.key_at(0) == TOWN


def test_a_township_without_the_program_is_registered(
    page: MatrixPage, clerk: CountyClerk, posts: Posts
) -> None:
    page.register()
    form = page.form.form
    form.set_typed({"code": "439901109", "name": "龙潭镇", "way": "behalf"})
    clerk.click(page.form.save_button)
    assert page.top.first.text() == "3 个乡镇：已收 1，未报 2"
    with posts.county.store.reading() as reading:
        assert [each.way for each in reading.all(Township)] == ["behalf"]
    page.register()
    form.set_typed({"code": "439901109", "name": "另一个"})
    clerk.click(page.form.save_button)
    assert page.form.isVisible() and "已经登记给龙潭镇" in texts(page.form), "a code is given once"
    form.set_typed({"code": "439901110", "name": "双溪乡"})
    form.submitted.emit()
    clerk.rest()
    assert page.form.isVisible() and form.value("code") == "", "Ctrl+Enter goes on with the next"
    clerk.press(Key.Key_Escape)
    page.month.select("439901109")
    assert "代录" in page.panel.said()
    clerk.click(page.panel.edit)
    assert page.form.isVisible()
    clerk.press(Key.Key_Escape)
    assert page.panel.isVisible()


def test_a_county_without_townships_is_told_what_to_do_first(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (
        offices_in(tmp_path) as offices,
        county_window(qtbot, offices.county, Around(), monkeypatch.setattr) as clerk,
    ):
        page = clerk.go("matrix", MatrixPage)
        assert page.top.first.text() == "还没有登记乡镇" and page.empty.isVisible()
        page.empty.acted.emit()
        assert page.form.isVisible()
