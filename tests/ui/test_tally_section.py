"""测评计票 as a clerk drives it: from an empty page to the printed result by keys, twice entered, ballot by ballot."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lianxin.domain.records import Evaluation, Person, ReportSession, TallyRow, YearReport
from lianxin.office.evaluations.evaluation import COUNTING
from lianxin.ui.draft_keeper import DraftKeeper
from lianxin.ui.finding import StoreSearch
from lianxin.ui.pages import PageEntry
from lianxin.ui.reportback.tally_section import TallySection
from lianxin.ui.shell import MainWindow
from tests.office.township import Township, new_township
from tests.ui.clerk import Clerk, page_of

PICTURES = os.environ.get("TALLY_PICTURES", "")
"""Where the pictures of the journey go, when somebody wants to look at them."""
Key = Qt.Key


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Township]:
    found = new_township(tmp_path)
    yield found
    found.desk.store.close()


def open_section(
    qtbot: QtBot, town: Township, size: tuple[int, int] = (1366, 768)
) -> tuple[MainWindow, TallySection]:
    keeper = DraftKeeper(town.desk, "one")
    papers = town.folder / "papers"
    entries = [
        PageEntry(
            "reports",
            "述职评议",
            lambda w: TallySection(w, town.desk, keeper, papers=papers),
            kinds=("evaluation", "tally-row"),
        )
    ]
    window = MainWindow(entries, office="石牌镇人大", search=StoreSearch(town.desk), clock=town.clock)
    qtbot.addWidget(window)
    window.setMinimumSize(0, 0)
    window.resize(*size)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    section = page_of(window, "reports", TallySection)
    qtbot.waitUntil(lambda: not section.desk.reads.busy(), timeout=10_000)
    return window, section


def picture(window: MainWindow, name: str) -> None:
    if PICTURES:
        for _ in range(5):
            QApplication.processEvents()
        window.grab().save(f"{PICTURES}/{name}.png")


def set_up(clerk: Clerk, section: TallySection, names: str = "龙志明、向光明、单大贵") -> None:
    """F2, then the sheet from the name on."""
    clerk.press(Key.Key_F2)
    section.form.form.focus_field("name")
    clerk.say("石牌镇第3选区述职评议测评").enter()
    clerk.type("11.18").enter()
    section.form.targets.enter()
    clerk.say(names).enter()


def votes(town: Township) -> list[Evaluation]:
    with town.desk.store.reading() as reading:
        return reading.all(Evaluation)


def rows(town: Township) -> list[TallyRow]:
    with town.desk.store.reading() as reading:
        return sorted(reading.all(TallyRow), key=lambda row: row.place)


def type_counts(clerk: Clerk, *counts: int) -> None:
    for count in counts:
        clerk.type(str(count)).enter()


SHEETS = (58, 54, 54, 53, 52, 1, 0, 1, 0, 0)


def test_from_an_empty_page_to_the_printed_result_by_keys(qtbot: QtBot, town: Township) -> None:
    window, section = open_section(qtbot, town)
    clerk = Clerk(qtbot, window)
    picture(window, "1-empty")
    set_up(clerk, section)
    picture(window, "2-set-up")
    clerk.press(Key.Key_Space)
    assert section.counting() and not section.form._wrong.text(), section.form._wrong.text()
    board = section.board
    picture(window, "3-board")
    type_counts(clerk, *SHEETS)
    assert "✓ 收回53 ＝ 有效52 ＋ 无效1" in board.strip.words() and "未收回1张" in board.strip.words()
    type_counts(clerk, 46, 4, 1, 0, 1, 0)
    type_counts(clerk, 41, 8, 2, 0, 0)
    clerk.type("0")
    assert board.foot.words() == "还不能确认：向光明：各项合计51票，有效票是52票，少1票（另有1处）"
    assert not board.foot.ready()
    picture(window, "4-off-by-one")
    clerk.type("1").enter()  # 01: the last cell again
    type_counts(clerk, 33, 12, 6, 0, 1, 0)
    assert board.foot.words() == "✓ 票数都对上了：每行合计52票，等于有效票。" and board.foot.ready()
    picture(window, "5-adds-up")
    clerk.press(Key.Key_Space)
    (vote,) = votes(town)
    assert vote.state == "confirmed" and [row.first for row in rows(town)] == [46, 41, 33]
    assert clerk.told() == "已确认测评结果"
    picture(window, "6-confirmed")
    clerk.undo()
    assert votes(town)[0].state == "planned" and section.board.stage() == "counting"
    assert board.foot.ready(), "what was typed is still there"
    board.act()
    clerk.press(Key.Key_P, held=Qt.KeyboardModifier.ControlModifier)
    (printed,) = (town.folder / "papers").iterdir()
    assert printed.name.startswith("计票结果宣读稿") and printed.stat().st_size > 5000


def test_more_returned_than_issued_can_only_be_declared_void_and_voted_again(
    qtbot: QtBot, town: Township
) -> None:
    window, section = open_section(qtbot, town)
    clerk = Clerk(qtbot, window)
    set_up(clerk, section, "龙志明")
    clerk.press(Key.Key_Space)
    type_counts(clerk, 58, 54, 54, 56, 56, 0)
    board = section.board
    assert "收回票56张多于发出票54张，多2张，按规定这次测评无效" in board.foot.words()
    board._begin_voiding()
    assert board.foot.reason() == "收回票多于发出票"
    board.foot.focus_main()
    clerk.enter()
    assert votes(town)[0].state == "void" and votes(town)[0].returned == 56
    board._again()
    assert len(votes(town)) == 2 and section.board.stage() == "counting"
    again = section.board.vote()
    assert again is not None and again.repeats and again.state == "planned"


def test_the_second_entry_is_compared_by_its_totals(qtbot: QtBot, town: Township) -> None:
    window, section = open_section(qtbot, town)
    clerk = Clerk(qtbot, window)
    set_up(clerk, section, "龙志明")
    clerk.press(Key.Key_Space)
    type_counts(clerk, *SHEETS)
    type_counts(clerk, 46, 4, 1, 0, 1, 0)
    section.board.modes.choose("second")
    type_counts(clerk, 45, 5, 1, 0, 1, 0)
    assert "两遍录入不一致：龙志明“满意”：第一遍46票，第二遍45票（另有1处）" in section.board.foot.words()
    uid = rows(town)[0].uid
    assert section.board.grid.state_of(uid) == "与第一遍不符：满意、基本满意"
    picture(window, "7-second")
    section.board.grid.focus_first()
    type_counts(clerk, 46, 4)
    assert "两遍录入相符" in section.board.foot.words()
    section.board.act()
    assert votes(town)[0].double_entered


def test_what_was_typed_is_there_again_and_a_correction_has_its_reason(qtbot: QtBot, town: Township) -> None:
    window, section = open_section(qtbot, town)
    clerk = Clerk(qtbot, window)
    set_up(clerk, section, "龙志明")
    clerk.press(Key.Key_Space)
    type_counts(clerk, *SHEETS)
    clerk.press(Key.Key_Escape)
    assert not section.counting()
    section.count(votes(town)[0].uid)
    type_counts(clerk, 46, 4, 1, 0, 1, 0)
    section.board.act()
    section.board._begin_correcting()
    type_counts(clerk, 45, 5)
    assert not section.board.foot.ready(), "a reason is asked"
    section.board.foot.focus_main()
    clerk.say("第一行看错一笔").enter()
    assert votes(town)[0].correction == "第一行看错一笔" and rows(town)[0].first == 45
    with town.desk.store.reading() as reading:
        assert reading.draft(COUNTING, votes(town)[0].uid) is None


def test_ballot_by_ballot_one_key_a_row_and_the_last_one_taken_back(qtbot: QtBot, town: Township) -> None:
    window, section = open_section(qtbot, town)
    clerk = Clerk(qtbot, window)
    set_up(clerk, section, "龙志明、向光明")
    clerk.press(Key.Key_Space)
    type_counts(clerk, 30, 24, 24, 24, 24, 0)
    section.board.modes.choose("ballots")
    for _ in range(23):
        clerk.type("12").enter()
    clerk.type("9")
    picture(window, "8-ballots")
    clerk.press(Key.Key_Backspace).type("03").enter()
    clerk.press(Key.Key_Z, held=Qt.KeyboardModifier.ControlModifier)
    assert not section.board.ballots.may_take_back(), "only the last one"
    clerk.type("90").enter()
    assert section.board.foot.ready(), section.board.foot.words()
    section.board.act()
    one, two = rows(town)
    assert (one.first, one.void, one.abstained, two.second, two.abstained) == (23, 1, 0, 23, 1)


def test_six_deputies_in_five_aspects_fit_a_small_screen(qtbot: QtBot, town: Township) -> None:
    window, section = open_section(qtbot, town)
    clerk = Clerk(qtbot, window)
    clerk.press(Key.Key_F2)
    section.form.form.set_value("name", "石牌镇工作评议")
    section.form.form.set_value("date", "11.18")
    section.form.form.set_value("target", "official")
    section.form.further.set_value("aspects", "出席会议、联系群众、建议质量、作用发挥、总体评价")
    section.form.targets.set_text("甲、乙、丙、丁、戊、己")
    section.form.save_and_count()
    type_counts(clerk, *SHEETS)
    grid = section.board.grid
    assert grid.open_target() == "甲"
    for _ in range(5):
        type_counts(clerk, 46, 4, 1, 0, 1, 0)
    assert grid.open_target() == "乙", "Enter goes on to the next"
    picture(window, "9-aspects")
    bar = grid._scroll.verticalScrollBar()
    qtbot.waitUntil(lambda: not bar.isVisible(), timeout=3000)  # all on one screen at 1366 × 768
    for _ in range(25):
        type_counts(clerk, 46, 4, 1, 0, 1, 0)
    clerk.press(Key.Key_Space)
    assert votes(town)[0].state == "confirmed" and len(rows(town)) == 30
    picture(window, "10-aspects-confirmed")


def test_a_vote_on_a_meeting_begins_with_what_the_meeting_says(qtbot: QtBot, town: Township) -> None:
    with town.desk.store.writing(reason="t") as writing:
        meeting = ReportSession(uid=writing.new_uid(), day=date(2026, 11, 18), place="镇政府三楼")
        writing.put(meeting)
        for order, name in enumerate(("向光明", "龙志明")):
            writing.put(
                YearReport(
                    uid=writing.new_uid(), person=town.uid(Person, name), year=2026, mode="oral",
                    session=meeting.uid, order=order,
                )
            )  # fmt: skip
    _, section = open_section(qtbot, town)
    section.begin_for_session(meeting.uid)
    form = section.form
    assert form.targets.text() == "向光明、龙志明"
    assert (
        form.form.value("name") == "石牌镇人大代表述职评议测评" and form.form.value("place") == "镇政府三楼"
    )
    form.save_and_count()
    assert section.counting() and votes(town)[0].session == meeting.uid
    assert [row.person for row in rows(town)] == [town.uid(Person, name) for name in ("向光明", "龙志明")]


def test_two_batches_are_typed_apart_and_added_up(qtbot: QtBot, town: Township) -> None:
    window, section = open_section(qtbot, town)
    clerk = Clerk(qtbot, window)
    set_up(clerk, section, "龙志明")
    clerk.press(Key.Key_Space)
    type_counts(clerk, *SHEETS)
    type_counts(clerk, 30, 0, 0, 0, 0, 0)
    board = section.board
    board.modes._add_batch()
    assert board.foot.words().startswith("还不能确认：")
    board.modes.valid.setFocus()
    clerk.type("22")
    board.grid.focus_first()
    type_counts(clerk, 16, 4, 1, 0, 1, 0)
    board.modes._batch_chosen("0")
    board.modes.valid.setFocus()
    clerk.type("31")
    assert "各批有效票合计53张，有效票是52张" in board.foot.words()
    board.modes.valid.selectAll()
    clerk.type("30")
    picture(window, "13-batches")
    assert board.foot.ready(), board.foot.words()
    board.act()
    assert [row.first for row in rows(town)] == [46]


def test_points_are_summed_and_their_mean_is_read_out(qtbot: QtBot, town: Township) -> None:
    window, section = open_section(qtbot, town)
    clerk = Clerk(qtbot, window)
    clerk.press(Key.Key_F2)
    section.form.form.set_value("name", "满意度测评")
    section.form.form.set_value("date", "11.18")
    section.form.further.set_value("scheme", "percent")
    section.form.targets.set_text("龙志明")
    section.form.save_and_count()
    type_counts(clerk, *SHEETS)
    clerk.type("4555.5").enter()
    type_counts(clerk, 50, 1, 1)
    assert section.board.foot.ready(), section.board.foot.words()
    section.board.act()
    assert str(rows(town)[0].points) == "4555.5"
    assert "收到打分票50张，弃权1张、该行无效1张，平均91.11分" in section.board._text.text()
    picture(window, "14-points")
