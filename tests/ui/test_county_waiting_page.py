"""待确认 as a county clerk clears it: given back by default, a word where the county knows, files that wait."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from lianxin.county.outgoing.receipts import write_receipts
from lianxin.domain.records import ConflictAnswer, Contact
from lianxin.office.desk import Desk
from lianxin.office.handover.accepting import accept
from lianxin.office.receiving.questions import questions
from lianxin.ui.county.received.waiting_page import WaitingPage
from tests.county.busy_morning import Morning, busy_morning
from tests.county.posts import Posts
from tests.ui.county_desk import Around, CountyClerk, county_window

Key = Qt.Key


@pytest.fixture
def morning(tmp_path: Path) -> Iterator[Morning]:
    with busy_morning(tmp_path) as made:
        made.posts.receive(made.stick)
        yield made


@pytest.fixture
def posts(morning: Morning) -> Posts:
    return morning.posts


@pytest.fixture
def clerk(qtbot: QtBot, morning: Morning, monkeypatch: pytest.MonkeyPatch) -> Iterator[CountyClerk]:
    with county_window(qtbot, morning.county, Around(), monkeypatch.setattr) as made:
        yield made


@pytest.fixture
def page(clerk: CountyClerk) -> WaitingPage:
    return clerk.go("waiting", WaitingPage)


def rows(page: WaitingPage) -> list[tuple[str, ...]]:
    return [tuple(page.list.model.cells(row)) for row in range(page.list.shown_count())]


def answers(desk: Desk) -> list[ConflictAnswer]:
    with desk.store.reading() as reading:
        return reading.all(ConflictAnswer)


def test_everything_that_waits_is_listed_with_its_reason(page: WaitingPage) -> None:
    found = {row[0]: row for row in rows(page)}
    assert found["响水乡"][1] == "待确认" and "反映内容" in found["响水乡"][2]
    assert found["大坪乡"][1:] == ("暂存等待", "2026年11月 第3期", "等大坪乡（电脑1）第2期")
    assert found["龙潭镇"][1] == "另存待查"
    assert page.filter.counts() == {"all": 3, "asked": 1, "held": 1, "aside": 1}
    said = page.panel.said()
    assert "集镇路灯不亮，共有11盏" in said or "集镇到中学一段路灯不亮" in said


def test_f2_gives_the_question_back_to_the_township_and_it_travels(
    page: WaitingPage, clerk: CountyClerk, posts: Posts
) -> None:
    assert clerk.main() == "退乡镇确认" and len(page.panel.takes) == 2
    before = [choice.value for choice in questions(posts.county)[0].choices]
    clerk.press(Key.Key_F2)
    (answer,) = answers(posts.county)
    assert (answer.head, answer.value, answer.addressee) == (None, None, "439901103")
    assert "已退响水乡确认" in clerk.told() and rows(page)[0][1] == "已退乡镇"
    # Nothing of the township's record was touched.
    assert [choice.value for choice in questions(posts.county)[0].choices] == before
    (receipt,) = write_receipts(posts.county, to=posts.offices.folder / "down", codes=["439901103"])
    assert accept(posts.offices.other, [receipt.path]).verdicts[0].ok
    assert [each.about for each in answers(posts.offices.other)] == [answer.about]


def test_an_answer_is_taken_back_from_the_quiet_bar(
    page: WaitingPage, clerk: CountyClerk, posts: Posts
) -> None:
    clerk.press(Key.Key_F2)
    clerk.undo()
    assert answers(posts.county) == [] and rows(page)[0][1] == "待确认" and clerk.main() == "退乡镇确认"


def test_the_county_says_which_one_it_holds_right(
    page: WaitingPage, clerk: CountyClerk, posts: Posts
) -> None:
    (question,) = questions(posts.county)
    place = next(at for at, each in enumerate(question.choices) if each.shown == "集镇路灯不亮，共有11盏")
    clerk.click(page.panel.takes[place])
    (answer,) = answers(posts.county)
    assert answer.head == question.choices[place].head.text()
    assert "县里采用“集镇路灯不亮，共有11盏”" in page.panel.said()
    with posts.county.store.reading() as reading:
        assert reading.in_question(Contact)


def test_a_file_behind_a_gap_has_a_line_for_its_township(page: WaitingPage, clerk: CountyClerk) -> None:
    held = next(
        key
        for key in (page.list.model.key_at(row) for row in range(3))
        if page.list.model.cells(page.list.model.row_of(key))[1] == "暂存等待"
    )
    page.list.select(held)
    clerk.rest()
    made = clerk.window.headline.main_button()
    assert made is not None and not made.isEnabled()
    assert "请大坪乡补发第2期报送件" in page.panel.said()
    clerk.click(page.panel.copy)
    line = QGuiApplication.clipboard().text()
    assert line.startswith("大坪乡：县人大收到了第3期报送件，还缺第2期") and "\n" not in line


def test_chips_and_the_filter_narrow_the_list(page: WaitingPage, clerk: CountyClerk) -> None:
    page.filter.choose("aside")
    assert [row[0] for row in rows(page)] == ["龙潭镇"]
    page.filter.clear()
    page.list.set_filter("大坪")
    assert [row[0] for row in rows(page)] == ["大坪乡"]


def test_the_whole_record_is_looked_at_in_the_registers(page: WaitingPage, clerk: CountyClerk) -> None:
    clerk.click(page.panel.look)
    assert clerk.window.current_page() == "registers"
