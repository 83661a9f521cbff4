"""述职评议 as a clerk drives it: from January's promises through the meeting to the printed form, by keys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from lianxin.domain.records import (
    Commitment,
    District,
    Mandate,
    Office,
    Opinion,
    Person,
    ReportAspect,
    ReportSession,
    YearReport,
)
from lianxin.office.records import new_uid
from lianxin.office.reportback import report_sessions
from lianxin.store.reading import Condition
from lianxin.ui.draft_keeper import DraftKeeper
from lianxin.ui.finding import StoreSearch
from lianxin.ui.pages import PageEntry
from lianxin.ui.reportback import REPORT_KINDS, ReportsPage
from lianxin.ui.reportback.session_forms import ImprovementForm, QuestionForm, SessionForm
from lianxin.ui.reportback.session_section import SessionSection
from lianxin.ui.reportback.tally_section import TallySection
from lianxin.ui.reportback.year_forms import ArrangeForm, FormTextForm, PromiseForm, ReportsForm, SettleForm
from lianxin.ui.reportback.year_section import YearSection
from lianxin.ui.shell import MainWindow
from tests.office.township import Township, new_township
from tests.ui.clerk import Clerk, page_of
from tests.ui.small_office import OtherPage

Key, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Township]:
    """Two townsmen of one district, in January."""
    made = new_township(tmp_path)
    with made.desk.store.reading() as reading:
        (office,) = reading.all(Office)
        people = reading.all(Person, Condition("name", "in", ("龙志明", "单大贵")))
        mandates = reading.children(Mandate, "person", [each.uid for each in people])
    with made.desk.store.writing(reason="准备") as writing:
        writing.put(replace(office, township_shares=True), opened=office)
        district = District(uid=writing.new_uid(), number="3", name="第3选区")
        writing.put(district)
        for each in mandates:
            writing.put(replace(each, district=district.uid), opened=each)
    made.clock.at(date(2026, 1, 12))
    yield made
    made.desk.store.close()


def opened(qtbot: QtBot, town: Township) -> tuple[MainWindow, ReportsPage]:
    keeper = DraftKeeper(town.desk, "one")
    entries = [
        PageEntry(
            "reports", "述职评议", lambda w: ReportsPage(w, town.desk, drafts=keeper),
            kinds=(*REPORT_KINDS, "evaluation"),
        ),
        PageEntry("opinions", "意见", lambda w: OtherPage(window, "opinions"), kinds=("opinion",)),
    ]  # fmt: skip
    window = MainWindow(entries, office="石牌镇人大", search=StoreSearch(town.desk), clock=town.clock)
    qtbot.addWidget(window)
    window.setMinimumSize(0, 0)
    window.resize(1366, 768)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    page = page_of(window, "reports", ReportsPage)
    settle(qtbot, window)
    return window, page


def settle(qtbot: QtBot, window: MainWindow) -> None:
    window.hub.flush()
    qtbot.waitUntil(lambda: not window.reads.busy(), timeout=10_000)


def year_of(page: ReportsPage) -> YearSection:
    section = page.choose("year")
    assert isinstance(section, YearSection)
    return section


def sessions_of(page: ReportsPage) -> SessionSection:
    section = page.choose("sessions")
    assert isinstance(section, SessionSection)
    return section


def sheet_open(section: YearSection) -> bool:
    return section.form is not None


def pick(qtbot: QtBot, window: MainWindow, section: YearSection, name: str) -> None:
    plan = section.source.plan
    assert plan is not None
    uid = next(each.deputy.person for each in plan.lines if each.name == name)
    assert section.list.select(uid)
    section.list.setFocus()
    settle(qtbot, window)


def test_a_year_from_promises_to_the_printed_form(qtbot: QtBot, town: Township) -> None:
    window, page = opened(qtbot, town)
    clerk, section = Clerk(qtbot, window), year_of(page)
    # January: what 龙志明 promises, two at once.
    pick(qtbot, window, section, "龙志明")
    clerk.press(Key.Key_F2)
    assert isinstance(section.form, PromiseForm)
    clerk.say("走访选民|50户").enter().say("修通三组机耕道").enter(2)
    assert clerk.at is section.form.foot_button()
    clerk.enter()
    settle(qtbot, window)
    assert clerk.told().startswith("已登记龙志明的承诺2条")
    assert section.card.texts()["promises"].startswith("1. 走访选民（50户） · 进行中")
    # The plan as proposed: one of four orally, the others in writing.
    section.arrange()
    assert isinstance(section.form, ArrangeForm)
    clerk.save()
    settle(qtbot, window)
    assert "口头安排1名" in section.top.headline.text() and "20%要1名，已够" in section.top.headline.text()
    clerk.undo()
    settle(qtbot, window)
    assert "口头安排0名" in section.top.headline.text()
    # November: by hand, 龙志明 and 单大贵 orally, at one meeting.
    town.clock.at(date(2026, 11, 20))
    for name in ("龙志明", "单大贵"):
        pick(qtbot, window, section, name)
        next(act for act in section.acts_for(section.marked()) if act.label == "口头述职").run()
        settle(qtbot, window)
    sessions = sessions_of(page)
    settle(qtbot, window)
    clerk.press(Key.Key_F2)
    form = sessions.form
    assert isinstance(form, SessionForm)
    form.first.set_value("level", "township")
    form.first.focus_field("district")
    clerk.pick("第3选区")
    # Those of the district first, then those whose district is not known.
    row = form.deputies.row
    offered = ["1 龙志明", "2 单大贵", "3 向光明", "4 覃春生"]
    qtbot.waitUntil(
        lambda: [each.text() for each in row.findChildren(QPushButton) if not each.isHidden()] == offered
    )
    row.setFocus()
    clerk.type("12")
    form.before.focus_field("place")
    clerk.say("石牌村会议室").enter()
    clerk.say("周桂兰")
    form.after.focus_field("voters")
    clerk.type("46").enter()
    assert "一般不少于50人" in form.after.row("voters").hint()
    clerk.save()
    settle(qtbot, window)
    told = sessions.card.texts()
    assert told["title"] == "第3选区乡镇人大代表述职评议会"
    assert told["deputies"].splitlines() == ["1. 龙志明", "2. 单大贵"]
    assert told["note"].startswith("参加46人，测评人员一般不少于50人（依据：")


def session_held(town: Township) -> str:
    """A meeting of today with both of them; its uid."""
    town.clock.at(date(2026, 11, 20))
    people = [town.uid(Person, name) for name in ("龙志明", "单大贵")]
    made = ReportSession(
        uid=new_uid(town.desk), day=date(2026, 11, 20), level="township", place="村部", voters=58
    )
    report_sessions.save_session(town.desk, made, deputies=people)
    return made.uid


def test_at_the_meeting_and_after_it(qtbot: QtBot, town: Township) -> None:
    uid = session_held(town)
    window, page = opened(qtbot, town)
    clerk = Clerk(qtbot, window)
    window.open_record(ReportSession.KIND, uid)
    sessions = sessions_of(page)
    settle(qtbot, window)
    sessions.mark_held()
    settle(qtbot, window)
    assert clerk.told().startswith("已登记召开，2名代表已述职")
    sessions.edit_question("")
    assert isinstance(sessions.form, QuestionForm)
    clerk.say("三组的路什么时候修？").save()
    settle(qtbot, window)
    assert sessions.card.texts()["questions"] == "1. 三组的路什么时候修？"
    file = sessions.card.file
    assert file is not None
    sessions.turn_into_opinion(file.questions[0].question.uid)
    settle(qtbot, window)
    assert clerk.told().startswith("已转为意见 2026-YJ0001")
    with town.desk.store.reading() as reading:
        (matter,) = reading.all(Opinion)
    assert (matter.channel, matter.words) == ("report_back", "三组的路什么时候修？")
    clerk.undo()
    settle(qtbot, window)
    with town.desk.store.reading() as reading:
        assert not reading.all(Opinion)
    # From the meeting straight to the vote on its deputies.
    sessions.card.ballot_wanted.emit()
    settle(qtbot, window)
    assert isinstance(page.section(), TallySection) and page.chips.code() == "tally"
    sessions = sessions_of(page)
    settle(qtbot, window)
    sessions.edit_improvement("")
    assert isinstance(sessions.form, ImprovementForm)
    sessions.form.form.focus_field("what")
    clerk.say("每季度走访一次")
    sessions.form.form.focus_field("due")
    clerk.type("12.20").save()
    settle(qtbot, window)
    assert sessions.card.texts()["improving"] == "龙志明：每季度走访一次（2026年12月20日前）"
    section = year_of(page)
    settle(qtbot, window)
    assert section.top.headline.text().startswith("已述职2/4名，口头安排2名（已述2名），占50.0%")


def test_the_form_leads_to_its_records_and_is_printed(qtbot: QtBot, town: Township, tmp_path: Path) -> None:
    session_held(town)
    window, page = opened(qtbot, town)
    clerk, section = Clerk(qtbot, window), year_of(page)
    pick(qtbot, window, section, "龙志明")
    section.register_new()
    clerk.say("走访选民").save()
    settle(qtbot, window)
    with town.desk.store.reading() as reading:
        (promise,) = reading.all(Commitment)
    section.settle_promise(promise.uid)
    assert isinstance(section.form, SettleForm)
    section.form.form.set_value("state", "done")
    clerk.save()
    assert "请写佐证" in section.form.problem()
    section.form.form.focus_field("evidence")
    clerk.say("走访52户").save()
    settle(qtbot, window)
    assert "年初承诺1条，完成1条。" in section.card.texts()["aspects"]
    section.card.open_sources(9)
    assert "走访选民" in section.card.texts()["aspects"].splitlines()[-1]
    section.edit_form()
    form = section.form
    assert isinstance(form, FormTextForm)
    form.aspects[8].focus_first()
    clerk.say("带头遵守村规民约").save()
    settle(qtbot, window)
    with town.desk.store.reading() as reading:
        assert [each.place for each in reading.all(ReportAspect)] == [8]
    section.papers = tmp_path / "papers"
    clerk.press(Key.Key_P, held=CTRL)
    (written,) = (tmp_path / "papers").iterdir()
    assert written.name == "述职报告表_2026_龙志明.docx"
    cells = [c.text for t in Document(str(written)).tables for row in t.rows for c in row.cells]
    assert "带头遵守村规民约" in cells


def test_written_reports_are_taken_in_together_and_called_for(qtbot: QtBot, town: Township) -> None:
    town.clock.at(date(2026, 11, 20))
    window, page = opened(qtbot, town)
    clerk, section = Clerk(qtbot, window), year_of(page)
    section.list.view.selectAll()
    assert section.card.texts()["title"] == "已选4名代表"
    next(act for act in section.acts_for(section.marked()) if act.label == "书面述职").run()
    settle(qtbot, window)
    section.copy_reminder()
    assert "乡镇人大代表4名：" in QApplication.clipboard().text()
    pick(qtbot, window, section, "龙志明")
    section.open_reports("登记已交")
    assert isinstance(section.form, ReportsForm)
    clerk.type("11.18").save()
    settle(qtbot, window)
    with town.desk.store.reading() as reading:
        given = [each.submitted for each in reading.all(YearReport) if each.submitted]
    assert given == [date(2026, 11, 18)]
    assert section.top.headline.text().startswith("已述职1/4名")


def test_a_half_typed_promise_is_kept(qtbot: QtBot, town: Township) -> None:
    window, page = opened(qtbot, town)
    clerk, section = Clerk(qtbot, window), year_of(page)
    pick(qtbot, window, section, "龙志明")
    clerk.press(Key.Key_F2)
    clerk.say("走访选").press(Key.Key_Escape)
    assert not sheet_open(section)
    clerk.press(Key.Key_F2)
    form = section.form
    assert isinstance(form, PromiseForm)
    assert (form.form.value("what"), form.note_words()) == ("走访选", "已找回上次没有填完的内容")


def test_earlier_years_are_told_and_many_forms_are_made_beside_the_window(
    qtbot: QtBot, town: Township, tmp_path: Path
) -> None:
    town.clock.at(date(2026, 11, 20))
    window, page = opened(qtbot, town)
    clerk, section = Clerk(qtbot, window), year_of(page)
    section.year.setCurrentIndex(section.year.findData("2024"))
    settle(qtbot, window)
    section.list.view.selectAll()
    next(act for act in section.acts_for(section.marked()) if act.label == "口头述职").run()
    settle(qtbot, window)
    section.list.view.selectAll()
    next(act for act in section.acts_for(section.marked()) if act.label == "登记述职日期").run()
    clerk.type("2024.12.8").save()
    settle(qtbot, window)
    assert section.top.headline.text().startswith("已述职4/4名")
    section.papers = tmp_path / "papers"
    section.list.view.selectAll()
    section.print_now()
    qtbot.waitUntil(lambda: (tmp_path / "papers").exists() and not window.jobs.busy(), timeout=20_000)
    assert [each.name for each in (tmp_path / "papers").iterdir()] == ["述职报告表_2024_4名代表.docx"]
