"""A table dropped on 接收报送: guessed, looked at, taken with F2, undone, and what cannot be read said in words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from lianxin.county.behalf.entering import Asked, read_on_behalf
from lianxin.domain.records import BehalfSource, Contact
from lianxin.ui.county.received.receive_page import ReceivePage
from tests.county.posts import Posts, posts_in
from tests.county.test_on_behalf import ledger, words
from tests.ui.county_desk import Around, CountyClerk, county_window


@pytest.fixture
def posts(tmp_path: Path) -> Iterator[Posts]:
    with posts_in(tmp_path) as made:
        yield made


@pytest.fixture
def clerk(qtbot: QtBot, posts: Posts, monkeypatch: pytest.MonkeyPatch) -> Iterator[CountyClerk]:
    with county_window(qtbot, posts.county, Around(), monkeypatch.setattr) as made:
        yield made


def test_a_table_is_guessed_looked_at_taken_and_undone(
    clerk: CountyClerk, posts: Posts, tmp_path: Path
) -> None:
    page = clerk.go("receive", ReceivePage)
    photo = tmp_path / "另一份.et"
    photo.write_bytes(b"no table")
    page.look_at([ledger(tmp_path), photo])
    clerk.rest()
    view = page.behalf.view
    assert view.isVisible() and not page.panes.isVisible()
    assert (view.town.currentText(), view.period.currentText()) == ("石牌镇", "2026年11月")
    assert "读出3行" in view.said() and "未签名" in view.said() and words(posts) == []
    assert view.list.shown_count() == 3
    clerk.press(Qt.Key.Key_F2)
    assert len(words(posts)) == 3
    assert "WPS" in view.said(), "the next file, which cannot be read"
    clerk.press(Qt.Key.Key_Escape)
    assert not view.isVisible()
    clerk.undo()
    assert words(posts) == []
    with posts.county.store.reading() as reading:
        assert [each.withdrawn is not None for each in reading.all(BehalfSource)] == [True]
        assert reading.all(Contact) == []


def test_a_table_that_names_another_township_is_taken_only_by_who_is_sure(
    clerk: CountyClerk, posts: Posts, tmp_path: Path
) -> None:
    page = clerk.go("receive", ReceivePage)
    page.look_at([ledger(tmp_path)])
    clerk.rest()
    view = page.behalf.view
    view.town.setCurrentIndex(view.town.findText("响水乡"))
    clerk.rest()
    assert "写的是石牌镇，不是响水乡" in view.said()
    sure = next(each for each in clerk.window.findChildren(QPushButton) if "确实是" in each.text())
    clerk.click(sure)
    assert "响水乡2026年11月" in view.said()
    clerk.press(Qt.Key.Key_F2)
    assert len(words(posts)) == 3


def test_what_was_taken_can_be_looked_back_at_and_taken_back_later(
    clerk: CountyClerk, posts: Posts, tmp_path: Path
) -> None:
    read_on_behalf(posts.county, Asked(ledger(tmp_path), "439901102"))
    page = clerk.go("receive", ReceivePage)
    page.behalf.look_back()
    clerk.rest()
    past = page.behalf.past.list
    assert past.isVisible() and past.shown_count() == 1
    assert tuple(past.model.cells(0))[1:4] == ("石牌镇", "2026年11月", "接待群众台账")
    assert past.model.cells(0)[-1] == "计入"
    assert past.select(past.model.key_at(0))
    clerk.rest()
    clerk.press(Qt.Key.Key_F2)
    assert past.model.cells(0)[-1] == "已撤销" and words(posts) == []
    clerk.press(Qt.Key.Key_Escape)
    assert page.panes.isVisible() and not past.isVisible()
