"""转报事项办理 as a county clerk works through it: F2, digits, what comes back, nothing shown unasked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lianxin.domain.records import CountyAssignment, CountyReply
from lianxin.office.access.access_log import access_notes
from lianxin.ui.county.referrals.page import ReferredPage
from lianxin.ui.county.referrals.sheets import HandOverForm
from tests.county.posts import posts_in
from tests.county.referrals import Course
from tests.ui.county_desk import Around, CountyClerk, county_window

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def course(tmp_path: Path) -> Iterator[Course]:
    with posts_in(tmp_path) as posts:
        made = Course(posts)
        made.register("省道弯道视线不良")
        made.up()
        yield made


@pytest.fixture
def clerk(qtbot: QtBot, course: Course, monkeypatch: pytest.MonkeyPatch) -> Iterator[CountyClerk]:
    with county_window(qtbot, course.posts.county, Around(), monkeypatch.setattr) as made:
        yield made


@pytest.fixture
def page(clerk: CountyClerk) -> ReferredPage:
    return clerk.go("referred", ReferredPage)


def cells(page: ReferredPage) -> list[tuple[str, ...]]:
    return [tuple(page.list.model.cells(row)) for row in range(page.list.shown_count())]


def shown_on_demand_only(page: ReferredPage, course: Course) -> None:
    assert "单**" in page.detail.texts()["who"] and "2217" in page.detail.texts()["who"]
    assert "13912342217" not in page.detail.texts()["who"]
    page.detail.show_hidden()
    assert "13912342217" in page.detail.texts()["who"]
    with course.posts.county.store.reading() as reading:
        assert len(access_notes(reading)) == 1


def test_f2_hands_a_matter_over_nothing_personal_is_shown_unasked_and_it_can_be_taken_back(
    page: ReferredPage, clerk: CountyClerk, course: Course
) -> None:
    page.show_matter(course.uid)
    clerk.rest()
    assert {row[-1] for row in cells(page)} == {"待交办"} and "待交办2件" in page.summary.text()
    assert clerk.main() == "交办"
    shown_on_demand_only(page, course)
    clerk.press(Key.Key_F2)
    sheet = page.form
    assert isinstance(sheet, HandOverForm) and "60日" in sheet.form.row("due").hint()
    sheet.form.set_typed({"unit": "县水利局", "demand": "会同两镇查明渗漏段"})
    sheet.submit()
    clerk.rest()
    assert page.detail.texts()["standing"].startswith("县水利局承办，期限")
    assert clerk.main() == "答复乡镇" and page.filters.counts()["assigned"] == 1
    clerk.undo()
    assert clerk.main() == "交办" and course.at_county().stage == "sent"
    with course.posts.county.store.reading() as reading:
        assert reading.all(CountyAssignment) == []


def test_digits_answer_and_the_list_is_narrowed(
    page: ReferredPage, clerk: CountyClerk, course: Course
) -> None:
    course.step(CountyAssignment, course.uid, unit="县水利局")
    page.show_matter(course.uid)
    page.refresh()
    clerk.rest()
    page.list.setFocus()
    QTest.keyClick(page.list.view, Key.Key_1)
    clerk.rest()
    sheet = page.form
    assert sheet is not None and sheet.kind == CountyReply.KIND
    sheet.set_typed({"0.result": "A", "1.words": "渗漏段已修复"})
    QTest.keyClick(QApplication.focusWidget() or sheet, Key.Key_Return, CTRL)
    clerk.rest()
    assert course.at_county().stage == "answered" and "随下一份回执告诉乡镇" in clerk.told()
    page.filters.choose("answered")
    clerk.rest()
    assert [row[-1] for row in cells(page)] == ["待反馈"] and clerk.main() == "催乡镇反馈"
    page.filters.choose("sent")
    clerk.rest()
    assert [row[2] for row in cells(page)] == ["省道弯道视线不良"]
    # What another page or a search leads to is shown whatever is filtered.
    page.open_record("opinion", course.uid)
    clerk.rest()
    assert page.shown_uid() == course.uid
