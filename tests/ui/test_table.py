"""Lists: only what is shown is read, the chosen row stays by its key, every state has a face."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from lianxin.ui.jobs import Jobs
from lianxin.ui.record_list import EmptyWords, RecordList
from lianxin.ui.table import KEPT_PAGES, PAGE_ROWS, Column, KeyedTableModel
from tests.ui.made_up import COLUMNS, MadeUpList, commit, compose


def _shown(
    qtbot: QtBot, source: MadeUpList, *, empty: EmptyWords | None = None, reads: Jobs | None = None
) -> RecordList:
    made = RecordList(source, name="意见建议", empty=empty, unit="件", reads=reads)
    qtbot.addWidget(made)
    made.resize(900, 600)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.refresh()
    QGuiApplication.processEvents()
    made.view.grab()
    return made


def test_a_hundred_thousand_rows_read_one_page_at_first_and_one_or_two_at_a_jump(qtbot: QtBot) -> None:
    source = MadeUpList(100_000)
    made = _shown(qtbot, source)
    assert made.shown_count() == 100_000 and len(source.key_calls) == 1
    assert made.model.fetched_pages == 1 and len(source.row_calls[0]) == PAGE_ROWS
    assert made.view.verticalScrollBar().maximum() > 99_000
    for place in (50_000, 99_990, 12_345):
        before = made.model.fetched_pages
        made.view.verticalScrollBar().setValue(place)
        made.view.grab()
        assert 1 <= made.model.fetched_pages - before <= 2
    asked = [key for call in source.row_calls for key in call]
    assert len(asked) <= 7 * PAGE_ROWS
    assert len(source.key_calls) == 1


def test_pages_read_are_kept_but_not_for_ever() -> None:
    source = MadeUpList(PAGE_ROWS * (KEPT_PAGES + 5))
    model = KeyedTableModel(source)
    model.set_keys(source.keys("", False, ""))
    for number in range(KEPT_PAGES + 5):
        model.cells(number * PAGE_ROWS)
        model.cells(number * PAGE_ROWS + 7)
    assert model.fetched_pages == KEPT_PAGES + 5
    model.cells(PAGE_ROWS * (KEPT_PAGES + 4))
    assert model.fetched_pages == KEPT_PAGES + 5
    model.cells(0)
    assert model.fetched_pages == KEPT_PAGES + 6


def test_a_row_that_went_away_meanwhile_is_shown_blank() -> None:
    class Short(MadeUpList):
        def rows(self, keys: Sequence[str]) -> Sequence[Sequence[str]]:
            return [["2026-0000", "11-20", "", "", "", "", ""], []]

    source = Short(3)
    model = KeyedTableModel(source)
    model.set_keys(source.keys("", False, ""))
    assert model.cells(0)[0] == "2026-0000"
    assert list(model.cells(1)) == list(model.cells(2)) == [""] * len(COLUMNS)


def test_the_chosen_row_stays_chosen_by_its_key(qtbot: QtBot) -> None:
    source = MadeUpList(1_000)
    made = _shown(qtbot, source)
    heard: list[str] = []
    made.picked.connect(heard.append)
    assert made.select("k000700")
    source.size = 900
    made.sort_by("number", descending=True)
    assert made.current_key() == "k000700" and made.selected_keys() == ["k000700"]
    assert made.model.key_at(made.view.currentIndex().row()) == "k000700"
    assert made.view.rowAt(0) <= made.view.currentIndex().row()
    assert heard == ["k000700"]
    source.size = 700
    made.refresh()
    assert made.current_key() == "" and heard[-1] == ""
    assert not made.select("k000700")


def test_the_place_on_screen_stays_over_a_refresh(qtbot: QtBot) -> None:
    source = MadeUpList(5_000)
    made = _shown(qtbot, source)
    made.view.verticalScrollBar().setValue(2_000)
    top = made.model.key_at(made.view.rowAt(0))
    made.refresh()
    assert made.model.key_at(made.view.rowAt(0)) == top == "k002000"


def test_several_chosen_rows_stay_chosen(qtbot: QtBot) -> None:
    made = _shown(qtbot, MadeUpList(50))
    made.view.selectRow(3)
    qtbot.keyClick(made.view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert made.selected_keys() == ["k000003", "k000004"]
    made.refresh()
    assert made.selected_keys() == ["k000003", "k000004"]


def test_a_click_on_a_header_sorts_and_turns_round(qtbot: QtBot) -> None:
    source = MadeUpList(10)
    made = _shown(qtbot, source)
    head = made.view.horizontalHeader()
    for _ in range(2):
        at = head.viewport().rect().topLeft()
        at.setX(head.sectionViewportPosition(0) + 20)
        at.setY(head.height() // 2)
        qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert source.key_calls[-2:] == [("number", False, ""), ("number", True, "")]
    assert made.model.key_at(0) == "k000009"
    assert head.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder


def test_copy_takes_the_rows_as_shown(qtbot: QtBot) -> None:
    made = _shown(qtbot, MadeUpList(10))
    made.select("k000001")
    qtbot.keyClick(made.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    text = QGuiApplication.clipboard().text()
    assert text.split("\t")[:3] == ["2026-0001", "11-20", "彭**"]


def test_filter_narrows_and_offers_to_clear(qtbot: QtBot) -> None:
    source = MadeUpList(200)
    made = _shown(qtbot, source)
    made.focus_filter()
    box = made.findChild(QLineEdit)
    assert isinstance(box, QLineEdit)
    compose(box, "jian su")
    assert made.filter_words() == ""
    commit(box, "减速带")
    qtbot.waitUntil(lambda: made.filter_words() == "减速带", timeout=2_000)
    assert made.shown_count() == 40 and made.face() == "rows"
    made.set_filter("没有这样的事")
    assert made.face() == "nothing"
    _press(made, "清空筛选")
    assert made.face() == "rows" and made.shown_count() == 200


def test_down_leaves_the_filter_for_the_list(qtbot: QtBot) -> None:
    made = _shown(qtbot, MadeUpList(20))
    box = made.findChild(QLineEdit)
    assert isinstance(box, QLineEdit)
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert made.current_key() == "k000000"
    with qtbot.waitSignal(made.opened, timeout=500) as opened:
        qtbot.keyClick(made.view, Qt.Key.Key_Return)
    assert opened.args == ["k000000"]


def test_an_empty_list_says_what_goes_here(qtbot: QtBot) -> None:
    made = _shown(qtbot, MadeUpList(0), empty=EmptyWords("还没有意见建议", "先登记来访。", "登记意见"))
    assert made.face() == "empty"
    with qtbot.waitSignal(made.empty_acted, timeout=500):
        _press(made, "登记意见")


def test_a_list_that_cannot_be_read_says_so_and_reads_again(qtbot: QtBot) -> None:
    source = MadeUpList(5)
    source.broken = True
    made = _shown(qtbot, source)
    assert made.face() == "error"
    source.broken = False
    _press(made, "再读一次")
    assert made.face() == "rows" and made.shown_count() == 5


def test_keys_read_beside_the_window_arrive_and_only_the_newest_count(qtbot: QtBot) -> None:
    source, reads = MadeUpList(300), Jobs()
    made = RecordList(source, reads=reads)
    qtbot.addWidget(made)
    made.show()
    made.refresh()
    assert made.face() == "loading"
    made.set_filter("k000007")
    qtbot.waitUntil(lambda: made.face() == "rows" and not reads.busy(), timeout=3_000)
    assert made.shown_count() == 1 and made.model.key_at(0) == "k000007"
    reads.close()


def test_headers_and_cells_stand_in_one_line() -> None:
    model = KeyedTableModel(MadeUpList(1))
    model.set_keys(["k000000"])
    for place in range(model.columnCount()):
        head = model.headerData(place, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
        assert head == model.data(model.index(0, place), Qt.ItemDataRole.TextAlignmentRole)


@pytest.mark.parametrize("width", [420, 640, 900, 1300])
def test_columns_give_way_before_the_list_must_be_moved_sideways(qtbot: QtBot, width: int) -> None:
    made = _shown(qtbot, MadeUpList(30))
    made.resize(width, 500)
    QGuiApplication.processEvents()
    hidden = [c.drop for place, c in enumerate(COLUMNS) if made.view.isColumnHidden(place)]
    kept = [c.drop for place, c in enumerate(COLUMNS) if not made.view.isColumnHidden(place)]
    assert 0 not in hidden and all(drop > max(kept) for drop in hidden)
    assert made.view.horizontalScrollBar().maximum() == 0


def test_another_source_must_have_the_same_columns(qtbot: QtBot) -> None:
    made = _shown(qtbot, MadeUpList(3))
    made.set_source(MadeUpList(7))
    assert made.shown_count() == 7 and made.select("k000006")
    assert made.current_key() == "k000006"
    with pytest.raises(ValueError, match="same columns"):
        made.set_source(MadeUpList(1, (Column("x", "别的"),)))


def _press(made: RecordList, words: str) -> None:
    found = [one for one in made.findChildren(QPushButton) if one.text() == words and one.isVisible()]
    assert len(found) == 1
    found[0].click()


def test_a_short_list_can_stand_without_a_bar_of_its_own(qtbot: QtBot) -> None:
    made = RecordList(MadeUpList(8), with_filter=False, framed=False)
    qtbot.addWidget(made)
    made.fit_rows(8)
    made.resize(900, 300)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.refresh()
    QGuiApplication.processEvents()
    last = made.view.visualRect(made.model.index(7, 0))
    assert made.view.verticalScrollBar().maximum() == 0
    assert made.view.viewport().rect().contains(last.bottomLeft())


def test_a_row_is_brought_on_screen_though_its_first_column_is_hidden(qtbot: QtBot) -> None:
    made = _shown(qtbot, MadeUpList(1_000))
    made.view.setColumnHidden(0, True)
    assert made.select(made.model.key_at(700))
    made.view.grab()
    assert made.view.rowAt(0) <= 700 <= made.view.rowAt(made.view.viewport().height() - 1)


class _Quick(MadeUpList):
    """Tells its beginning."""

    def first_keys(self, sort: str, descending: bool, count: int) -> Sequence[str]:
        return self.keys(sort, descending, "")[:count]


def test_a_list_shows_its_beginning_before_it_knows_the_whole(qtbot: QtBot) -> None:
    reads = Jobs()
    made = RecordList(_Quick(5_000), reads=reads)
    qtbot.addWidget(made)
    shown: list[int] = []
    made.model.modelReset.connect(lambda: shown.append(made.model.rowCount()))
    counted: list[int] = []
    made.counted.connect(counted.append)
    made.refresh()
    qtbot.waitUntil(lambda: bool(counted))
    assert len(shown) == 2 and 30 < shown[0] < 100 and shown[1] == 5_000 and counted == [5_000]
    reads.close()
