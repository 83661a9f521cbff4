"""The steps of a year of report-back up to the printed form, taken in the real window."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from docx import Document
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from lianxin.domain.records import (
    Evaluation,
    Improvement,
    Opinion,
    TallyRow,
    YearReport,
)
from lianxin.office.evaluations.papers import vote_paper
from lianxin.ui.reportback import ReportsPage
from lianxin.ui.reportback.session_forms import ImprovementForm, QuestionForm, SessionForm
from lianxin.ui.reportback.tally_section import TallySection
from lianxin.ui.reportback.year_forms import ArrangeForm, PromiseForm, SettleForm
from lianxin.ui.shell import MainWindow
from tests.office.township import Township
from tests.ui.clerk import Clerk
from tests.ui.test_reports_page import pick, sessions_of, year_of
from tests.ui.test_tally_section import type_counts

Key, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
HELD = date(2026, 11, 18)


def settle(qtbot: QtBot, window: MainWindow) -> None:
    """Until what runs beside the window is done and told."""
    for _ in range(2):
        window.hub.flush()
        qtbot.waitUntil(lambda: not window.reads.busy() and not window.jobs.busy(), timeout=20_000)


def papers(folder: Path, start: str) -> list[Path]:
    """What was written so far whose name begins so."""
    return sorted(each for each in folder.rglob("连心文书/**/*") if each.name.startswith(start))


def words_in(path: Path) -> str:
    """Everything a Word file says."""
    book = Document(str(path))
    told = [each.text for each in book.paragraphs]
    told += [cell.text for table in book.tables for row in table.rows for cell in row.cells]
    return "\n".join(told)


def press(window: MainWindow, words: str) -> None:
    """A button that is on screen."""
    next(
        each
        for each in window.findChildren(QPushButton)
        if each.text().startswith(words) and each.isVisible()
    ).click()


def the_year_is_planned(
    qtbot: QtBot, clerk: Clerk, window: MainWindow, page: ReportsPage, town: Township
) -> None:
    """January: promises, and a plan that meets the share of this level and of no other."""
    section = year_of(page)
    pick(qtbot, window, section, "龙志明")
    clerk.press(Key.Key_F2)
    assert isinstance(section.form, PromiseForm)
    clerk.say("走访选民|50户").enter().say("修通三组机耕道").enter(2).enter()
    settle(qtbot, window)
    assert clerk.told().startswith("已登记龙志明的承诺2条")
    assert "0/5名" in section.top.headline.text(), "five of the town, not seven of both levels"
    assert "20%要1名" in section.top.headline.text()
    section.arrange()
    assert isinstance(section.form, ArrangeForm)
    clerk.save()
    settle(qtbot, window)
    assert "口头安排1名" in section.top.headline.text() and "已够" in section.top.headline.text()
    with town.desk.store.reading() as reading:
        planned = reading.all(YearReport)
    assert sorted(each.mode for each in planned) == ["oral", *["written"] * 4]
    assert {each.level for each in planned} == {"township"}, "the county's deputies are another plan"
    for name in ("龙志明", "向光明"):
        pick(qtbot, window, section, name)
        acts = {act.label: act for act in section.acts_for(section.marked())}
        if "口头述职" in acts:
            acts["口头述职"].run()
            settle(qtbot, window)


def a_meeting_is_prepared(
    qtbot: QtBot, clerk: Clerk, window: MainWindow, page: ReportsPage, town: Township
) -> str:
    """One district and level; notice, agenda, the chair's words, name cards and the list to sign."""
    town.clock.at(HELD)
    sessions = sessions_of(page)
    settle(qtbot, window)
    clerk.press(Key.Key_F2)
    form = sessions.form
    assert isinstance(form, SessionForm)
    form.first.set_value("level", "township")
    form.first.focus_field("district")
    clerk.pick("第3选区")
    row = form.deputies.row

    def offered() -> list[str]:
        return [each.text() for each in row.findChildren(QPushButton) if not each.isHidden()]

    qtbot.waitUntil(lambda: len(offered()) >= 5)
    row.setFocus()
    keys = {each.split()[-1]: each[0] for each in offered()}
    assert set(keys) >= {"龙志明", "向光明"}, offered()
    clerk.type(keys["龙志明"] + keys["向光明"])
    form.before.focus_field("place")
    clerk.say("石牌村会议室").enter()
    clerk.say("王主席")
    form.after.focus_field("voters")
    clerk.type("54").enter()
    clerk.save()
    settle(qtbot, window)
    told = sessions.card.texts()
    assert told["deputies"].splitlines() == ["1. 龙志明", "2. 向光明"]
    for words in ("通知", "议程", "主持词", "桌牌", "签到表", "述职报告表"):
        before = len(papers(town.folder, ""))
        press(window, words)
        settle(qtbot, window)
        assert len(papers(town.folder, "")) == before + 1, words
    (notice,) = (each for each in papers(town.folder, "") if "通知" in each.name)
    assert "石牌村会议室" in words_in(notice) and "龙志明" in words_in(notice)
    sessions.mark_held()
    settle(qtbot, window)
    assert clerk.told().startswith("已登记召开，2名代表已述职")
    assert sessions.card.file is not None
    return sessions.card.file.session.uid


