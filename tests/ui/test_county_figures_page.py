"""统计与通报 by keys: figures by township, places on request, differences, a bulletin drafted, changed and numbered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from lianxin.domain.records import Bulletin
from lianxin.ui.county.figures.page import CountyFiguresPage
from lianxin.ui.county.figures.sources import WHOLE_KEY
from tests.county.offices import TOWN
from tests.county.posts import Posts, posts_in
from tests.ui.county_desk import Around, CountyClerk, county_window
from tests.ui.small_office import matter

Key = Qt.Key


@pytest.fixture(scope="module")
def posts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Posts]:
    """Nothing here changes what the townships sent; only one test writes, a bulletin."""
    with posts_in(tmp_path_factory.mktemp("county")) as made:
        for desk, times in ((made.town, 2), (made.offices.other, 1)):
            for at in range(times):
                matter(desk, date(2026, 11, 4), title=f"第{at}件")
            made.receive(made.send(desk))
        yield made


@pytest.fixture
def clerk(qtbot: QtBot, posts: Posts, monkeypatch: pytest.MonkeyPatch) -> Iterator[CountyClerk]:
    with county_window(qtbot, posts.county, Around(), monkeypatch.setattr) as made:
        yield made


@pytest.fixture
def page(clerk: CountyClerk) -> CountyFiguresPage:
    made = clerk.go("figures", CountyFiguresPage)
    # The month that ended last is looked at first; the files are of the running one.
    clerk.click(made.picker.forth)
    return made


def cells(page: CountyFiguresPage, key: str) -> tuple[str, ...]:
    model = page.towns.towns.model
    return tuple(model.cells(model.row_of(key)))


def test_a_figure_leads_to_its_townships_and_their_records(
    page: CountyFiguresPage, clerk: CountyClerk
) -> None:
    assert "2个乡镇，建站率" in page.adds_up.text() and "收集3 = " in page.adds_up.text()
    page.towns.figures.select("opinions")
    clerk.rest()
    assert cells(page, WHOLE_KEY) == ("全县", "3条") and cells(page, TOWN) == ("石牌镇", "2条")
    page.towns.towns.select(TOWN)
    QTest.keyClick(page.towns.towns.view, Key.Key_Return)
    clerk.rest()
    assert page.towns.views.code() == "records" and page.towns.counted.shown_count() == 2
    assert "收集2 = " in page.towns.said()
    clerk.press(Key.Key_Escape)
    assert page.towns.views.code() == "towns"
    # Places come and go with the switch.
    page.towns.ranked.setFocus()
    QTest.keyClick(page.towns.ranked, Key.Key_Space)
    clerk.rest()
    assert cells(page, TOWN) == ("石牌镇", "2条", "1")
    QTest.keyClick(page.towns.ranked, Key.Key_Space)
    clerk.rest()
    assert cells(page, TOWN) == ("石牌镇", "2条")


def test_signed_returns_stand_beside_what_is_now(page: CountyFiguresPage, clerk: CountyClerk) -> None:
    page.chips.setFocus()
    QTest.keyClick(page.chips, Key.Key_Right)
    clerk.rest()
    assert page.reported.isVisible() and page.reported.words.text() == "2个乡镇的定稿数与现数一致。"
    page.reported.which.setFocus()
    QTest.keyClick(page.reported.which, Key.Key_2)
    clerk.rest()
    model = page.reported.list.model
    assert tuple(model.cells(model.row_of(f"{TOWN}:opinions")))[2:4] == ("2", "2")
    page.choose("towns")
    clerk.rest()
    copy = next(act for act in page.head().others if act.label == "复制成一段话")
    copy.run()
    assert QGuiApplication.clipboard().text().startswith("2026年11月，全县开展代表接待日")


def test_a_bulletin_is_drafted_changed_and_numbered(
    page: CountyFiguresPage, clerk: CountyClerk, posts: Posts
) -> None:
    page.choose("bulletins")
    clerk.rest()
    assert "还没有编过" in page.bulletins.numbers.text()
    clerk.press(Key.Key_F2)
    form = page.bulletins.form
    assert "已起草" in clerk.told() and form.uid
    form.form.set_typed({"demands": "请各乡镇按时办结。"})
    number = next(
        made for made in page.findChildren(QPushButton) if made.text() == "编号" and made.isVisible()
    )
    clerk.click(number)
    with posts.county.store.reading() as reading:
        (made,) = reading.all(Bulletin)
    assert made.demands == "请各乡镇按时办结。", "what was typed is saved before the number is given"
    assert "期号是工作通报〔2026〕第1期" in clerk.told()
    assert "工作通报〔2026〕：已用1个，下一个第2期" in page.bulletins.numbers.text()