def questions_are_answered(
    qtbot: QtBot, clerk: Clerk, window: MainWindow, page: ReportsPage, town: Township, session: str
) -> None:
    """Two questions, one of which becomes an opinion; an improvement with its date."""
    sessions = sessions_of(page)
    sessions.show_session(session)
    settle(qtbot, window)
    for words in ("三组的路什么时候修？", "接待日能不能放在赶场天？"):
        sessions.edit_question("")
        assert isinstance(sessions.form, QuestionForm)
        clerk.say(words).save()
        settle(qtbot, window)
    file = sessions.card.file
    assert file is not None and len(file.questions) == 2
    sessions.turn_into_opinion(file.questions[0].question.uid)
    settle(qtbot, window)
    with town.desk.store.reading() as reading:
        (matter,) = reading.all(Opinion)
    assert (matter.channel, matter.words) == ("report_back", "三组的路什么时候修？")
    sessions.edit_improvement("")
    assert isinstance(sessions.form, ImprovementForm)
    sessions.form.form.focus_field("what")
    clerk.say("每季度走访一次")
    sessions.form.form.focus_field("due")
    clerk.type("12.20").save()
    settle(qtbot, window)
    with town.desk.store.reading() as reading:
        (improvement,) = reading.all(Improvement)
    assert improvement.due == date(2026, 12, 20)


# ---- the ballots --------------------------------------------------------------------------------

LONG, XIANG = (46, 4, 1, 0, 1, 0), (41, 8, 2, 0, 0, 1)
"""满意, 基本满意, 不满意, 不了解, 弃权, 该行无效: 52 valid sheets each."""


def the_ballots_add_up(
    qtbot: QtBot, clerk: Clerk, window: MainWindow, page: ReportsPage, town: Township
) -> str:
    """Totals from the paper, entered by two people; a mistake is named with its number and by how much."""
    sessions = sessions_of(page)
    settle(qtbot, window)
    sessions.card.ballot_wanted.emit()
    settle(qtbot, window)
    section = page.section()
    assert isinstance(section, TallySection)
    assert section.form.targets.text() == "龙志明、向光明", "who reports is known from the meeting"
    section.form.save_and_count()
    assert section.counting()
    section.print_ballots()
    assert len(papers(town.folder, "测评表")) == 1
    type_counts(clerk, 58, 54, 54, 53, 52, 1, 0, 1, 0, 0)
    type_counts(clerk, *LONG)
    type_counts(clerk, *XIANG[:5])
    clerk.type("2")
    board = section.board
    assert board.foot.words() == "还不能确认：向光明：各项合计53票，有效票是52票，多1票"
    assert not board.foot.ready()
    clerk.press(Key.Key_Backspace).type("1").enter()
    assert board.foot.ready(), board.foot.words()
    board.modes.choose("second")
    type_counts(clerk, *LONG)
    type_counts(clerk, 40, 9, *XIANG[2:])
    assert "两遍录入不一致：向光明“满意”：第一遍41票，第二遍40票（另有1处）" in board.foot.words()
    assert not board.foot.ready()
    board.grid.focus_first()
    type_counts(clerk, *LONG)
    type_counts(clerk, *XIANG)
    assert board.foot.ready(), board.foot.words()
    board.act()
    settle(qtbot, window)
    with town.desk.store.reading() as reading:
        (vote,) = reading.all(Evaluation)
        rows = sorted(reading.all(TallyRow), key=lambda row: row.place)
    assert (vote.state, vote.double_entered, vote.session is not None) == ("confirmed", True, True)
    assert [(row.first, row.second, row.grade) for row in rows] == [(46, 4, None), (41, 8, None)]
    return vote.uid


def the_result_is_printed(
    qtbot: QtBot, clerk: Clerk, window: MainWindow, page: ReportsPage, town: Township, vote: str
) -> None:
    """Read out with the chair's, counters' and scrutineers' lines; counts and rates, no grade and no place."""
    window.open_record(Evaluation.KIND, vote)
    settle(qtbot, window)
    section = page.section()
    assert isinstance(section, TallySection) and section.counting()
    clerk.press(Key.Key_P, held=CTRL)
    (printed,) = papers(town.folder, "计票结果宣读稿")
    said = words_in(printed)
    for words in (
        "发出测评票54张",
        "龙志明代表获满意票46张",
        "88.5%",
        "有效票52张",
        "主持人",
        "计票人",
        "监票人",
    ):
        assert words in said
    assert "公布票数和比率，不评等次、不排名次。" in said
    name, pdf = vote_paper(town.desk, "result-sheet-pdf", vote)
    assert name.endswith(".pdf") and pdf.startswith(b"%PDF-")


# ---- the deputy's year --------------------------------------------------------------------------


def the_form_is_printed(
    qtbot: QtBot, clerk: Clerk, window: MainWindow, page: ReportsPage, town: Township
) -> None:
    """A promise is kept with its proof, and the form says so."""
    section = year_of(page)
    pick(qtbot, window, section, "龙志明")
    line = section.card.line
    assert line is not None
    section.settle_promise(line.promises[0].uid)
    assert isinstance(section.form, SettleForm)
    section.form.form.set_value("state", "done")
    section.form.form.focus_field("evidence")
    clerk.say("走访记录52户").save()
    settle(qtbot, window)
    clerk.press(Key.Key_P, held=CTRL)
    settle(qtbot, window)
    printed = [each for each in papers(town.folder, "述职报告表_2026") if "龙志明" in each.name]
    assert len(printed) == 1
    said = words_in(printed[0])
    assert "走访选民" in said and "年初承诺2条，完成1条" in said
